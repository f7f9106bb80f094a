"""Quantities of the Hessian, and of where gradient descent can settle: rows of the table.

Shapes as in quantity_table.py.
"""

from pipeline.projection import hessian, stable_minima
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.scope import SQUARES_OF_RELU
from pipeline.projection.units import NUMBER, RATE, Unit

ROWS = {
    # The Hessian, in spline coordinates and in the network's.
    "spline_hessian_eigenvalues": Quantity(
        "F 2m", Unit(mixed=True), "spectrum in (β, μ)", lambda a: a.spline_spectra, scope=SQUARES_OF_RELU,
    ),
    "spline_hessian_rank": Quantity(
        "F", NUMBER, "its rank: eigenvalues beyond 1e-6 of the largest in size",
        lambda a: hessian.rank(a.spline_spectra), scope=SQUARES_OF_RELU,
    ),
    "spline_hessian_negative": Quantity(
        "F", NUMBER, "its eigenvalues below −1e-6 of the largest in size",
        lambda a: hessian.negative_count(a.spline_spectra), scope=SQUARES_OF_RELU,
    ),
    "hessian_eigenvalues": Quantity(
        "F 3m", RATE, "spectrum in (w, b, v)", lambda a: a.network_spectra, scope=SQUARES_OF_RELU,
    ),
    "hessian_leading": Quantity(
        "F K", RATE, "its K largest eigenvalues (fewer where 3m < K)",
        lambda a: a.network_spectra[:, : len(a.samples.x)], scope=SQUARES_OF_RELU,
    ),
    "sharpness": Quantity(
        "F", RATE, "its largest eigenvalue", lambda a: a.network_spectra[:, 0], scope=SQUARES_OF_RELU,
    ),
    "hessian_least": Quantity(
        "F", RATE, "its least eigenvalue", lambda a: a.network_spectra[:, -1], scope=SQUARES_OF_RELU,
    ),
    "hessian_rank": Quantity(
        "F", NUMBER, "its rank: eigenvalues beyond 1e-6 of the largest in size",
        lambda a: hessian.rank(a.network_spectra), scope=SQUARES_OF_RELU,
    ),
    "hessian_negative": Quantity(
        "F", NUMBER, "its eigenvalues below −1e-6 of the largest in size",
        lambda a: hessian.negative_count(a.network_spectra), scope=SQUARES_OF_RELU,
    ),
    # Stable minima are smooth (Mulayoff et al. 2021; Qiao et al., arXiv:2406.06838).
    "stability_limit": Quantity(
        "F", RATE, "2/η: where sharpness is below it, gradient descent at rate η is stable",
        lambda a: a.still(2.0 / a.learning_rate),
    ),
    "weighted_variation": Quantity(
        "F", Unit(mixed=True), "∫|f''| g, kinks by what they cost in sharpness: at most 1/(Nη) at a stable interpolant",
        lambda a: stable_minima.weighted_variation(a.samples, a.knots.x, a.knots.jump), scope=SQUARES_OF_RELU,
    ),
    "sharpness_floor": Quantity(
        "F", RATE, "the least sharpness that these kinks allow, less residual_curvature", stable_minima.sharpness_floor,
        scope=SQUARES_OF_RELU,
    ),
    "residual_curvature": Quantity(
        "F", RATE, "largest √(R0² + R1²): how much of the sharpness may be the residuals'",
        stable_minima.residual_curvature, scope=SQUARES_OF_RELU,
    ),
    "interpolation_floor": Quantity(
        "F", RATE, "least floor of all networks through the samples: past 2/η below it, descent fits none of them",
        lambda a: a.still(stable_minima.interpolation_floor(a.samples)), scope=SQUARES_OF_RELU,
    ),
}  # fmt: skip
for name, row in ROWS.items():
    QUANTITIES.add(name, row)
