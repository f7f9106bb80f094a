"""Gradient descent with a fixed step, and with the momentum of a heavy ball (Polyak 1964)."""

from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.arguments import check_number
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.descent import OWN, RATE, Rule, descend
from pipeline.simulate.trajectory import Trajectory


def update(
    theta: np.ndarray,
    slope: np.ndarray,
    memory: np.ndarray,
    settings: np.ndarray,
    learns: np.ndarray,
    iterate: int,
) -> None:
    """g ← momentum·g − ∇L, θ ← θ + rate·g."""
    rate, momentum = settings[RATE], settings[OWN]
    for k in range(len(theta)):
        memory[0, k] = momentum * memory[0, k] + slope[k]
        theta[k] += rate * memory[0, k]


GRADIENT_DESCENT = Rule(update, own=("momentum",))


def gradient_descent(
    network: Network,
    data: Data,
    times: Any,
    learning_rate: float | None = None,
    *,
    momentum: float = 0.0,
    **options: Any,
) -> Trajectory:
    """The iterates of gradient descent, by default at the rate 1/trace of the tangent kernel at the start.

    momentum: of the heavy ball, at least 0 and below 1; times, options and errors: of descend.
    """
    check_number("momentum", momentum)
    if not 0 <= momentum < 1:
        raise InputError(f"`momentum` = {momentum}: is not at least 0 and below 1")
    return descend(GRADIENT_DESCENT, network, data, times, learning_rate, momentum=momentum, **options)
