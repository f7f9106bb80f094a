"""What every key is: for the command line, `--explain`, and as the table of the README.

Choices are those of the tables that are there: whoever calls this has imported the rooms, and loaded plugins.
"""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any

from pipeline.config.check import leaves, shown, type_words
from pipeline.config.fields import bounds_of, choices_of, key_of
from pipeline.config.nearest import did_you_mean
from pipeline.config.schema.config import Config
from pipeline.config.tables import TABLES
from pipeline.errors import InputError


def explain(asked: str = "") -> str:
    """Keys in words: one by its dotted name, those of a group, or all. Raises InputError for a name that is neither."""
    chosen = [each for each in leaves(Config()) if _belongs(each[0], asked)]
    if not chosen:
        names = [name for name, _, _ in leaves(Config())]
        raise InputError(f"{asked}: no such key{did_you_mean(asked, names)}; `--explain` without a word shows all")
    return "\n".join(_words(*each) for each in chosen)


def reference() -> str:
    """All keys as Markdown tables, one a group."""
    head = "| key | default | may be | meaning |\n|---|---|---|---|\n"
    rows: dict[str, list[str]] = {}
    for name, default, entry in leaves(Config()):
        rows.setdefault(name.partition(".")[0] if "." in name else "", []).append(_row(name, default, entry))
    return "\n\n".join(f"{about}\n\n{head}" + "\n".join(rows[group]) for group, about in _groups()) + "\n"


def _groups() -> list[tuple[str, str]]:
    """Name and meaning of every group, the keys outside all first."""
    groups = [(entry.name, str(entry.type.__doc__)) for entry in fields(Config) if is_dataclass(entry.type)]
    return [("", "Keys of their own."), *groups]


def _belongs(name: str, asked: str) -> bool:
    return not asked or name == asked or name.startswith(f"{asked}.")


def _words(name: str, default: Any, entry: "Field[Any]") -> str:
    lines = [f"{name} = {_default(default)}", f"    {allowed(name, entry)}", f"    {key_of(entry).meaning}"]
    used = _used_by(name)
    return "\n".join([*lines, *([f"    used by {used}"] if used else [])])


def _default(value: Any) -> str:
    return '""' if value == "" else shown(value)


def allowed(name: str, entry: "Field[Any]") -> str:
    """What a key may be: its choices, or its type with bounds and unit."""
    rule = key_of(entry)
    choices = choices_of(name, rule)
    if choices:
        return f"one of {', '.join(choices)}"
    words = [type_words(entry.type), *map(str, bounds_of(rule))]
    return ", ".join(words) + (f"; in {rule.unit}" if rule.unit else "")


def _used_by(name: str) -> str:
    """The kinds of a group that alone use a key; nothing where all do."""
    group, _, last = name.rpartition(".")
    rows: Mapping[str, Any] = TABLES.get(f"{group}.kind", {})
    kinds = [kind for kind, row in rows.items() if last in getattr(row, "keys", ())]
    return f"{group} of kind {', '.join(kinds)}" if kinds else ""


def _row(name: str, default: Any, entry: "Field[Any]") -> str:
    used = _used_by(name)
    meaning = key_of(entry).meaning + (f" ({used})" if used else "")
    cells = f"`{name}`", f"`{_default(default)}`", allowed(name, entry), meaning
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
