"""What is learnt, and which parameters learn it, in the form that the compiled loops use."""

import numpy as np

from pipeline.model.data import Data
from pipeline.simulate.loss import LOSSES, SQUARED, unusual
from pipeline.simulate.solver.kernels import Problem
from pipeline.simulate.training import TRAINED

WIDENED = 0.1  # of the range of x: how far beyond either end f is watched


def make_problem(
    data: Data, weight_decay: float, train: str, output_bias: bool, inactive: float = 0.0, loss: str = SQUARED
) -> Problem:
    """What the compiled loops need to know, rows with the same x merged; inactive: the slope of inactive neurons."""
    x, target, weight = data.merged()
    hidden, output = TRAINED[train]
    bias = 1.0 if output_bias and output else 0.0
    index = np.arange(len(x), dtype=np.int32)
    slope, kind = unusual(inactive, loss)
    begin = np.append(data.first_rows(), len(data))
    return Problem(
        x=x,
        weight=weight,
        target=target,
        original=index,
        moment=moments(x, weight * LOSSES[loss].steepest, inactive),
        probe=probes(x),
        hidden=hidden,
        output=output,
        bias=bias,
        decay=float(weight_decay),
        inactive=slope,
        loss=kind,
        label=None if kind is None else data.y,
        begin=None if kind is None else begin,
    )


def moments(x: np.ndarray, weight: np.ndarray, inactive: float = 0.0) -> np.ndarray:
    """(3, 2K+2) sums of weight·(1, x, x²) over the run of every pattern, of samples x (K,); outside, `inactive`² times.

    These bound the stiffness: `weight` is the most that the loss can be curved at each sample.
    """
    terms = weight * np.stack([np.ones_like(x), x, x * x])
    sums = np.zeros((3, 2 * len(x) + 2))
    sums[:, : len(x)] = np.cumsum(terms[:, ::-1], axis=1)[:, ::-1]
    sums[:, len(x) + 2 :] = np.cumsum(terms, axis=1)
    if inactive:
        sums = (1.0 - inactive**2) * sums + inactive**2 * sums[:, :1]
    return sums


def probes(x: np.ndarray) -> np.ndarray:
    """(2K+1,) where f is watched: at the samples x (K,), between them, and beyond both ends."""
    margin = WIDENED * (x[-1] - x[0])
    probe = np.empty(2 * len(x) + 1)
    probe[1::2] = x
    probe[2:-1:2] = 0.5 * (x[1:] + x[:-1])
    probe[0], probe[-1] = x[0] - margin, x[-1] + margin
    return probe
