"""A key of the config beside its field: default, bounds, choices, unit and meaning stand there, and once."""

import copy
import operator
from collections.abc import Callable
from dataclasses import Field, dataclass, field
from functools import partial
from typing import Any, NamedTuple

from pipeline.config.tables import TABLES

KEY = "key"  # under which a field's metadata has its Key
# Bounds that a Key may have: each in words, and how a number compares with it that it excludes.
BOUNDS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "at_least": ("at least", operator.lt),
    "above": ("greater than", operator.le),
    "at_most": ("at most", operator.gt),
    "below": ("less than", operator.ge),
}


class Bound(NamedTuple):
    """A limit of a number, the words before it, and how a number compares with it that it excludes."""

    limit: float
    words: str
    excludes: Callable[[float, float], bool]

    def __str__(self) -> str:
        # All digits of a whole number, for the next one is not allowed.
        return f"{self.words} {self.limit if isinstance(self.limit, int) else format(self.limit, '.12g')}"


@dataclass(frozen=True)
class Key:
    """What a key means and may be, beyond its type.

    unit: of its number or numbers, in words or symbols.
    at_least, above, at_most, below: bounds of its number, or of each.
    choices: the words it may be, where they are no names of a table in TABLES.
    verbatim: a text that is used as it is, such as a path, while white space is collapsed in others.
    """

    meaning: str = ""
    unit: str = ""
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    choices: tuple[str, ...] = ()
    verbatim: bool = False


def config_key(
    default: Any,
    meaning: str,
    *,
    unit: str = "",
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
    choices: tuple[str, ...] = (),
    verbatim: bool = False,
) -> Any:
    """A field of a config group, with its default; a list or dict is copied for every config. Otherwise see Key."""
    metadata = {KEY: Key(meaning, unit, at_least, above, at_most, below, choices, verbatim)}
    if isinstance(default, list | dict):
        return field(default_factory=partial(copy.deepcopy, default), metadata=metadata)
    return field(default=default, metadata=metadata)


def key_of(entry: "Field[Any]") -> Key:
    """What stands beside a field."""
    rule = entry.metadata.get(KEY)
    return rule if isinstance(rule, Key) else Key()


def bounds_of(rule: Key) -> list[Bound]:
    """The bounds that a key's numbers have."""
    limits = [(getattr(rule, name), words, excludes) for name, (words, excludes) in BOUNDS.items()]
    return [Bound(limit, words, excludes) for limit, words, excludes in limits if limit is not None]


def choices_of(name: str, rule: Key) -> tuple[str, ...]:
    """The words that the key of a dotted name may be: its own, or the names of its table; none where it is free."""
    return rule.choices or tuple(TABLES.get(name, ()))
