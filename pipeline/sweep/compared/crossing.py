"""Which swept keys are crossed in pictures of a sweep, and which of their values have room there."""

from collections.abc import Sequence
from typing import TypeVar

from pipeline.config.language import Language
from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.render.film.evenly import evenly
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.compared.spoken import spoken_names
from pipeline.sweep.compared.values import Value, in_order
from pipeline.sweep.key_names import full_key, is_seed

T = TypeVar("T")


def swept_keys(entries: Sequence[Entry]) -> list[str]:
    """Keys with more than one value, those of seeds last."""
    keys = [key for key in entries[0].values if len(in_order(entry.values[key] for entry in entries)) > 1]
    return sorted(keys, key=is_seed) or list(entries[0].values)[:1]


def crossed_keys(entries: Sequence[Entry], options: SweepConfig) -> tuple[str | None, str]:
    """The keys of rows and columns, as asked for or chosen; None for rows where only one key is swept.

    Of two that are chosen, the one with more values gets the columns, or the rows of an upright frame.
    Raises InputError for keys that are not swept.
    """
    rows = full_key(options.rows, "sweep.rows", list(entries[0].values))
    columns = full_key(options.columns, "sweep.columns", list(entries[0].values))
    if rows is not None and rows == columns:
        raise InputError(f"sweep.columns = {columns}: is that of the rows; name another swept key, or none")
    free: list[str | None] = [key for key in swept_keys(entries) if key not in (rows, columns)]
    if columns is not None:
        return rows or next(iter(free), None), columns
    first, second = [*free, None, None][:2]
    if rows is not None:
        return (rows, first) if first else (None, rows)
    if first is None:
        raise InputError("compare: the runs have no swept key to be told apart by")
    if second is None:
        return None, first
    more = len(distinct(entries, second)) > len(distinct(entries, first))
    upright = options.height > options.width
    return (first, second) if more != upright else (second, first)


def distinct(entries: Sequence[Entry], key: str) -> list[Value]:
    """The values of a key, in order."""
    return in_order(entry.values[key] for entry in entries)


def thinned(values: Sequence[T], most: int) -> list[T]:
    """At most so many of the values, evenly chosen, the first and the last among them."""
    return [values[k] for k in evenly(len(values), most)]


def left_out(key: str, values: Sequence[Value], chosen: Sequence[Value], say: Language) -> str:
    """In words, how many of a key's values are shown; empty where all are."""
    if len(chosen) == len(values):
        return ""
    return say("compared.values", shown=len(chosen), all=len(values), key=spoken_names([key], say)[key])
