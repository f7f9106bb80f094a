"""Frames between the ends of a step, from the cubic through them."""

from pipeline.compiled import inner
from pipeline.simulate.solver.crossings import hermite
from pipeline.simulate.solver.flow import NEXT_FRAME, TIME
from pipeline.simulate.solver.invariants import keep_invariants
from pipeline.simulate.solver.switches import correct, hold, rest


@inner
def frame_is_due(h, flow, frames):
    """Whether a step of length h reaches the next frame."""
    k = int(flow.clock[NEXT_FRAME])
    return k < len(frames.t) and frames.t[k] <= flow.clock[TIME] + h


@inner
def write_frames(h, slope, new, new_slope, count, flow, frames):
    """Interpolate the frames up to the end of a step of length h, before its `count` switches are applied."""
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
def switch_in_frame(state, early, count, flow, held, time):
    """Apply to `state` (3m+1,), which lies `early` before the end of a step, the switches until then; fill `held`."""
    m, x, switches = len(flow.pattern), flow.problem.x, flow.switches
    for i in range(m):
        held[i] = flow.held[i]
    for s in range(count):
        if switches.delay[s] >= early:
            i = switches.neuron[s]
            held[i] = switches.held[s]
            correct(state, i, m, x[switches.sample[s]], switches, s, switches.delay[s] - early)
    for i in range(m):
        if held[i] >= 0:
            hold(state, i, m, x[held[i]])
    keep_invariants(state, flow.conserved, flow.pattern, flow.problem, time)
    for s in range(count):
        if switches.delay[s] >= early and switches.pattern[s] == len(x) and not switches.from_zero[s]:
            rest(state, switches.neuron[s], m, x[switches.sample[s]])
