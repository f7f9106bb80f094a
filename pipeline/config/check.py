"""What every value of a config must keep by itself: its type, and the bounds and choices that stand beside its field.

Each message is one line: key = value, what is wrong, what to write instead. The check.py of each room has the rules
between keys.
"""

import math
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any

from pipeline.config.fields import Key, bounds_of, choices_of, key_of
from pipeline.config.tables import TABLES
from pipeline.errors import InputError

# Of numbers other than 0, least and greatest: the squares of smaller or larger ones are none in double precision.
SIZES = 1e-100, 1e100
WORDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
LISTS = {
    int: "a list of whole numbers, [0,10]",
    float: "a list of numbers, [0,0.1,30]",
    str: "a list of words, [one,two]",
    list[str]: "rows of words, [[one,two],[three,three]]",
    dict[str, Any]: "a list of groups of keys, [{key: value}]",
}
MOST_LETTERS = 60  # of a value in a message


def check_values(group: Any, prefix: str = "") -> None:
    """Raise InputError for the first value of a group, a dataclass of the schema, that its field does not allow.

    prefix: what stands before its keys, `init.`.
    """
    for name, value, entry in leaves(group, prefix):
        check_value(name, value, entry)
    for part, place in _groups(group, prefix):
        _check_own_keys(part, place)


def leaves(group: Any, prefix: str = "") -> Iterator[tuple[str, Any, "Field[Any]"]]:
    """Dotted key, value and field of every key; raises InputError for one that the schema does not have."""
    for name in vars(group).keys() - {entry.name for entry in fields(group)}:
        raise InputError(f"{prefix}{name}: no such key; `python -m pipeline --explain` shows all keys")
    for entry in fields(group):
        value = getattr(group, entry.name)
        if is_dataclass(entry.type):
            if not isinstance(value, typing.cast(type, entry.type)):
                raise InputError(f"{prefix}{entry.name} = {shown(value)}: is a group of keys; give {entry.name}.KEY")
            yield from leaves(value, f"{prefix}{entry.name}.")
        else:
            yield prefix + entry.name, value, entry


def check_value(name: str, value: Any, entry: "Field[Any]") -> None:
    """Raise InputError where the value of the key of a dotted name is not what its field allows."""
    if not fits(value, entry.type):
        raise InputError(f"{name} = {shown(value)}: must be {type_words(entry.type)}")
    rule = key_of(entry)
    for number in _numbers(value):
        _check_number(f"{name} = {shown(value)}", number, rule)
    allowed = choices_of(name, rule)
    if allowed and value not in allowed:
        raise InputError(f"{name} = {shown(value)}: unknown; choose one of {', '.join(allowed)}")


def fits(value: Any, kind: Any) -> bool:
    """Whether a value has a type of the schema; whole numbers are numbers, and booleans are neither."""
    if kind is Any:
        return True
    of, inner = typing.get_origin(kind), typing.get_args(kind)
    if of in (types.UnionType, typing.Union):
        return any(fits(value, each) for each in inner)
    if of is list:
        return isinstance(value, list | tuple) and all(fits(item, inner[0]) for item in value)
    if of is dict:
        return isinstance(value, dict) and all(fits(k, inner[0]) and fits(v, inner[1]) for k, v in value.items())
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def type_words(kind: Any) -> str:
    """A type of the schema in words."""
    of, inner = typing.get_origin(kind), typing.get_args(kind)
    if of in (types.UnionType, typing.Union):
        return " or ".join("null" if each is types.NoneType else type_words(each) for each in inner)
    if of is list:
        return LISTS[inner[0]]
    if of is dict:
        return "a dictionary, {key: value}"
    return WORDS.get(kind, "any value")


def shown(value: Any) -> str:
    """A value as a message shows it: short, as it is written in YAML, and on one line."""
    words = "null" if value is None else str(value).lower() if isinstance(value, bool) else _plain(value)
    words = " ".join(words.split())
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…"


def _plain(value: Any) -> str:
    if isinstance(value, int) and abs(value) > 10**20:  # str() refuses numbers of thousands of digits
        return f"a whole number of {round(value.bit_length() * math.log10(2))} digits"
    return str(value)


def _numbers(value: Any) -> Iterator[float]:
    """All numbers in a value, in lists and dicts too."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, dict):
        yield from _numbers([*value.keys(), *value.values()])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _check_number(said: str, number: float, rule: Key) -> None:
    if isinstance(number, float) and not math.isfinite(number):
        raise InputError(f"{said}: must be {'a finite number' if said.endswith(str(number)) else 'finite numbers'}")
    for bound in bounds_of(rule):
        if bound.excludes(number, bound.limit):
            raise InputError(f"{said}: must be {bound}")
    least, most = SIZES
    if abs(number) > most or 0 < abs(number) < least:
        raise InputError(f"{said}: must be 0 or of size {least:g} to {most:g}")


def _groups(group: Any, prefix: str) -> Iterator[tuple[Any, str]]:
    """A group and those inside it, each with what stands before its keys."""
    yield group, prefix
    for entry in fields(group):
        if is_dataclass(entry.type):
            yield from _groups(getattr(group, entry.name), f"{prefix}{entry.name}.")


def _check_own_keys(group: Any, prefix: str) -> None:
    """A key that only other kinds than the chosen one use must not be set: it would do nothing."""
    rows: Mapping[str, Any] = TABLES.get(f"{prefix}kind", {})
    own = {kind: set(getattr(row, "keys", ())) for kind, row in rows.items()}
    if not any(own.values()):
        return
    blank = type(group)()
    for name in sorted(set().union(*own.values()) - own[group.kind]):
        value = getattr(group, name)
        if value != getattr(blank, name):
            words = f"not used by {prefix.rstrip('.')} of kind {group.kind}; leave it out"
            raise InputError(f"{prefix}{name} = {shown(value)}: {words}")
