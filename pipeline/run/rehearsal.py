"""Whether a scene can be drawn, tried before its runs are computed: on networks that learn nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import numpy as np

from pipeline.config.schema.config import Config
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.model.activation import activated
from pipeline.model.data import Data
from pipeline.model.initialization import initialize
from pipeline.model.network import Network
from pipeline.projection.spline import project
from pipeline.render.film.telling import check_targets
from pipeline.run.asked import asked_quantities
from pipeline.run.computing import compute_quantities
from pipeline.run.drawing import make_scene, strip_scene
from pipeline.run.take import Take
from pipeline.run.told_neurons import told_neurons
from pipeline.run.track import silent
from pipeline.simulate.loss import SQUARED, check_loss
from pipeline.simulate.rest import Rest
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.keys import content_key

passed: set[str] = set()  # what was found to have room, as _looks says it


def rehearse(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> None:
    """Try whether a scene can be drawn before its runs are finished: InputError, by key, where not.

    runs: by label, what the scene shows. Its quantities are computed, and it is built, though not drawn, for networks
    that learn nothing; of jobs of a sweep that look alike it is built for the first one of a process: what numbers
    alone would leave no room, the drawing refuses.
    """
    check_targets(config.scene, {label: (len(data.x), run.init.width) for label, (run, data) in runs.items()})
    takes = [resting_take(label, *run) for label, run in runs.items()]
    if (looks := _looks(config, runs)) not in passed:
        _build(config, takes)
        passed.add(looks)


def _build(config: Config, takes: Sequence[Take]) -> None:
    if config.scene.times:
        strip_scene(untold(config), takes[0], drawn=())
    else:
        make_scene(untold(config), takes, drawn=())


def _looks(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> str:
    """The same for scenes that differ in nothing but the weights that networks begin with and how these learn.

    By loss and activation other things are drawn: labels, and what is said of ReLUs.
    """
    drawn = [asdict(part) for part in (config.scene, config.theme, config.video, config.timing, config.language)]
    shown = [
        (label, run.init.width, *_drawn(run.dynamics), asdict(run.projection), asdict(run.data), data.digest)
        for label, (run, data) in runs.items()
    ]
    return content_key(drawn, shown)


def _drawn(dynamics: DynamicsConfig) -> tuple[float, str, str]:
    return dynamics.end_time, dynamics.loss, dynamics.activation


def untold(config: Config) -> Config:
    """The config without what is told at moments that a network which learns nothing does not have."""
    return replace(config, scene=replace(config.scene, beats=[], narrate=False))


def resting_take(label: str, config: Config, data: Data) -> Take:
    """A run that learns nothing, of the network that learns in the end."""
    network, dynamics = initialize(**asdict(config.init), samples=data.x), config.dynamics
    check_loss(dynamics.loss, data)
    network = activated(network, dynamics.activation, dynamics.leak)
    told = told_neurons(config)
    some = Network(network.w[:told], network.b[:told], network.v[:told], network.c, network.inactive)
    trajectory = resting(some, data, dynamics.end_time, dynamics.loss)
    if told < len(network):
        trajectory = replace(trajectory, rest=Rest(len(network) - told, np.array([0.0, 1.0]), np.zeros((2, 2))))
    spline = project(trajectory)
    quantities = compute_quantities(asked_quantities(config), config, trajectory, spline, silent)
    return Take(config, data, trajectory, spline, quantities, label)


def resting(network: Network, data: Data, end_time: float, loss_name: str = SQUARED) -> Trajectory:
    """Two frames of a run that learns nothing, with a loss that falls by six decades."""
    w, b, v, c = (np.stack([part, part]) for part in (network.w, network.b, network.v, network.c))
    times, loss = np.array([0.0, end_time]), np.array([1.0, 1e-6])
    held = np.full(w.shape, -1)
    run = Trajectory(times, w, b, v, c, loss, held, data.x, data.y)
    return replace(run, inactive=network.inactive, loss_name=loss_name)
