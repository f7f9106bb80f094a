"""Runs of the shipped experiments, simulated as for their videos; only the number of frames is smaller."""

from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np

from pipeline import Data, SplineTrajectory, Trajectory, project
from pipeline.config.schema.config import Config
from pipeline.config.schema.scene import SceneConfig
from pipeline.model.initialization import initialize
from pipeline.model.sources import load_data
from pipeline.projection.prior import Prior
from pipeline.render.film.storyboard import storyboard_of
from pipeline.run.computing import compute_quantities
from pipeline.run.simulating import simulate, solver
from pipeline.run.take import Take
from pipeline.run.timeline import timeline_of
from pipeline.run.track import silent
from pipeline.simulate.optimisers.table import OPTIMISERS
from pipeline.simulate.resample import resampled
from tests.conftest import composed

FEW_FRAMES = "video=draft", "video.fps=2"


@dataclass(frozen=True)
class Played:
    """An experiment's run."""

    config: Config
    data: Data
    trajectory: Trajectory

    @cached_property
    def spline(self) -> SplineTrajectory:
        """Its spline form."""
        return project(self.trajectory)

    @property
    def prior(self) -> Prior:
        """The law of its initialisation."""
        return Prior.of_init(**vars(self.config.init))

    def quantity(self, name: str) -> np.ndarray:
        """A quantity of every frame, computed as for the video."""
        return compute_quantities([name], self.config, self.trajectory, self.spline, silent)[name]

    def inside(self, points: int = 401) -> np.ndarray:
        """(F, points) f between the first and the last sample."""
        return self.spline.evaluate(np.linspace(self.data.x[0], self.data.x[-1], points))


@cache
def play(experiment: str, *overrides: str) -> Played:
    """The run of an experiment, with overrides where a test needs another."""
    take = taken(experiment, *overrides)
    config = take.config
    if config.timing.kind == "even":  # claims are about stretches of training time
        config = replace(config, timing=replace(config.timing, kind="log"))
    times = timeline_of(replace(config, scene=SceneConfig()), [take]).times  # of all training time, with no stands
    return Played(config, take.data, resampled(take.trajectory, times))


def at_moments(experiment: str) -> Played:
    """The run of an experiment where the solver sampled it, with no frames between."""
    take = taken(experiment)
    return Played(take.config, take.data, take.trajectory)


def at_times(experiment: str, times: np.ndarray, *overrides: str) -> Trajectory:
    """The run of an experiment as its solver gives it at some times."""
    config = composed(f"experiment={experiment}", *overrides)
    _, options = solver(config.dynamics)
    simulate_at = OPTIMISERS[config.dynamics.kind].simulate
    data = load_data(config.data)
    return simulate_at(initialize(**vars(config.init), samples=data.x), data, times, **options)


@cache
def taken(experiment: str, *overrides: str) -> Take:
    """The run of an experiment at its moments."""
    config = composed(f"experiment={experiment}", *FEW_FRAMES, *overrides)
    data = load_data(config.data)
    run = simulate(config, data, silent)
    spline, names = project(run), storyboard_of(config.scene).quantities()
    return Take(config, data, run, spline, compute_quantities(names, config, run, spline, silent))


def compared(experiment: str) -> dict[str, Played]:
    """The runs that an experiment compares, by label."""
    runs = composed(f"experiment={experiment}").compare
    return {label: play(experiment, *overrides) for label, overrides in runs.items()}
