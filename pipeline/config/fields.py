"""A key of the config beside its field: default, bounds, choices, unit and meaning stand there, and once."""

import copy
from dataclasses import Field, dataclass, field
from functools import partial
from typing import Any

from pipeline.config.tables import TABLES

KEY = "key"  # under which a field's metadata has its Key


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


def choices_of(name: str, rule: Key) -> tuple[str, ...]:
    """The words that the key of a dotted name may be: its own, or the names of its table; none where it is free."""
    return rule.choices or tuple(TABLES.get(name, ()))
