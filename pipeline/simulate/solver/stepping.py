"""The compiled loop of gradient flow: steps of the fixed-pattern field, switches, frames, convergence."""

import math
from typing import Any

import numpy as np

from pipeline.compiled import compiled, inner
from pipeline.simulate.solver.convergence import has_converged
from pipeline.simulate.solver.dense_output import Frames, is_full, write_frames
from pipeline.simulate.solver.error_control import first_step, longest_resolved, radius_now
from pipeline.simulate.solver.flow import EVALUATIONS, FORKS, REJECTED, STEP, STEPS, SWITCHES, TIME, Flow
from pipeline.simulate.solver.invariants import keep_switched
from pipeline.simulate.solver.kernels import largest, velocity
from pipeline.simulate.solver.losses import SQUARED
from pipeline.simulate.solver.moment_matching import OUTDATED
from pipeline.simulate.solver.reference import by_reference
from pipeline.simulate.solver.step import (
    CONVERGED,
    FINISHED,
    NARROW,
    NOT_FINITE,
    OUT_OF_STEPS,
    RUNNING,
    STUCK,
    Step,
    find_step,
)
from pipeline.simulate.solver.switches import PLAIN, apply_switches

__all__ = [
    "CONVERGED",
    "FINISHED",
    "NARROW",
    "NOT_FINITE",
    "OUT_OF_STEPS",
    "RUNNING",
    "STUCK",
    "advance",
    "stable_steps",
]

TESTED = 2  # steps between two tests of convergence


@compiled
def advance(flow: Flow, frames: Frames, rtol: float, scale: float, end: float, most_steps: int, budget: float) -> int:
    """Go on until the end, or until about `budget` neuron updates are done; returns how things stand."""
    flow, frames = by_reference(flow), by_reference(frames)
    clock = flow.clock
    room = len(clock) - FORKS - 1 - len(flow.pattern)
    enough = clock[EVALUATIONS] + budget / (len(flow.pattern) + len(flow.problem.x))
    while clock[EVALUATIONS] < enough and clock[FORKS] <= room and not is_full(flow, frames):
        if clock[TIME] >= end:
            return CONVERGED if has_converged(flow, scale, rtol, end) else FINISHED
        if clock[STEPS] + clock[REJECTED] >= most_steps:
            return OUT_OF_STEPS
        if clock[STEPS] % TESTED == 0 and has_converged(flow, scale, rtol, end):
            return CONVERGED
        if clock[STEP] == 0.0:
            clock[STEP] = first_step(flow, scale, rtol)
        step = find_step(flow, rtol, scale, end)
        if step.state != RUNNING:
            return step.state
        write_frames(step.length, step.start_slope, step.end, step.end_slope, step.switched, flow, frames)
        take(step, flow, end)
        if not math.isfinite(largest(flow.slope)):
            return NOT_FINITE
    return RUNNING


@compiled
def stable_steps(flow: Flow, rtol: float, end: float) -> float:
    """How many of the longest steps it takes to the time `end`, at most."""
    flow = by_reference(flow)
    return float((end - flow.clock[TIME]) / longest_resolved(radius_now(flow), rtol))


@inner
def take(step: Step, flow: Flow, end: float) -> None:
    """Bring the flow to the end of a step, and through its switches."""
    clock, problem = flow.clock, flow.problem
    left = end - clock[TIME]
    copy(step.end, flow.theta)
    clock[TIME] = clock[TIME] + step.length if step.length < left else end
    clock[STEP] = step.wish
    clock[STEPS] += 1
    clock[SWITCHES] += step.switched
    if step.switched:
        apply_switches(flow.switches, step.switched, flow.theta, flow.pattern, flow.held, problem)
        keep_switched(flow.theta, flow.switches, step.switched, 0.0, flow, clock[TIME])
        note_forks(flow, step.switched)
        flow.matched.size[0] = OUTDATED
        velocity(flow.theta, flow.pattern, flow.held, problem, flow.before, flow.slope)
        clock[EVALUATIONS] += 1
    else:
        keep_sums(flow)


@inner
def note_forks(flow: Flow, count: int) -> None:
    """Write down the times of those of the `count` switches just made at which the flow is not unique."""
    clock, switches = flow.clock, flow.switches
    for k in range(count):
        if switches.kind[k] != PLAIN:
            clock[FORKS] += 1
            clock[FORKS + int(clock[FORKS])] = clock[TIME] - switches.delay[k]


@inner
def keep_sums(flow: Flow) -> None:
    """What holds at the end of a step without switches holds at the start of the next."""
    copy(flow.work[7], flow.slope)
    copy(flow.after.force, flow.before.force)
    keep_curves(flow.problem.loss, flow.after, flow.before)
    for p in range(len(flow.after.run)):
        flow.before.run[p, 0], flow.before.run[p, 1] = flow.after.run[p, 0], flow.after.run[p, 1]


@inner
def keep_curves(kind: int | None, after: Any, before: Any) -> None:
    """What else holds of losses other than squares."""
    if kind is not None and kind != SQUARED:
        copy(after.curve, before.curve)
        before.total[0] = after.total[0]


@inner
def copy(source: np.ndarray, target: np.ndarray) -> None:
    """Copy a vector (a loop compiles much faster than a slice assignment)."""
    for k in range(len(source)):
        target[k] = source[k]
