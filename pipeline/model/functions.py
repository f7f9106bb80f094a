"""Functions to sample: x (N,) → y (N,), with period 2π where they have one."""

from collections.abc import Callable

import numpy as np

from pipeline.model.data import Data

Function = Callable[[np.ndarray], np.ndarray]


def step(phase: np.ndarray) -> np.ndarray:
    """The sign of the sine."""
    return np.where(np.mod(phase, 2 * np.pi) < np.pi, 1.0, -1.0)


def sawtooth(phase: np.ndarray) -> np.ndarray:
    """A ramp from −1 to 1."""
    return np.mod(phase / np.pi + 1, 2) - 1


def cubic(phase: np.ndarray) -> np.ndarray:
    """The third power."""
    return phase**3


def sample(
    function: Function,
    count: int,
    low: float = -1.0,
    high: float = 1.0,
    amplitude: float = 1.0,
    frequency: float = 1.0,
    noise: float = 0.0,
    seed: int = 0,
) -> Data:
    """`count` equally spaced samples of amplitude · function(frequency · x) on [low, high].

    noise: standard deviation of the Gaussian noise on y, drawn from `numpy.random.default_rng(seed)`.
    """
    x = np.linspace(low, high, count)
    y = amplitude * function(frequency * x)
    return Data(x, y + noise * np.random.default_rng(seed).standard_normal(count))
