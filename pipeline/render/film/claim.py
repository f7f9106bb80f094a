"""What an ending claims of the last moment, as conditions that a run keeps or breaks: `loss@LABEL < 0.01`."""

import re
from dataclasses import dataclass

import numpy as np

from pipeline.config.check import shown
from pipeline.errors import InputError
from pipeline.render.film.when import RELATIONS

CLAIM = re.compile(r"(\w+)(?:@(.+?))?\s*(<=|>=|<|>)\s*(\S+)")


@dataclass(frozen=True)
class Claim:
    """A quantity by name, of the run of a label (empty for the one that is spoken of), against a number."""

    words: str
    name: str
    label: str
    relation: str
    bound: float

    def holds(self, number: float) -> bool:
        """Whether it does where the quantity is that number."""
        return bool(RELATIONS[self.relation](np.array(number), self.bound))


def read_claim(key: str, given: object) -> Claim:
    """The claim that words make. Raises InputError, by key, for words that make none."""
    found = CLAIM.fullmatch(str(given).strip())
    try:
        if found:
            return Claim(str(given), found[1], found[2] or "", found[3], float(found[4]))
    except ValueError:
        pass
    raise InputError(f"{key} = {shown(given)}: give QUANTITY < NUMBER, or QUANTITY@LABEL < NUMBER of another run")
