"""How a held neuron goes on from w = b = 0, which only neurons with v² > w² + b² can reach.

There its breakpoint is nowhere and the flow is not unique: the neuron may stay, which is to be dead, or leave along a
ray, inside the samples' lines w xₙ + b = 0 or held on one of them. Taken is the way that gradient descent takes most
often as its step h tends to 0. Within some steps of the origin v and the forces are constant, so that (w, b)/h moves
by one and the same vector a step wherever it has the same pattern, and h drops out: what remains is a walk in the
plane. It comes in along the line of the holding sample, at every phase of its steps along the line and of its jumps
across it alike; a grid of both phases is walked, and the ways out are counted. Most walks that overshoot the origin
land where no sample is active, and end there.
"""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.crossings import FAR, crossing_time
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.kernels import suffix_or_prefix
from pipeline.simulate.solver.leaks import slope_of
from pipeline.simulate.solver.patterns import beside, speeds_at
from pipeline.simulate.solver.stiffness import fastest_growth
from pipeline.simulate.solver.switches import FREE, FROM_ZERO, add_switch

PHASES = 16  # of the steps along the line, and of the jumps across it
APPROACH = 100  # steps at most, from where a walk can meet other samples' lines
MOST_STEPS = 1000  # of a walk that does not come far
FAR_OUT = 30.0  # times the longest step, and beyond its start: where a walk beside a line is held on it


@inner
def through_origin(h: float, i: int, f0: np.ndarray, y1: np.ndarray, f1: np.ndarray, flow: Flow, k: int) -> int:
    """Append what held neuron i does at w = b = 0, which it reaches in the step."""
    m, switches, index = len(flow.held), flow.switches, flow.problem.original
    if index[-1] != len(index) - 1:
        return FAR  # the way out may end anywhere
    n, w, v = flow.held[i], y1[i], y1[2 * m + i]
    side = 1.0 if w < 0.0 else -1.0  # that it comes from
    delay = (1.0 - crossing_time(h, flow.theta[i], f0[i], w, f1[i], -side, 0.0)) * h
    p, hold_at = commonest_way(n, side, v, flow)
    speed_w, speed_b = speed_out(p, hold_at, v, flow.after.run, flow.problem.x)
    switches.ray_w[k], switches.ray_b[k] = speed_w, speed_b
    lost = v * w / delay if delay > 0.0 else 0.0
    k = add_switch(switches, k, i, n, p, hold_at, delay, 0.0, 0.0, v * speed_w, v * speed_b, lost)
    switches.kind[k - 1] = FROM_ZERO
    return k


@inner
def commonest_way(n: int, side: float, v: float, flow: Flow) -> tuple[int, int]:
    """The pattern and hold with which most walks leave that come in along the line of sample n with sgn w = side."""
    x, run, size, tally = flow.problem.x, flow.after.run, len(flow.problem.x), flow.line
    u, p = x[n], beside(n, side, size)
    along = abs(v * (run[p, 1] - u * run[p, 0])) / (1.0 + u * u)
    out, inside = speeds_at(n, p, v, flow.problem, flow.after)
    steps = steps_in(n, max(out, -inside) / (along + 1e-300), x)
    far = max(FAR_OUT * abs(v) * fastest_growth(run), 2.0 * along * (steps + 1.0) * math.hypot(1.0, u))
    best, most, hold_at = size, 0.0, FREE
    for j in range(PHASES * PHASES):
        a = side * along * (steps + (j // PHASES + 0.5) / PHASES)
        z = (inside + (out - inside) * (j % PHASES + 0.5) / PHASES) / (1.0 + u * u)
        q, held = walk(a + z * u, z - a * u, v, far, flow)
        column = 0 if held < 0 else 1
        tally[q, column] += 1.0
        if tally[q, column] > most:
            best, most, hold_at = q, tally[q, column], held
    for q in range(2 * size + 2):
        tally[q, 0] = tally[q, 1] = 0.0
    return best, hold_at


@inner
def steps_in(n: int, slant: float, x: np.ndarray) -> int:
    """From how many steps away a walk along the line of sample n, with jumps of `slant` steps, meets no other line."""
    u, least = x[n], 2.0
    for k in (max(n - 1, 0), min(n + 1, len(x) - 1)):
        if k != n:
            least = max(least, slant * abs(1.0 + u * x[k]) / ((1.0 + u * u) * abs(x[k] - u)))
    return math.ceil(min(least, float(APPROACH)))


@inner
def walk(w: float, b: float, v: float, far: float, flow: Flow) -> tuple[int, int]:
    """The pattern and the hold with which a walk from (w, b) leaves the origin; the empty pattern where it ends.

    far: distance from the origin at which a walk that is in no cone of its own is held on the nearest line.
    """
    x, run, size = flow.problem.x, flow.after.run, len(flow.problem.x)
    for _ in range(MOST_STEPS):
        p = suffix_or_prefix(w, b, x)
        if p == size and slope_of(flow.problem.inactive) == 0.0:
            return p, FREE
        dw, db = -v * run[p, 1], -v * run[p, 0]
        if suffix_or_prefix(dw, db, x) == p:  # a cone that the walk can no longer leave
            return p, FREE
        w, b = w + dw, b + db
        if math.hypot(w, b) > far:
            break
    n = nearest_line(w, b, x)
    p = beside(n, w, size)
    out, inside = speeds_at(n, p, v, flow.problem, flow.after)
    outward = -v * w * (run[p, 1] - x[n] * run[p, 0]) > 0.0
    if out > 0.0 > inside and outward:
        return p, n
    return (size if slope_of(flow.problem.inactive) == 0.0 else suffix_or_prefix(w, b, x)), FREE


@inner
def nearest_line(w: float, b: float, x: np.ndarray) -> int:
    """The sample whose line w xₙ + b = 0 is nearest."""
    best, least = 0, math.inf
    for n in range(len(x)):
        distance = abs(w * x[n] + b) / math.hypot(1.0, x[n])
        if distance < least:
            best, least = n, distance
    return best


@inner
def speed_out(p: int, hold_at: int, v: float, run: np.ndarray, x: np.ndarray) -> tuple[float, float]:
    """(w', b') of a neuron that leaves w = b = 0 with pattern p, or held: (0, 0) with the empty one."""
    dw, db = -v * run[p, 1], -v * run[p, 0]
    if hold_at < 0:
        return dw, db
    u = x[hold_at]
    share = (dw - u * db) / (1.0 + u * u)
    return share, -u * share
