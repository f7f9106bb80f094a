"""Quantities of the law of the initialisation: rows of the table. Shapes as in quantity_table.py."""

from pipeline.projection import densities
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.scope import OF_RELU
from pipeline.projection.units import NUMBER, Unit

ROWS = {
    "breakpoint_density": Quantity(
        "F P", Unit(x=-1), "p(β) of the initialisation, on the grid",
        lambda a: a.still(densities.breakpoint_density(a.prior, a.grid)),
    ),
    "breakpoint_law_distance": Quantity(
        "F", NUMBER, "Kolmogorov-Smirnov distance of the breakpoints from the law of the initialisation",
        lambda a: densities.law_distance(a.prior, a.spline.breakpoint),
    ),
    "delta_slope_density": Quantity(
        "F M", Unit(x=1, y=-1), "p(μ) of the initialisation, +∞ at 0",
        lambda a: a.still(densities.delta_slope_density(a.prior, a.delta_slopes)), scope=OF_RELU,
    ),
    "joint_density": Quantity(
        "F M P", Unit(y=-1), "p(β, μ) of the initialisation, over the plane",
        lambda a: a.still(densities.joint_density(a.prior, a.grid, a.delta_slopes[:, None])), scope=OF_RELU,
    ),
}  # fmt: skip
for name, row in ROWS.items():
    QUANTITIES.add(name, row)
