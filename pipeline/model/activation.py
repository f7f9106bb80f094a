"""What a neuron makes of its input z: z where that is positive, ρz elsewhere, with the slope ρ of the inactive side.

ρ = 0 is the ReLU, ρ = −1 the absolute value, 0 < ρ < 1 the leaky ReLU (Maas, Hannun & Ng 2013).
"""

from dataclasses import replace
from typing import Any

from pipeline.config.tables import Table
from pipeline.errors import InputError
from pipeline.model.arguments import check_is, check_number
from pipeline.model.network import Network

# The slope of the inactive side; None where it is the user's.
ACTIVATIONS: Table[float | None] = Table(
    "activation", {"relu": 0.0, "leaky_relu": None, "abs": -1.0}, key="dynamics.activation", kinds=(float, type(None))
)
LEAK = 0.1  # of a leaky ReLU, unless another is given


def activated(network: Network, activation: Any, leak: Any = LEAK) -> Network:
    """The network with an activation by name; with its own for None.

    Raises InputError as `inactive_slope` does, and for a leak that no activation uses.
    """
    check_number("leak", leak)
    if leak != LEAK and activation != "leaky_relu":
        raise InputError(f"`leak` = {leak}: is of activation=leaky_relu; give that, or leave it out")
    return network if activation is None else replace(network, inactive=inactive_slope(activation, leak))


def inactive_slope(activation: Any, leak: Any = LEAK) -> float:
    """ρ of an activation by name; leak: that of leaky_relu, above −1 and below 1. Raises InputError for any other."""
    check_is("activation", activation, str, f"one of {', '.join(ACTIVATIONS)}")
    check_number("leak", leak)
    if activation not in ACTIVATIONS:
        raise InputError(f"`activation` = {activation!r}: is not one of {', '.join(ACTIVATIONS)}")
    if not -1 < leak < 1:
        raise InputError(f"`leak` = {leak}: is not above -1 and below 1")
    slope = ACTIVATIONS[activation]
    return float(leak) if slope is None else slope
