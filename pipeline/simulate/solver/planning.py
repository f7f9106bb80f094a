"""Which times inside a step are worth recording, when the run itself chooses them.

Between two recorded times the weights are taken to change evenly. Where what is seen has moved by less than a fraction
of what is allowed, nothing is recorded; else the start and the end of the step are, its switches, and between them as
many times as its bend asks for: halving the gaps quarters how far a smooth path is from its chord.
"""

import math
from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.crossings import hermite
from pipeline.simulate.solver.flow import NEXT_FRAME, TIME, Flow
from pipeline.simulate.solver.switches import PLAIN
from pipeline.simulate.solver.visible import Sight, distance_seen, log_loss, look_at

STILL = 0.4  # of the error allowed: what may move unrecorded
BENT = 0.1  # of the error allowed: how far the path may be from its chord between two times
FALLEN = 12.0  # errors allowed of ln loss by which it may change between two times
JUST_AFTER = 4.5e-16  # of a switch's time: lest rounding put its moment before it
MOST_PIECES = 32  # of a step
ROOM = 96  # times that one step may ask for
RECORDED, LOSS = 0, 1  # entries of `last`


class Plan(NamedTuple):
    """What was seen at the last recorded time, to tell how far the run has moved since.

    room: times that one step may ask for, 0 where times are given and nothing is to be planned;
    last: (2,) that time, ln loss then; breakpoint, value: (4, m), (4, G) what is seen then, now, in the middle of
    the step and in the middle of its chord; state: (2, 3m+1) the two middles.
    """

    room: int
    sight: Sight
    last: np.ndarray
    breakpoint: np.ndarray
    value: np.ndarray
    state: np.ndarray


def new_plan(sight: Sight, m: int, room: int = ROOM) -> Plan:
    """A plan that has seen nothing yet."""
    points = len(sight.probe)
    seen = np.full((4, m), np.inf), np.full((4, points), np.inf)
    return Plan(room, sight, np.array([0.0, np.inf]), *seen, np.zeros((2, 3 * m + 1)))


@inner
def has_moved(new: np.ndarray, flow: Flow, plan: Plan) -> bool:
    """Whether what is seen of the state `new` (3m+1,), at the end of a step, is another than what was recorded."""
    look_at(new, plan.sight, plan.breakpoint[1], plan.value[1])
    if not fall_since(flow, plan) <= 1.0:
        return True
    return not distance_seen(plan.breakpoint[1], plan.value[1], plan.breakpoint[0], plan.value[0], plan.sight) <= STILL


@inner
def fall_since(flow: Flow, plan: Plan) -> float:
    """How far ln loss has changed since the last recorded time, of the most that it may."""
    fall = abs(log_loss(flow.problem, flow.after, plan.sight) - plan.last[LOSS])
    return float(fall / (FALLEN * plan.sight.fine_fall))


@inner
def plan_times(
    h: float,
    slope: np.ndarray,
    new: np.ndarray,
    new_slope: np.ndarray,
    count: int,
    flow: Flow,
    t: np.ndarray,
    plan: Plan,
) -> None:
    """Write into t (R,), from the next frame on, the times to record of a step of length h with `count` switches."""
    if not has_moved(new, flow, plan) and not holds_change(count, flow):
        return
    time, first = flow.clock[TIME], int(flow.clock[NEXT_FRAME])
    k = first
    if plan.last[RECORDED] < time:
        t[k] = time
        k += 1
    pieces = pieces_of(h, slope, new, new_slope, flow, plan)
    for j in range(1, pieces + 1):
        t[k] = time + h * (j / pieces)
        k += 1
    for s in range(count):
        if k - first < plan.room - 1 and is_seen(s, flow, plan.sight):
            t[k] = min((time + max(h - flow.switches.delay[s], 0.0)) * (1.0 + JUST_AFTER), time + h)
            k += 1
    sort(t, first, k)
    plan.last[RECORDED], plan.last[LOSS] = time + h, log_loss(flow.problem, flow.after, plan.sight)
    for i in range(plan.breakpoint.shape[1]):
        plan.breakpoint[0, i] = plan.breakpoint[1, i]
    for g in range(plan.value.shape[1]):
        plan.value[0, g] = plan.value[1, g]


@inner
def is_seen(s: int, flow: Flow, sight: Sight) -> bool:
    """Whether switch s of a step bends the path of its breakpoint by what counts, or changes what holds it."""
    switches, i = flow.switches, flow.switches.neuron[s]
    u = flow.problem.x[switches.sample[s]]
    bend = abs(switches.push[s] * switches.delay[s]) * (1.0 + u * u)
    changes = switches.held[s] != flow.held[i] or switches.kind[s] != PLAIN
    return bool(changes or bend > BENT * sight.fine_x * abs(flow.theta[i]))


@inner
def holds_change(count: int, flow: Flow) -> bool:
    """Whether a sample catches or releases a neuron in one of the `count` switches of a step."""
    changed = 0
    for s in range(count):
        changed += flow.switches.held[s] != flow.held[flow.switches.neuron[s]]
    return changed > 0


@inner
def pieces_of(h: float, slope: np.ndarray, new: np.ndarray, new_slope: np.ndarray, flow: Flow, plan: Plan) -> int:
    """Into how many pieces to cut a step, so that chords follow it."""
    middle, chord = plan.state[0], plan.state[1]
    for j in range(len(new)):
        middle[j] = hermite(0.5, h, flow.theta[j], slope[j], new[j], new_slope[j])
        chord[j] = 0.5 * (flow.theta[j] + new[j])
    look_at(middle, plan.sight, plan.breakpoint[2], plan.value[2])
    look_at(chord, plan.sight, plan.breakpoint[3], plan.value[3])
    bend = distance_seen(plan.breakpoint[2], plan.value[2], plan.breakpoint[3], plan.value[3], plan.sight) / BENT
    pieces = max(math.sqrt(bend), fall_since(flow, plan), 1.0)
    most = min(MOST_PIECES, max(plan.room - 2, 1))
    return math.ceil(pieces) if pieces < most else most  # what was never seen is infinitely far


@inner
def sort(t: np.ndarray, first: int, end: int) -> None:
    """Sort t[first:end] in place."""
    for k in range(first + 1, end):
        value, j = t[k], k
        while j > first and t[j - 1] > value:
            t[j] = t[j - 1]
            j -= 1
        t[j] = value
