"""Which runs a montage shows, and where: rows and columns are swept keys, or runs follow each other under labels."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.render.film.words import SEPARATOR
from pipeline.render.scene.mosaic import RunTable
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.compared.values import Value, clipped, in_order, is_seed, label_of, short_names, value_words

PANEL = 10.0, 5.6  # width and height that a panel needs to be read, in text sizes
OWN_AXIS = 2.8  # height of the words under a panel that shares its axis with none below, likewise
AROUND = 6.0, 9.5  # what row names and ticks take of the width, header and foot of the height, likewise
LONGEST = 18  # letters that fit over the narrowest panel
FULL = 0.5  # share of a table's places that must have a run: less is no grid


@dataclass(frozen=True)
class Arrangement:
    """Runs in reading order, the label of each, the table they stand in (or None), and what it leaves out, in words."""

    entries: list[Entry]
    labels: list[str]
    table: RunTable | None
    notes: list[str]


def swept_keys(entries: Sequence[Entry]) -> list[str]:
    """Keys with more than one value, those of seeds last."""
    keys = [key for key in entries[0].values if len(in_order(entry.values[key] for entry in entries)) > 1]
    return sorted(keys, key=is_seed) or list(entries[0].values)[:1]


def full_key(word: str | None, option: str, keys: Sequence[str]) -> str | None:
    """The swept key that `word` is, or is the last part of; InputError, naming `option`, where there is none."""
    if word is None or word in keys:
        return word
    found = [key for key in keys if key.rpartition(".")[2] == word]
    if len(found) != 1:
        raise InputError(f"{option} = {word}: is not swept; choose of {', '.join(keys)}")
    return found[0]


def crossed_keys(entries: Sequence[Entry], options: SweepConfig) -> tuple[str | None, str | None]:
    """The keys of rows and columns, as asked for or chosen; None for rows where only one key is swept.

    Of two that are chosen, the one with more values gets the columns, or the rows of an upright frame.
    Raises InputError for keys that are not swept.
    """
    keys = swept_keys(entries)
    rows = full_key(options.rows, "sweep.rows", list(entries[0].values))
    columns = full_key(options.columns, "sweep.columns", list(entries[0].values))
    if rows is not None and rows == columns:
        raise InputError(f"sweep.columns = {columns}: is that of the rows; name another swept key, or none")
    free = [key for key in keys if key not in (rows, columns)]
    if rows is None and columns is None:
        first, second = free[0], free[1] if len(free) > 1 else None
        if second is None:
            return None, first
        more = len(distinct(entries, second)) > len(distinct(entries, first))
        upright = options.height > options.width
        return (first, second) if more != upright else (second, first)
    if columns is None:
        return (rows, free[0]) if free else (None, rows)
    return (rows or (free[0] if free else None)), columns


def distinct(entries: Sequence[Entry], key: str) -> list[Value]:
    """The values of a key, in order."""
    return in_order(entry.values[key] for entry in entries)


def arrange(entries: Sequence[Entry], options: SweepConfig, text: float) -> Arrangement:
    """What a frame of the options' size has room for, with text of that size in px.

    Of several seeds each place shows the first that is done; other keys stay at the first value that is.
    Raises InputError where no run is done, or for rows or columns that are not swept.
    """
    done = [entry for entry in entries if entry.done]
    if not done:
        raise InputError("compare: no run is done")
    across, down = capacity(options, text)
    rows, columns = crossed_keys(entries, options)
    pool, held = _held(list(entries), (rows, columns))
    if rows is None:
        return _listed(_first_done(pool, (columns,)), [columns], across * down, held)
    at = _first_done(pool, (rows, columns))
    listed = distinct(list(at.values()), rows), distinct(list(at.values()), columns)
    if len(at) < FULL * len(listed[0]) * len(listed[1]):
        return _ranked(done, across * down)
    chosen = thinned(listed[0], down), thinned(listed[1], across)
    notes = held + [note for note in map(left_out, (rows, columns), listed, chosen) if note]
    return _crossed(at, pool, (rows, columns), chosen, notes)


def capacity(options: SweepConfig, text: float) -> tuple[int, int]:
    """How many runs stand side by side, and one over the other, legibly."""
    panels = len(options.mosaic[0]), len(options.mosaic)
    run = PANEL[0] * panels[0], PANEL[1] * panels[1] + (OWN_AXIS * panels[1] if panels[1] > 1 else 0.0)
    size = options.width / text - AROUND[0], options.height / text - AROUND[1]
    across, down = (max(1, math.floor(room / needed)) for room, needed in zip(size, run, strict=True))
    return across, down


def thinned(values: Sequence, most: int) -> list:
    """At most so many of the values, evenly chosen, the first and the last among them."""
    places = np.unique(np.linspace(0, len(values) - 1, min(most, len(values))).round().astype(int))
    return [values[k] for k in places]


def left_out(key: str, values: Sequence[Value], chosen: Sequence[Value]) -> str:
    """In words, how many of a key's values are shown; empty where all are."""
    return "" if len(chosen) == len(values) else f"{len(chosen)} of {len(values)} values of {short_names([key])[key]}"


