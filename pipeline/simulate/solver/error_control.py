"""The error of a step, in f and relative to small neurons, and how long the next step is."""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import LAST_ERROR, LAST_STEP, TIME, Flow
from pipeline.simulate.solver.kernels import largest
from pipeline.simulate.solver.moment_matching import matched_samples
from pipeline.simulate.solver.probes import change_at_probes
from pipeline.simulate.solver.tangent import Tangent, damp, spectral_radius

UNDAMPED = 6  # stages: a step of so few damps too little for its error to be filtered
LOCAL = 0.5  # of rtol: the error of f that one step may make at rtol COARSE and above
RELATIVE = 0.008  # of rtol: the error of the neurons relative to their sizes that a step may make, likewise
COARSE = 1e-3  # rtol below which the number of steps counts, see `share`
ROUNDED = 2e-13  # the least tolerance that `share` sets, lest rounding reject steps
LEAST = 1e-3  # e-folds: shorter steps may err like one of these, likewise
AMPLE = 50.0  # times the weight without which no f as large as the data exists: neurons hardly grow any more
PASSED = 0.1  # of the time since the start: what takes longer to grow e-fold is taken for a drift
TINY = 1e-4  # of the mean ‖(w, b, v)‖²: what the relative error of a neuron is relative to at least


@inner
def step_error(
    h: float,
    theta: np.ndarray,
    new: np.ndarray,
    slope: np.ndarray,
    new_slope: np.ndarray,
    flow: Flow,
    rtol: float,
    scale: float,
) -> float:
    """Estimated error of a step (Sommeijer et al.), 1 where it just meets the tolerance.

    What counts is the error of f at the probes, and that of the parameters relative to the neurons they belong
    to: it grows with a neuron that is too small for f to show it, and comes to be an error of f (`e_folds`).
    """
    estimate = flow.work[4]
    for k in range(len(theta)):
        estimate[k] = 0.8 * (theta[k] - new[k]) + 0.4 * h * (slope[k] + new_slope[k])
    return size_of_error(h, new, estimate, flow, rtol, scale)


@inner
def damped_error(h: float, new: np.ndarray, flow: Flow, rtol: float, scale: float) -> float:
    """The estimate of `step_error`, less what the step damps."""
    damp_in_step(h, scale * rtol, new, flow, flow.work[4])
    return size_of_error(h, new, flow.work[4], flow, rtol, scale)


@inner
def damp_slope(h: float, slope: np.ndarray, new: np.ndarray, flow: Flow, tolerance: float, out: np.ndarray) -> None:
    """Fill `out` with the slope of the cubic through a step, less what the step damps in its start and end."""
    theta = flow.theta
    for k in range(len(theta)):
        out[k] = h * slope[k] - (new[k] - theta[k])
    damp_in_step(h, tolerance, new, flow, out)
    for k in range(len(theta)):
        out[k] = (out[k] + (new[k] - theta[k])) / h


@inner
def damp_in_step(h: float, tolerance: float, new: np.ndarray, flow: Flow, change: np.ndarray) -> None:
    """Take from `change` (3m+1,) what a step of length h damps, well below an absolute tolerance on f."""
    pattern, held, samples, sums = matched_samples(flow)
    tangent = Tangent(new, pattern, held, samples, sums, flow.work[6])
    damp(h, 0.1 * LOCAL * tolerance, tangent, flow.conjugate, change)


@inner
def size_of_error(h: float, new: np.ndarray, estimate: np.ndarray, flow: Flow, rtol: float, scale: float) -> float:
    """An error of the state `new` in units of the tolerance."""
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
    part = share(rtol)
    relative = math.sqrt(squares / m) / (RELATIVE * min(part, e_folds(h, weight, flow, scale)))
    error = max(largest(flow.watched) / (LOCAL * part * scale), relative) / rtol
    return error if error == error else np.inf


@inner
def share(rtol: float) -> float:
    """What part of the error of a run one step may make, at most 1.

    Steps of order two whose own errors h³ are kept at a tolerance τ add up to h² ∝ τ^(2/3), so that τ ∝ rtol^(3/2)
    makes the error of the run proportional to rtol (Shampine, Tolerance proportionality in ODE codes, 1989).
    """
    return min(1.0, max(math.sqrt(rtol / COARSE), ROUNDED / rtol))


@inner
def e_folds(h: float, weight: float, flow: Flow, scale: float) -> float:
    """How often a neuron can grow e-fold in a time h, at most 1; 1 in a network of ample weight Σ‖(w, b, v)‖².

    A relative error stays as it is while its neuron grows, so that what a run may err on its plateaus is shared out
    over the growth, not over the steps: then f is off by as much at the end, however long the plateau and however
    short the steps. A neuron grows at the rate ‖(R₀, R₁)‖ of its sums, and |f| ≤ ½ Σ‖(w, b, v)‖² √(1 + x²).
    What drifts more slowly than in PASSED times the time that has passed is not growing.
    """
    turning = 0.0
    for i in range(len(flow.pattern)):
        p = flow.pattern[i]
        turning = max(turning, flow.after.run[p, 0] ** 2 + flow.after.run[p, 1] ** 2)
    bound = 0.5 * weight * math.hypot(1.0, largest(flow.problem.probe))
    drift = h / (PASSED * flow.clock[TIME] + h)
    return float(min(max(h * math.sqrt(turning), drift, (bound / (AMPLE * scale)) ** 4, LEAST), 1.0))


@inner
def radius_now(h: float, flow: Flow) -> float:
    """The spectral radius for a step of length h."""
    tangent = Tangent(flow.theta, flow.pattern, flow.held, flow.problem, flow.spare, flow.work[6])
    return spectral_radius(h, tangent, flow.before.run, flow.vector, flow.known)


@inner
def first_step(flow: Flow, scale: float, rtol: float) -> float:
    """A first step that the error test is likely to accept."""
    change_at_probes(flow.theta, flow.slope, flow.pattern, flow.problem, flow.line, flow.watched)
    radius = radius_now(0.0, flow)
    speed = largest(flow.watched) / scale
    return float(rtol ** (1.0 / 3.0) / max(radius, speed)) if max(radius, speed) > 0.0 else np.inf


@inner
def growth(h: float, error: float, clock: np.ndarray, rejected: bool) -> float:
    """By which factor the next step is longer, from the error of this step and that of the one before."""
    factor = 0.8 / max(error, 1e-9) ** (1.0 / 3.0)
    if clock[LAST_STEP] > 0.0 and not rejected:
        factor *= min(1.0, h / clock[LAST_STEP] * (clock[LAST_ERROR] / max(error, 1e-9)) ** (1.0 / 3.0))
    return float(min(5.0, max(0.1, factor)))


@inner
def shrinkage(h: float, error: float, length_before: float, error_before: float) -> float:
    """By which factor to shorten a rejected step, from its error and, if there was one, that of a longer attempt.

    Where f's speed has jumped the error is of first order in h, not of third.
    """
    order = 3.0
    if error_before > error:
        order = min(3.0, max(1.0, math.log(error_before / error) / math.log(length_before / h)))
    return float(max(0.03, 0.8 / error ** (1.0 / order)))
