"""Options of the commands that are no Hydra's: what is wrong with them is one line, as elsewhere."""

import argparse
import math
from typing import NoReturn

from pipeline.errors import InputError


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are InputErrors."""

    def error(self, message: str) -> NoReturn:
        """Raise InputError."""
        raise InputError(f"{message}; `{self.prog} --help` lists the options")


def numbers(text: str) -> list[float]:
    """Finite numbers between commas, brackets around them allowed. Raises ArgumentTypeError, as argparse wants it."""
    try:
        found = [float(word) for word in text.strip("[]").split(",") if word.strip()]
    except ValueError:
        found = [math.nan]
    if not all(map(math.isfinite, found)):
        raise argparse.ArgumentTypeError(f"{text}: give numbers, such as 0,0.1,30")
    return found
