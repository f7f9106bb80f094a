"""When a flow has converged: when f fits the data, or what is left to come is below tolerance."""

import math

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import TIME
from pipeline.simulate.solver.kernels import change_at_probes, largest

FITTED = 0.01  # of rtol: the distance √(2 loss) of f to the data at which a flow has converged
REMAINING = 0.5  # of rtol: the change of f still to come at which a flow has converged
SETTLED = 0.01  # the change of a neuron still to come, relative to its size, at which a flow has converged


@inner
def has_converged(flow, scale, rtol, end):
    """Whether f fits the data, or would change by less than tolerance in as long again, and up to the end."""
    if distance(flow) <= FITTED * rtol * scale and flow.problem.decay == 0.0:
        return True
    if largest(flow.slope) == 0.0:
        return True
    change_at_probes(flow.theta, flow.slope, flow.pattern, flow.problem, flow.line, flow.watched)
    speed = largest(flow.watched)
    reach = max(end - flow.clock[TIME], flow.clock[TIME])
    return speed * reach <= REMAINING * rtol * scale and is_settled(flow, reach)


@inner
def distance(flow):
    """√(2 loss), the distance of f to the data (to the mean at every x)."""
    missing = 0.0
    for n in range(len(flow.problem.x)):
        missing += flow.before.force[n] * flow.before.force[n] / flow.problem.weight[n]
    return math.sqrt(missing)


@inner
def is_settled(flow, reach):
    """Whether no neuron changes much in a time `reach`, nor meets a sample.

    While the network is small f hardly moves, but its neurons do, relative to their size: that is no minimum.
    """
    m, theta, slope = len(flow.pattern), flow.theta, flow.slope
    for i in range(m):
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        dw, db, dv = slope[i], slope[m + i], slope[2 * m + i]
        if reach * math.sqrt(dw * dw + db * db + dv * dv) > SETTLED * math.sqrt(w * w + b * b + v * v):
            return False
        if (
            flow.held[i] < 0
            and (dw != 0.0 or db != 0.0)
            and meets_sample(flow.pattern[i], w, b, dw * reach, db * reach, flow.problem.x)
        ):
            return False
    return True


@inner
def meets_sample(p, w, b, dw, db, x):
    """Whether z = w x + b changes sign at a sample beside the breakpoint when w, b change by dw, db."""
    size = len(x)
    first, last = 0, size - 1
    if 0 < p < size:
        first, last = p - 1, p
    elif p > size:
        first, last = p - size - 2, p - size - 1
    for n in (first, last):
        z = w * x[n] + b
        if (z > 0.0) != (z + dw * x[n] + db > 0.0):
            return True
    return False
