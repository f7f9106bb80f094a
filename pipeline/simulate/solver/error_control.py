"""The error of a step, in f and relative to small neurons, and how long the next step is."""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import LAST_ERROR, LAST_STEP, TIME, Flow
from pipeline.simulate.solver.kernels import largest
from pipeline.simulate.solver.probes import change_at_probes
from pipeline.simulate.solver.stiffness import fastest_growth, own_growth, stiffness_bound

LOCAL = 0.5  # of rtol: the error of f that one step may make
RELATIVE = 0.008  # of rtol: the error of the neurons relative to their sizes that a step may make
ORDER = 4.0  # of the error of a step, in its length
LEAST_ERROR = 1e-9  # of the tolerance: a smaller one tells nothing of the next step's
LEAST = 1e-3  # e-folds: shorter steps may err like one of these, lest rounding reject them
AMPLE = 50.0  # times the weight without which no f as large as the data exists: neurons hardly grow any more
PASSED = 0.1  # of the time since the start: what takes longer to grow e-fold is taken for a drift
LONGEST = 1e13  # times rtol: how often the fastest part may decay e-fold in a step before rounding is seen
LINEAR = 2.0  # e-folds of a growing neuron in a step, at most: the linear systems have no solution from 4 on
TINY = 1e-4  # of the mean ‖(w, b, v)‖²: what the relative error of a neuron is relative to at least


@inner
def size_of_error(h: float, new: np.ndarray, estimate: np.ndarray, flow: Flow, rtol: float, scale: float) -> float:
    """An error of the state `new` in units of the tolerance.

    What counts is the error of f at the probes, and that of the parameters relative to the neurons they belong
    to: it grows with a neuron that is too small for f to show it, and comes to be an error of f (`e_folds`).
    """
    m = len(flow.pattern)
    change_at_probes(new, estimate, flow.pattern, flow.problem, flow.line, flow.watched)
    squares = weight = 0.0
    w, b, v = new[:m], new[m : 2 * m], new[2 * m :]
    for i in range(m):
        weight += w[i] * w[i] + b[i] * b[i] + v[i] * v[i]
    floor = TINY * weight / m + 1e-300
    for i in range(m):
        own = w[i] * w[i] + b[i] * b[i] + v[i] * v[i]
        squares += (estimate[i] ** 2 + estimate[m + i] ** 2 + estimate[2 * m + i] ** 2) / (own + floor)
    relative = math.sqrt(squares / m) / (RELATIVE * e_folds(h, weight, flow, scale))
    error = max(largest(flow.watched) / (LOCAL * scale), relative) / rtol
    return error if error == error else np.inf


@inner
def e_folds(h: float, weight: float, flow: Flow, scale: float) -> float:
    """How often a neuron can grow e-fold in a time h, at most 1; 1 in a network of ample weight Σ‖(w, b, v)‖².

    A relative error stays as it is while its neuron grows, so that what a run may err on its plateaus is shared out
    over the growth, not over the steps: then f is off by as much at the end, however long the plateau and however
    short the steps. A neuron grows at the rate ‖(R₀, R₁)‖ of its sums, and |f| ≤ ½ Σ‖(w, b, v)‖² √(1 + x²).
    What drifts more slowly than in PASSED times the time that has passed is not growing.
    """
    bound = 0.5 * weight * math.hypot(1.0, largest(flow.problem.probe))
    drift = h / (PASSED * flow.clock[TIME] + h)
    grows = h * own_growth(flow.pattern, flow.after.run)
    return float(min(max(grows, drift, (bound / (AMPLE * scale)) ** 4, LEAST), 1.0))


@inner
def radius_now(flow: Flow) -> float:
    """A bound of the spectral radius of the Jacobian."""
    bound = stiffness_bound(flow.theta, flow.pattern, flow.problem)
    return bound + fastest_growth(flow.before.run) + flow.problem.decay


@inner
def longest_resolved(radius: float, rtol: float) -> float:
    """The longest step for a spectral radius that rounding leaves right."""
    return LONGEST * rtol / radius if radius > 0.0 else np.inf


@inner
def longest_step(radius: float, rtol: float, flow: Flow) -> float:
    """The longest step that can be taken for a spectral radius."""
    grows = own_growth(flow.pattern, flow.before.run)
    return min(LINEAR / grows if grows > 0.0 else np.inf, longest_resolved(radius, rtol))


@inner
def first_step(flow: Flow, scale: float, rtol: float) -> float:
    """A first step that the error test is likely to accept."""
    change_at_probes(flow.theta, flow.slope, flow.pattern, flow.problem, flow.line, flow.watched)
    radius = radius_now(flow)
    speed = largest(flow.watched) / scale
    return float(rtol ** (1.0 / ORDER) / max(radius, speed)) if max(radius, speed) > 0.0 else np.inf


@inner
def growth(h: float, error: float, clock: np.ndarray, rejected: bool) -> float:
    """By which factor the next step is longer, from the error of this step and that of the one before."""
    factor = 0.8 / max(error, LEAST_ERROR) ** (1.0 / ORDER)
    if clock[LAST_STEP] > 0.0 and not rejected:
        factor *= min(1.0, h / clock[LAST_STEP] * (clock[LAST_ERROR] / max(error, LEAST_ERROR)) ** (1.0 / ORDER))
    return float(min(5.0, max(0.1, factor)))


@inner
def shrinkage(h: float, error: float, length_before: float, error_before: float) -> float:
    """By which factor to shorten a rejected step, from its error and, if there was one, that of a longer attempt.

    Where f's speed has jumped the error is of first order in h, not of fourth.
    """
    order = ORDER
    if error_before > error:
        order = min(ORDER, max(1.0, math.log(error_before / error) / math.log(length_before / h)))
    return float(max(0.03, 0.8 / error ** (1.0 / order)))
