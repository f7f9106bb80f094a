"""The tangent kernel K = J Jᵀ of f at the samples: how stiff the flow is, and what stiffness damps.

J is the derivative of f at the samples by the parameters that move. The Jacobian of the flow is −JᵀWJ, W the rows
at each sample, but for the part that couples v with (w, b) by the sums of the residuals.
"""

import math
from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.chebyshev import stages_for
from pipeline.simulate.solver.kernels import Problem, Sums, gather, hold_still, sum_lines, sum_runs

MOST_ITERATIONS = 60  # of conjugate gradients


class Tangent(NamedTuple):
    """Where J is taken: θ (3m+1,), patterns (m,), held neurons (m,), the problem; scratch: sums, change (3m+1,)."""

    theta: np.ndarray
    pattern: np.ndarray
    held: np.ndarray
    problem: Problem
    sums: Sums
    change: np.ndarray


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
def pull_back(values: np.ndarray, tangent: Tangent) -> None:
    """Fill the tangent's `change` (3m+1,) with −Jᵀ values (K,)."""
    theta, pattern, held, problem, sums, change = tangent
    sum_runs(problem.x, values, sums.run)
    gather(theta, pattern, sums.run, sums.own, problem.hidden, problem.output, 0.0, change)
    hold_still(held, problem.x, change)
    change[3 * len(pattern)] = -problem.bias * sums.run[0, 0]


@inner
def push_forward(change: np.ndarray, tangent: Tangent, values: np.ndarray) -> None:
    """Fill `values` (K,) with J change (3m+1,)."""
    theta, pattern = tangent.theta, tangent.pattern
    m = len(pattern)
    w, b, v = theta[:m], theta[m : 2 * m], theta[2 * m :]
    dw, db, dv = change[:m], change[m : 2 * m], change[2 * m :]
    line = tangent.sums.line
    for i in range(m):
        p = pattern[i]
        line[p, 0] += v[i] * dw[i] + w[i] * dv[i]
        line[p, 1] += v[i] * db[i] + b[i] * dv[i]
    sum_lines(line, tangent.problem.x, change[3 * m], values)


@inner
def kernel_growth(tangent: Tangent, vector: np.ndarray, rounds: int) -> float:
    """Largest eigenvalue of K W by `rounds` power iterations, which improve `vector` (K,)."""
    size, values, weight = len(vector), tangent.sums.force, tangent.problem.weight
    estimate = 0.0
    for _ in range(rounds):
        for n in range(size):
            values[n] = weight[n] * vector[n]
        pull_back(values, tangent)
        push_forward(tangent.change, tangent, values)
        before = after = 0.0
        for n in range(size):
            before += weight[n] * vector[n] * vector[n]
            after += weight[n] * values[n] * values[n]
        estimate = math.sqrt(after / before)
        if not estimate > 0:
            return 0.0
        for n in range(size):
            vector[n] = -values[n] / estimate
    return estimate


@inner
def spectral_radius(h: float, tangent: Tangent, run: np.ndarray, vector: np.ndarray, known: np.ndarray) -> float:
    """An upper bound of the modulus of the Jacobian's eigenvalues, as tight as a step of length h makes worth it.

    run: (2K+2, 2) the sums of the residuals, not those of the tangent. known: (3,) the kernel's largest eigenvalue
    when it was last computed, its trace then, and the steps since: in between it is taken to be as large a part of
    the trace.
    """
    trace = stiffness_bound(tangent.theta, tangent.pattern, tangent.problem)
    bound = trace
    if stages_for(h * bound) > 4:
        known[2] += 1.0
        if not (known[2] <= 8.0 and 0.95 * known[1] < trace < 1.05 * known[1]):
            known[0] = kernel_growth(tangent, vector, 2)
            known[1], known[2] = trace, 0.0
        bound = min(trace, 1.1 * known[0] * trace / known[1])
    # The part of the Hessian that is not the tangent kernel couples v with (w, b) by the sums.
    return bound + fastest_growth(run) + tangent.problem.decay


@inner
def fastest_growth(run: np.ndarray) -> float:
    """The rate at which a small neuron with the best of all patterns would grow: the largest ‖(R₀, R₁)‖."""
    square = 0.0
    for p in range(len(run)):
        square = max(square, run[p, 0] * run[p, 0] + run[p, 1] * run[p, 1])
    return math.sqrt(square)


@inner
def damp(h: float, accuracy: float, tangent: Tangent, scratch: np.ndarray, estimate: np.ndarray) -> None:
    """Replace `estimate` (3m+1,) by (1 + h JᵀWJ)⁻¹ estimate, in f to an absolute accuracy.

    What a Chebyshev step of length h damps is no error of the step, though the estimate is full of it where f's
    speed has jumped (as Shampine's filter does it for implicit methods). With g = J of the result, which solves
    (1 + h K W) g = J estimate, it is estimate − h JᵀW g. scratch: (5, K).
    """
    g, rest, change = scratch[0], scratch[1], tangent.change
    push_forward(estimate, tangent, rest)
    solve_damped(h, accuracy, tangent, scratch)
    pull_back_weighted(h, g, tangent, scratch[4])
    for k in range(len(estimate)):
        estimate[k] += change[k]


@inner
def pull_back_weighted(h: float, values: np.ndarray, tangent: Tangent, force: np.ndarray) -> None:
    """Fill the tangent's `change` (3m+1,) with −h JᵀW values (K,); force: (K,) scratch."""
    weight = tangent.problem.weight
    for n in range(len(weight)):
        force[n] = h * weight[n] * values[n]
    pull_back(force, tangent)


@inner
def solve_damped(h: float, accuracy: float, tangent: Tangent, scratch: np.ndarray) -> None:
    """Solve (1 + h K W) g = rest by conjugate gradients; scratch: (5, K) g, rest, which is used up, and room."""
    g, rest, ray, image, force = scratch[0], scratch[1], scratch[2], scratch[3], scratch[4]
    size, weight = len(tangent.problem.x), tangent.problem.weight
    square = 0.0
    for n in range(size):
        g[n], ray[n] = 0.0, rest[n]
        square += weight[n] * rest[n] * rest[n]
    for _ in range(MOST_ITERATIONS):
        if not square > accuracy * accuracy:
            break
        pull_back_weighted(h, ray, tangent, force)
        push_forward(tangent.change, tangent, image)
        along = 0.0
        for n in range(size):
            image[n] = ray[n] - image[n]
            along += weight[n] * ray[n] * image[n]
        step, before = square / along, square
        square = 0.0
        for n in range(size):
            g[n] += step * ray[n]
            rest[n] -= step * image[n]
            square += weight[n] * rest[n] * rest[n]
        for n in range(size):
            ray[n] = rest[n] + square / before * ray[n]
