"""The switches of one step: what they change in its end state, and the error of f that they leave.

Where the sample pushes with κ(xₙ, 1) more after a switch, (w, b) of the state that lies δ later changes by
−κδ(xₙ, 1), and v to second order in δ. A neuron that is held is projected on w xₙ + b = 0.
"""

from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem, largest, sum_lines
from pipeline.simulate.solver.leaks import slope_of

PLAIN, REPELLED, FROM_ZERO = 0, 1, 2  # kinds of switches: not a fork, v = 0 of a held neuron, from w = b = 0
FREE = -1  # instead of the sample that holds a neuron
BISECTIONS = 10  # find the time by which a step is cut to a thousandth of the longest delay
LARGEST_CUT = 0.999  # of a step may be cut at once, so that something is left of it
ROUNDING = 4.5e-16  # two units in the last place


class Switches(NamedTuple):
    """The switches of one step, in order of neuron, and of time for one neuron.

    neuron, sample, pattern, held: (S,) who switches where, and its pattern and hold afterwards;
    delay: (S,) δ; push: (S,) κ; turn: (S,) change of v; slope, height: (S,) rate at which the correction changes
    the neuron's line; gap: (S,) rate at which f is off at the sample;
    kind: (S,) PLAIN, or how the flow forked; ray_w, ray_b: (S,) along which (w, b) leaves 0 at t*, if FROM_ZERO.
    """

    neuron: np.ndarray
    sample: np.ndarray
    pattern: np.ndarray
    held: np.ndarray
    delay: np.ndarray
    push: np.ndarray
    turn: np.ndarray
    slope: np.ndarray
    height: np.ndarray
    gap: np.ndarray
    kind: np.ndarray
    ray_w: np.ndarray
    ray_b: np.ndarray


def new_switches(room: int) -> Switches:
    """Room for at most `room` switches."""
    whole = [np.zeros(room, dtype=np.int32) for _ in range(5)]
    real = [np.zeros(room) for _ in range(8)]
    return Switches._make([*whole[:4], *real[:6], whole[4], *real[6:]])


@inner
def add_switch(
    switches: Switches,
    k: int,
    i: int,
    n: int,
    p: int,
    hold: int,
    delay: float,
    push: float,
    turn: float,
    slope: float,
    height: float,
    gap: float,
) -> int:
    """Write switch k; the number of switches with it."""
    switches.neuron[k], switches.sample[k], switches.pattern[k], switches.held[k] = i, n, p, hold
    switches.delay[k], switches.push[k], switches.turn[k] = delay, push, turn
    switches.slope[k], switches.height[k], switches.gap[k] = slope, height, gap
    switches.kind[k] = PLAIN
    return k + 1


@inner
def switching_error(
    switches: Switches,
    count: int,
    shorter: float,
    radius: float,
    problem: Problem,
    line: np.ndarray,
    values: np.ndarray,
) -> float:
    """Bound of the error of f at the samples that the switches leave when the step ends `shorter` sooner.

    What they contribute is added with its sign, because in a crowd most of it cancels: as many neurons enter
    samples as leave them. line, values: scratch.
    """
    for k in range(count):
        delay = switches.delay[k] - shorter
        if delay > 0.0:
            p, weight = switches.pattern[k], delay * min(1.0, 0.5 * radius * delay)
            line[p, 0] += weight * switches.slope[k]
            line[p, 1] += weight * switches.height[k]
    sum_lines(line[: 2 * len(problem.x) + 2], problem.x, 0.0, problem.inactive, values)
    for k in range(count):
        delay = switches.delay[k] - shorter
        if delay > 0.0:
            values[switches.sample[k]] += delay * min(1.0, 0.5 * radius * delay) * switches.gap[k]
    return largest(values)


@inner
def time_to_cut(
    switches: Switches,
    count: int,
    h: float,
    radius: float,
    allowed: float,
    problem: Problem,
    line: np.ndarray,
    values: np.ndarray,
) -> float:
    """By how much a step of length h must end sooner so that its switches leave an error of at most `allowed`."""
    low, high = 0.0, 0.0
    for k in range(count):
        high = max(high, switches.delay[k])
    high = min(high, LARGEST_CUT * h)
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        if switching_error(switches, count, middle, radius, problem, line, values) > allowed:
            low = middle
        else:
            high = middle
    return high


@inner
def correct(theta: np.ndarray, i: int, m: int, u: float, switches: Switches, k: int, delay: float) -> None:
    """Correct w, b of a state that lies `delay` after switch k."""
    if switches.kind[k] == FROM_ZERO:
        theta[i], theta[m + i] = switches.ray_w[k] * delay, switches.ray_b[k] * delay
    else:
        theta[i] -= switches.push[k] * delay * u
        theta[m + i] -= switches.push[k] * delay


@inner
def apply_switches(
    switches: Switches, count: int, y1: np.ndarray, pattern: np.ndarray, held: np.ndarray, problem: Problem
) -> None:
    """Correct the end state y1 (3m+1,) and set the patterns and holds after the switches."""
    m = len(pattern)
    for k in range(count):
        i, n = switches.neuron[k], switches.sample[k]
        u = problem.x[n]
        pattern[i] = switches.pattern[k]
        held[i] = switches.held[k]
        correct(y1, i, m, u, switches, k, switches.delay[k])
        y1[2 * m + i] += problem.output * switches.turn[k]
        if held[i] >= 0:
            hold(y1, i, m, problem.x[held[i]])
        elif dies(switches, k, problem):
            rest(y1, i, m, u)


@inner
def dies(switches: Switches, k: int, problem: Problem) -> bool:
    """Whether the neuron of switch k comes to rest at its last sample."""
    none_left = switches.pattern[k] == len(problem.x) and slope_of(problem.inactive) == 0.0
    return bool(none_left and switches.kind[k] != FROM_ZERO)


@inner
def hold(theta: np.ndarray, i: int, m: int, u: float) -> None:
    """Project neuron i on w u + b = 0."""
    z = (theta[i] * u + theta[m + i]) / (1.0 + u * u)
    theta[i] -= z * u
    theta[m + i] -= z


@inner
def rest(theta: np.ndarray, i: int, m: int, u: float) -> None:
    """Lay down neuron i, which has just lost its last sample u: z there is 0, and rounding must not make it more."""
    hold(theta, i, m, u)
    theta[m + i] = min(theta[m + i], -theta[i] * u - ROUNDING * abs(theta[i] * u))
