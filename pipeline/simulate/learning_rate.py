"""How fast a network learns at a moment: the trace of its tangent kernel, in O(m log N + N)."""

import numpy as np

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.loss import LOSSES, SQUARED
from pipeline.simulate.training import TRAINED


def kernel_trace(
    network: Network, data: Data, train: str = "all", output_bias: bool = False, loss: str = SQUARED
) -> float:
    """Trace Σₙ K(xₙ, xₙ) over the samples, of the layers that learn, times the most that the loss is curved; unit 1/t.

    Gradient flow's fastest rate is the kernel's largest eigenvalue, which is at most this (Jacot et al. 2018).
    Neurons are ranked among the sorted samples by breakpoint, so that no m x N array is made.
    """
    x, _, weight = data.merged()
    hidden, output = TRAINED[train]
    v2, w2, wb, b2 = (_at_samples(term, network, x) for term in _terms(network))
    diagonal = hidden * v2 * (1 + x * x) + output * (w2 * x * x + 2 * wb * x + b2 + output_bias)
    return LOSSES[loss].steepest * max(float(weight @ diagonal), 0.0)


def safe_rate(
    network: Network,
    data: Data,
    weight_decay: float = 0.0,
    train: str = "all",
    output_bias: bool = False,
    loss: str = SQUARED,
) -> float:
    """1/(trace of the tangent kernel + decay), at most half of what is stable where the kernel rules; 1 where 0."""
    fastest = kernel_trace(network, data, train, output_bias, loss) + weight_decay
    return 1.0 / fastest if fastest > 0 else 1.0


def _terms(network: Network) -> tuple[np.ndarray, ...]:
    w, b, v = network.w, network.b, network.v
    return v * v, w * w, w * b, b * b


def _at_samples(term: np.ndarray, network: Network, x: np.ndarray) -> np.ndarray:
    """(N,) sums of term (m,) over the neurons active at each sorted sample; of others, their slope² times."""
    w, b = network.w, network.b
    slanted = w != 0
    beta = -b[slanted] / w[slanted]
    right, values = w[slanted] > 0, term[slanted]
    rising = np.bincount(np.searchsorted(x, beta[right], "right"), values[right], len(x) + 1)[:-1]
    falling = np.bincount(np.searchsorted(x, beta[~right], "left"), values[~right], len(x) + 1)[1:]
    flat = float(np.sum(term[~slanted & (b > 0)]))
    active = np.cumsum(rising) + np.cumsum(falling[::-1])[::-1] + flat
    square = network.inactive**2
    return (1.0 - square) * active + square * float(term.sum()) if square else active
