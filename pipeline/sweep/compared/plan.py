"""Which numbers of a sweep are plotted: every measure against a swept key, a line for every value of another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.config.language import Language
from pipeline.config.schema.sweep import SweepConfig
from pipeline.sweep.compared.crossing import crossed_keys, distinct, swept_keys, thinned
from pipeline.sweep.compared.entries import Entry, language_of_runs
from pipeline.sweep.compared.spoken import label_of, spoken_names
from pipeline.sweep.compared.summary import LOSS, Row
from pipeline.sweep.compared.values import Value, is_number
from pipeline.sweep.key_names import is_seed

SHOWN = LOSS, "roughness", "effective_knots", "breakpoint_shift", "parameter_distance", "kernel_drift"
MOST_LINES = 6  # values of the second key that get a line of their own


@dataclass(frozen=True)
class Plan:
    """What is drawn: rows of numbers against the key x, a line for every value of `lines` (a key, or None)."""

    rows: list[Row]
    x: str
    lines: str | None
    values: list[Value]
    notes: list[str]

    @property
    def say(self) -> Language:
        """The language of the runs."""
        return language_of_runs(row.entry for row in self.rows)

    @property
    def names(self) -> dict[str, str]:
        """What the swept keys are called."""
        return spoken_names(self.rows[0].entry.values, self.say)

    @property
    def measures(self) -> list[str]:
        """Names of the numbers that there are."""
        return [name for name in SHOWN if any(name in row.numbers for row in self.rows)]

    def groups(self, name: str, line: Value) -> dict[Value, list[float]]:
        """The numbers of a measure by x, of one line."""
        groups: dict[Value, list[float]] = {}
        for row in self.rows:
            on_line = self.lines is None or row.entry.values[self.lines] == line
            if on_line and np.isfinite(row.numbers.get(name, np.nan)):
                groups.setdefault(row.entry.values[self.x], []).append(row.numbers[name])
        return groups


def planned(rows: Sequence[Row], options: SweepConfig) -> Plan | None:
    """The axes for these rows, by the montage's keys: numbers go across; None where no key has two values.

    Seeds are the spread about a point; keys beyond these two stay at their first value.
    """
    done = [row for row in rows if row.entry.done]
    entries = [row.entry for row in done]
    if len(entries) < 2 or len(distinct(entries, swept_keys(entries)[0])) < 2:
        return None
    crossed = [key for key in crossed_keys(entries, options) if key is not None]
    keys = sorted(crossed, key=lambda key: (is_seed(key), not _numeric(entries, key), -len(distinct(entries, key))))
    lines = keys[1] if len(keys) > 1 and not is_seed(keys[1]) else None
    notes, say = [], language_of_runs(entries)
    for key in swept_keys(entries):
        if key not in (keys[0], lines) and not is_seed(key):
            shown = distinct([row.entry for row in done], key)
            done = [row for row in done if row.entry.values[key] == shown[0]]
            notes.append(say("compared.one_of", label=label_of({key: shown[0]}, say), count=len(shown)))
    if lines is None:
        return Plan(done, keys[0], None, [None], notes)
    values = thinned(distinct(entries, lines), MOST_LINES)
    return Plan([row for row in done if row.entry.values[lines] in values], keys[0], lines, values, notes)


def _numeric(entries: Sequence[Entry], key: str) -> bool:
    return all(is_number(entry.values[key]) for entry in entries)
