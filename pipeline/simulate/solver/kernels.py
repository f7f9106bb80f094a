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

from pipeline.compiled import compiled, inner, woven
from pipeline.simulate.solver.leaks import share_lines, share_runs
from pipeline.simulate.solver.losses import fill_forces
from pipeline.simulate.solver.reference import by_reference

BLOCK = 1024  # neurons whose sums are looked up at once


class Problem(NamedTuple):
    """What is learnt and which parameters learn.

    x, weight, target: (K,) distinct samples, rows at each, mean of their y; original: (K,) which of all samples each
    is, −1 where it stands for several (moment_matching.py); moment: (3, 2K+2) bounds of the sums of ℓ''·φ'²·(1, x, x²)
    over the rows, for every pattern; probe: (2K+1,) where f is watched: beyond the left end, every sample and every
    gap's middle, beyond the right end.
    hidden, output, bias: 1.0 where (w, b), v, c learn, else 0.0; decay: the weight decay λ.
    inactive: ρ, the slope of inactive neurons (leaks.py); loss: which ℓ (losses.py); label, begin: (N,), (K+1,) the y
    of all rows, those of sample n from begin[n] to before begin[n + 1], which a loss needs whose rows cannot be merged.
    All four are None of squares and ReLUs, for which loops are compiled without what others need.
    """

    x: np.ndarray
    weight: np.ndarray
    target: np.ndarray
    original: np.ndarray
    moment: np.ndarray
    probe: np.ndarray
    hidden: float
    output: float
    bias: float
    decay: float
    inactive: float | None
    loss: int | None
    label: np.ndarray | None
    begin: np.ndarray | None


class Sums(NamedTuple):
    """Scratch of one gradient: force (K,) ∂L/∂f, weight·(f − y) of squares; run (2K+2, 2) sums of force·(1, x) over
    every run. Of other losses also curve (K,) ∂²L/∂f², and total (1,) L.

    line: (2K+2, 2) the (slope, height) of the neurons of every pattern; 0 between uses. own: (2, min(m, BLOCK)) the
    sums over the own runs of a block of neurons.
    """

    line: np.ndarray
    force: np.ndarray
    run: np.ndarray
    own: np.ndarray
    curve: np.ndarray | None
    total: np.ndarray | None


def new_sums(samples: int, neurons: int, loss: int | None) -> Sums:
    """Room for the sums over K samples of a kind of loss."""
    return Sums(
        np.zeros((2 * samples + 2, 2)),
        np.zeros(samples),
        np.zeros((2 * samples + 2, 2)),
        np.zeros((2, min(neurons, BLOCK))),
        None if loss is None else np.zeros(samples),
        None if loss is None else np.zeros(1),
    )


@inner
def suffix_or_prefix(w: float, b: float, x: np.ndarray) -> int:
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


@inner
def find_patterns(theta: np.ndarray, x: np.ndarray, pattern: np.ndarray) -> None:
    """Fill `pattern` (m,) from the signs of w x + b."""
    m = len(pattern)
    for i in range(m):
        pattern[i] = suffix_or_prefix(theta[i], theta[m + i], x)


@woven
def sum_runs(x: np.ndarray, values: np.ndarray, inactive: float | None, run: np.ndarray) -> None:
    """Fill `run` (2K+2, 2): for every pattern, the sums of values and values·x over its run, and `inactive` beside."""
    size = len(x)
    left = left_x = right = right_x = 0.0
    run[size, 0] = run[size, 1] = run[size + 1, 0] = run[size + 1, 1] = 0.0
    for n in range(size):  # both at once: neither waits for the other's additions
        k = size - 1 - n
        left += values[n]
        left_x += values[n] * x[n]
        right += values[k]
        right_x += values[k] * x[k]
        run[size + 2 + n, 0], run[size + 2 + n, 1] = left, left_x
        run[k, 0], run[k, 1] = right, right_x
    if inactive is not None and inactive != 0.0:
        share_runs(run, 2 * size + 2, inactive)


@woven
def sum_lines(line: np.ndarray, x: np.ndarray, c: float, inactive: float | None, values: np.ndarray) -> None:
    """f at samples x from the lines v(w x + b) that `line` (2K+2, 2) has gathered by pattern; clears `line`."""
    size = len(x)
    if inactive is not None and inactive != 0.0:
        share_lines(line, 2 * size + 2, inactive)
    slope, height, left_slope, left_height = 0.0, c, 0.0, 0.0
    for n in range(size):
        values[n] = 0.0
    for n in range(size):
        slope += line[n, 0]
        height += line[n, 1]
        line[n, 0] = line[n, 1] = 0.0
        values[n] += slope * x[n] + height
        k = size - 1 - n
        p = size + 2 + k
        left_slope += line[p, 0]
        left_height += line[p, 1]
        line[p, 0] = line[p, 1] = 0.0
        values[k] += left_slope * x[k] + left_height
    line[size, 0] = line[size, 1] = 0.0


