"""What is learnt, and which parameters learn it, in the form that the compiled loops use."""

import numpy as np

from pipeline.model.data import Data
from pipeline.simulate.kernels import Problem
from pipeline.simulate.layers import TRAINED

WIDENED = 0.1  # of the range of x: how far beyond either end f is watched


def make_problem(data: Data, weight_decay: float, train: str, output_bias: bool) -> Problem:
    """What the compiled loops need to know, rows with the same x merged."""
    x, target, weight = data.merged()
    hidden, output = TRAINED[train]
    bias = 1.0 if output_bias and output else 0.0
    terms = weight * np.stack([np.ones_like(x), x, x * x])
    moment = np.zeros((3, 2 * len(x) + 2))
    moment[:, : len(x)] = np.cumsum(terms[:, ::-1], axis=1)[:, ::-1]
    moment[:, len(x) + 2 :] = np.cumsum(terms, axis=1)
    margin = WIDENED * (x[-1] - x[0])
    probe = np.empty(2 * len(x) + 1)
    probe[1::2] = x
    probe[2:-1:2] = 0.5 * (x[1:] + x[:-1])
    probe[0], probe[-1] = x[0] - margin, x[-1] + margin
    return Problem(x, weight, target, moment, probe, hidden, output, bias, float(weight_decay))
