"""A finished run, whoever made it: what is handed from the stages that compute to those that draw."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.config.schema.config import Config
from pipeline.model.data import Data
from pipeline.projection.spline import SplineTrajectory
from pipeline.simulate.trajectory import Trajectory


@dataclass(frozen=True)
class Take:
    """A finished run: what it was made from, and what came of it; label: what tells it from those beside it."""

    config: Config
    data: Data
    trajectory: Trajectory
    spline: SplineTrajectory
    quantities: Mapping[str, np.ndarray]
    label: str = ""