@woven
def evaluate(
    theta: np.ndarray, pattern: np.ndarray, x: np.ndarray, inactive: float | None, line: np.ndarray, values: np.ndarray
) -> None:
    """Fill `values` (K,) with f at the samples x, for given patterns."""
    m = len(pattern)
    w, b, v = theta[:m], theta[m : 2 * m], theta[2 * m :]
    for i in range(m):
        p, u = pattern[i], v[i]
        line[p, 0] += u * w[i]
        line[p, 1] += u * b[i]
    sum_lines(line, x, theta[3 * m], inactive, values)


@woven
def sum_forces(theta: np.ndarray, pattern: np.ndarray, problem: Problem, sums: Sums) -> None:
    """Fill `sums`: the force of every sample and its sums over the run of every pattern."""
    evaluate(theta, pattern, problem.x, problem.inactive, sums.line, sums.force)
    fill_forces(problem.loss, problem, sums)
    sum_runs(problem.x, sums.force, problem.inactive, sums.run)


@woven
def velocity(
    theta: np.ndarray, pattern: np.ndarray, held: np.ndarray, problem: Problem, sums: Sums, out: np.ndarray
) -> None:
    """Fill `out` (3m+1,) with θ' = −∇L − λθ for fixed patterns; held neurons keep w xₙ + b = 0.

    held: (m,) the sample at which a neuron is held, or −1; a held neuron's pattern leaves that sample out.
    Also leaves the forces and their sums in `sums`.
    """
    sum_forces(theta, pattern, problem, sums)
    gather(theta, pattern, sums.run, sums.own, problem.hidden, problem.output, problem.decay, out)
    hold_still(held, problem.x, out)
    m = len(pattern)
    out[3 * m] = problem.bias * (-sums.run[0, 0] - problem.decay * theta[3 * m])


@woven
def gather(
    theta: np.ndarray,
    pattern: np.ndarray,
    run: np.ndarray,
    own: np.ndarray,
    hidden: float,
    output: float,
    decay: float,
    out: np.ndarray,
) -> None:
    """The velocity of free neurons from the sums over their runs.

    Block by block, so that what is looked up is still in the cache when it is used and wide networks are read once;
    in short loops, which the compiler vectorises.
    """
    m = len(pattern)
    for first in range(0, m, BLOCK):
        last = min(first + BLOCK, m)
        w, b, v = theta[first:last], theta[m + first : m + last], theta[2 * m + first : 2 * m + last]
        dw, db, dv = out[first:last], out[m + first : m + last], out[2 * m + first : 2 * m + last]
        for i in range(last - first):
            p = pattern[first + i]
            own[0, i], own[1, i] = run[p, 0], run[p, 1]
        for i in range(last - first):
            dw[i] = hidden * (-v[i] * own[1, i] - decay * w[i])
        for i in range(last - first):
            db[i] = hidden * (-v[i] * own[0, i] - decay * b[i])
        for i in range(last - first):
            dv[i] = output * (-w[i] * own[1, i] - b[i] * own[0, i] - decay * v[i])


@woven
def hold_still(held: np.ndarray, x: np.ndarray, out: np.ndarray) -> None:
    """Project (w', b') of held neurons on w xₙ + b = 0."""
    m = len(held)
    for i in range(m):
        if held[i] >= 0:
            u = x[held[i]]
            along = (out[i] - u * out[m + i]) / (1.0 + u * u)
            out[i], out[m + i] = along, -u * along


@compiled
def first_velocity(
    theta: np.ndarray, pattern: np.ndarray, held: np.ndarray, problem: Problem, sums: Sums, out: np.ndarray
) -> None:
    """Fill `pattern` from the signs of w x + b, and the rest as `velocity` does."""
    find_patterns(theta, problem.x, pattern)
    velocity(theta, pattern, held, by_reference(problem), by_reference(sums), out)


@inner
def largest(values: np.ndarray) -> float:
    """The largest absolute value; NaN if there is one."""
    top = 0.0
    for value in values:
        if not abs(value) <= top:
            top = abs(value)
    return top
