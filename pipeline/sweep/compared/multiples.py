"""Small multiples: the montage's runs at chosen training times, for print."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.render.scene.mosaic import RunTable
from pipeline.sweep.compared.arrangement import Arrangement
from pipeline.sweep.compared.crossing import thinned

if TYPE_CHECKING:
    from pipeline.render.scene.scene import Scene

MULTIPLES = "multiples.pdf"
TIMES = 4  # pictures of a run where no times are asked for


def sheet_names(shown: Arrangement, options: SweepConfig, rows: int) -> tuple[str, ...]:
    """Names of the PNGs: one a time where runs stand in a table, else one for every so many `rows` of times."""
    count = len(options.times or range(TIMES))
    sheets = count if shown.table else -(-count // rows)
    return tuple(f"multiples_{number}.png" for number in range(1, sheets + 1))


def draw_multiples(shown: Arrangement, options: SweepConfig, room: tuple[int, int], place: Path) -> None:
    """Draw the multiples into a folder: a PDF of one sheet a page, and every sheet as PNG.

    room: how many runs stand side by side, and one over the other.
    Raises InputError for a time after the last run's end.
    """
    from matplotlib.backends.backend_pdf import PdfPages

    from pipeline.render.scene.printed import UNDATED

    with PdfPages(place / MULTIPLES, metadata=UNDATED[".pdf"]) as book:
        names = sheet_names(shown, options, room[1])
        for name, (scene, numbers) in zip(names, _sheets(shown, options, room), strict=True):
            scene.strip(numbers, [place / name], book=book)


def _sheets(shown: Arrangement, options: SweepConfig, room: tuple[int, int]) -> Iterator[tuple["Scene", list[int]]]:
    """(scene, frame of each of its runs) of every sheet."""
    from pipeline.run.drawing import make_films, scene_of
    from pipeline.sweep.compared.montage import finished_takes, montage_config, plain_table, with_quantities

    if shown.table is None:  # times take the rows, so only one row of runs has room
        chosen = thinned(range(len(shown.entries)), room[0])
        labels = [shown.labels[k] for k in chosen]
        shown = Arrangement([shown.entries[k] for k in chosen], labels, None, shown.notes)
    takes = finished_takes(shown)
    config = montage_config(shown, takes, options, 1 if shown.table else len(options.times or range(TIMES)))
    films = make_films(config, with_quantities(takes, config))
    times = frames_at(films[0].t, options.times)

    if shown.table:
        scene = scene_of(config, films, "sweep", table=plain_table(shown.table))
        yield from ((scene, [number] * len(films)) for number in times)
        return
    for start in range(0, len(times), room[1]):
        part = times[start : start + room[1]]
        table = _times_table([films[0].time.clock(films[0].t[number]) for number in part], [f.label for f in films])
        scene = scene_of(config, films * len(part), "sweep", clock=False, table=table)
        yield scene, [number for number in part for _ in films]


def _times_table(times: Sequence[str], labels: Sequence[str]) -> RunTable:
    """Times as rows, runs as columns."""
    places = [(i, j) for i in range(len(times)) for j in range(len(labels))]
    return RunTable([("$t$", time) for time in times], [(label,) for label in labels], places)


def frames_at(t: np.ndarray, times: Sequence[float] | None) -> list[int]:
    """The frame nearest to each of the times, or some from the first to the last that lie evenly in the video."""
    if times is None:
        moments = np.flatnonzero(np.diff(t, prepend=-1.0) > 0)
        return thinned(list(map(int, moments)), TIMES)
    if max(times) > t[-1] * (1 + 1e-9):
        raise InputError(f"sweep.times = {list(times)}: the last run ends at {t[-1]:g}; give times up to then")
    return [int(np.argmin(np.abs(t - time))) for time in times]