def _held(entries: list[Entry], crossed: tuple[str | None, ...]) -> tuple[list[Entry], list[str]]:
    """The entries at one value of every key that is neither crossed nor a seed; words for what that leaves out."""
    notes = []
    others = [key for key in swept_keys(entries) if key not in crossed and not is_seed(key)]
    names = short_names(entries[0].values)
    for key in others:
        values = distinct(entries, key)
        shown = distinct([entry for entry in entries if entry.done], key)[0]
        entries = [entry for entry in entries if entry.values[key] == shown]
        notes.append(f"{names[key]} = {value_words(shown)} (of {len(values)})")
    seeds = [names[key] for key in swept_keys(entries) if key not in crossed and is_seed(key)]
    notes += [f"first {name} of each" for name in seeds]
    return entries, notes


def _first_done(entries: Sequence[Entry], keys: Sequence[str]) -> dict[tuple[Value, ...], Entry]:
    """By their values of the keys, the first entry that is done."""
    first: dict[tuple[Value, ...], Entry] = {}
    for entry in entries:
        if entry.done:
            first.setdefault(tuple(entry.values[key] for key in keys), entry)
    return first


def _listed(at: Mapping[tuple[Value, ...], Entry], keys: list[str], most: int, notes: list[str]) -> Arrangement:
    """Runs one after another, by the values of one key."""
    (key,) = keys
    values = distinct(list(at.values()), key)
    chosen = thinned(values, most)
    note = left_out(key, values, chosen)
    shown = [at[value,] for value in chosen]
    names = short_names(shown[0].values)
    labels = [f"{names[key]} = {value_words(value)}" for value in chosen]
    return Arrangement(shown, labels, None, [*notes, *([note] if note else [])])


def _ranked(done: Sequence[Entry], most: int) -> Arrangement:
    """Runs that make no grid, as of a random search: by their final loss, under their values."""
    order = sorted(done, key=lambda entry: entry.manifest["final_loss"])
    shown = thinned(order, most)
    few = f"{len(shown)} of {len(order)} runs, " if len(shown) < len(order) else ""
    keys = swept_keys(done)
    names = short_names(shown[0].values)
    labels = [clipped(SEPARATOR.join(value_words(entry.values[key]) for key in keys), LONGEST) for entry in shown]
    told = SEPARATOR.join(names[key] for key in keys)
    return Arrangement(shown, labels, None, [f"{few}from least to largest loss, each under its {told}"])


def _crossed(
    at: Mapping[tuple[Value, ...], Entry],
    pool: Sequence[Entry],
    keys: tuple[str, str],
    chosen: tuple[list[Value], list[Value]],
    notes: list[str],
) -> Arrangement:
    """Runs in a table of two keys."""
    rows, columns = (
        [value for value in values if any(at.get(pair) for pair in _pairs(k, value, chosen))]
        for k, values in enumerate(chosen)
    )
    names = short_names(pool[0].values)
    shown, places, blanks = [], [], {}
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            if (row, column) in at:
                shown.append(at[row, column])
                places.append((i, j))
            else:
                tried = [e.state for e in pool if (e.values[keys[0]], e.values[keys[1]]) == (row, column)]
                blanks[i, j] = "failed" if "failed" in tried else "no run"
    table = RunTable(
        [(names[keys[0]], value_words(value)) for value in rows],
        [(f"{names[keys[1]]} = {value_words(value)}", value_words(value)) for value in columns],
        places,
        blanks,
    )
    return Arrangement(shown, [label_of(entry.values) for entry in shown], table, notes)


def _pairs(axis: int, value: Value, chosen: tuple[list[Value], list[Value]]) -> list[tuple[Value, Value]]:
    """The places of a row (axis 0) or column (1) of a value."""
    return [(value, other) if axis == 0 else (other, value) for other in chosen[1 - axis]]
