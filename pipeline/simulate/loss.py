"""What is minimised: the sum over the rows of a loss of f(xₙ) and yₙ."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.config.tables import Table
from pipeline.errors import InputError
from pipeline.model.arguments import check_is
from pipeline.model.data import Data

SQUARED = "squared"


@dataclass(frozen=True)
class Loss:
    """A row: the formula as it is spoken; code: its number in solver/losses.py; steepest: the most ∂²ℓ/∂f² can be;
    labels: whether y must be ±1.
    """

    formula: str
    code: int
    steepest: float = 1.0
    labels: bool = False


LOSSES: Table[Loss] = Table(
    "loss",
    {
        SQUARED: Loss("½(f − y)²", 0),
        "logistic": Loss("ln(1 + exp(−y f))", 1, steepest=0.25, labels=True),
        "huber": Loss("½(f − y)² up to |f − y| = 1, |f − y| − ½ beyond", 2),
    },
    key="dynamics.loss",
)


def check_loss(loss: Any, data: Data) -> None:
    """InputError for an unknown loss, and for samples that are no labels where it is of labels."""
    check_is("loss", loss, str, f"one of {', '.join(LOSSES)}")
    if loss not in LOSSES:
        raise InputError(f"`loss` = {loss!r}: is not one of {', '.join(LOSSES)}")
    wrong = np.flatnonzero(np.abs(data.y) != 1.0)
    if LOSSES[loss].labels and len(wrong):
        n = int(wrong[0])
        raise InputError(
            f"`data`: y = {data.y[n]:g} at x = {data.x[n]:g} is no label of loss={loss}; give y of −1 and 1, unscaled"
        )
