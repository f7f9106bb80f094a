"""The compiled loop of gradient flow: steps of the fixed-pattern field, switches, frames, convergence."""

import math
from typing import NamedTuple

import numpy as np

from pipeline.simulate.chebyshev import chebyshev_step, longest_stable, stages_for
from pipeline.simulate.compiled import compiled, inner
from pipeline.simulate.events import (
    Switches,
    apply_switches,
    correct,
    find_switches,
    hermite,
    hold,
    switching_error,
    time_to_cut,
)
from pipeline.simulate.kernels import Problem, Sums, change_at_probes, largest, velocity
from pipeline.simulate.tangent import damp, spectral_radius

RUNNING, FINISHED, CONVERGED, OUT_OF_STEPS, STUCK, NOT_FINITE = range(6)
# Entries of a flow's `clock`: the time, the step to try next, the frame due next, counts, the last step and its error.
TIME, STEP, NEXT_FRAME, STEPS, EVALUATIONS, SWITCHES, REJECTED, SHORTENED, LAST_STEP, LAST_ERROR, DAMPED = range(11)

FEW = 6  # stages: a step of so few damps too little for its error to be filtered
LOCAL = 0.5  # of rtol: the error of f that one step may make
SWITCHING = 2.0  # of rtol: the bound, a loose one, of the error of f that the switches of one step may make
RELATIVE = 1.0  # of rtol: the error of a neuron's parameters, relative to them, that one step may make
SMALL = 0.1  # of that: what it may make per time in which a neuron can grow e-fold, while the network is small
TINY = 1e-4  # of the mean ‖(w, b, v)‖²: what the relative error of a neuron is relative to at least
FITTED = 0.01  # of rtol: the distance √(2 loss) of f to the data at which a flow has converged
REMAINING = 0.1  # of rtol: the change of f still to come at which a flow has converged


class Flow(NamedTuple):
    """A gradient flow under way; arrays are changed in place.

    clock: (11,) see the names above; theta, slope: (3m+1,) state and velocity; pattern, held: (m,);
    conserved: (m,) v² − w² − b² at the start; before, after: sums at the ends of a step; work: (9, 3m+1);
    vector: (K,) direction in which the tangent kernel is largest; known: (3,) see spectral_radius;
    watched, at_samples: (2K+1,), (K,) scratch at the probes and the samples; line: scratch of both.
    """

    clock: np.ndarray
    theta: np.ndarray
    slope: np.ndarray
    pattern: np.ndarray
    held: np.ndarray
    conserved: np.ndarray
    before: Sums
    after: Sums
    spare: Sums
    filtered: np.ndarray
    work: np.ndarray
    vector: np.ndarray
    known: np.ndarray
    watched: np.ndarray
    at_samples: np.ndarray
    line: np.ndarray
    switches: Switches
    problem: Problem


@inner
def keep_invariants(theta, conserved, pattern, problem, time):
    """Bring v² − w² − b² of all neurons that move back to what the flow conserves; f stays as it is."""
    if problem.hidden == 0.0 or problem.output == 0.0:
        return
    shrunk = math.exp(-2.0 * problem.decay * time)
    m, size = len(pattern), len(problem.x)
    w, b, v = theta[:m], theta[m:2 * m], theta[2 * m:]
    for i in range(m):  # without branches, so that the compiler vectorises it
        delta, square, outer = conserved[i] * shrunk, w[i] * w[i] + b[i] * b[i], v[i] * v[i]
        root = math.sqrt(delta * delta + 4.0 * outer * square)
        power = 2.0 * outer / (root + delta) if delta > 0.0 else (root - delta) / (2.0 * square)
        moves = (pattern[i] != size) | (problem.decay > 0.0)
        factor = math.sqrt(power) if moves & (square > 0.0) & (root > 0.0) & (power > 0.0) else 1.0
        w[i], b[i], v[i] = w[i] * factor, b[i] * factor, v[i] / factor


@inner
def keep_invariant(theta, i, m, delta):
    """Rescale (w, b) → a(w, b), v → v/a of neuron i, which leaves f as it is, until v² − w² − b² = delta."""
    w, b, v = theta[i], theta[m + i], theta[2 * m + i]
    square = w * w + b * b
    root = math.sqrt(delta * delta + 4.0 * v * v * square)
    if square == 0.0 or root == 0.0:
        return
    power = 2.0 * v * v / (root + delta) if delta > 0.0 else (root - delta) / (2.0 * square)
    if power > 0.0:
        factor = math.sqrt(power)
        theta[i], theta[m + i], theta[2 * m + i] = w * factor, b * factor, v / factor


