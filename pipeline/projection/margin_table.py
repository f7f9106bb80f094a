"""Quantities of classification, where y = ±1: rows of the same tables. Shapes as in quantity_table.py."""

import numpy as np

from pipeline.projection.optimum_table import squared_weights
from pipeline.projection.prediction_table import PREDICTIONS, Prediction
from pipeline.projection.quantity_inputs import QuantityInputs
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.scope import OF_RELU
from pipeline.projection.spline import SplineTrajectory
from pipeline.projection.units import DELTA_Y, NUMBER


def margins(spline: SplineTrajectory, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(F,) the least yₙ f(xₙ) of samples x, y (N,): above 0 where every label is right."""
    return np.asarray(np.min(y * spline.evaluate(x), axis=1))


def margin(inputs: QuantityInputs) -> np.ndarray:
    """(F,) that of the run's samples."""
    return margins(inputs.spline, inputs.trajectory.x, inputs.trajectory.y)


def margin_share(inputs: QuantityInputs) -> np.ndarray:
    """(F,) the margin over ½‖θ‖², of the most that any network has; at most 1."""
    norm = 0.5 * squared_weights(inputs)
    return np.asarray(np.divide(inputs.largest_margin.cost * margin(inputs), norm, out=0.0 * norm, where=norm > 0))


def widest(inputs: QuantityInputs, x: np.ndarray) -> np.ndarray:
    """(F, P) the network of largest margin that has the run's; none while a label is wrong."""
    own = margin(inputs)
    return np.asarray(np.multiply.outer(np.where(own > 0, own, np.nan), inputs.largest_margin.evaluate(x)))


ROWS = {
    # Largest margins (Lyu & Li 2020; Safran, Vardi & Lee 2022).
    "margin": Quantity("F", DELTA_Y, "least y f(x), above 0 where every label is right", margin),
    "margin_share": Quantity(
        "F", NUMBER, "the margin over ½‖θ‖², as a share of the most that any network has", margin_share, scope=OF_RELU,
    ),
}  # fmt: skip
for name, row in ROWS.items():
    QUANTITIES.add(name, row)

PREDICTIONS.add(
    "largest_margin",
    Prediction(
        "the network of least weights with the run's margin, of any width (Lyu & Li 2020)", widest, scope=OF_RELU
    ),
)
