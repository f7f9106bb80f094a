"""The first stage: from a config and data to a trajectory, sampled at the times of the video's frames."""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from functools import partial
from typing import Any

import numpy as np

from pipeline.config.schema.config import Config
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError, known_as, worded
from pipeline.model.data import Data
from pipeline.model.initialization import initialize
from pipeline.model.network import Network
from pipeline.projection.arclength import cumulative_arclength
from pipeline.projection.spline import project
from pipeline.render.film import timing
from pipeline.run.track import Track
from pipeline.simulate.descent import own_rate
from pipeline.simulate.learning_rate import safe_rate
from pipeline.simulate.optimisers.table import OPTIMISERS, USED_BY_ALL
from pipeline.simulate.trajectory import Trajectory

# What arguments of the model and the solvers are called in a config.
KEYS = {
    **{entry.name: f"init.{entry.name}" for entry in fields(InitConfig)},
    **{entry.name: f"dynamics.{entry.name}" for entry in fields(DynamicsConfig)},
    "times[-1]": "dynamics.end_time",
    "network": "the weights, init.scale,",
    "data": "the data",
}
# Between which shares of the end time the first time may lie if it is not configured: more than eight decades of
# time would be mostly standstill, less than one and a half are linear time.
FIRST_SHARES = 1e-8, 0.03
# The timing of the pilot run that measures how fast the function changes, for timing=arclength.
PILOT = {"kind": "log", "seconds": 2000.0, "fps": 1, "hold_start": 0.0, "hold_end": 0.0}


def simulate(config: Config, data: Data, track: Track) -> Trajectory:
    """The run that `config` describes on `data`, sampled at the times of the video's frames."""
    with known_as(KEYS):
        network = initialize(**asdict(config.init))
        check_first_step(config.dynamics, data, network)
        first = first_time(config, data, network)
        solve, options = solver(config.dynamics)

        def sampled(name: str, times: np.ndarray) -> Trajectory:
            with track(name, config.dynamics.end_time, "t") as update:
                return solve(network, data, times, progress=update, **options)

        run = sampled("simulate", frame_times(config, first, partial(sampled, "pilot run")))
    return replace(run, outcome=worded(run.outcome, KEYS))


def check_first_step(dynamics: DynamicsConfig, data: Data, network: Network) -> None:
    """InputError where a descent's own step, which no key gives, is longer than the run."""
    rule = OPTIMISERS[dynamics.kind].rule
    if rule is not None and dynamics.learning_rate is None:
        rate = own_rate(rule, network, data, dynamics.weight_decay, dynamics.train, dynamics.output_bias)
        if rate > dynamics.end_time:
            raise InputError(f"dynamics.end_time = {dynamics.end_time:g}: less than one step, which is {rate:.3g} here")


def solver(dynamics: DynamicsConfig) -> tuple[Callable[..., Trajectory], dict[str, Any]]:
    """The function that simulates a kind of dynamics, and the options it takes from the config."""
    row = OPTIMISERS[dynamics.kind]
    return row.simulate, {key: getattr(dynamics, key) for key in (*USED_BY_ALL, *row.keys)}


def first_time(config: Config, data: Data, network: Network) -> float:
    """Training time at which logarithmic time begins: as configured, or the fastest time scale at the start."""
    if config.timing.first_time is not None:
        return config.timing.first_time
    dynamics = config.dynamics
    fastest = safe_rate(network, data, dynamics.weight_decay, dynamics.train, dynamics.output_bias)
    shortest, longest = (share * dynamics.end_time for share in FIRST_SHARES)
    return float(f"{min(max(fastest, dynamics.learning_rate or 0.0, shortest), longest):.0e}")


def frame_times(config: Config, first: float, sampled: Callable[[np.ndarray], Trajectory]) -> np.ndarray:
    """Training time of every video frame, (F,); timing=arclength asks `sampled` for a pilot run first."""
    settings = asdict(config.timing) | {
        "end_time": config.dynamics.end_time,
        "fps": config.video.fps,
        "first_time": first,
    }
    if config.timing.kind == "arclength":
        pilot = sampled(timing.frame_times(**settings | PILOT))
        settings["arclength"] = pilot.t, cumulative_arclength(project(pilot), pilot.x[0], pilot.x[-1])
    return timing.frame_times(**settings)