@inner
def keep_switched(flow, count):
    """Bring the invariants of the neurons that have just switched back."""
    problem = flow.problem
    if problem.hidden == 0.0 or problem.output == 0.0:
        return
    shrunk = math.exp(-2.0 * problem.decay * flow.clock[TIME])
    for k in range(count):
        i = flow.switches.neuron[k]
        keep_invariant(flow.theta, i, len(flow.pattern), flow.conserved[i] * shrunk)


@inner
def copy(source, target):
    """Copy a vector (a loop compiles much faster than a slice assignment)."""
    for k in range(len(source)):
        target[k] = source[k]


@inner
def step_error(h, theta, new, slope, new_slope, flow, rtol, scale):
    """Estimated error of a step (Sommeijer et al.), 1 where it just meets the tolerance.

    What counts is the error of f at the probes, and that of the parameters relative to the neurons they belong
    to: while the network is too small for f to be seen, it is the relative errors that will grow with it.
    """
    estimate = flow.work[4]
    for k in range(len(theta)):
        estimate[k] = 0.8 * (theta[k] - new[k]) + 0.4 * h * (slope[k] + new_slope[k])
    return size_of_error(h, new, estimate, flow, rtol, scale)


@inner
def damped_error(h, new, flow, rtol, scale):
    """The estimate of `step_error`, less what the step damps."""
    estimate = flow.work[4]
    damp(h, 0.1 * LOCAL * scale * rtol, new, flow.pattern, flow.held, flow.problem, flow.spare, flow.filtered,
         flow.work[6], estimate)
    return size_of_error(h, new, estimate, flow, rtol, scale)


@inner
def damp_slope(h, slope, new, flow, tolerance, out):
    """Fill `out` with the slope of the cubic through a step, less what the step damps in its start and end."""
    theta = flow.theta
    for k in range(len(theta)):
        out[k] = h * slope[k] - (new[k] - theta[k])
    damp(h, 0.1 * LOCAL * tolerance, new, flow.pattern, flow.held, flow.problem, flow.spare, flow.filtered,
         flow.work[6], out)
    for k in range(len(theta)):
        out[k] = (out[k] + (new[k] - theta[k])) / h


@inner
def size_of_error(h, new, estimate, flow, rtol, scale):
    """An error of the state `new` in units of the tolerance."""
    m = len(flow.pattern)
    change_at_probes(new, estimate, flow.pattern, flow.problem, flow.line, flow.watched)
    squares = turning = size = 0.0
    w, b, v = new[:m], new[m:2 * m], new[2 * m:]
    for i in range(m):
        size += w[i] * w[i] + b[i] * b[i] + v[i] * v[i]
    floor = TINY * size / m + 1e-300
    for i in range(m):
        own = w[i] * w[i] + b[i] * b[i] + v[i] * v[i]
        squares += (estimate[i] ** 2 + estimate[m + i] ** 2 + estimate[2 * m + i] ** 2) / (own + floor)
        p = flow.pattern[i]
        turning = max(turning, flow.after.run[p, 0] ** 2 + flow.after.run[p, 1] ** 2)
    relative = math.sqrt(squares / m)
    if 0.5 * size * math.hypot(1.0, largest(flow.problem.probe)) < scale:
        relative /= SMALL * min(max(h * math.sqrt(turning), 1e-3), 1.0)
    error = max(largest(flow.watched) / (LOCAL * scale), relative / RELATIVE) / rtol
    return error if error == error else np.inf


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


@inner
def has_converged(flow, scale, rtol, end):
    """Whether f would change by less than tolerance in as long again, or up to the end if that is later.

    It does if f fits the data. Else, the speed of f grows at most like exp(G·time), G the largest rate at which a
    neuron can turn, as long as no neuron meets a sample.
    """
    m = len(flow.pattern)
    theta, slope, problem, run = flow.theta, flow.slope, flow.problem, flow.before.run
    missing = 0.0
    for n in range(len(problem.x)):
        missing += flow.before.force[n] ** 2 / problem.weight[n]
    if math.sqrt(missing) <= FITTED * rtol * scale and problem.decay == 0.0:
        return True
    change_at_probes(theta, slope, flow.pattern, problem, flow.line, flow.watched)
    speed = largest(flow.watched)
    horizon = max(end - flow.clock[TIME], flow.clock[TIME])
    if not speed * horizon <= REMAINING * rtol * scale:
        return False
    turning = 0.0
    for i in range(m):
        p = flow.pattern[i]
        if theta[i] != 0.0 or theta[m + i] != 0.0 or theta[2 * m + i] != 0.0:
            turning = max(turning, math.hypot(run[p, 0], run[p, 1]))
    exponent = turning * horizon
    if exponent > 600.0:
        return speed == 0.0
    reach = horizon * (math.expm1(exponent) / exponent if exponent > 0.0 else 1.0)
    if not speed * reach <= REMAINING * rtol * scale:
        return False
    if problem.hidden == 0.0:
        return True
    for i in range(m):
        if flow.held[i] < 0 and (slope[i] != 0.0 or slope[m + i] != 0.0) and meets_sample(
                flow.pattern[i], theta[i], theta[m + i], slope[i] * reach, slope[m + i] * reach, problem.x):
            return False
    return True


