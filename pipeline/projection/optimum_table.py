"""Quantities of weight decay and of least bending: rows of the same tables.

Shapes as in quantity_table.py; O knots of the optimum.
"""

import numpy as np

from pipeline.projection import minimal_interpolants
from pipeline.projection.certificate import certificate, peaks
from pipeline.projection.prediction_table import PREDICTIONS, Prediction
from pipeline.projection.quantity_inputs import QuantityInputs
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.scope import OF_RELU, SQUARES_OF_RELU
from pipeline.projection.units import DELTA_Y, LOSS, NUMBER, SLOPE, Unit, X

SIDES = np.array([[1.0], [-1.0]])


def squared_weights(inputs: QuantityInputs) -> np.ndarray:
    """(F,) ‖θ‖², the output bias with it where it learns: else it does not decay either."""
    t = inputs.trajectory
    return np.asarray(np.sum(t.w**2 + t.b**2 + t.v**2, axis=1) + inputs.bias_learns * t.c**2)


def penalised_loss(inputs: QuantityInputs) -> np.ndarray:
    """(F,) L + ½λ‖θ‖²."""
    return np.asarray(inputs.trajectory.loss + 0.5 * inputs.settings.weight_decay * squared_weights(inputs))


def forces(inputs: QuantityInputs) -> np.ndarray:
    """(F, K) −∂L/∂f / λ at each sample, of squares (y − f)/λ summed over its rows."""
    return np.asarray(-inputs.force / inputs.weight_decay)


def neuron_certificate(inputs: QuantityInputs) -> np.ndarray:
    """(F, m) q of every neuron: 0 of those that see no sample."""
    side = np.where(inputs.spline.orientation < 0, -1, 1)
    own = certificate(inputs.samples.x, forces(inputs), inputs.breakpoint, side)
    return np.where(inputs.runs.alive, own, 0.0)


def largest_certificate(inputs: QuantityInputs) -> np.ndarray:
    """(F,) the largest |q| over all neurons that there might be, exact."""
    return np.array([np.max(np.abs(peaks(inputs.samples.x, each).value)) for each in forces(inputs)])


def on_grid(inputs: QuantityInputs, force: np.ndarray) -> np.ndarray:
    """(..., 2, P) q on the grid for s = 1 and s = −1, of forces (..., K)."""
    return certificate(inputs.samples.x, force[..., None, :], inputs.grid, SIDES)


def optimum_certificate(inputs: QuantityInputs) -> np.ndarray:
    """(F, 2, P) that of the optimum, at every frame."""
    samples = inputs.samples
    force = samples.weight * (samples.y - inputs.optimum.evaluate(samples.x)) / inputs.weight_decay
    return inputs.still(on_grid(inputs, force))


def outside_band(inputs: QuantityInputs) -> np.ndarray:
    """(F,) how far f leaves the band of interpolants of least variation, at most, between the first and last sample."""
    low, high = minimal_interpolants.interpolant_bounds(inputs.samples, inputs.among)
    f = inputs.spline.evaluate(inputs.among)
    return np.asarray(np.max(np.maximum(np.maximum(low - f, f - high), 0.0), axis=1))


def bend_inside(inputs: QuantityInputs) -> np.ndarray:
    """(F,) total variation of f' from the first to the last sample."""
    knots = inputs.knots
    low, high = inputs.widened_ends
    return np.asarray(np.sum(np.abs(knots.jump), axis=1, where=(knots.x > low) & (knots.x < high)))


ROWS = {
    # Weight decay (Savarese et al. 2019; Boursier & Flammarion, arXiv:2303.01353).
    "squared_weights": Quantity("F", Unit(theta=2), "‖θ‖²", squared_weights),
    "penalised_loss": Quantity("F", LOSS, "L + ½λ‖θ‖²", penalised_loss),
    "optimum_cost": Quantity(
        "F", LOSS, "the least penalised loss of any network", lambda a: a.still(a.optimum.objective),
        scope=SQUARES_OF_RELU,
    ),
    "optimum_excess": Quantity(
        "F", NUMBER, "how much more than that the run's costs, as a share of it",
        lambda a: (penalised_loss(a) - a.optimum.objective) / a.optimum.objective, scope=SQUARES_OF_RELU,
    ),
    "optimum_gap": Quantity(
        "F", LOSS, "the duality gap to which the optimum is known", lambda a: a.still(a.optimum.gap),
        scope=SQUARES_OF_RELU,
    ),
    "optimum_knot": Quantity(
        "F O", X, "the optimum's knots", lambda a: a.still(a.optimum.breakpoint), scope=SQUARES_OF_RELU,
    ),
    "optimum_knot_side": Quantity(
        "F O", NUMBER, "the sides on which they are active", lambda a: a.still(a.optimum.orientation),
        scope=SQUARES_OF_RELU,
    ),
    "optimum_knot_jump": Quantity(
        "F O", SLOPE, "their slope jumps", lambda a: a.still(a.optimum.orientation * a.optimum.delta_slope),
        scope=SQUARES_OF_RELU,
    ),
    "certificate": Quantity(
        "F 2 P", NUMBER, "q on the grid, of neurons active to the right and to the left",
        lambda a: on_grid(a, forces(a)), scope=OF_RELU,
    ),
    "optimum_certificate": Quantity(
        "F 2 P", NUMBER, "that of the optimum: |q| ≤ 1", optimum_certificate, scope=SQUARES_OF_RELU,
    ),
    "neuron_certificate": Quantity(
        "F m", NUMBER, "q of every neuron: ±1 where it rests", neuron_certificate, scope=OF_RELU,
    ),
    "largest_certificate": Quantity(
        "F", NUMBER, "largest |q| of any neuron: 1 at the optimum", largest_certificate, scope=OF_RELU,
    ),
    # Least bending (Hanin 2021; Debarre et al. 2022).
    "least_variation": Quantity(
        "F", SLOPE, "least total variation of f' among interpolants",
        lambda a: a.still(minimal_interpolants.least_variation(a.samples)),
    ),
    "outside_band": Quantity("F", DELTA_Y, "how far f leaves their band, at most, among the samples", outside_band),
    "variation_inside": Quantity("F", SLOPE, "total variation of f' among the samples", bend_inside),
}  # fmt: skip
for name, row in ROWS.items():
    QUANTITIES.add(name, row)

PREDICTIONS.add(
    "global_optimum",
    Prediction(
        "the network of least loss and weight decay, of any width (Savarese et al. 2019)",
        lambda a, x: a.still(a.optimum.evaluate(x)),
        scope=SQUARES_OF_RELU,
    ),
)
PREDICTIONS.add(
    "lower_interpolant",
    Prediction(
        "the lower edge of all interpolants of least variation of f' (Hanin 2021; Debarre et al. 2022)",
        lambda a, x: a.still(minimal_interpolants.interpolant_bounds(a.samples, x)[0]),
    ),
)
PREDICTIONS.add(
    "upper_interpolant",
    Prediction(
        "their upper edge",
        lambda a, x: a.still(minimal_interpolants.interpolant_bounds(a.samples, x)[1]),
    ),
)
PREDICTIONS.add(
    "sparsest_interpolant",
    Prediction(
        "the interpolant of least variation of f' that has the fewest knots (Debarre et al. 2022)",
        lambda a, x: a.still(minimal_interpolants.sparsest_interpolant(a.samples, x)),
    ),
)
