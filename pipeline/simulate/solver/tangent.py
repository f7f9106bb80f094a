"""The tangent kernel K = J Jᵀ of f at the samples: how stiff the flow is, and what stiffness damps.

J is the derivative of f at the samples by the parameters that move. The Jacobian of the flow is −JᵀWJ, W the rows
at each sample, but for the part that couples v with (w, b) by the sums of the residuals.
"""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.chebyshev import stages_for
from pipeline.simulate.solver.kernels import Problem, Sums, gather, hold_still, run_sums, sum_lines

MOST_ITERATIONS = 60  # of conjugate gradients


@inner
def kernel_trace(theta: np.ndarray, pattern: np.ndarray, problem: Problem) -> float:
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
def pull_back(
    values: np.ndarray,
    theta: np.ndarray,
    pattern: np.ndarray,
    held: np.ndarray,
    problem: Problem,
    sums: Sums,
    change: np.ndarray,
) -> None:
    """Fill `change` (3m+1,) with −Jᵀ values (K,)."""
    m = len(pattern)
    run_sums(problem.x, values, sums.run)
    gather(theta, pattern, sums.run, sums.own, problem.hidden, problem.output, 0.0, change)
    hold_still(held, problem.x, change)
    change[3 * m] = -problem.bias * sums.run[0, 0]


@inner
def push_forward(
    change: np.ndarray, theta: np.ndarray, pattern: np.ndarray, problem: Problem, sums: Sums, values: np.ndarray
) -> None:
    """Fill `values` (K,) with J change (3m+1,)."""
    m = len(pattern)
    w, b, v = theta[:m], theta[m : 2 * m], theta[2 * m :]
    dw, db, dv = change[:m], change[m : 2 * m], change[2 * m :]
    line = sums.line
    for i in range(m):
        p = pattern[i]
        line[p, 0] += v[i] * dw[i] + w[i] * dv[i]
        line[p, 1] += v[i] * db[i] + b[i] * dv[i]
    sum_lines(line, problem.x, change[3 * m], values)


@inner
def kernel_growth(
    theta: np.ndarray,
    pattern: np.ndarray,
    held: np.ndarray,
    problem: Problem,
    sums: Sums,
    change: np.ndarray,
    vector: np.ndarray,
    rounds: int,
) -> float:
    """Largest eigenvalue of K W by `rounds` power iterations, which improve `vector` (K,); change: scratch."""
    size, values = len(vector), sums.force
    estimate = 0.0
    for _ in range(rounds):
        for n in range(size):
            values[n] = problem.weight[n] * vector[n]
        pull_back(values, theta, pattern, held, problem, sums, change)
        push_forward(change, theta, pattern, problem, sums, values)
        before = after = 0.0
        for n in range(size):
            before += problem.weight[n] * vector[n] * vector[n]
            after += problem.weight[n] * values[n] * values[n]
        estimate = math.sqrt(after / before)
        if not estimate > 0:
            return 0.0
        for n in range(size):
            vector[n] = -values[n] / estimate
    return estimate


@inner
def spectral_radius(
    h: float,
    theta: np.ndarray,
    pattern: np.ndarray,
    held: np.ndarray,
    problem: Problem,
    run: np.ndarray,
    spare: Sums,
    change: np.ndarray,
    vector: np.ndarray,
    known: np.ndarray,
) -> float:
    """An upper bound of the modulus of the Jacobian's eigenvalues, as tight as a step of length h makes worth it.

    run: (2K+2, 2) the sums of the residuals; spare, change: scratch. known: (3,) the kernel's largest eigenvalue
    when it was last computed, its trace then, and the steps since: in between it is taken to be as large a part of
    the trace.
    """
    trace = kernel_trace(theta, pattern, problem)
    bound = trace
    if stages_for(h * bound) > 4:
        known[2] += 1.0
        if not (known[2] <= 8.0 and 0.95 * known[1] < trace < 1.05 * known[1]):
            known[0] = kernel_growth(theta, pattern, held, problem, spare, change, vector, 2)
            known[1], known[2] = trace, 0.0
        bound = min(trace, 1.1 * known[0] * trace / known[1])
    # The part of the Hessian that is not the tangent kernel couples v with (w, b) by the sums.
    return bound + fastest_growth(run) + problem.decay


@inner
def fastest_growth(run: np.ndarray) -> float:
    """The rate at which a small neuron with the best of all patterns would grow: the largest ‖(R₀, R₁)‖."""
    square = 0.0
    for p in range(len(run)):
        square = max(square, run[p, 0] * run[p, 0] + run[p, 1] * run[p, 1])
    return math.sqrt(square)


@inner
def damp(
    h: float,
    accuracy: float,
    theta: np.ndarray,
    pattern: np.ndarray,
    held: np.ndarray,
    problem: Problem,
    sums: Sums,
    scratch: np.ndarray,
    change: np.ndarray,
    estimate: np.ndarray,
) -> None:
    """Replace `estimate` (3m+1,) by (1 + h JᵀWJ)⁻¹ estimate, in f to an absolute accuracy.

    What a Chebyshev step of length h damps is no error of the step, though the estimate is full of it where f's
    speed has jumped (as Shampine's filter does it for implicit methods). With g = J of the result, which solves
    (1 + h K W) g = J estimate, it is estimate − h JᵀW g; g by conjugate gradients. scratch: (5, K); change: (3m+1,).
    """
    size, weight = len(problem.x), problem.weight
    g, rest, ray, image, force = scratch[0], scratch[1], scratch[2], scratch[3], scratch[4]
    push_forward(estimate, theta, pattern, problem, sums, rest)
    square = 0.0
    for n in range(size):
        g[n], ray[n] = 0.0, rest[n]
        square += weight[n] * rest[n] * rest[n]
    for _ in range(MOST_ITERATIONS):
        if not square > accuracy * accuracy:
            break
        for n in range(size):
            force[n] = h * weight[n] * ray[n]
        pull_back(force, theta, pattern, held, problem, sums, change)
        push_forward(change, theta, pattern, problem, sums, image)
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
    for n in range(size):
        force[n] = h * weight[n] * g[n]
    pull_back(force, theta, pattern, held, problem, sums, change)
    for k in range(len(estimate)):
        estimate[k] += change[k]