@inner
def meets_sample(p, w, b, dw, db, x):
    """Whether z = w x + b changes sign at a sample beside the breakpoint when w, b change by dw, db."""
    size = len(x)
    first, last = 0, size - 1
    if 0 < p < size:
        first, last = p - 1, p
    elif p > size:
        first, last = p - size - 2, p - size - 1
    for n in (first, last):
        z = w * x[n] + b
        if (z > 0.0) != (z + dw * x[n] + db > 0.0):
            return True
    return False


@inner
def radius_now(h, flow):
    """The spectral radius for a step of length h."""
    return spectral_radius(h, flow.theta, flow.pattern, flow.held, flow.problem, flow.before.run, flow.spare,
                           flow.work[6], flow.vector, flow.known)


@inner
def first_step(flow, scale, rtol):
    """A first step that the error test is likely to accept."""
    change_at_probes(flow.theta, flow.slope, flow.pattern, flow.problem, flow.line, flow.watched)
    radius = radius_now(0.0, flow)
    speed = largest(flow.watched) / scale
    return rtol ** (1.0 / 3.0) / max(radius, speed) if max(radius, speed) > 0.0 else np.inf


@inner
def growth(h, error, clock, rejected):
    """By which factor the next step is longer, from the error of this step and that of the one before."""
    factor = 0.8 / max(error, 1e-9) ** (1.0 / 3.0)
    if clock[LAST_STEP] > 0.0 and not rejected:
        factor *= h / clock[LAST_STEP] * (clock[LAST_ERROR] / max(error, 1e-9)) ** (1.0 / 3.0)
    return min(5.0, max(0.1, factor))


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
            return FINISHED
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
        length_before = error_before = 0.0
        for _ in range(100):
            if not h > 1e-15 * time:
                return STUCK
            stages = stages_for(h * radius)
            row = chebyshev_step(h, stages, theta, slope, flow.pattern, flow.held, problem, flow.after, flow.work)
            new, new_slope = flow.work[row], flow.work[5]
            start_slope, end_slope = slope, new_slope
            keep_invariants(new, flow.conserved, flow.pattern, problem, time + h)
            velocity(new, flow.pattern, flow.held, problem, flow.after, new_slope)
            clock[EVALUATIONS] += stages
            done += stages * (m + size)
            error = step_error(h, theta, new, slope, new_slope, flow, rtol, scale)
            if error > 1.0 and stages > FEW:
                clock[DAMPED] += 1
                damped = damped_error(h, new, flow, rtol, scale)
                if damped <= 1.0:
                    error = damped
                    start_slope, end_slope = flow.work[7], flow.work[8]
                    damp_slope(h, slope, new, flow, scale * rtol, start_slope)
                    damp_slope(h, new_slope, new, flow, scale * rtol, end_slope)
            if error > 1.0:
                clock[REJECTED] += 1
                rejected = True
                order = 3.0
                if error_before > error:
                    order = min(3.0, max(1.0, math.log(error_before / error) / math.log(length_before / h)))
                length_before, error_before = h, error
                h *= max(0.03, 0.8 / error ** (1.0 / order))
                wish = h
                continue
            wish = max(wish if cut else 0.0, h * growth(h, error, clock, rejected))
            count = find_switches(h, theta, start_slope, new, end_slope, flow.pattern, flow.held, problem,
                                  flow.before, flow.after, flow.switches)
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
        if clock[NEXT_FRAME] < len(frames.t) and frames.t[int(clock[NEXT_FRAME])] <= time + h:
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
            copy(new_slope, slope)
            copy(flow.after.force, flow.before.force)
            copy(flow.after.run.ravel(), flow.before.run.ravel())
        if not math.isfinite(largest(slope)):
            return NOT_FINITE
    return RUNNING
