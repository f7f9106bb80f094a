"""Linearly implicit steps, for what even Chebyshev steps of many stages are too short for.

The ROS2 method of Verwer, Spee, Blom & Hundsdorfer, "A second-order Rosenbrock method applied to photochemical
dispersion problems", SIAM J. Sci. Comput. 20 (1999) 1456-1480: of second order whatever matrix stands for the
Jacobian, and damping what is stiff to nothing where it is the Jacobian. Here it is −JᵀWJ − λ (tangent.py), which has
all that is stiff, and as few samples as the patterns tell apart are solved for. Rounding is not amplified as it is
from stage to stage of a Chebyshev step, so that nothing depends on where the origin of x is.
"""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.chebyshev import MOST_STAGES, longest_stable, stages_for
from pipeline.simulate.solver.error_control import damp_in_step
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.kernels import velocity
from pipeline.simulate.solver.moment_matching import matched_samples

GAMMA = 1.0 - math.sqrt(0.5)
FEW = 32  # samples at most: so few are solved for in less time than many stages take
SOLVED = 0.02  # of the tolerance: the accuracy in f of what is solved for
LONGEST = 1e13  # times rtol: how often the fastest part may decay e-fold in a step before rounding is seen


@inner
def is_implicit(h: float, radius: float) -> bool:
    """Whether a step of length h is taken implicitly for a spectral radius: too long for Chebyshev steps."""
    return stages_for(h * radius) > MOST_STAGES


@inner
def longest_step(radius: float, rtol: float, flow: Flow) -> float:
    """The longest step that can be taken for a spectral radius."""
    stable = longest_stable(radius)
    few = len(matched_samples(flow)[2].x) <= FEW
    return max(stable, LONGEST * rtol / radius) if few and radius > 0.0 else stable


@inner
def implicit_step(h: float, tolerance: float, flow: Flow) -> int:
    """One step of length h; the row of `flow.work` that holds the new state. tolerance: absolute, on f."""
    theta, slope = flow.theta, flow.slope
    first, second, new = flow.work[0], flow.work[1], flow.work[2]
    pattern, held, samples, sums = matched_samples(flow)
    for k in range(len(theta)):
        first[k] = h * slope[k]
    solve(h, tolerance, flow, first)
    for k in range(len(theta)):
        new[k] = theta[k] + first[k]
    velocity(new, pattern, held, samples, sums, second)
    for k in range(len(theta)):
        second[k] = h * second[k] - 2.0 * first[k]
    solve(h, tolerance, flow, second)
    for k in range(len(theta)):
        new[k] = theta[k] + 1.5 * first[k] + 0.5 * second[k]
    return 2


@inner
def solve(h: float, tolerance: float, flow: Flow, change: np.ndarray) -> None:
    """Replace `change` (3m+1,) by (1 + γh(JᵀWJ + λ))⁻¹ change."""
    fades = 1.0 / (1.0 + GAMMA * h * flow.problem.decay)
    for k in range(len(change)):
        change[k] *= fades
    damp_in_step(GAMMA * h * fades, SOLVED * tolerance, flow.theta, flow, change)
