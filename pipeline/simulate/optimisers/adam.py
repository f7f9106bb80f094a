"""Adam (Kingma & Ba 2015), with decoupled weight decay (Loshchilov & Hutter 2019)."""

import math
from typing import Any

import numpy as np

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.descent import DECAY, RATE, Rule, descend
from pipeline.simulate.trajectory import Trajectory

DECAY_1, DECAY_2 = 0.9, 0.999  # of the two moments
LEAST = 1e-8  # what keeps the step finite


def update(
    theta: np.ndarray,
    slope: np.ndarray,
    memory: np.ndarray,
    settings: np.ndarray,
    learns: np.ndarray,
    iterate: int,
) -> None:
    """θ ← θ + rate·(first moment / (√second moment + 1e-8) − decay·θ), moments of −∇L freed of their start at 0."""
    rate, decay = settings[RATE], settings[DECAY]
    fresh1, fresh2 = 1.0 - DECAY_1**iterate, 1.0 - DECAY_2**iterate
    for k in range(len(theta)):
        memory[0, k] = DECAY_1 * memory[0, k] + (1.0 - DECAY_1) * slope[k]
        memory[1, k] = DECAY_2 * memory[1, k] + (1.0 - DECAY_2) * slope[k] * slope[k]
        step = memory[0, k] / fresh1 / (math.sqrt(memory[1, k] / fresh2) + LEAST)
        theta[k] += rate * (step - learns[k] * decay * theta[k])


ADAM = Rule(update, memory=2, rate=1e-3, decoupled=True)


def adam(network: Network, data: Data, times: Any, learning_rate: float | None = None, **options: Any) -> Trajectory:
    """The iterates of Adam, by default at the rate 0.001; times, options, errors: of simulate.descent.descend."""
    return descend(ADAM, network, data, times, learning_rate, **options)
