"""Swept keys by their last parts."""

from collections.abc import Sequence

from pipeline.errors import InputError
from pipeline.store.names import last_part


def full_key(word: str | None, option: str, keys: Sequence[str]) -> str | None:
    """The swept key that `word` is, or is the last part of; InputError, naming `option`, where there is none."""
    if word is None or word in keys:
        return word
    found = [key for key in keys if last_part(key) == word]
    if len(found) != 1:
        raise InputError(f"{option} = {word}: is not swept; choose of {', '.join(keys)}")
    return found[0]


def is_seed(key: str) -> bool:
    """Whether a key only repeats an experiment with other random numbers."""
    return last_part(key) == "seed"
