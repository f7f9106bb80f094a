"""Quantities of how waves are learnt: rows of the table. Shapes as in quantity_table.py."""

from pipeline.projection import statistics, wave_learning
from pipeline.projection.quantity_inputs import QuantityInputs
from pipeline.projection.quantity_table import QUANTITIES, Quantity
from pipeline.projection.scope import SQUARES_OF_RELU
from pipeline.projection.units import NUMBER, Unit


def half_time(inputs: QuantityInputs) -> float:
    """When half of y is learnt, from the first frame's time on."""
    t = inputs.trajectory.t
    return statistics.half_time(t - t[0], wave_learning.unlearnt(inputs))


# Spectral bias by layer (Basri et al., arXiv:2003.04560).
ROWS = {
    "unlearnt": Quantity("F", NUMBER, "‖f − y‖ / ‖y‖ at the samples", wave_learning.unlearnt),
    "unlearnt_predicted": Quantity(
        "F", NUMBER, "what evenly lying neurons of a kernel that does not move leave of a wave",
        lambda a: wave_learning.predicted(a, a.trajectory.t - a.trajectory.t[0], **a.layers), scope=SQUARES_OF_RELU,
    ),
    "half_time": Quantity(
        "F", Unit(t=1), "when half of y is learnt, +∞ where it never is", lambda a: a.still(half_time(a)),
    ),
    "half_time_predicted": Quantity(
        "F", Unit(t=1), "when half of a wave of that frequency would be",
        lambda a: a.still(wave_learning.predicted_half_time(a, **a.layers)), scope=SQUARES_OF_RELU,
    ),
    "kernel_exponent": Quantity(
        "F", NUMBER, "log₂ of how much longer the kernel of the start takes for half of y than at half the frequency",
        lambda a: a.still(wave_learning.kernel_exponent(a, a.target(a.samples.x / 2), **a.learns)),
        scope=SQUARES_OF_RELU,
    ),
}  # fmt: skip
for name, row in ROWS.items():
    QUANTITIES.add(name, row)
