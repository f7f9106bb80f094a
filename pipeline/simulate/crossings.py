"""When a free neuron's breakpoint meets samples in a step, and whether it passes or is captured."""

from pipeline.simulate.compiled import inner
from pipeline.simulate.patterns import beside, is_active, toggled, violated
from pipeline.simulate.switches import FREE, add_switch


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
            root = crossing_time(
                h,
                y0[i] * u + y0[m + i] + base,
                f0[i] * u + f0[m + i] + rate / h,
                w * u + b,
                f1[i] * u + f1[m + i] + rate / h,
                side,
                theta,
            )
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
