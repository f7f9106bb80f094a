"""A classifier that grows for ever, seen over its margin: of logistic loss only the shape of f comes to rest."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.projection.spline import SplineTrajectory


def over_margin(
    spline: SplineTrajectory, quantities: Mapping[str, np.ndarray], data: Data
) -> tuple[SplineTrajectory, dict[str, np.ndarray]]:
    """The spline, and curves (F, P) predicted for it, over its margin, least y f(x), in every frame where it is > 1.

    Raises InputError for samples that are no labels.
    """
    from pipeline.projection.margin_table import margins
    from pipeline.projection.quantities import PREDICTIONS

    if np.any(np.abs(data.y) != 1.0):
        raise InputError("scene.over_margin = true: is of labels y = −1 and 1; leave it out")
    grown = np.maximum(1.0, margins(spline, data.x, data.y))
    shape = replace(
        spline,
        delta_slope=spline.delta_slope / grown[:, None],
        left_slope=spline.left_slope / grown,
        left_intercept=spline.left_intercept / grown,
        rest=spline.rest and replace(spline.rest, f=spline.rest.f / grown[:, None]),
    )
    return shape, {name: q / grown[:, None] if name in PREDICTIONS else q for name, q in quantities.items()}
