"""v² − w² − b² of every neuron, which the flow conserves (weight decay: shrinks like exp(−2λt)), and a step nearly."""

import math

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import TIME
from pipeline.simulate.solver.switches import rest


@inner
def keep_invariants(theta, conserved, pattern, problem, time):
    """Bring v² − w² − b² of all neurons that move back to what the flow conserves; f stays as it is."""
    if problem.hidden == 0.0 or problem.output == 0.0:
        return
    shrunk = math.exp(-2.0 * problem.decay * time)
    m, size = len(pattern), len(problem.x)
    w, b, v = theta[:m], theta[m : 2 * m], theta[2 * m :]
    for i in range(m):  # without branches, so that the compiler vectorises it
        delta, square, outer = conserved[i] * shrunk, w[i] * w[i] + b[i] * b[i], v[i] * v[i]
        root = math.sqrt(delta * delta + 4.0 * outer * square)
        power = 2.0 * outer / (root + delta) if delta > 0.0 else (root - delta) / (2.0 * square)
        moves = (pattern[i] != size) | (problem.decay > 0.0)
        factor = math.sqrt(power) if moves & (square > 0.0) & (root > 0.0) & (power > 0.0) else 1.0
        w[i], b[i], v[i] = w[i] * factor, b[i] * factor, v[i] / factor


@inner
def keep_invariant(theta, i, m, delta):
    """Rescale (w, b) → a(w, b), v → v/a of neuron i, which leaves f as it is, until v² − w² − b² = delta."""
    w, b, v = theta[i], theta[m + i], theta[2 * m + i]
    square = w * w + b * b
    root = math.sqrt(delta * delta + 4.0 * v * v * square)
    if square == 0.0 or root == 0.0:
        return
    power = 2.0 * v * v / (root + delta) if delta > 0.0 else (root - delta) / (2.0 * square)
    if power > 0.0:
        factor = math.sqrt(power)
        theta[i], theta[m + i], theta[2 * m + i] = w * factor, b * factor, v / factor


@inner
def keep_switched(flow, count):
    """Bring the invariants of the neurons that have just switched back."""
    problem = flow.problem
    if problem.hidden == 0.0 or problem.output == 0.0:
        return
    shrunk = math.exp(-2.0 * problem.decay * flow.clock[TIME])
    m, switches = len(flow.pattern), flow.switches
    for k in range(count):
        i = switches.neuron[k]
        keep_invariant(flow.theta, i, m, flow.conserved[i] * shrunk)
        if flow.pattern[i] == len(problem.x) and not switches.from_zero[k]:
            rest(flow.theta, i, m, problem.x[switches.sample[k]])
