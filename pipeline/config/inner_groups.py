"""Groups of keys inside a value: entries of lists and dictionaries, as strict as keys of the config."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from pipeline.config.check import check_value, shown
from pipeline.config.nearest import did_you_mean
from pipeline.errors import InputError

Group = TypeVar("Group")


def inner_group(key: str, given: Any, kind: type[Group], needed: tuple[str, ...] = ()) -> Group:
    """The dataclass `kind` of what is given under a dotted key.

    Raises InputError for what is no mapping, for a key that it does not have, a value that its field does not allow,
    and where one of `needed` is missing.
    """
    known = {entry.name: entry for entry in fields(kind)}  # type: ignore[arg-type]  # kind is a dataclass
    if not isinstance(given, Mapping):
        raise InputError(f"{key} = {shown(given)}: is a group of keys; give {{{', '.join(f'{k}: …' for k in needed)}}}")
    for name, value in given.items():
        if name not in known:
            there = ", ".join(known)
            raise InputError(f"{key}.{shown(name)}: no such key{did_you_mean(str(name), known)}; there are {there}")
        check_value(f"{key}.{name}", value, known[name])
    for name in needed:
        if given.get(name, "") in ("", None):
            raise InputError(f"{key}.{name}: must be given")
    return kind(**given)
