"""Where neurons change pattern: a breakpoint passes a sample, is held by it, or is released.

Over one step the field of a fixed pattern is smooth, also beyond a crossing, so a step is taken first and
looked at afterwards. Every neuron whose pattern no longer fits is switched at the time t* inside the step at
which its z = w xₙ + b passed zero (or its share of the sample's force left (0, 1)), and the state at the end
is corrected for having used the old field for δ = t_end − t*. Where the sample pushes with κ(xₙ, 1) more after
the switch, (w, b) changes by −κδ(xₙ, 1), and v to second order in δ; a neuron that is held is projected on
w xₙ + b = 0, which is the same formula with κ = (speed of z)/(1 + xₙ²). What stays wrong is that the other
neurons felt f without the correction for a time δ: an error of f of about ½ρδ times the change of f that the
correction makes. The step is shortened until that is below tolerance; so a crossing is located as well as it
matters, and a crowd of crossings that do not matter costs one sweep over the neurons.
"""

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.crossings import FAR, find_crossings
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.held import find_release
from pipeline.simulate.solver.kernels import Sums
from pipeline.simulate.solver.leaks import slope_of
from pipeline.simulate.solver.patterns import violated

NO_ROOM = -1  # instead of a number of switches


@inner
def find_switches(h: float, f0: np.ndarray, y1: np.ndarray, f1: np.ndarray, sums: Sums, flow: Flow) -> int:
    """Fill the flow's `switches` for a step of length h from its state to y1, f0, f1 the velocities there (3m+1,).

    The patterns are those at its start; `sums` decide on releases at y1. Returns their number, or NO_ROOM where they
    are too many for the room, or FAR.
    """
    pattern, held, x = flow.pattern, flow.held, flow.problem.x
    m, size = len(pattern), len(x)
    room = len(flow.switches.neuron) - 2 * size - 4
    count = 0
    if flow.problem.hidden == 0.0:
        return 0
    for i in range(m):
        if held[i] >= 0:
            count = find_release(h, i, f0, y1, f1, sums, flow, count)
        # The dead never move again but towards 0, whatever rounding says about their sign.
        elif pattern[i] != size or slope_of(flow.problem.inactive) != 0.0:
            one, other = violated(pattern[i], y1[i], y1[m + i], x)
            if one >= 0 or other >= 0:
                count = find_crossings(h, i, f0, y1, f1, flow, count)
        if count < 0:
            return FAR
        if count > room:
            return NO_ROOM
    return count
