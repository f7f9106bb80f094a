"""Quantities of plateaus of the loss: rows of the table. Shapes as in quantity_table.py."""

from pipeline.projection import patterns
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.units import NUMBER, Unit

# Plateaus (Ainsworth & Shin, arXiv:2007.07213; Maennel et al. 2018).
ROWS = {
    "pattern_changes": Quantity(
        "F", NUMBER, "samples that neurons came to see or lost sight of, until then",
        lambda a: patterns.until_then(patterns.changes(a)),
    ),
    "plateau_share": Quantity(
        "F", NUMBER, "share of those that came while the loss stood still",
        lambda a: patterns.plateau_share(a, patterns.changes(a)),
    ),
    "strong_changes": Quantity(
        "F", Unit(theta=2), "those changes, each times its neuron's |v|‖(w, b)‖",
        lambda a: patterns.until_then(patterns.strong_changes(a)),
    ),
    "plateau_strength": Quantity(
        "F", NUMBER, "share of these that came while the loss stood still",
        lambda a: patterns.plateau_share(a, patterns.strong_changes(a)),
    ),
    "direction_count": Quantity(
        "F", NUMBER, "different directions of (w, b) of neurons that see a sample, 0.01 rad apart",
        patterns.direction_count,
    ),
}  # fmt: skip
for name, row in ROWS.items():
    QUANTITIES.add(name, row)
