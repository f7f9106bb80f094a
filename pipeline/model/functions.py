"""Target functions to sample: each a row of TARGETS, x (N,) → y (N,)."""

import numpy as np

from pipeline.model.data import Data

TARGETS = {
    "sine": lambda phase: np.sin(phase),
    "step": lambda phase: np.where(np.mod(phase, 2 * np.pi) < np.pi, 1.0, -1.0),
    "sawtooth": lambda phase: np.mod(phase / np.pi + 1, 2) - 1,
    "cubic": lambda phase: phase**3,
}


def sample(
    kind: str,
    count: int,
    low: float = -1.0,
    high: float = 1.0,
    amplitude: float = 1.0,
    frequency: float = 1.0,
    noise: float = 0.0,
    seed: int = 0,
) -> Data:
    """`count` equally spaced samples of `amplitude · TARGETS[kind](frequency · x)` on [low, high].

    noise: standard deviation of the Gaussian noise on y, drawn from `numpy.random.default_rng(seed)`.
    """
    x = np.linspace(low, high, count)
    y = amplitude * TARGETS[kind](frequency * x)
    return Data(x, y + noise * np.random.default_rng(seed).standard_normal(count))
