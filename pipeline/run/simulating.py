"""The first stage: from a config and data to a trajectory, sampled at the run's own moments."""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from typing import Any

from pipeline.config.schema.config import Config
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError, known_as, worded
from pipeline.model.activation import activated
from pipeline.model.data import Data
from pipeline.model.initialization import initialize
from pipeline.model.network import Network
from pipeline.run.told_neurons import told_neurons
from pipeline.run.track import Track
from pipeline.simulate.descent import own_rate
from pipeline.simulate.optimisers.table import OPTIMISERS, USED_BY_ALL
from pipeline.simulate.recorded.record import Record
from pipeline.simulate.recorded.replay import replayed
from pipeline.simulate.trajectory import Trajectory

# What arguments of the model and the solvers are called in a config.
KEYS = {
    **{entry.name: f"init.{entry.name}" for entry in fields(InitConfig)},
    **{entry.name: f"dynamics.{entry.name}" for entry in fields(DynamicsConfig)},
    "times[-1]": "dynamics.end_time",
    "network": "the weights, init.scale,",
    "data": "the data",
}


def simulate(config: Config, data: Data, track: Track, record: Record | None = None) -> Trajectory:
    """The run that `config` describes on `data`, sampled at its moments (simulate/moments.py); or that of a record."""
    if record is not None:
        return replayed(record, data)
    with known_as(KEYS):
        network = initialize(**asdict(config.init), samples=data.x)
        check_first_step(config.dynamics, data, network)
        solve, options = solver(config.dynamics)
        if (told := told_neurons(config)) < len(network):
            options["told"] = told
        with track("simulate", config.dynamics.end_time, "t") as update:
            run = solve(network, data, config.dynamics.end_time, progress=update, **options)
    return replace(run, outcome=worded(run.outcome, KEYS))


def check_first_step(dynamics: DynamicsConfig, data: Data, network: Network) -> None:
    """InputError where a descent's own step, which no key gives, is longer than the run."""
    rule = OPTIMISERS[dynamics.kind].rule
    if rule is not None and dynamics.learning_rate is None:
        network = activated(network, dynamics.activation, dynamics.leak)
        settings = dynamics.weight_decay, dynamics.train, dynamics.output_bias, dynamics.loss
        rate = own_rate(rule, network, data, *settings)
        if rate > dynamics.end_time:
            raise InputError(f"dynamics.end_time = {dynamics.end_time:g}: less than one step, which is {rate:.3g} here")


def solver(dynamics: DynamicsConfig) -> tuple[Callable[..., Trajectory], dict[str, Any]]:
    """The function that samples a kind of dynamics at its moments, and the options it takes from the config."""
    row = OPTIMISERS[dynamics.kind]
    return row.sampled, {key: getattr(dynamics, key) for key in (*USED_BY_ALL, *row.keys)}
