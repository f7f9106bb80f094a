"""When the sample that holds a neuron releases it, and to which side.

A held neuron moves with the share q = g⁻/(g⁻ − g⁺) of the sample's force, g⁻ and g⁺ the speeds of z = w xₙ + b with the
sample out and in. It leaves where q reaches 0, out of reach of the sample, or 1, into it. Both speeds carry the factor
v, though: where v passes 0, which only neurons with v² < w² + b² can, they change sign at once, whatever q, and the
sample repels on both sides. Either side then solves the flow. The one taken is where gradient descent goes as its step
tends to 0. While it is held its z jumps by h g⁻ from below 0 and by h g⁺ from above, and is spread evenly over
(h g⁺, h g⁻): above 0, with the sample in, for the share q of the time. As v fades the jumps do, and where z is when
they have died out it stays: above 0 the more surely the further q is above ½, and by symmetry below 0 for q below ½.
So the sample comes in for q > ½, where |g⁺| < |g⁻|: descent leaves to the side on which it is slower.
"""

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.kernels import Sums
from pipeline.simulate.solver.origin import through_origin
from pipeline.simulate.solver.patterns import speeds_at, with_held
from pipeline.simulate.solver.switches import FREE, PLAIN, REPELLED, add_switch


@inner
def find_release(
    h: float, i: int, f0: np.ndarray, y1: np.ndarray, f1: np.ndarray, sums: Sums, flow: Flow, k: int
) -> int:
    """Append what held neuron i does in the step: nothing, its release, or its way through w = b = 0."""
    y0, problem, switches = flow.theta, flow.problem, flow.switches
    m, size = len(flow.pattern), len(problem.x)
    n, p = flow.held[i], flow.pattern[i]
    w, v0, v = y1[i], y0[2 * m + i], y1[2 * m + i]
    if w * y0[i] < 0.0:
        return through_origin(h, i, f0, y1, f1, flow, k)
    out, inside = speeds_at(n, p, v, problem, sums)
    if out > 0.0 > inside:
        return k
    out0, inside0 = speeds_at(n, p, v0, problem, flow.before)
    outside = leaves_outside(out, inside)
    now, then = (out, out0) if outside else (inside, inside0)
    share = now / (now - then) if now * then < 0.0 else 1.0
    push = -0.5 * now / (1.0 + problem.x[n] ** 2)
    q = p if outside else with_held(n, w, size)
    k = add_switch(switches, k, i, n, q, FREE, share * h, push, 0.0, -v * push * problem.x[n], -v * push, 0.0)
    switches.kind[k - 1] = REPELLED if out < 0.0 < inside else PLAIN
    return k


@inner
def leaves_outside(out: float, inside: float) -> bool:
    """Whether a released neuron leaves the sample out; where both sides repel, the slower one wins."""
    return out <= 0.0 and (inside < 0.0 or -out <= inside)
