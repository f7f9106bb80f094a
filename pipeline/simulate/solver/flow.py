"""A gradient flow under way: everything that the compiled loop reads and changes."""

from typing import NamedTuple

import numpy as np

from pipeline.simulate.solver.kernels import Problem, Sums, new_sums
from pipeline.simulate.solver.linearised import Linearised, new_linearised
from pipeline.simulate.solver.moment_matching import MatchedSamples, new_matched
from pipeline.simulate.solver.switches import Switches, new_switches

# Entries of a flow's `clock`: the time, the step to try next, the frame due next, counts, the last step and its error,
# how many forks are written down.
TIME, STEP, NEXT_FRAME, STEPS, EVALUATIONS, SWITCHES = range(6)
REJECTED, SHORTENED, LAST_STEP, LAST_ERROR, FORKS = range(6, 11)

FORKS_AT_ONCE = 64  # beside one a neuron: room for the forks between two returns from the compiled loop


class Flow(NamedTuple):
    """A gradient flow under way; arrays are changed in place.

    clock: see the names above, and behind them the times of forks; theta, slope: (3m+1,) state and velocity;
    pattern, held: (m,);
    conserved: (m,) v² − w² − b² at the start; before, after: sums at the ends of a step; spare: scratch;
    work: (9, 3m+1), rows 0 to 7 of a step (rosenbrock.py, step.py), 8 of convergence.py; linear: the flow linearised;
    watched, at_samples: (2K+1,), (K,) scratch at the probes and the samples; line: scratch of both.
    matched: the samples as few, for the present patterns.
    """

    clock: np.ndarray
    theta: np.ndarray
    slope: np.ndarray
    pattern: np.ndarray
    held: np.ndarray
    conserved: np.ndarray
    before: Sums
    after: Sums
    spare: Sums
    work: np.ndarray
    watched: np.ndarray
    at_samples: np.ndarray
    line: np.ndarray
    switches: Switches
    matched: MatchedSamples
    linear: Linearised
    problem: Problem


def new_flow(problem: Problem, theta: np.ndarray, conserved: np.ndarray) -> Flow:
    """A flow from θ (3m+1,) at time 0, its patterns and velocity not yet found."""
    m, size = len(conserved), len(problem.x)
    return Flow(
        clock=np.zeros(FORKS + 1 + 2 * m + FORKS_AT_ONCE),
        theta=theta,
        slope=np.zeros_like(theta),
        pattern=np.zeros(m, dtype=np.uint32),
        held=np.full(m, -1, dtype=np.int32),
        conserved=conserved,
        before=new_sums(size, m, problem.loss),
        after=new_sums(size, m, problem.loss),
        spare=new_sums(size, m, problem.loss),
        work=np.zeros((9, len(theta))),
        watched=np.zeros(2 * size + 1),
        at_samples=np.zeros(size),
        line=np.zeros((4 * size + 4, 2)),
        switches=new_switches(2 * m + 4 * size + 64),
        matched=new_matched(size, m, problem.loss),
        linear=new_linearised(size, m),
        problem=problem,
    )
