"""When the sample that holds a neuron releases it, and how a neuron that shrinks to w = b = 0 goes on."""

import math

from pipeline.compiled import inner
from pipeline.simulate.solver.crossings import FAR, crossing_time
from pipeline.simulate.solver.kernels import suffix_or_prefix
from pipeline.simulate.solver.patterns import beside, with_held
from pipeline.simulate.solver.switches import FREE, add_switch


@inner
def find_release(h, i, f0, y1, f1, sums, flow, k):
    """Append what held neuron i does in the step: nothing, its release, or its way through w = b = 0."""
    y0, problem, switches = flow.theta, flow.problem, flow.switches
    m, size = len(flow.pattern), len(problem.x)
    n, p = flow.held[i], flow.pattern[i]
    w, v0, v = y1[i], y0[2 * m + i], y1[2 * m + i]
    if w * y0[i] < 0.0:
        return turn_over(h, i, f0, y1, f1, flow, k)
    out, inside = speeds(n, p, v, problem, sums)
    if out > 0.0 > inside:
        return k
    out0, inside0 = speeds(n, p, v0, problem, flow.before)
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
def turn_over(h, i, f0, y1, f1, flow, k):
    """Append what held neuron i does at w = b = 0, which it reaches in the step.

    There the flow is not unique: it may stay, or leave along any ray on which f's error pulls outwards. As
    gradient descent cannot stay either, it leaves along the ray of steepest descent, and rests if there is none.
    """
    m, switches, index = len(flow.held), flow.switches, flow.problem.index
    if index[-1] != len(index) - 1:
        return FAR  # the ray may end anywhere
    n, w, v = flow.held[i], y1[i], y1[2 * m + i]
    delay = (1.0 - crossing_time(h, flow.theta[i], f0[i], w, f1[i], 1.0 if w > 0 else -1.0, 0.0)) * h
    p, hold_at, speed_w, speed_b = steepest_ray(v, flow.problem, flow.after)
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
