"""What functions that users call from Python may be given: another kind of value is told in one line, by its name."""

import os
import sys
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config.check import shown
from pipeline.errors import InputError

LONGEST = 255  # bytes of a file's name, on all common disks


def check_is(name: str, value: Any, kind: type | tuple[type, ...], allowed: str) -> None:
    """Raise InputError for an argument that is not of a kind; allowed: what it may be, in words.

    A boolean is no number here.
    """
    if not isinstance(value, kind) or (isinstance(value, bool) and kind in (Real, Integral)):
        raise InputError(f"`{name}` = {shown(value)}: is a {type(value).__name__}; give {allowed}")


def check_number(name: str, value: Any) -> None:
    """Raise InputError for an argument that is no number."""
    check_is(name, value, Real, "a number")


def check_whole(name: str, value: Any) -> None:
    """Raise InputError for an argument that is no whole number."""
    check_is(name, value, Integral, "a whole number")


def numbers(name: str, values: Any) -> np.ndarray:
    """`values`, of any shape, as a new float array. Raises InputError where they are none, or some are masked.

    Dates are no numbers, nor are complex numbers, whose imaginary parts would be dropped.
    """
    try:
        found = np.array(values)
        masked = "numpy.ma" in sys.modules and np.ma.is_masked(values)  # else there is none, nor time spent on it
        if found.dtype.kind in "cmM" or masked:
            raise TypeError
        return found.astype(float)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"`{name}`: expected a list of numbers, got {shown(values)}") from None


def check_path(name: str, value: Any) -> None:
    """Raise InputError for an argument that is no path, or one that no disk has."""
    check_is(name, value, (str, os.PathLike), "the path of a file")
    parts = Path(value).parts
    if "\0" in str(value) or any(len(os.fsencode(part)) > LONGEST for part in parts):
        raise InputError(f"`{name}` = {shown(str(value))}: names no file; give names of at most {LONGEST} bytes")
