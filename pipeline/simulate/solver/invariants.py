"""v² − w² − b² of every neuron, which the flow conserves (weight decay: shrinks like exp(−2λt)), and a step nearly."""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.kernels import Problem
from pipeline.simulate.solver.leaks import slope_of
from pipeline.simulate.solver.switches import Switches, dies, rest


@inner
def keep_invariants(
    theta: np.ndarray, conserved: np.ndarray, pattern: np.ndarray, problem: Problem, time: float
) -> None:
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
        moves = (pattern[i] != size) | (problem.decay > 0.0) | (slope_of(problem.inactive) != 0.0)
        factor = math.sqrt(power) if moves & (square > 0.0) & (root > 0.0) & (power > 0.0) else 1.0
        w[i], b[i], v[i] = w[i] * factor, b[i] * factor, v[i] / factor


@inner
def keep_invariant(theta: np.ndarray, i: int, m: int, delta: float) -> None:
    """Rescale (w, b) → a(w, b), v → v/a of neuron i, which leaves f as it is, until v² − w² − b² = delta.

    At w = b = 0, where v does not matter to f, it is v that follows.
    """
    w, b, v = theta[i], theta[m + i], theta[2 * m + i]
    square = w * w + b * b
    if square == 0.0 and delta > 0.0:
        theta[2 * m + i] = math.copysign(math.sqrt(delta), v)
    root = math.sqrt(delta * delta + 4.0 * v * v * square)
    if square == 0.0 or root == 0.0:
        return
    power = 2.0 * v * v / (root + delta) if delta > 0.0 else (root - delta) / (2.0 * square)
    if power > 0.0:
        factor = math.sqrt(power)
        theta[i], theta[m + i], theta[2 * m + i] = w * factor, b * factor, v / factor


@inner
def keep_switched(theta: np.ndarray, switches: Switches, count: int, early: float, flow: Flow, time: float) -> None:
    """Bring the invariants of the neurons back that have switched in a state `early` before the end of the step.

    Those that die are at rest already, but rescaling may have rounded them back to life.
    """
    problem = flow.problem
    if problem.hidden == 0.0 or problem.output == 0.0:
        return
    shrunk = math.exp(-2.0 * problem.decay * time)
    m = len(flow.pattern)
    for k in range(count):
        if switches.delay[k] >= early:
            i = switches.neuron[k]
            keep_invariant(theta, i, m, flow.conserved[i] * shrunk)
            if dies(switches, k, problem):
                rest(theta, i, m, problem.x[switches.sample[k]])
