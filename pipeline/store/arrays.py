"""Arrays of a run on disk, and what is told of a file that does not hold them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from zipfile import BadZipFile
from zlib import error as ZlibError

import numpy as np

from pipeline.errors import InputError

FAULTS = OSError, ValueError, KeyError, EOFError, TypeError, AttributeError, BadZipFile, ZlibError
REMEDY = "remove it and give the command that made it again"


@contextmanager
def stored(path: str | PathLike[str]) -> Iterator[Mapping[str, np.ndarray]]:
    """The arrays of an .npz file by name, read as the block asks for them.

    Raises InputError, naming the file, where it is missing, damaged, or has not what the block asks for.
    """
    try:
        with Path(path).open("rb") as file, np.load(file) as arrays:
            yield arrays
    except FileNotFoundError:
        raise InputError(f"{path}: is missing; make the run again") from None
    except FAULTS as error:
        raise InputError(f"{path}: cannot be read ({error}); {REMEDY}") from None


def check_shapes(path: str | PathLike[str], arrays: Mapping[str, np.ndarray], shapes: Mapping[str, str]) -> None:
    """Raise InputError for the first array, by name, that holds no numbers or has not its shape.

    shapes: a letter an axis, "Fm"; axes of one letter are equally long in all arrays.
    """
    sizes: dict[str, int] = {}
    for name, letters in shapes.items():
        array = arrays[name]
        known = array.ndim == len(letters) and array.dtype.kind in "fi"
        if not known or any(sizes.setdefault(*axis) != axis[1] for axis in zip(letters, array.shape, strict=True)):
            wanted = ", ".join(f"{sizes.get(letter, letter)}" for letter in letters)
            what = f"{name} is an array of {array.dtype} of shape {array.shape}, not of numbers ({wanted})"
            raise InputError(f"{path}: {what}; {REMEDY}")
