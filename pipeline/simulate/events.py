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

import math
from typing import NamedTuple

import numpy as np

from pipeline.simulate.compiled import inner
from pipeline.simulate.kernels import largest, suffix_or_prefix, sum_lines

FREE = -1  # instead of the sample that holds a neuron


class Switches(NamedTuple):
    """The switches of one step, in order of neuron, and of time for one neuron.

    neuron, sample, pattern, held: (S,) who switches where, and its pattern and hold afterwards;
    delay: (S,) δ; push: (S,) κ; turn: (S,) change of v; slope, height: (S,) rate at which the correction changes
    the neuron's line; gap: (S,) rate at which f is off at the sample;
    from_zero: (S,) whether (w, b) leaves 0 at t*, along ray_w, ray_b: (S,).
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
    from_zero: np.ndarray
    ray_w: np.ndarray
    ray_b: np.ndarray


def new_switches(room: int) -> Switches:
    """Room for at most `room` switches."""
    whole = [np.zeros(room, dtype=np.int32) for _ in range(4)]
    real = [np.zeros(room) for _ in range(8)]
    return Switches(*whole, *real[:6], np.zeros(room, dtype=np.bool_), *real[6:])


@inner
def hermite(theta, h, z0, s0, z1, s1):
    """The cubic with values z0, z1 and slopes s0, s1 (per time) at the ends of a step, at θ in [0, 1]."""
    rest = 1.0 - theta
    return z0 + theta * theta * (3.0 - 2.0 * theta) * (z1 - z0) + h * theta * rest * (rest * s0 - theta * s1)


@inner
def crossing_time(h, z0, s0, z1, s1, sign, after):
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
def violated(p, w, b, x):
    """The samples at either edge of pattern p whose sign w, b contradict, or −1: (one to add or drop, another)."""
    size = len(x)
    if p == 0:
        return (0 if w * x[0] + b <= 0 else -1), (size - 1 if w * x[size - 1] + b <= 0 else -1)
    if p == size:
        return (0 if w * x[0] + b > 0 else -1), (size - 1 if w * x[size - 1] + b > 0 else -1)
    if p < size:
        return (p - 1 if w * x[p - 1] + b > 0 else -1), (p if w * x[p] + b <= 0 else -1)
    n = p - size - 1
    return (n if w * x[n] + b > 0 else -1), (n - 1 if w * x[n - 1] + b <= 0 else -1)


@inner
def is_active(p, n, size):
    """Whether sample n is in pattern p."""
    return n >= p if p <= size else n < p - size - 1


@inner
def toggled(p, n, size):
    """Pattern p with the sample n at its edge added or dropped, in the form that the patterns' order gives."""
    if p == 0:
        q = 1 if n == 0 else size + 1 + n
    elif p == size:
        q = size + 2 if n == 0 else n
    elif p < size:
        q = n if n < p else n + 1
    else:
        end = p - size - 1
        q = size + 1 + (n + 1 if n >= end else n)
    if q == size + 1:
        return size
    return 0 if q == 2 * size + 1 else q


@inner
def beside(n, w, size):
    """The pattern of a neuron held at sample n, which it leaves out."""
    q = n + 1 if w > 0 else size + 1 + n
    return size if q == size + 1 or w == 0 else q


@inner
def find_switches(h, y0, f0, y1, f1, pattern, held, problem, before, after, switches):
    """Fill `switches` for a step of length h from y0 to y1 (3m+1,) with velocities f0, f1 of fixed patterns.

    before, after: the `Sums` at both ends. Returns their number, or −1 where they are too many for the room.
    """
    m, size, x = len(pattern), len(problem.x), problem.x
    room = len(switches.neuron) - 2 * size - 4
    count = 0
    if problem.hidden == 0.0:
        return 0
    for i in range(m):
        if held[i] >= 0:
            count = find_release(h, i, y0, f0, y1, f1, pattern, held, problem, before, after, switches, count)
        else:
            if pattern[i] == size:
                continue  # dead: it never moves again but towards 0, whatever rounding says about its sign
            one, other = violated(pattern[i], y1[i], y1[m + i], x)
            if one >= 0 or other >= 0:
                count = find_crossings(h, i, y0, f0, y1, f1, pattern, problem, before, after, switches, count)
        if count > room:
            return -1
    return count


