"""How stiff a flow is: bounds of the eigenvalues of its Jacobian −JᵀWJ − C, J the derivative of f at the samples."""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem


@inner
def stiffness_bound(theta: np.ndarray, pattern: np.ndarray, problem: Problem) -> float:
    """Trace of the tangent kernel (weighted by rows): an upper bound of its largest eigenvalue."""
    m = len(pattern)
    moment = problem.moment
    total = float(problem.bias * moment[0, 0])
    for i in range(m):
        p = pattern[i]
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        count, first, second = moment[0, p], moment[1, p], moment[2, p]
        total += problem.hidden * v * v * (count + second) + problem.output * (
            w * w * second + 2.0 * w * b * first + b * b * count
        )
    return total


@inner
def fastest_growth(run: np.ndarray) -> float:
    """The rate at which a small neuron with the best of all patterns would grow: the largest ‖(R₀, R₁)‖."""
    square = 0.0
    for p in range(len(run)):
        square = max(square, run[p, 0] * run[p, 0] + run[p, 1] * run[p, 1])
    return math.sqrt(square)


@inner
def own_growth(pattern: np.ndarray, run: np.ndarray) -> float:
    """The fastest rate at which a neuron that there is would grow: the largest ‖(R₀, R₁)‖ over its own samples."""
    square = 0.0
    for i in range(len(pattern)):
        p = pattern[i]
        square = max(square, run[p, 0] * run[p, 0] + run[p, 1] * run[p, 1])
    return math.sqrt(square)
