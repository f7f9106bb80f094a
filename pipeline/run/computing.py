"""The second stage beyond the spline form: the quantities of a run that were asked for."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np

from pipeline.config.schema.config import Config
from pipeline.errors import InputError
from pipeline.model.sources import load_data
from pipeline.projection.prior import Prior
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from pipeline.projection.spline import SplineTrajectory
from pipeline.run.track import Track
from pipeline.simulate.optimisers.table import OPTIMISERS
from pipeline.simulate.trajectory import Trajectory


def compute_quantities(
    names: Sequence[str], config: Config, trajectory: Trajectory, spline: SplineTrajectory, track: Track
) -> dict[str, np.ndarray]:
    """Quantities, (F, …) each, by name, of a run of `config`; see projection/quantities.py."""
    if not names:
        return {}
    with track("project", len(names), "quantity") as update:
        return compute(names, trajectory, spline, settings_for(config), update)


def settings_for(config: Config) -> Settings:
    """The settings of quantities of a run of `config`."""
    wanted, train = config.projection, config.dynamics.train
    descends = config.dynamics.kind == "gradient_descent"  # 2/η is the limit of no other
    told = OPTIMISERS[config.dynamics.kind].reads is None
    return Settings(
        points=wanted.points,
        window=wanted.window,
        neuron=wanted.neuron,
        prior=partial(Prior.of_init, **asdict(config.init)) if told else unknown_prior,
        hidden=train != "output",
        output=train != "hidden",
        output_bias=config.dynamics.output_bias,
        weight_decay=config.dynamics.weight_decay,
        learning_rate=config.dynamics.learning_rate if descends else None,
        data=partial(load_data, config.data),
    )


def unknown_prior(*_: Any) -> Prior:
    """Raises InputError: what a recorded run began with is its network, and not the law that this was drawn from."""
    words = "what is predicted from the law of the initialisation is not known of a recorded run; leave it out"
    raise InputError(f"projection.quantities, scene.panels: {words}")
