"""What may have been meant by a name that there is not."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """`, did you mean NAME?` for the nearest of some names, whole or by its last part; nothing where none is near."""
    names = list(names)
    near = get_close_matches(name, names, 1, 0.75)
    if not near:
        lasts = {each.rpartition(".")[2]: each for each in reversed(names)}
        near = [lasts[last] for last in get_close_matches(name.rpartition(".")[2], lasts, 1, 0.8)]
    return f", did you mean {near[0]}?" if near else ""
