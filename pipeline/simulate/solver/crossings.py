"""When a free neuron's breakpoint meets samples in a step, and whether it passes or is captured."""

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.leaks import slope_of
from pipeline.simulate.solver.patterns import beside, is_active, toggled, violated
from pipeline.simulate.solver.switches import FREE, add_switch

FAR = -2  # instead of a number of switches: a breakpoint comes to samples for which others stand (moment_matching.py)


@inner
def hermite(theta: float, h: float, z0: float, s0: float, z1: float, s1: float) -> float:
    """The cubic with values z0, z1 and slopes s0, s1 (per time) at the ends of a step, at θ in [0, 1]."""
    rest = 1.0 - theta
    return z0 + theta * theta * (3.0 - 2.0 * theta) * (z1 - z0) + h * theta * rest * (rest * s0 - theta * s1)


@inner
def hermite_slope(theta: float, h: float, z0: float, s0: float, z1: float, s1: float) -> float:
    """The slope of that cubic, per time."""
    rest = 1.0 - theta
    chord = (z1 - z0) / h
    return 6.0 * theta * rest * chord + rest * (rest - 2.0 * theta) * s0 + theta * (theta - 2.0 * rest) * s1


@inner
def crossing_time(h: float, z0: float, s0: float, z1: float, s1: float, sign: float, after: float) -> float:
    """The first θ found in [after, 1] at which sign·(the cubic) has become positive; it is positive at 1."""
    low, high = after, 1.0
    value_low, value_high = sign * hermite(low, h, z0, s0, z1, s1), sign * z1
    if not value_low < 0.0:
        return after
    for _ in range(60):
        guess = low + (high - low) * (value_low / (value_low - value_high))
        guess = min(max(guess, low + 0.01 * (high - low)), high - 0.01 * (high - low))
        value = sign * hermite(guess, h, z0, s0, z1, s1)
        if value < 0.0:
            low, value_low = guess, value
        else:
            high, value_high = guess, value
        if high - low < 1e-13 or value_high <= 1e-10 * abs(z0 - z1):
            break
    return high


@inner
def first_meeting(
    h: float,
    i: int,
    p: int,
    w: float,
    b: float,
    since: float,
    path: tuple[float, float, float, float],
    f0: np.ndarray,
    y1: np.ndarray,
    f1: np.ndarray,
    flow: Flow,
) -> tuple[int, float, float]:
    """Which sample z of neuron i with pattern p meets first after θ = since: (n or −1, θ, the sign z has afterwards).

    w, b: of the end y1 as corrected so far; path: (rate_w, rate_b, base_w, base_b), the correction base + rate·θ.
    """
    m, x, y0 = len(flow.pattern), flow.problem.x, flow.theta
    n, when, sign = -1, 2.0, 1.0
    for candidate in violated(p, w, b, x):
        if candidate < 0:
            continue
        u = x[candidate]
        rate, base = path[0] * u + path[1], path[2] * u + path[3]
        side = -1.0 if is_active(p, candidate, len(x)) else 1.0
        z0, s0 = y0[i] * u + y0[m + i] + base, f0[i] * u + f0[m + i] + rate / h
        root = crossing_time(h, z0, s0, w * u + b, f1[i] * u + f1[m + i] + rate / h, side, since)
        if root < when:
            n, when, sign = candidate, root, side
    return n, when, sign


@inner
def between(before: float, after: float, middle: float) -> float:
    """A quantity in the middle of what is left of a step, from its values at both ends."""
    return before + middle * (after - before)


@inner
def is_far(n: int, index: np.ndarray) -> bool:
    """Whether what lies beside sample n are not the samples themselves but what stands for them."""
    return bool(index[max(n - 1, 0)] < 0 or index[min(n + 1, len(index) - 1)] < 0)


@inner
def find_crossings(h: float, i: int, f0: np.ndarray, y1: np.ndarray, f1: np.ndarray, flow: Flow, k: int) -> int:
    """Append what free neuron i does in the step: passes, and perhaps a capture that ends them; or return FAR."""
    m, size, x, y0, run = len(flow.pattern), len(flow.problem.x), flow.problem.x, flow.theta, flow.after.run
    p, theta, path = flow.pattern[i], 0.0, (0.0, 0.0, 0.0, 0.0)
    w, b = y1[i], y1[m + i]
    for _ in range(2 * size + 2):
        n, when, sign = first_meeting(h, i, p, w, b, theta, path, f0, y1, f1, flow)
        if n < 0:
            break
        if is_far(n, flow.problem.original):
            return FAR
        theta, u = when, x[n]
        delay, middle = (1.0 - theta) * h, 0.5 * (1.0 + theta)
        v = between(y0[2 * m + i], y1[2 * m + i], middle)
        bend = 1.0 - slope_of(flow.problem.inactive)
        force = bend * between(flow.before.force[n], flow.after.force[n], middle)
        z, square = w * u + b, 1.0 + u * u
        push, sums = sign * v * force, u * run[p, 1] + run[p, 0]
        left = z - push * delay * square
        # and has no speed then: it stops where it is
        dies = toggled(p, n, size) == size and slope_of(flow.problem.inactive) == 0.0
        passes = left * sign > 0.0 and not dies
        if not passes:
            push, left = (z / (delay * square) if delay > 0.0 else 0.0), 0.0
        turn = 0.5 * push * delay * delay * sums - 0.5 * sign * force * left * delay
        change = -y1[2 * m + i] * push
        gap = bend * y1[2 * m + i] * z / delay if delay > 0.0 else 0.0
        p = toggled(p, n, size) if passes else size if dies else beside(n, w - push * delay * u, size)
        hold_at = FREE if passes or dies else n
        k = add_switch(flow.switches, k, i, n, p, hold_at, delay, push, turn, change * u, change, gap)
        if not passes:
            break
        w, b = w - push * delay * u, b - push * delay
        path = (
            path[0] - push * h * u,
            path[1] - push * h,
            path[2] + push * h * theta * u,
            path[3] + push * h * theta,
        )
    return k
