"""Which layers learn."""

import math

from pipeline.config.tables import Table
from pipeline.errors import InputError
from pipeline.model.arguments import check_is, check_number

# Shares of the hidden and the output layer's gradients.
TRAINED = Table(
    "choice of layers", {"all": (1.0, 1.0), "output": (0.0, 1.0), "hidden": (1.0, 0.0)}, key="dynamics.train"
)


def check_training(weight_decay: float, train: str) -> None:
    """InputError for a weight decay that is no number or out of range, or an unknown choice of layers."""
    check_number("weight_decay", weight_decay)
    check_is("train", train, str, f"one of {', '.join(TRAINED)}")
    if not 0 <= weight_decay < math.inf:
        raise InputError(f"`weight_decay` = {weight_decay}: is not a number from 0 on")
    if train not in TRAINED:
        raise InputError(f"`train` = {train!r}: is not one of {', '.join(TRAINED)}")
