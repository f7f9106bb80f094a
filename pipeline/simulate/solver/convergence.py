"""When a flow has converged: when f fits the data, or what is left to come is below tolerance.

What is left to come is what the present velocity θ' makes of f in a time T as long again. Where that velocity is no
more than rounding in the stiff components of f, which T would multiply though they never get anywhere, it is what an
implicit Euler step makes, (1 + T JᵀWJ)⁻¹ T θ': a component that decays at a rate λ counts for 1/λ, not for T.
"""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.error_control import radius_now
from pipeline.simulate.solver.flow import STEPS, TIME, Flow
from pipeline.simulate.solver.kernels import largest
from pipeline.simulate.solver.linearised import linearise, solve
from pipeline.simulate.solver.losses import reaches_0, twice_the_loss
from pipeline.simulate.solver.moment_matching import matched_samples
from pipeline.simulate.solver.probes import change_at_probes
from pipeline.simulate.solver.reference import by_reference
from pipeline.simulate.solver.stiffness import fastest_growth

FITTED = 0.01  # of rtol: the distance √(2 loss) of f to the data at which a flow has converged
REMAINING = 0.5  # of rtol: the change of f still to come at which a flow has converged
SETTLED = 0.01  # the change of a neuron still to come, relative to its size, at which a flow has converged
FAINT = 0.01  # of rtol: what neurons contribute to f that may fade to 0, by weight decay, in a flow that has converged
RARELY = 64  # steps between two looks whether what moves is no more than rounding
ROUNDING = 2.2e-16  # of a number
ROUNDING_LEFT = 1e-15  # of the terms of f at a sample: what rounding may leave of residuals that should be 0


@inner
def has_converged(flow: Flow, scale: float, rtol: float, end: float) -> bool:
    """Whether f fits the data, or would change by less than tolerance in as long again, and up to the end."""
    if distance(flow) <= FITTED * rtol * scale and flow.problem.decay == 0.0:
        return True
    if largest(flow.slope) == 0.0:
        return True
    change_at_probes(flow.theta, flow.slope, flow.pattern, flow.problem, flow.line, flow.watched)
    speed = largest(flow.watched)
    reach = max(end - flow.clock[TIME], flow.clock[TIME])
    fast = speed * reach > REMAINING * rtol * scale
    if fast and ((flow.clock[STEPS] % RARELY != 0.0 and flow.clock[TIME] < end) or speed > noise_speed(flow)):
        return False
    change = flow.work[8]
    for k in range(len(change)):
        change[k] = reach * flow.slope[k]
    if fast:
        pattern, _, matched, sums = matched_samples(flow)
        samples = by_reference(matched)
        linearise(reach, False, pattern, samples, flow)
        solve(change, pattern, samples.x, sums, flow)
        change_at_probes(flow.theta, change, flow.pattern, flow.problem, flow.line, flow.watched)
        if largest(flow.watched) > REMAINING * rtol * scale:
            return False
    return is_settled(flow, change, reach, rtol * scale)


@inner
def noise_speed(flow: Flow) -> float:
    """How fast rounding in the residuals makes f seem to move: by as much as it is wrong, at the fastest rate."""
    m, theta = len(flow.pattern), flow.theta
    slope = height = 0.0
    for i in range(m):
        slope += abs(theta[2 * m + i] * theta[i])
        height += abs(theta[2 * m + i] * theta[m + i])
    return ROUNDING_LEFT * (slope * largest(flow.problem.x) + height) * radius_now(flow)


@inner
def distance(flow: Flow) -> float:
    """√(2 loss), the distance of f to the data (to the mean at every x); of a loss that reaches no 0, infinite."""
    problem = flow.problem
    if reaches_0(problem.loss):
        return math.sqrt(twice_the_loss(0.0, problem.loss, problem, flow.before))
    return math.inf


@inner
def is_settled(flow: Flow, change: np.ndarray, reach: float, tolerance: float) -> bool:
    """Whether no neuron changes much by `change` (3m+1,) in a time `reach`, nor meets a sample.

    While the network is small f hardly moves, but its neurons do, relative to their size: that is no minimum. Those
    that weight decay takes to 0 never stop: once f shows nothing of them, only their directions must have settled.
    """
    m, theta = len(flow.pattern), flow.theta
    faint = FAINT * tolerance / (0.5 * m * math.hypot(1.0, largest(flow.problem.probe)))
    decays = flow.problem.decay > 0.0
    nothing_grows = decays and fastest_growth(flow.before.run) <= flow.problem.decay
    noise = reach * noise_of_pushes(flow)
    for i in range(m):
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        dw, db, dv = change[i], change[m + i], change[2 * m + i]
        square = w * w + b * b + v * v
        if decays and square <= faint:
            if nothing_grows or square == 0.0:
                continue
            shrinks = min((w * dw + b * db + v * dv) / square, 0.0)
            dw, db, dv = dw - shrinks * w, db - shrinks * b, dv - shrinks * v
        if math.sqrt(dw * dw + db * db + dv * dv) > SETTLED * math.sqrt(square):
            return False
        moves = flow.held[i] < 0 and (dw != 0.0 or db != 0.0)
        if moves and meets_sample(flow.pattern[i], w, b, dw, db, noise * abs(v), flow.problem.x):
            return False
    return True


@inner
def noise_of_pushes(flow: Flow) -> float:
    """What rounding may make of the speed of z = w x + b of a neuron with v = 1."""
    force, far = 0.0, largest(flow.problem.x)
    for n in range(len(flow.problem.x)):
        force += abs(flow.before.force[n])
    return ROUNDING * force * (1.0 + far * far)


@inner
def meets_sample(p: int, w: float, b: float, dw: float, db: float, noise: float, x: np.ndarray) -> bool:
    """Whether z = w x + b changes sign at a sample beside the breakpoint, by more than noise, with a change of w, b."""
    size = len(x)
    first, last = 0, size - 1
    if 0 < p < size:
        first, last = p - 1, p
    elif p > size:
        first, last = p - size - 2, p - size - 1
    for n in (first, last):
        z = w * x[n] + b
        moved = dw * x[n] + db
        if abs(moved) > noise and (z > 0.0) != (z + moved > 0.0):
            return True
    return False
