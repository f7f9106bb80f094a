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


def unusual(inactive: float, loss: str) -> tuple[float | None, int | None]:
    """ρ of inactive neurons and the number of a loss as compiled loops take them, None both of squares of ReLUs.

    For None they are compiled without what the others need, which takes longer; all others share one more version.
    """
    usual = inactive == 0 and loss == SQUARED
    return (None, None) if usual else (float(inactive), LOSSES[loss].code)


def values(loss: str, f: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The losses, (…, N), of outputs f (…, N) for y (N,)."""
    if loss == "logistic":
        return np.asarray(np.logaddexp(0.0, -y * f))
    size = np.abs(f - y)
    return np.asarray(np.where(size <= 1.0, 0.5 * size**2, size - 0.5) if loss == "huber" else 0.5 * size**2)


def slopes(loss: str, f: np.ndarray, y: np.ndarray) -> np.ndarray:
    """∂ℓ/∂f, (…, N), at outputs f (…, N) for y (N,)."""
    if loss == "logistic":
        return np.asarray(-y * np.exp(-np.logaddexp(0.0, y * f)))
    return np.asarray(np.clip(f - y, -1.0, 1.0) if loss == "huber" else f - y)


def check_loss(loss: Any, data: Data) -> None:
    """InputError for an unknown loss, and for samples, learnt or not, that are no labels where it is of labels."""
    check_is("loss", loss, str, f"one of {', '.join(LOSSES)}")
    if loss not in LOSSES:
        raise InputError(f"`loss` = {loss!r}: is not one of {', '.join(LOSSES)}")
    if LOSSES[loss].labels:
        _check_labels("`data`", data, loss)
        if data.test is not None:
            _check_labels("`data`, its test set", data.test, loss)


def _check_labels(name: str, data: Data, loss: str) -> None:
    wrong = np.flatnonzero(np.abs(data.y) != 1.0)
    if len(wrong):
        n = int(wrong[0])
        place = f"{name}: y = {data.y[n]:g} at x = {data.x[n]:g}"
        raise InputError(f"{place} is no label of loss={loss}; give y of −1 and 1, unscaled")
