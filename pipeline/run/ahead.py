"""What needs no solver is made ready while the solver is compiled: the first video on a machine waits less."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext, suppress

import numpy as np

from pipeline.compiled import is_kept
from pipeline.config.schema.config import Config
from pipeline.model.data import Data
from pipeline.render.encoding.sink import granted_cores
from pipeline.render.encoding.yuv import Planes
from pipeline.run.drawing import make_scene
from pipeline.run.forked import beside, can_fork
from pipeline.simulate.moments import straightened
from pipeline.simulate.sampling import new_frames
from pipeline.simulate.solver.stepping import advance

FLOW = "gradient_flow"
FRAMES = 0, 1  # that are drawn: the second on the first


def loops_compiled_beside(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> AbstractContextManager[None]:
    """Within it another process compiles the loops that follow the solver, where that is to be compiled too.

    config: of what is drawn; runs: by label, what it shows.
    """
    waits = any(run.dynamics.kind == FLOW for run, _ in runs.values()) and not is_kept(advance)
    return (
        beside(lambda: compile_loops(config, runs)) if waits and can_fork() and granted_cores() > 1 else nullcontext()
    )


def compile_loops(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> None:
    """Draw, and convert for the encoder, two frames of networks that learn nothing; look through a run's moments."""
    from pipeline.run.rehearsal import resting_take, untold  # slow to import, and done once a machine

    with suppress(Exception):  # what cannot be drawn yet is told where it is drawn
        scene = make_scene(untold(config), [resting_take(label, *run) for label, run in runs.items()], drawn=FRAMES)
        planes = Planes(config.video.width, config.video.height)
        for frame in scene.frames(FRAMES):
            planes.show(frame, scene.canvas.take_changed())
    for _, data in runs.values():
        straightened(new_frames(np.zeros(1), 1), data)