@inner
def add_switch(switches, k, i, n, p, hold, delay, push, turn, slope, height, gap):
    """Write switch k; the number of switches with it."""
    switches.neuron[k], switches.sample[k], switches.pattern[k], switches.held[k] = i, n, p, hold
    switches.delay[k], switches.push[k], switches.turn[k] = delay, push, turn
    switches.slope[k], switches.height[k], switches.gap[k] = slope, height, gap
    switches.from_zero[k] = False
    return k + 1


@inner
def find_crossings(h, i, y0, f0, y1, f1, pattern, problem, before, after, switches, k):
    """Append what free neuron i does in the step: passes, and perhaps a capture that ends them."""
    m, size, x = len(pattern), len(problem.x), problem.x
    p, theta = pattern[i], 0.0
    w, b = y1[i], y1[m + i]
    rate_w = rate_b = base_w = base_b = 0.0  # the corrections so far are base + rate·θ
    for _ in range(2 * size + 2):
        one, other = violated(p, w, b, x)
        n, when, sign = -1, 2.0, 1.0
        for candidate in (one, other):
            if candidate < 0:
                continue
            u = x[candidate]
            rate, base = rate_w * u + rate_b, base_w * u + base_b
            side = -1.0 if is_active(p, candidate, size) else 1.0
            root = crossing_time(h, y0[i] * u + y0[m + i] + base, f0[i] * u + f0[m + i] + rate / h,
                                 w * u + b, f1[i] * u + f1[m + i] + rate / h, side, theta)
            if root < when:
                n, when, sign = candidate, root, side
        if n < 0:
            break
        theta, u = when, x[n]
        delay = (1.0 - theta) * h
        middle = 0.5 * (1.0 + theta)
        v = y0[2 * m + i] + middle * (y1[2 * m + i] - y0[2 * m + i])
        force = before.force[n] + middle * (after.force[n] - before.force[n])
        z, square = w * u + b, 1.0 + u * u
        push = sign * v * force
        after_pass = z - push * delay * square
        sums = u * after.run[p, 1] + after.run[p, 0]
        dies = toggled(p, n, size) == size  # and has no speed then: it stops where it is
        passes = after_pass * sign > 0.0 and not dies
        if not passes:
            push = z / (delay * square) if delay > 0.0 else 0.0
            after_pass = 0.0
        turn = 0.5 * push * delay * delay * sums - 0.5 * sign * force * after_pass * delay
        change = -y1[2 * m + i] * push
        gap = y1[2 * m + i] * z / delay if delay > 0.0 else 0.0
        w -= push * delay * u
        b -= push * delay
        if not passes and delay == 0.0:
            w, b = w - z / square * u, b - z / square
        rate_w, rate_b = rate_w - push * h * u, rate_b - push * h
        base_w, base_b = base_w + push * h * theta * u, base_b + push * h * theta
        if passes:
            p = toggled(p, n, size)
            k = add_switch(switches, k, i, n, p, FREE, delay, push, turn, change * u, change, gap)
        elif dies:
            return add_switch(switches, k, i, n, size, FREE, delay, push, turn, change * u, change, gap)
        else:
            p = beside(n, w, size)
            return add_switch(switches, k, i, n, p, n, delay, push, turn, change * u, change, gap)
    return k


@inner
def find_release(h, i, y0, f0, y1, f1, pattern, held, problem, before, after, switches, k):
    """Append what held neuron i does in the step: nothing, its release, or its way through w = b = 0."""
    m, size = len(pattern), len(problem.x)
    n, p = held[i], pattern[i]
    w, v0, v = y1[i], y0[2 * m + i], y1[2 * m + i]
    if w * y0[i] < 0.0:
        return turn_over(h, i, y0, f0, y1, f1, held, problem, after, switches, k)
    out, inside = speeds(n, p, v, problem, after)
    if out > 0.0 > inside:
        return k
    out0, inside0 = speeds(n, p, v0, problem, before)
    outside = leaves_outside(out, inside)
    now, then = (out, out0) if outside else (inside, inside0)
    share = now / (now - then) if now * then < 0.0 else 1.0
    push = -0.5 * now / (1.0 + problem.x[n] ** 2)
    q = p if outside else with_held(n, w, size)
    return add_switch(switches, k, i, n, q, FREE, share * h, push, 0.0, -v * push * problem.x[n], -v * push, 0.0)


@inner
def speeds(n, p, v, problem, sums):
    """The speed of z at sample n with the sample out of the neuron's run (pattern p), and with it in."""
    u = problem.x[n]
    out = -v * (sums.run[p, 1] * u + sums.run[p, 0])
    return out, out - v * sums.force[n] * (1.0 + u * u)


