"""Quantities of what gradient descent can settle at: rows of the table. Shapes as in quantity_table.py."""

from pipeline.projection import stable_minima
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.units import RATE, Unit

# Stable minima are smooth (Mulayoff et al. 2021; Qiao et al., arXiv:2406.06838).
ROWS = {
    "weighted_variation": Quantity(
        "F", Unit(mixed=True), "∫|f''| g, kinks by what they cost in sharpness: at most 1/(Nη) at a stable interpolant",
        lambda a: stable_minima.weighted_variation(a.samples, a.knots.x, a.knots.jump),
    ),
    "sharpness_floor": Quantity(
        "F", RATE, "the least sharpness that these kinks allow, less residual_curvature", stable_minima.sharpness_floor,
    ),
    "residual_curvature": Quantity(
        "F", RATE, "largest √(R0² + R1²): how much of the sharpness may be the residuals'",
        stable_minima.residual_curvature,
    ),
    "interpolation_floor": Quantity(
        "F", RATE, "least floor of all networks through the samples: past 2/η below it, descent fits none of them",
        lambda a: a.still(stable_minima.interpolation_floor(a.samples)),
    ),
}  # fmt: skip
for name, row in ROWS.items():
    QUANTITIES.add(name, row)
