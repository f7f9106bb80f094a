"""A picture of trajectories at a training time, as a figure of Matplotlib's."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from pipeline.errors import InputError
from pipeline.model.arguments import check_number
from pipeline.notebook.showing import Runs, showing
from pipeline.run.drawing import make_scene


def still(trajectory: Runs, t: float | None = None, **keys: Any) -> Figure:
    """The picture of a run, or of several by label, at the frame of their film nearest to a training time.

    t: at most that of the end, the default. keys: of the config, as `film` takes them.
    The figure is as large as a frame and has 72 dots an inch; `savefig` writes it as PDF, SVG or PNG.
    Raises InputError, by key, for what cannot be shown.
    """
    show = showing(trajectory, keys)
    end = max(take.config.dynamics.end_time for take in show.takes)
    time = end if t is None else t
    check_number("t", time)
    if not 0 <= time <= end:
        raise InputError(f"`t` = {time:g}: the run goes from 0 to {end:g}; give a time within")
    scene = make_scene(show.config, show.takes)
    return scene.figure(int(np.argmin(np.abs(scene.film.t - time))))
