"""Frames between the ends of a step, from the cubic through them."""

from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.crossings import hermite
from pipeline.simulate.solver.flow import NEXT_FRAME, TIME, Flow
from pipeline.simulate.solver.invariants import keep_invariants, keep_switched
from pipeline.simulate.solver.planning import Plan, plan_times
from pipeline.simulate.solver.switches import correct, dies, hold, rest


class Frames(NamedTuple):
    """Where the sampled states go: t (F,), w, b, v (F, m), c (F,), held (F, m) distinct sample or −1.

    plan: how the times are chosen, where they are not given; then t is ∞ from the next frame on.
    """

    t: np.ndarray
    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: np.ndarray
    held: np.ndarray
    plan: Plan


@inner
def is_full(flow: Flow, frames: Frames) -> bool:
    """Whether there may be no room for the frames of a further step."""
    return bool(flow.clock[NEXT_FRAME] + frames.plan.room > len(frames.t))


@inner
def frame_is_due(h: float, flow: Flow, frames: Frames) -> bool:
    """Whether a step of length h reaches the next frame."""
    k = int(flow.clock[NEXT_FRAME])
    return k < len(frames.t) and frames.t[k] <= flow.clock[TIME] + h


@inner
def write_frames(
    h: float, slope: np.ndarray, new: np.ndarray, new_slope: np.ndarray, count: int, flow: Flow, frames: Frames
) -> None:
    """Interpolate the frames up to the end of a step of length h, before its `count` switches are applied."""
    if frames.plan.room:
        plan_times(h, slope, new, new_slope, count, flow, frames.t, frames.plan)
    while frame_is_due(h, flow, frames):
        k = int(flow.clock[NEXT_FRAME])
        share = (frames.t[k] - flow.clock[TIME]) / h
        state = flow.work[4]
        for j in range(len(state)):
            state[j] = hermite(share, h, flow.theta[j], slope[j], new[j], new_slope[j])
        switch_in_frame(state, (1.0 - share) * h, count, flow, frames.held[k], frames.t[k])
        m = len(flow.pattern)
        for i in range(m):
            frames.w[k, i], frames.b[k, i], frames.v[k, i] = state[i], state[m + i], state[2 * m + i]
        frames.c[k] = state[3 * m]
        flow.clock[NEXT_FRAME] = k + 1


@inner
def switch_in_frame(state: np.ndarray, early: float, count: int, flow: Flow, held: np.ndarray, time: float) -> None:
    """Apply to `state` (3m+1,), which lies `early` before the end of a step, the switches until then; fill `held`."""
    m, problem, switches = len(flow.pattern), flow.problem, flow.switches
    for i in range(m):
        held[i] = flow.held[i]
    for s in range(count):
        if switches.delay[s] >= early:
            i, u = switches.neuron[s], problem.x[switches.sample[s]]
            held[i] = switches.held[s]
            correct(state, i, m, u, switches, s, switches.delay[s] - early)
            if dies(switches, s, problem):
                rest(state, i, m, u)
    for i in range(m):
        if held[i] >= 0:
            hold(state, i, m, problem.x[held[i]])
    keep_invariants(state, flow.conserved, flow.pattern, problem, time)
    keep_switched(state, switches, count, early, flow, time)
