"""Releases decided without the noise in the forces: a step's stiff errors, which are about to die out.

An explicit step leaves stiff components of the residuals ε as wrong as the tolerance allows. Late in a run that is more
than the sums whose signs say whether a sample still holds a neuron, and every wrong release excites the stiff
components anew. An implicit Euler step of the same length h would leave F ε of the residuals, F = (1 + h K W)⁻¹. That
lies a time h later, so what decides is (2F − F²) ε: where ε is smooth it differs by O(h²), and a component that decays
at a rate λ is smaller by the factor 2/hλ.
"""

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.chebyshev import stages_for
from pipeline.simulate.solver.error_control import UNDAMPED, damp_in_step
from pipeline.simulate.solver.events import find_switches
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.kernels import sum_runs
from pipeline.simulate.solver.switches import FROM_ZERO
from pipeline.simulate.solver.tangent import Tangent, push_forward

ACCURATE = 0.02  # of what may be left of an error that is filtered: the accuracy of noiseless residuals


@inner
def find_decided(
    h: float,
    radius: float,
    start_slope: np.ndarray,
    new: np.ndarray,
    end_slope: np.ndarray,
    tolerance: float,
    flow: Flow,
) -> int:
    """As `find_switches`, but after a step of many stages releases are decided by noiseless forces."""
    count = find_switches(h, start_slope, new, end_slope, flow.after, flow)
    if stages_for(h * radius) > UNDAMPED and releases_one(count, flow):
        filter_forces(h, new, flow.work[5], tolerance, flow)
        return find_switches(h, start_slope, new, end_slope, flow.noiseless, flow)
    return count


@inner
def releases_one(count: int, flow: Flow) -> bool:
    """Whether one of the switches found is the release of a held neuron."""
    released = 0
    for k in range(count):
        released += flow.held[flow.switches.neuron[k]] >= 0 and flow.switches.kind[k] != FROM_ZERO
    return released > 0


@inner
def filter_forces(h: float, new: np.ndarray, slope: np.ndarray, tolerance: float, flow: Flow) -> None:
    """Fill the flow's `noiseless` with (2F − F²) of the forces at `new` (3m+1,), and their sums; slope: velocity there.

    As F ε = ε + J d with d the implicit Euler step, and as F is 1 − h J (1 + h JᵀWJ)⁻¹ JᵀW, it is
    (2F − F²) ε = ε + J (d − (1 + h JᵀWJ)⁻¹ d); with weight decay and held neurons, whose velocity is another, to O(h²).
    """
    euler, again, problem, noiseless = flow.work[3], flow.work[4], flow.problem, flow.noiseless
    for k in range(len(new)):
        euler[k] = h * slope[k]
    damp_in_step(h, ACCURATE * tolerance, new, flow, euler)
    for k in range(len(new)):
        again[k] = euler[k]
    damp_in_step(h, ACCURATE * tolerance, new, flow, again)
    for k in range(len(new)):
        euler[k] -= again[k]
    tangent = Tangent(new, flow.pattern, flow.held, problem, noiseless, again)
    push_forward(euler, tangent, noiseless.force)
    for n in range(len(problem.x)):
        noiseless.force[n] = flow.after.force[n] + problem.weight[n] * noiseless.force[n]
    sum_runs(problem.x, noiseless.force, noiseless.run)
