"""The compiled loop of gradient flow: steps of the fixed-pattern field, switches, frames, convergence."""

import math

from pipeline.simulate.chebyshev import chebyshev_step, longest_stable, stages_for
from pipeline.simulate.compiled import compiled, inner
from pipeline.simulate.convergence import has_converged
from pipeline.simulate.crossings import hermite
from pipeline.simulate.error_test import (
    FEW,
    damp_slope,
    damped_error,
    first_step,
    growth,
    radius_now,
    shrinkage,
    step_error,
)
from pipeline.simulate.events import find_switches
from pipeline.simulate.flow import (
    DAMPED,
    EVALUATIONS,
    LAST_ERROR,
    LAST_STEP,
    NEXT_FRAME,
    REJECTED,
    SHORTENED,
    STEP,
    STEPS,
    SWITCHES,
    TIME,
)
from pipeline.simulate.invariants import keep_invariants, keep_switched
from pipeline.simulate.kernels import largest, velocity
from pipeline.simulate.switches import apply_switches, correct, hold, switching_error, time_to_cut

RUNNING, FINISHED, CONVERGED, OUT_OF_STEPS, STUCK, NOT_FINITE = range(6)

SWITCHING = 0.5  # of rtol: the bound, a loose one, of the error of f that the switches of one step may make


@inner
def copy(source, target):
    """Copy a vector (a loop compiles much faster than a slice assignment)."""
    for k in range(len(source)):
        target[k] = source[k]


@inner
def keep_sums(flow, new_slope):
    """What holds at the end of a step without switches holds at the start of the next."""
    copy(new_slope, flow.slope)
    copy(flow.after.force, flow.before.force)
    copy(flow.after.run.ravel(), flow.before.run.ravel())


@inner
def write_frames(h, slope, new, new_slope, count, flow, frames):
    """Interpolate the frames up to the end of a step of length h, before its `count` switches are applied."""
    m = len(flow.pattern)
    clock, problem, state = flow.clock, flow.problem, flow.work[4]
    start = clock[TIME]
    k = int(clock[NEXT_FRAME])
    while k < len(frames.t) and frames.t[k] <= start + h:
        share = (frames.t[k] - start) / h
        for j in range(len(state)):
            state[j] = hermite(share, h, flow.theta[j], slope[j], new[j], new_slope[j])
        for i in range(m):
            frames.held[k, i] = flow.held[i]
        switches = flow.switches
        for s in range(count):
            i, delay = switches.neuron[s], switches.delay[s] - (1.0 - share) * h
            if delay >= 0.0:
                frames.held[k, i] = switches.held[s]
                correct(state, i, m, problem.x[switches.sample[s]], switches, s, delay)
        for i in range(m):
            if frames.held[k, i] >= 0:
                hold(state, i, m, problem.x[frames.held[k, i]])
        keep_invariants(state, flow.conserved, flow.pattern, problem, frames.t[k])
        for i in range(m):
            frames.w[k, i], frames.b[k, i], frames.v[k, i] = state[i], state[m + i], state[2 * m + i]
        frames.c[k] = state[3 * m]
        k += 1
    clock[NEXT_FRAME] = k


@compiled
def advance(flow, frames, rtol, scale, end, most_steps, budget):
    """Go on until the end, or until about `budget` neuron updates are done; returns how things stand."""
    clock, problem, theta, slope = flow.clock, flow.problem, flow.theta, flow.slope
    m, size = len(flow.pattern), len(problem.x)
    done = 0
    since_test = 0
    allowed = SWITCHING * rtol * scale
    while done < budget:
        time = clock[TIME]
        if time >= end:
            return CONVERGED if has_converged(flow, scale, rtol, end) else FINISHED
        if clock[STEPS] + clock[REJECTED] >= most_steps:
            return OUT_OF_STEPS
        if since_test >= 8 or clock[STEPS] == 0:
            since_test = 0
            if has_converged(flow, scale, rtol, end):
                return CONVERGED
        if clock[STEP] == 0.0:
            clock[STEP] = first_step(flow, scale, rtol)
        wish = clock[STEP]
        h = min(wish, end - time)
        radius = radius_now(h, flow)
        h = min(h, longest_stable(radius))
        cut = rejected = False
        error, due = 0.0, False
        length_before = error_before = 0.0
        for _ in range(100):
            if not h > 1e-15 * time:
                return STUCK if math.isfinite(radius) and math.isfinite(error) else NOT_FINITE
            stages = stages_for(h * radius)
            row = chebyshev_step(h, stages, theta, slope, flow.pattern, flow.held, problem, flow.after, flow.work)
            new, new_slope = flow.work[row], flow.work[5]
            start_slope, end_slope = slope, new_slope
            keep_invariants(new, flow.conserved, flow.pattern, problem, time + h)
            velocity(new, flow.pattern, flow.held, problem, flow.after, new_slope)
            clock[EVALUATIONS] += stages
            done += stages * (m + size)
            filtered = False
            error = step_error(h, theta, new, slope, new_slope, flow, rtol, scale)
            if error > 1.0 and stages > FEW:
                clock[DAMPED] += 1
                damped = damped_error(h, new, flow, rtol, scale)
                filtered = damped <= 1.0
                error = damped if filtered else error
            if error > 1.0:
                clock[REJECTED] += 1
                rejected = True
                wish = h * shrinkage(h, error, length_before, error_before)
                length_before, error_before, h = h, error, wish
                continue
            wish = max(wish if cut else 0.0, h * growth(h, error, clock, rejected))
            count = find_switches(
                h,
                theta,
                start_slope,
                new,
                end_slope,
                flow.pattern,
                flow.held,
                problem,
                flow.before,
                flow.after,
                flow.switches,
            )
            due = clock[NEXT_FRAME] < len(frames.t) and frames.t[int(clock[NEXT_FRAME])] <= time + h
            if filtered and (count != 0 or due):  # the times of the switches, not which they are, depend on slopes
                start_slope, end_slope = flow.work[7], flow.work[8]
                damp_slope(h, slope, new, flow, scale * rtol, start_slope)
                damp_slope(h, new_slope, new, flow, scale * rtol, end_slope)
                count = find_switches(
                    h,
                    theta,
                    start_slope,
                    new,
                    end_slope,
                    flow.pattern,
                    flow.held,
                    problem,
                    flow.before,
                    flow.after,
                    flow.switches,
                )
            if count < 0:
                h *= 0.5
                cut = True
                continue
            if switching_error(flow.switches, count, 0.0, radius, problem, flow.line, flow.at_samples) <= allowed:
                break
            h -= time_to_cut(flow.switches, count, h, radius, 0.5 * allowed, problem, flow.line, flow.at_samples)
            clock[SHORTENED] += 1
            cut = True
        else:
            return STUCK
        if due:
            write_frames(h, start_slope, new, end_slope, count, flow, frames)
        copy(new, theta)
        clock[TIME] = time + h if h < end - time else end
        clock[STEP] = wish
        clock[LAST_STEP], clock[LAST_ERROR] = h, max(error, 1e-9)
        clock[STEPS] += 1
        clock[SWITCHES] += count
        since_test += 1
        if count:
            apply_switches(flow.switches, count, theta, flow.pattern, flow.held, problem)
            keep_switched(flow, count)
            velocity(theta, flow.pattern, flow.held, problem, flow.before, slope)
            clock[EVALUATIONS] += 1
        else:
            keep_sums(flow, new_slope)
        if not math.isfinite(largest(slope)):
            return NOT_FINITE
    return RUNNING
