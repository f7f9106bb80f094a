"""The next step of a flow: attempts of it, shortened until its error and that of its switches are within tolerance."""

import math
from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.chebyshev import MOST_STAGES, chebyshev_step, stages_for
from pipeline.simulate.solver.crossings import FAR
from pipeline.simulate.solver.dense_output import Frames, is_shown
from pipeline.simulate.solver.error_control import (
    UNDAMPED,
    damp_slope,
    damped_error,
    growth,
    radius_now,
    shrinkage,
    step_error,
)
from pipeline.simulate.solver.events import NO_ROOM, find_switches
from pipeline.simulate.solver.flow import DAMPED, EVALUATIONS, REJECTED, SHORTENED, STEP, TIME, Flow
from pipeline.simulate.solver.implicit import implicit_step, is_implicit, longest_step
from pipeline.simulate.solver.invariants import keep_invariants
from pipeline.simulate.solver.kernels import velocity
from pipeline.simulate.solver.moment_matching import matched_samples
from pipeline.simulate.solver.release_filter import find_decided
from pipeline.simulate.solver.switches import switching_error, time_to_cut

RUNNING, FINISHED, CONVERGED, OUT_OF_STEPS, STUCK, NOT_FINITE, NARROW = range(7)

MOST_ATTEMPTS = 100
SWITCHING = 0.5  # of rtol: the bound, a loose one, of the error of f that the switches of one step may make
CROWD_SIZE = 4  # switches in a step: so many are likely to be followed by as many
CROWDING = 0.1  # instead of SWITCHING in a crowd, whose errors add up from step to step


class Step(NamedTuple):
    """A step within tolerance (state RUNNING), or why there is none.

    length; wish: how long the next may be; error: in units of the tolerance; end: (3m+1,) the state before what it
    `switched`, a number of switches, is applied; start_slope, end_slope: (3m+1,) of the cubic through the step.
    """

    state: int
    length: float
    wish: float
    error: float
    switched: int
    end: np.ndarray
    start_slope: np.ndarray
    end_slope: np.ndarray


@inner
def find_step(flow: Flow, frames: Frames, rtol: float, scale: float, end: float) -> Step:
    """The next step, not beyond the time `end`."""
    clock, switches, problem, slope = flow.clock, flow.switches, flow.problem, flow.slope
    time, wish = clock[TIME], clock[STEP]
    radius = radius_now(min(wish, end - time), flow)
    h = min(min(wish, end - time), longest_step(radius, rtol, flow))
    cut = rejected = False
    error = longer = error_of_longer = 0.0
    for _ in range(MOST_ATTEMPTS):
        if not h > 1e-15 * time:
            break
        row, error, filtered = attempt(h, radius, flow, rtol, scale)
        new = flow.work[row]
        if error > 1.0:
            clock[REJECTED] += 1
            rejected = True
            wish = h * shrinkage(h, error, longer, error_of_longer)
            longer, error_of_longer, h = h, error, wish
            continue
        wish = max(wish if cut else 0.0, h * growth(h, error, clock, rejected))
        start_slope, end_slope = slopes(h, new, filtered, flow, frames, scale * rtol)
        count = find_decided(h, radius, start_slope, new, end_slope, rtol * scale, flow)
        if count == FAR:
            return Step(NARROW, h, wish, error, 0, slope, slope, slope)
        if count == NO_ROOM:
            h *= 0.5
        else:
            allowed = (CROWDING if count >= CROWD_SIZE else SWITCHING) * rtol * scale
            off = switching_error(switches, count, 0.0, radius, problem, flow.line, flow.at_samples) / allowed
            if off <= 1.0:
                return Step(RUNNING, h, wish_in_crowd(wish, h, count, off), error, count, new, start_slope, end_slope)
            h -= time_to_cut(switches, count, h, radius, 0.5 * allowed, problem, flow.line, flow.at_samples)
            clock[SHORTENED] += 1
        cut = True
    state = STUCK if math.isfinite(radius) and math.isfinite(error) else NOT_FINITE
    return Step(state, h, wish, error, 0, slope, slope, slope)


@inner
def slopes(
    h: float, new: np.ndarray, filtered: bool, flow: Flow, frames: Frames, tolerance: float
) -> tuple[np.ndarray, np.ndarray]:
    """The slopes at the ends of the cubic through a step to `new`: if it was filtered, less what it damps.

    The times of the switches, not which they are, depend on this, and frames do.
    """
    slope, new_slope = flow.slope, flow.work[5]
    if not filtered:
        return slope, new_slope
    if not is_shown(h, new, flow, frames) and find_switches(h, slope, new, new_slope, flow.after, flow) == 0:
        return slope, new_slope
    damp_slope(h, slope, new, flow, tolerance, flow.work[7])
    damp_slope(h, new_slope, new, flow, tolerance, flow.work[8])
    return flow.work[7], flow.work[8]


@inner
def wish_in_crowd(wish: float, h: float, count: int, off: float) -> float:
    """How long the next step may be: in a crowd, whose error grows like h², what its error `off` (of 1) lets expect."""
    return min(wish, h * max(1.0, 0.9 / math.sqrt(off))) if count >= CROWD_SIZE and off > 0.0 else wish


@inner
def attempt(h: float, radius: float, flow: Flow, rtol: float, scale: float) -> tuple[int, float, bool]:
    """Step over h into a row of `flow.work`, the slope there into row 5: (row, error, whether it was filtered)."""
    theta, slope, problem, new_slope = flow.theta, flow.slope, flow.problem, flow.work[5]
    stages = stages_for(h * radius)
    if is_implicit(h, radius):
        row = implicit_step(h, rtol * scale, flow)
    else:
        pattern, held, samples, sums = matched_samples(flow)
        row = chebyshev_step(h, stages, theta, slope, pattern, held, samples, sums, flow.work)
    new = flow.work[row]
    keep_invariants(new, flow.conserved, flow.pattern, problem, flow.clock[TIME] + h)
    velocity(new, flow.pattern, flow.held, problem, flow.after, new_slope)
    flow.clock[EVALUATIONS] += min(stages, MOST_STAGES)
    error = step_error(h, theta, new, slope, new_slope, flow, rtol, scale)
    if error > 1.0 and stages > UNDAMPED:
        flow.clock[DAMPED] += 1
        damped = damped_error(h, new, flow, rtol, scale)
        if damped <= 1.0:
            return row, damped, True
    return row, error, False
