"""How f changes where it is watched: beyond both ends, at every sample and in the middle of every gap."""

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem, sum_lines
from pipeline.simulate.solver.leaks import slope_of


@inner
def change_at_probes(
    theta: np.ndarray, change: np.ndarray, pattern: np.ndarray, problem: Problem, line: np.ndarray, values: np.ndarray
) -> None:
    """Fill `values` (2K+1,) with the first-order change of f at the probes when θ changes by `change`."""
    m, size = len(pattern), len(problem.x)
    probes = 2 * size + 1
    for i in range(m):
        p = pattern[i]
        if p == size and slope_of(problem.inactive) == 0.0:
            continue
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        if p == 0:
            q = (
                (0 if b + w * problem.probe[0] > 0 else 1)
                if w > 0
                else (0 if b + w * problem.probe[probes - 1] > 0 else 2 * probes)
            )
        elif p == size:
            q = beyond(w, b, problem.probe)
        elif p < size:
            q = 2 * p if b + w * problem.probe[2 * p] > 0 else 2 * p + 1
        else:
            end = 2 * (p - size - 1)
            q = probes + 1 + (end + 1 if b + w * problem.probe[end] > 0 else end)
        dv = change[2 * m + i]
        line[q, 0] += v * change[i] + w * dv
        line[q, 1] += v * change[m + i] + b * dv
    sum_lines(line, problem.probe, change[3 * m], problem.inactive, values)


@inner
def beyond(w: float, b: float, probe: np.ndarray) -> int:
    """The pattern among the probes of a neuron that is active at no sample."""
    last = len(probe) - 1
    if w > 0.0:
        return last if w * probe[last] + b > 0.0 else last + 1
    return last + 3 if w * probe[0] + b > 0.0 else last + 1
