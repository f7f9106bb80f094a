"""The gradient of a shallow ReLU network in O(m + K), by sums over sorted samples.

A neuron is active on a contiguous run of the K sorted samples that reaches one end of them: a suffix (w > 0)
or a prefix (w < 0). One integer, its pattern, says which:

    p in 0..K          the suffix {n : n ≥ p}; 0 is all samples, K is none
    p in K+1..2K+1     the prefix {n : n < p − K − 1}, shorter than all and longer than none

so f is one scatter over neurons and two running sums over samples, and the sums of the residuals over
every neuron's run are one look-up (theory: f is linear between the samples that are run ends).
Suffixes and prefixes are summed apart, so that nothing is ever subtracted and small sums keep their digits.

Parameters are one vector θ = (w₁..w_m, b₁..b_m, v₁..v_m, c) of length 3m + 1.
"""

from typing import NamedTuple

import numpy as np

from pipeline.simulate.compiled import compiled, inner


class Problem(NamedTuple):
    """What is learnt and which parameters learn.

    x, weight, target: (K,) distinct samples, rows at each, mean of their y; moment: (3, 2K+2) sums of
    weight·(1, x, x²) over the run of every pattern; probe: (2K+1,) where f is watched: beyond the left end,
    every sample and every gap's middle, beyond the right end.
    hidden, output, bias: 1.0 where (w, b), v, c learn, else 0.0; decay: the weight decay λ.
    """

    x: np.ndarray
    weight: np.ndarray
    target: np.ndarray
    moment: np.ndarray
    probe: np.ndarray
    hidden: float
    output: float
    bias: float
    decay: float


class Sums(NamedTuple):
    """Scratch of one gradient: force (K,) weight·(f − y); run (2, 2K+2) sums of force·(1, x) over every run."""

    line: np.ndarray
    force: np.ndarray
    run: np.ndarray


def new_sums(samples: int) -> Sums:
    """Room for the sums over K samples."""
    return Sums(np.zeros((2, 2 * samples + 2)), np.zeros(samples), np.zeros((2, 2 * samples + 2)))


@inner
def suffix_or_prefix(w, b, x):
    """The pattern of a neuron with weights w, b: the run of samples where w x + b > 0."""
    size = len(x)
    first, last = w * x[0] + b > 0, w * x[size - 1] + b > 0
    if first == last:
        return 0 if first else size
    low, high = 0, size - 1  # the sign changes between low and high
    while high - low > 1:
        middle = (low + high) // 2
        if (w * x[middle] + b > 0) == first:
            low = middle
        else:
            high = middle
    return size + 1 + high if first else high


@compiled
def find_patterns(theta, x, pattern):
    """Fill `pattern` (m,) from the signs of w x + b."""
    m = len(pattern)
    for i in range(m):
        pattern[i] = suffix_or_prefix(theta[i], theta[m + i], x)


@inner
def run_sums(x, values, run):
    """Fill `run` (2, 2K+2): for every pattern, the sums of values and values·x over its run."""
    size = len(x)
    total = total_x = 0.0
    run[0, size + 1] = run[1, size + 1] = 0.0
    for n in range(size):
        total += values[n]
        total_x += values[n] * x[n]
        run[0, size + 2 + n], run[1, size + 2 + n] = total, total_x
    total = total_x = 0.0
    run[0, size] = run[1, size] = 0.0
    for n in range(size - 1, -1, -1):
        total += values[n]
        total_x += values[n] * x[n]
        run[0, n], run[1, n] = total, total_x


@inner
def sum_lines(line, x, c, values):
    """f at samples x from the lines v(w x + b) that `line` (2, 2K+2) has gathered by pattern; clears `line`."""
    size = len(x)
    slope, height = 0.0, c
    for n in range(size):
        slope += line[0, n]
        height += line[1, n]
        values[n] = slope * x[n] + height
    slope = height = 0.0
    for n in range(size - 1, -1, -1):
        slope += line[0, size + 2 + n]
        height += line[1, size + 2 + n]
        values[n] += slope * x[n] + height
    for p in range(line.shape[1]):
        line[0, p] = line[1, p] = 0.0


@compiled
def evaluate(theta, pattern, x, line, values):
    """Fill `values` (K,) with f at the samples x, for given patterns."""
    m = len(pattern)
    for i in range(m):
        p, v = pattern[i], theta[2 * m + i]
        line[0, p] += v * theta[i]
        line[1, p] += v * theta[m + i]
    sum_lines(line, x, theta[3 * m], values)


@inner
def sum_forces(theta, pattern, problem, sums):
    """Fill `sums`: the weighted residual at every sample and its sums over the run of every pattern."""
    evaluate(theta, pattern, problem.x, sums.line, sums.force)
    for n in range(len(problem.x)):
        sums.force[n] = problem.weight[n] * (sums.force[n] - problem.target[n])
    run_sums(problem.x, sums.force, sums.run)


@compiled
def velocity(theta, pattern, held, problem, sums, out):
    """Fill `out` (3m+1,) with θ' = −∇L − λθ for fixed patterns; held neurons keep w xₙ + b = 0.

    held: (m,) the sample at which a neuron is held, or −1; a held neuron's pattern leaves that sample out.
    Also leaves the forces and their sums in `sums`.
    """
    m = len(pattern)
    sum_forces(theta, pattern, problem, sums)
    hidden, output, decay = problem.hidden, problem.output, problem.decay
    run = sums.run
    for i in range(m):
        p = pattern[i]
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        total, total_x = run[0, p], run[1, p]
        out[i] = hidden * (-v * total_x - decay * w)
        out[m + i] = hidden * (-v * total - decay * b)
        out[2 * m + i] = output * (-w * total_x - b * total - decay * v)
    for i in range(m):
        if held[i] >= 0:
            x = problem.x[held[i]]
            along = (out[i] - x * out[m + i]) / (1.0 + x * x)
            out[i], out[m + i] = along, -x * along
    c = theta[3 * m]
    out[3 * m] = 0.0
    if problem.bias:
        out[3 * m] = -run[0, 0] - decay * c


@inner
def change_at_probes(theta, change, pattern, problem, line, values):
    """Fill `values` (2K+1,) with the first-order change of f at the probes when θ changes by `change`."""
    m, size = len(pattern), len(problem.x)
    probes = 2 * size + 1
    for i in range(m):
        p = pattern[i]
        if p == size:
            continue
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        if p == 0:
            q = (0 if b + w * problem.probe[0] > 0 else 1) if w > 0 else (
                0 if b + w * problem.probe[probes - 1] > 0 else 2 * probes)
        elif p < size:
            q = 2 * p if b + w * problem.probe[2 * p] > 0 else 2 * p + 1
        else:
            end = 2 * (p - size - 1)
            q = probes + 1 + (end + 1 if b + w * problem.probe[end] > 0 else end)
        dv = change[2 * m + i]
        line[0, q] += v * change[i] + w * dv
        line[1, q] += v * change[m + i] + b * dv
    sum_lines(line, problem.probe, change[3 * m], values)


@inner
def largest(values):
    """The largest absolute value; NaN if there is one."""
    top = 0.0
    for value in values:
        if not abs(value) <= top:
            top = abs(value)
    return top
