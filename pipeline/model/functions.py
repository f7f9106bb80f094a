"""Functions to sample: x (N,) → y (N,), with period 2π where they have one."""

from collections.abc import Callable

import numpy as np

from pipeline.config.tables import Table
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


Places = Callable[[int, np.random.Generator], np.ndarray]  # (N, generator) → N places in 0 to 1

SAMPLINGS: Table[Places] = Table(
    "law of samples",
    {
        "even": lambda count, rng: np.linspace(0.0, 1.0, count),
        "uniform": lambda count, rng: rng.uniform(0.0, 1.0, count),
        "normal": lambda count, rng: np.clip(rng.normal(0.5, 1 / 6, count), 0.0, 1.0),  # three deviations to the ends
        # Dense at the ends.
        "chebyshev": lambda count, rng: 0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / count),
    },
    key="data.sampling",
)


def sample(
    function: Function,
    count: int,
    low: float = -1.0,
    high: float = 1.0,
    amplitude: float = 1.0,
    frequency: float = 1.0,
    noise: float = 0.0,
    seed: int = 0,
    sampling: str = "even",
) -> Data:
    """`count` samples of amplitude · function(frequency · x) on [low, high], which is then their `target`.

    sampling: of x, a row of SAMPLINGS. noise: standard deviation of the Gaussian noise on y, drawn from
    `numpy.random.default_rng(seed)`; places that are drawn have a stream of their own.
    """
    places = SAMPLINGS[sampling](count, np.random.default_rng([seed, 1]))
    # Of even ones the last is `high` to the digit.
    x = np.linspace(low, high, count) if sampling == "even" else low + (high - low) * places

    def target(x: np.ndarray) -> np.ndarray:
        return amplitude * function(frequency * x)

    y = target(x) + noise * np.random.default_rng(seed).standard_normal(count)
    return Data(x, y, target=target)
