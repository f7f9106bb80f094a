"""How a neuron's pattern (kernels.py) changes when its breakpoint meets a sample."""

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem, Sums
from pipeline.simulate.solver.leaks import slope_of


@inner
def violated(p: int, w: float, b: float, x: np.ndarray) -> tuple[int, int]:
    """The samples at either edge of pattern p whose sign w, b contradict, or −1: (one to add or drop, another)."""
    size = len(x)
    if p == 0:
        return (0 if w * x[0] + b <= 0 else -1), (size - 1 if w * x[size - 1] + b <= 0 else -1)
    if p == size:
        return (0 if w * x[0] + b > 0 else -1), (size - 1 if w * x[size - 1] + b > 0 else -1)
    if p < size:
        return (p - 1 if w * x[p - 1] + b > 0 else -1), (p if w * x[p] + b <= 0 else -1)
    n = p - size - 1
    return (n if w * x[n] + b > 0 else -1), (n - 1 if w * x[n - 1] + b <= 0 else -1)


@inner
def is_active(p: int, n: int, size: int) -> bool:
    """Whether sample n is in pattern p."""
    return n >= p if p <= size else n < p - size - 1


@inner
def toggled(p: int, n: int, size: int) -> int:
    """Pattern p with the sample n at its edge added or dropped, in the form that the patterns' order gives."""
    if p == 0:
        q = 1 if n == 0 else size + 1 + n
    elif p == size:
        q = size + 2 if n == 0 else n
    elif p < size:
        q = n if n < p else n + 1
    else:
        end = p - size - 1
        q = size + 1 + (n + 1 if n >= end else n)
    if q == size + 1:
        return size
    return 0 if q == 2 * size + 1 else q


@inner
def beside(n: int, w: float, size: int) -> int:
    """The pattern of a neuron held at sample n, which it leaves out."""
    q = n + 1 if w > 0 else size + 1 + n
    return size if q == size + 1 or w == 0 else q


@inner
def with_held(n: int, w: float, size: int) -> int:
    """The pattern of a neuron whose breakpoint is at sample n, with the sample in it."""
    q = n if w > 0 else size + 2 + n
    return 0 if q == 2 * size + 1 else q


@inner
def speeds_at(n: int, p: int, v: float, problem: Problem, sums: Sums) -> tuple[float, float]:
    """The speed of z at sample n with the sample out of the neuron's run (pattern p), and with it in."""
    u = problem.x[n]
    out = -v * (sums.run[p, 1] * u + sums.run[p, 0])
    return out, out - (1.0 - slope_of(problem.inactive)) * v * sums.force[n] * (1.0 + u * u)