@inner
def leaves_outside(out, inside):
    """Whether a neuron that is not held leaves the sample out; where both sides repel, the faster one wins."""
    return out <= 0.0 and (inside < 0.0 or -out >= inside)


@inner
def with_held(n, w, size):
    """The pattern of a neuron whose breakpoint is at sample n, with the sample in it."""
    q = n if w > 0 else size + 2 + n
    return 0 if q == 2 * size + 1 else q


@inner
def turn_over(h, i, y0, f0, y1, f1, held, problem, after, switches, k):
    """Append what held neuron i does at w = b = 0, which it reaches in the step.

    There the flow is not unique: it may stay, or leave along any ray on which f's error pulls outwards. As
    gradient descent cannot stay either, it leaves along the ray of steepest descent, and rests if there is none.
    """
    m = len(held)
    n, w, v = held[i], y1[i], y1[2 * m + i]
    delay = (1.0 - crossing_time(h, y0[i], f0[i], w, f1[i], 1.0 if w > 0 else -1.0, 0.0)) * h
    p, hold_at, speed_w, speed_b = steepest_ray(v, problem, after)
    switches.ray_w[k], switches.ray_b[k] = speed_w, speed_b
    lost = v * w / delay if delay > 0.0 else 0.0
    k = add_switch(switches, k, i, n, p, hold_at, delay, 0.0, 0.0, v * speed_w, v * speed_b, lost)
    switches.from_zero[k - 1] = True
    return k


@inner
def steepest_ray(v, problem, sums):
    """How a neuron with output weight v leaves w = b = 0: its pattern, hold and (w', b'); (0, 0) if it stays.

    The speed along a ray is a continuous function of its angle; its maxima are rays inside the sector of one
    pattern on which (w', b') points outwards, or rays w xₙ + b = 0 on which sample n holds the neuron.
    """
    x, size = problem.x, len(problem.x)
    best, p, hold_at, speed_w, speed_b = 0.0, size, FREE, 0.0, 0.0
    for q in range(2 * size + 1):
        if q == size or q == size + 1:
            continue
        dw, db = -v * sums.run[q, 1], -v * sums.run[q, 0]
        speed = math.hypot(dw, db)
        if speed > best and suffix_or_prefix(dw, db, x) == q:
            best, p, hold_at, speed_w, speed_b = speed, q, FREE, dw, db
    for n in range(size):
        for side in (1.0, -1.0):
            q = beside(n, side, size)
            along = -v * side * (sums.run[q, 1] - x[n] * sums.run[q, 0])
            speed = along / math.hypot(1.0, x[n])
            if speed > best:
                share = side * along / (1.0 + x[n] * x[n])
                best, p, hold_at, speed_w, speed_b = speed, q, n, share, -share * x[n]
    return p, hold_at, speed_w, speed_b


@inner
def switching_error(switches, count, shorter, radius, problem, line, values):
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
    sum_lines(line[:2 * len(problem.x) + 2], problem.x, 0.0, values)
    for k in range(count):
        delay = switches.delay[k] - shorter
        if delay > 0.0:
            values[switches.sample[k]] += delay * min(1.0, 0.5 * radius * delay) * switches.gap[k]
    return largest(values)


@inner
def time_to_cut(switches, count, h, radius, allowed, problem, line, values):
    """By how much a step of length h must end sooner so that its switches leave an error of at most `allowed`."""
    low, high = 0.0, 0.0
    for k in range(count):
        high = max(high, switches.delay[k])
    high = min(high, h)
    for _ in range(30):
        middle = 0.5 * (low + high)
        if switching_error(switches, count, middle, radius, problem, line, values) > allowed:
            low = middle
        else:
            high = middle
    return high


@inner
def correct(theta, i, m, u, switches, k, delay):
    """Correct w, b of a state that lies `delay` after switch k."""
    if switches.from_zero[k]:
        theta[i], theta[m + i] = switches.ray_w[k] * delay, switches.ray_b[k] * delay
    else:
        theta[i] -= switches.push[k] * delay * u
        theta[m + i] -= switches.push[k] * delay


@inner
def apply_switches(switches, count, y1, pattern, held, problem):
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
            hold(y1, i, m, u)
        elif pattern[i] == len(problem.x) and not switches.from_zero[k]:
            hold(y1, i, m, u)
            y1[m + i] = min(y1[m + i], -y1[i] * u)


@inner
def hold(theta, i, m, u):
    """Project neuron i on w u + b = 0."""
    z = (theta[i] * u + theta[m + i]) / (1.0 + u * u)
    theta[i] -= z * u
    theta[m + i] -= z
