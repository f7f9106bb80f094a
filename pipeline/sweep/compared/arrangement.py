"""Which runs a montage shows, and where: rows and columns are swept keys, or runs follow each other under labels."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.config.language import Language, english
from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.render.film.words import SEPARATOR
from pipeline.render.scene.mosaic import RunTable
from pipeline.sweep.compared.crossing import crossed_keys, distinct, left_out, swept_keys, thinned
from pipeline.sweep.compared.entries import Entry, language_of_runs
from pipeline.sweep.compared.spoken import label_of, spoken_names
from pipeline.sweep.compared.values import Value, clipped, value_words
from pipeline.sweep.key_names import is_seed

PANEL = 10.0, 5.6  # width and height that a panel needs to be read, in text sizes
OWN_AXIS = 2.8  # height of the words under a panel that shares its axis with none below, likewise
AROUND = 6.0, 9.5  # what row names and ticks take of the width, header and foot of the height, likewise
HEADING_LETTERS = 18  # that fit over the narrowest panel
FULL = 0.5  # share of a table's places that must have a run: less is no grid


@dataclass(frozen=True)
class Arrangement:
    """Runs in reading order, the label of each, the table they stand in (or None), and what it leaves out, in words."""

    entries: list[Entry]
    labels: list[str]
    table: RunTable | None
    notes: list[str]

    @property
    def told_as(self) -> dict[str, str]:
        """By the English label of each run, which a montage's story may name it by, the label that it has."""
        say, names = language_of_runs(self.entries), {}
        for entry, label in zip(self.entries, self.labels, strict=True):
            for values in (entry.values, *({key: value} for key, value in entry.values.items())):
                if label_of(values, say) == label:
                    names[label_of(values, english())] = label
        return names


def arrange(entries: Sequence[Entry], options: SweepConfig, text: float) -> Arrangement:
    """What a frame of the options' size has room for, with text of that size in px.

    Of several seeds each place shows the first that is done; other keys stay at the first value that is.
    Raises InputError where no run is done, or for rows or columns that are not swept.
    """
    done = [entry for entry in entries if entry.done]
    if not done:
        raise InputError("compare: no run is done")
    across, down = capacity(options, text)
    say = language_of_runs(done)
    rows, columns = crossed_keys(entries, options)
    pool, notes = _at_one_value(list(entries), (rows, columns), say)
    if rows is None:
        return _listed(_first_done(pool, (columns,)), columns, across * down, notes, say)
    at = _first_done(pool, (rows, columns))
    listed = distinct(list(at.values()), rows), distinct(list(at.values()), columns)
    if len(at) < FULL * len(listed[0]) * len(listed[1]):
        return _ranked(done, across * down, say)
    chosen = thinned(listed[0], down), thinned(listed[1], across)
    told = [left_out(*each, say) for each in zip((rows, columns), listed, chosen, strict=True)]
    notes += filter(None, told)
    return _crossed(at, pool, (rows, columns), chosen, notes, say)


def capacity(options: SweepConfig, text: float) -> tuple[int, int]:
    """How many runs stand side by side, and one over the other, legibly."""
    panels = len(options.mosaic[0]), len(options.mosaic)
    run = PANEL[0] * panels[0], PANEL[1] * panels[1] + (OWN_AXIS * panels[1] if panels[1] > 1 else 0.0)
    size = options.width / text - AROUND[0], options.height / text - AROUND[1]
    across, down = (max(1, math.floor(room / needed)) for room, needed in zip(size, run, strict=True))
    return across, down


def _at_one_value(
    entries: list[Entry], crossed: tuple[str | None, ...], say: Language
) -> tuple[list[Entry], list[str]]:
    """The entries at one value of every key that is neither crossed nor a seed; words for what that leaves out."""
    notes = []
    others = [key for key in swept_keys(entries) if key not in crossed and not is_seed(key)]
    names = spoken_names(entries[0].values, say)
    for key in others:
        values = distinct(entries, key)
        shown = distinct([entry for entry in entries if entry.done], key)[0]
        entries = [entry for entry in entries if entry.values[key] == shown]
        notes.append(say("compared.one_of", label=label_of({key: shown}, say), count=len(values)))
    seeds = [names[key] for key in swept_keys(entries) if key not in crossed and is_seed(key)]
    notes += [say("compared.first_of_each", key=name) for name in seeds]
    return entries, notes


def _first_done(entries: Sequence[Entry], keys: Sequence[str]) -> dict[tuple[Value, ...], Entry]:
    """By their values of the keys, the first entry that is done."""
    first: dict[tuple[Value, ...], Entry] = {}
    for entry in entries:
        if entry.done:
            first.setdefault(tuple(entry.values[key] for key in keys), entry)
    return first


def _listed(at: Mapping[tuple[Value, ...], Entry], key: str, most: int, notes: list[str], say: Language) -> Arrangement:
    """Runs one after another, by the values of one key."""
    values = distinct(list(at.values()), key)
    chosen = thinned(values, most)
    shown = [at[value,] for value in chosen]
    labels = [label_of({key: value}, say) for value in chosen]
    return Arrangement(shown, labels, None, [*notes, *filter(None, [left_out(key, values, chosen, say)])])


def _ranked(done: Sequence[Entry], most: int, say: Language) -> Arrangement:
    """Runs that make no grid, as of a random search: by their final loss, under their values."""
    order = sorted(done, key=lambda entry: entry.manifest["final_loss"])
    shown = thinned(order, most)
    keys = swept_keys(done)
    names = spoken_names(shown[0].values, say)
    labels = [
        clipped(SEPARATOR.join(value_words(entry.values[key]) for key in keys), HEADING_LETTERS) for entry in shown
    ]
    told = SEPARATOR.join(names[key] for key in keys)
    note = say(
        "compared.ranked" if len(shown) == len(order) else "compared.ranked_few",
        shown=len(shown),
        all=len(order),
        names=told,
    )
    return Arrangement(shown, labels, None, [note])


def _crossed(
    at: Mapping[tuple[Value, ...], Entry],
    pool: Sequence[Entry],
    keys: tuple[str, str],
    chosen: tuple[list[Value], list[Value]],
    notes: list[str],
    say: Language,
) -> Arrangement:
    """Runs in a table of two keys: rows and columns without any run are left out."""
    rows = [row for row in chosen[0] if any((row, column) in at for column in chosen[1])]
    columns = [column for column in chosen[1] if any((row, column) in at for row in chosen[0])]
    places = {(i, j): (row, column) for i, row in enumerate(rows) for j, column in enumerate(columns)}
    filled = {place: at[pair] for place, pair in places.items() if pair in at}
    blanks = {place: _why_blank(pool, keys, pair, say) for place, pair in places.items() if pair not in at}
    names = spoken_names(pool[0].values, say)
    table = RunTable(
        [(names[keys[0]], value_words(value)) for value in rows],
        [(label_of({keys[1]: value}, say), value_words(value)) for value in columns],
        list(filled),
        blanks,
    )
    shown = list(filled.values())
    return Arrangement(shown, [label_of(entry.values, say) for entry in shown], table, notes)


def _why_blank(pool: Sequence[Entry], keys: tuple[str, str], pair: tuple[Value, Value], say: Language) -> str:
    """What stands in the place of a pair of values without a finished run."""
    tried = [entry.state for entry in pool if (entry.values[keys[0]], entry.values[keys[1]]) == pair]
    return say("compared.failed" if "failed" in tried else "compared.no_run")
