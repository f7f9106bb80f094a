"""The compiled loop of gradient flow: steps of the fixed-pattern field, switches, frames, convergence."""

import math

from pipeline.compiled import compiled, inner
from pipeline.simulate.solver.convergence import has_converged
from pipeline.simulate.solver.dense_output import write_frames
from pipeline.simulate.solver.error_control import first_step
from pipeline.simulate.solver.flow import EVALUATIONS, LAST_ERROR, LAST_STEP, REJECTED, STEP, STEPS, SWITCHES, TIME
from pipeline.simulate.solver.invariants import keep_switched
from pipeline.simulate.solver.kernels import largest, velocity
from pipeline.simulate.solver.moment_matching import STALE
from pipeline.simulate.solver.step import (
    CONVERGED,
    FINISHED,
    NARROW,
    NOT_FINITE,
    OUT_OF_STEPS,
    RUNNING,
    STUCK,
    find_step,
)
from pipeline.simulate.solver.switches import apply_switches

__all__ = ["CONVERGED", "FINISHED", "NARROW", "NOT_FINITE", "OUT_OF_STEPS", "RUNNING", "STUCK", "advance"]

TESTED = 8  # steps between two tests of convergence


@compiled
def advance(flow, frames, rtol, scale, end, most_steps, budget):
    """Go on until the end, or until about `budget` neuron updates are done; returns how things stand."""
    clock = flow.clock
    enough = clock[EVALUATIONS] + budget / (len(flow.pattern) + len(flow.problem.x))
    while clock[EVALUATIONS] < enough:
        if clock[TIME] >= end:
            return CONVERGED if has_converged(flow, scale, rtol, end) else FINISHED
        if clock[STEPS] + clock[REJECTED] >= most_steps:
            return OUT_OF_STEPS
        if clock[STEPS] % TESTED == 0 and has_converged(flow, scale, rtol, end):
            return CONVERGED
        if clock[STEP] == 0.0:
            clock[STEP] = first_step(flow, scale, rtol)
        step = find_step(flow, frames, rtol, scale, end)
        if step.state != RUNNING:
            return step.state
        write_frames(step.length, step.start_slope, step.end, step.end_slope, step.count, flow, frames)
        take(step, flow, end)
        if not math.isfinite(largest(flow.slope)):
            return NOT_FINITE
    return RUNNING


@inner
def take(step, flow, end):
    """Bring the flow to the end of a step, and through its switches."""
    clock, problem = flow.clock, flow.problem
    left = end - clock[TIME]
    copy(step.end, flow.theta)
    clock[TIME] = clock[TIME] + step.length if step.length < left else end
    clock[STEP] = step.wish
    clock[LAST_STEP], clock[LAST_ERROR] = step.length, max(step.error, 1e-9)
    clock[STEPS] += 1
    clock[SWITCHES] += step.count
    if step.count:
        apply_switches(flow.switches, step.count, flow.theta, flow.pattern, flow.held, problem)
        keep_switched(flow, step.count)
        flow.condensed.size[0] = STALE
        velocity(flow.theta, flow.pattern, flow.held, problem, flow.before, flow.slope)
        clock[EVALUATIONS] += 1
    else:
        keep_sums(flow)


@inner
def keep_sums(flow):
    """What holds at the end of a step without switches holds at the start of the next."""
    copy(flow.work[5], flow.slope)
    copy(flow.after.force, flow.before.force)
    for p in range(len(flow.after.run)):
        flow.before.run[p, 0], flow.before.run[p, 1] = flow.after.run[p, 0], flow.after.run[p, 1]


@inner
def copy(source, target):
    """Copy a vector (a loop compiles much faster than a slice assignment)."""
    for k in range(len(source)):
        target[k] = source[k]
