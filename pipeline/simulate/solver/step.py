"""The next step of a flow: attempts of it, shortened until its error and that of its switches are within tolerance."""

import math
from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.crossings import FAR, hermite, hermite_slope
from pipeline.simulate.solver.error_control import (
    LEAST_ERROR,
    growth,
    longest_step,
    radius_now,
    shrinkage,
    size_of_error,
)
from pipeline.simulate.solver.events import NO_ROOM, find_switches
from pipeline.simulate.solver.flow import EVALUATIONS, LAST_ERROR, LAST_STEP, REJECTED, SHORTENED, STEP, TIME, Flow
from pipeline.simulate.solver.invariants import keep_invariants
from pipeline.simulate.solver.kernels import velocity
from pipeline.simulate.solver.rosenbrock import COST, rosenbrock_step, slopes_between
from pipeline.simulate.solver.switches import switching_error, time_to_cut

RUNNING, FINISHED, CONVERGED, OUT_OF_STEPS, STUCK, NOT_FINITE, NARROW = range(7)

MOST_ATTEMPTS = 100
SHORTEST = 1e-15  # of the time since the start: a shorter step would be lost in it
SWITCHING = 0.5  # of rtol: the bound, a loose one, of the error of f that the switches of one step may make
CROWD_SIZE = 4  # switches in a step: so many are likely to be followed by as many
CUT_POWER = 1.0 / 3.0  # of the share left of a step that is cut, by which the next is shorter: see cut_at_switches
CROWDING = 0.1  # instead of SWITCHING in a crowd, whose errors add up from step to step


class Step(NamedTuple):
    """A step within tolerance (state RUNNING), or why there is none.

    length; wish: how long the next may be; end: (3m+1,) the state before what it `switched`, a number of switches, is
    applied; start_slope, end_slope: (3m+1,) of the cubic through the step.
    """

    state: int
    length: float
    wish: float
    switched: int
    end: np.ndarray
    start_slope: np.ndarray
    end_slope: np.ndarray


@inner
def find_step(flow: Flow, rtol: float, scale: float, end: float) -> Step:
    """The next step, not beyond the time `end`."""
    left, radius, slope = end - flow.clock[TIME], radius_now(flow), flow.slope
    longest = min(left, longest_step(radius, rtol, flow))
    h, wish, error = attempt_until_right(min(flow.clock[STEP], longest), flow, rtol, scale)
    if error <= 1.0:
        return cut_at_switches(h, wish, radius, rtol * scale, flow)
    state = STUCK if math.isfinite(radius) and math.isfinite(error) else NOT_FINITE
    return Step(state, h, wish, 0, slope, slope, slope)


@inner
def attempt_until_right(h: float, flow: Flow, rtol: float, scale: float) -> tuple[float, float, float]:
    """Attempt steps, the first of length h, until the error is within tolerance: (h, the next one's length, error)."""
    clock, longer, error, error_of_longer = flow.clock, 0.0, np.inf, 0.0
    for k in range(MOST_ATTEMPTS):
        if not h > SHORTEST * clock[TIME]:
            break
        error = attempt(h, flow, rtol, scale)
        if error <= 1.0:
            wish = h * growth(h, error, clock, k > 0)
            clock[LAST_STEP], clock[LAST_ERROR] = h, max(error, LEAST_ERROR)
            return h, wish, error
        clock[REJECTED] += 1
        shorter = h * shrinkage(h, error, longer, error_of_longer)
        longer, error_of_longer, h = h, error, shorter
    return h, h, error


@inner
def cut_at_switches(h: float, wish: float, radius: float, tolerance: float, flow: Flow) -> Step:
    """The step of length h that was attempted, or as much of it as its switches leave within tolerance.

    As much of it has as large an error. Where switches cut all steps to τ, errors h⁴ add up to no more than those of
    steps as long as the tolerance allows, H, if h⁴/τ is at most H³; that is where wishes shortened by the cubic root of
    τ/h come to rest.
    """
    clock, switches, problem, new, whole = flow.clock, flow.switches, flow.problem, flow.work[6], h
    start_slope, end_slope = slopes_between(h, new, flow)
    for _ in range(MOST_ATTEMPTS):
        if not h > SHORTEST * clock[TIME]:
            break
        count = find_switches(h, start_slope, new, end_slope, flow.after, flow)
        if count == FAR:
            return Step(NARROW, h, wish, 0, new, start_slope, end_slope)
        shorter = 0.5 * h
        if count != NO_ROOM:
            allowed = (CROWDING if count >= CROWD_SIZE else SWITCHING) * tolerance
            off = switching_error(switches, count, 0.0, radius, problem, flow.line, flow.at_samples) / allowed
            if off <= 1.0:
                wish = wish_in_crowd(wish * (h / whole) ** CUT_POWER, h, count, off)
                return Step(RUNNING, h, wish, count, new, start_slope, end_slope)
            shorter = h - time_to_cut(switches, count, h, radius, 0.5 * allowed, problem, flow.line, flow.at_samples)
            clock[SHORTENED] += 1
        end_at(shorter / h, h, start_slope, end_slope, flow)
        h = shorter
    return Step(STUCK, h, wish, 0, new, start_slope, end_slope)


@inner
def end_at(share: float, h: float, start_slope: np.ndarray, end_slope: np.ndarray, flow: Flow) -> None:
    """Let the step attempted, of length h, end after a share of it, in the state that it has there."""
    theta, new = flow.theta, flow.work[6]
    for k in range(len(theta)):
        middle = hermite(share, h, theta[k], start_slope[k], new[k], end_slope[k])
        end_slope[k] = hermite_slope(share, h, theta[k], start_slope[k], new[k], end_slope[k])
        new[k] = middle
    keep_invariants(new, flow.conserved, flow.pattern, flow.problem, flow.clock[TIME] + share * h)
    velocity(new, flow.pattern, flow.held, flow.problem, flow.after, flow.work[7])
    flow.clock[EVALUATIONS] += 1


@inner
def wish_in_crowd(wish: float, h: float, count: int, off: float) -> float:
    """How long the next step may be: in a crowd, whose error grows like h², what its error `off` (of 1) lets expect."""
    return min(wish, h * max(1.0, 0.9 / math.sqrt(off))) if count >= CROWD_SIZE and off > 0.0 else wish


@inner
def attempt(h: float, flow: Flow, rtol: float, scale: float) -> float:
    """Step over h into row 6 of `flow.work`, the velocity there into row 7; the error in units of the tolerance."""
    rosenbrock_step(h, flow)
    new = flow.work[6]
    keep_invariants(new, flow.conserved, flow.pattern, flow.problem, flow.clock[TIME] + h)
    velocity(new, flow.pattern, flow.held, flow.problem, flow.after, flow.work[7])
    flow.clock[EVALUATIONS] += COST
    return size_of_error(h, new, flow.work[5], flow, rtol, scale)
