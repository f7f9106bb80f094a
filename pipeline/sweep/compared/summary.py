"""A sweep in numbers: of every job how it ended and what its spline became; a row each in summary.csv.

Quantities are those of the last frame, in the units that the network sees.
"""

import csv
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.config.language import Language
from pipeline.projection.spline import project
from pipeline.run.computing import settings_for
from pipeline.simulate.trajectory import Trajectory
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.compared.values import Value

SUMMARY = "summary.csv"
FORMULA = "=", "+", "-", "@", "\t", "\r"  # how a text begins that a spreadsheet would take for a formula

MEASURES = (  # names of quantities (projection/quantities.py)
    "roughness",
    "path_norm",
    "effective_knots",
    "breakpoint_shift",
    "parameter_distance",
    "kernel_drift",
    "held_count",
    "dead_count",
)
LOSS = "final_loss"


def measure_name(name: str, say: Language) -> str:
    """What a measure is called in plots and on the page."""
    return say.words.get(f"measures.{name}") or say.row("quantities", name)


@dataclass(frozen=True)
class Row:
    """A job and its numbers by name, NaN or absent where there are none."""

    entry: Entry
    numbers: dict[str, float]


def measured(entry: Entry) -> dict[str, float]:
    """The measures of a finished run, and what else it was asked to compute that is one number a frame.

    All stand on its first and its last frame, the only ones that are looked at. Of several runs in one video, which
    have folders of their own, there is their largest loss alone.
    """
    if not entry.has_run:
        return {LOSS: float(entry.manifest["final_loss"])}
    from pipeline.projection.quantities import QUANTITIES, compute

    asked = entry.config.projection.quantities
    names = [*MEASURES, *(name for name in asked if name not in MEASURES and QUANTITIES[name].shape == "F")]
    ends = first_and_last(Trajectory.load(entry.folder / "trajectory.npz"))
    values = compute(names, ends, project(ends), settings_for(entry.config))
    return {LOSS: float(ends.loss[-1]), **{name: float(each[-1]) for name, each in values.items()}}


def first_and_last(trajectory: Trajectory) -> Trajectory:
    """The run's two ends as a trajectory."""
    ends = [0, -1]
    parts = {name: getattr(trajectory, name)[ends] for name in ("t", "w", "b", "v", "c", "loss", "held")}
    return replace(trajectory, **parts)


def write_summary(entries: Sequence[Entry], root: Path, path: Path, progress: Callable[[float], None]) -> None:
    """Measure every finished job and write the table; folders are named as seen from `root`."""
    rows = []
    for number, entry in enumerate(entries, 1):
        rows.append({**_facts(entry, root), **(measured(entry) if entry.done else {}), "message": entry.message})
        progress(number)
    names = list(dict.fromkeys(name for row in rows for name in row if name != "message"))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*names, "message"], restval="")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)


def read_numbers(path: Path, entries: Iterable[Entry]) -> list[Row]:
    """The numbers that `write_summary` wrote of these entries."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    facts = {"folder", "state", "seconds", "message"}
    rows = []
    for entry, line in zip(entries, lines, strict=True):
        numbers = {name: float(text) for name, text in line.items() if name not in facts | set(entry.values) and text}
        rows.append(Row(entry, numbers))
    return rows


def _facts(entry: Entry, root: Path) -> dict[str, Value]:
    folder = entry.folder.relative_to(root) if entry.folder.is_relative_to(root) else entry.folder
    return {"folder": folder.as_posix(), **entry.values, "state": entry.state, "seconds": entry.seconds}


def _cell(value: Value) -> Value:
    """A value as it stands in the table: nothing for none and for what is not finite, else all its digits.

    A text that a spreadsheet would run gets an apostrophe, which tells it that this is a text.
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return repr(float(value)) if isinstance(value, (float, np.floating)) else value
