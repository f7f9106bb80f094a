"""Curves that theory predicts, by name: a table of name → meaning, function; each is two quantities more."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.config.tables import Table
from pipeline.projection import linearized, pieces, predictions
from pipeline.projection.quantity_inputs import QuantityInputs
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.scope import ANY, OF_SQUARES, SQUARES_OF_RELU, Scope
from pipeline.projection.units import DELTA_Y, Y


@dataclass(frozen=True)
class Prediction:
    """A curve that theory predicts, in words, and the function that gives it at x (P,) for every frame: (F, P).

    spoken, scope: as of a Quantity.
    """

    meaning: str
    evaluate: Callable[[QuantityInputs, np.ndarray], np.ndarray]
    spoken: str = ""
    scope: Scope = ANY


class PredictionTable(Table[Prediction]):
    """Predictions by name; each that is added adds the quantities NAME, on the grid, and NAME_distance."""

    def add(self, name: str, row: Prediction) -> Prediction:
        """Add a row; returns it. Raises InputError where there is one, or a quantity, of that name already, and for no
        row.
        """
        super().add(name, row)
        meaning = f"{row.meaning}, on the grid"
        on_grid = Quantity("F P", Y, meaning, lambda a: row.evaluate(a, a.grid), scope=row.scope)
        words = f"largest |f − {name}| between the first and last sample"
        QUANTITIES.add(name, on_grid)
        spoken = f"how far f is from the {row.spoken or name.replace('_', ' ')}"
        apart = Quantity("F", DELTA_Y, words, lambda a: distance(a, row), spoken, row.scope)
        QUANTITIES.add(f"{name}_distance", apart)
        return row


def distance(inputs: QuantityInputs, prediction: Prediction) -> np.ndarray:
    """(F,) largest |f − prediction| on those grid points that lie among the samples, and on the samples."""
    x = inputs.among
    gap: np.ndarray = np.abs(inputs.spline.evaluate(x) - prediction.evaluate(inputs, x))
    return np.asarray(np.fmax.reduce(gap, axis=1))  # where there is a prediction


PREDICTIONS = PredictionTable("prediction")
PREDICTIONS.add(
    "target",
    Prediction("the function that the samples were taken from", lambda a, x: a.still(a.target(x))),
)
PREDICTIONS.add(
    "least_squares_line",
    Prediction(
        "the least-squares line",
        lambda a, x: a.still(predictions.least_squares_line(a.samples, x)),
    ),
)
PREDICTIONS.add(
    "linear_spline",
    Prediction(
        "the polygon through the samples: the adaptive regime",
        lambda a, x: a.still(predictions.linear_spline(a.samples, x)),
    ),
)
PREDICTIONS.add(
    "natural_cubic_spline",
    Prediction(
        "the interpolant of least ∫g''²: the kernel regime where ζ is constant",
        lambda a, x: a.still(predictions.natural_cubic_spline(a.samples, x)),
    ),
)
PREDICTIONS.add(
    "smoothing_spline",
    Prediction(
        "the cubic smoothing spline with λ = 1/(mζ(0)t)",
        lambda a, x: predictions.smoothing_spline(a.samples, x, a.strengths),
        scope=SQUARES_OF_RELU,
    ),
)
PREDICTIONS.add(
    "kernel_limit",
    Prediction(
        "f₀ and the ζ-weighted interpolant of what it leaves (Jin & Montúfar)",
        lambda a, x: a.still(predictions.kernel_limit(a.samples, x, a.zeta, a.start)),
        scope=SQUARES_OF_RELU,
    ),
)
PREDICTIONS.add(
    "kernel_path",
    Prediction(
        "the way there: gradient flow of infinitely many neurons whose output layer learns",
        lambda a, x: predictions.kernel_path(a.samples, x, a.strengths, a.zeta, a.start),
        scope=SQUARES_OF_RELU,
    ),
)
PREDICTIONS.add(
    "linearized_flow",
    Prediction(
        "the network with its tangent kernel frozen at t = 0, exact",
        lambda a, x: linearized.linearized_flow(a, x, **a.learns),
        scope=SQUARES_OF_RELU,
    ),
)
PREDICTIONS.add(
    "linearized_limit",
    Prediction(
        "where that network comes to rest: f₀ and its kernel's interpolant of what it leaves",
        lambda a, x: a.still(linearized.linearized_limit(a, x, **a.learns)),
        scope=SQUARES_OF_RELU,
    ),
)
PREDICTIONS.add(
    "output_layer_flow",
    Prediction(
        "what the same network becomes if its output layer alone learns, exact",
        lambda a, x: linearized.linearized_flow(a, x, hidden=False, output=True, output_bias=a.bias_learns),
        scope=SQUARES_OF_RELU,
    ),
)
PREDICTIONS.add(
    "piece_lines",
    Prediction(
        "the least-squares line of every piece, from its first to its last sample",
        lambda a, x: pieces.piece_lines(a.piece_index, a.samples, x),
        scope=OF_SQUARES,
    ),
)
