"""A picture of trajectories at a training time, as a figure of Matplotlib's."""

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from pipeline.errors import InputError
from pipeline.model.arguments import check_number
from pipeline.notebook.showing import Runs, showing
from pipeline.render.film.timeline import Timeline
from pipeline.run.drawing import make_film, scene_of
from pipeline.run.timeline import timeline_of


def still(trajectory: Runs, t: float | None = None, **keys: Any) -> Figure:
    """The picture of a run, or of several by label, at a training time: a frame of their film.

    t: from the first to the last, which is the default. keys: of the config, as `film` takes them.
    The figure is as large as a frame and has 72 dots an inch; `savefig` writes it as PDF, SVG or PNG.
    Raises InputError, by key, for what cannot be shown.
    """
    show = showing(trajectory, keys)
    times = [take.trajectory.t for take in show.takes]
    first, end = min(t[0] for t in times), max(t[-1] for t in times)
    time = end if t is None else t
    check_number("t", time)
    if not first <= time <= end:
        raise InputError(f"`t` = {time:g}: the run goes from {first:g} to {end:g}; give a time within")
    timeline, frame = with_time(timeline_of(show.config, show.takes), float(time))
    films = [make_film(show.config, take, timeline) for take in show.takes]
    return scene_of(show.config, films).figure(frame)


def with_time(timeline: Timeline, time: float) -> tuple[Timeline, int]:
    """A timeline whose frame nearest to a training time shows exactly that, and the frame."""
    frame = int(np.argmin(np.abs(timeline.times - time)))
    return replace(timeline, stands=(*timeline.stands, (frame, frame + 1, time))), frame
