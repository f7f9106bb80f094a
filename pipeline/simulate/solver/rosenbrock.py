"""Linearly implicit steps of fourth order: the Rosenbrock method RODAS.

Hairer & Wanner, Solving Ordinary Differential Equations II, 2nd edition (1996), on Rosenbrock-type methods, whose code
of that name the coefficients are from: six stages, each with a linear system of the same matrix; stiffly accurate and
L-stable, as is the solution of third order within it, so that stiff parts of the residuals die out in a step of any
length, and are not in the estimate of its error.
"""

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.flow import Flow
from pipeline.simulate.solver.kernels import velocity
from pipeline.simulate.solver.linearised import linearise, solve
from pipeline.simulate.solver.moment_matching import matched_samples
from pipeline.simulate.solver.reference import by_reference

STAGES = 6
GAMMA = 0.25
COST = 18  # gradients that take as long as a step
# Stage i of u is solved for at the state y₀ + Σ STATE[i, j] u_j, with Σ SHARE[i, j] u_j on the right side.
STATE = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [1.544, 0.0, 0.0, 0.0, 0.0],
        [0.9466785280815826, 0.2557011698983284, 0.0, 0.0, 0.0],
        [3.314825187068521, 2.896124015972201, 0.9986419139977817, 0.0, 0.0],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 0.0],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1.0],
    ]
)
SHARE = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [-5.6688, 0.0, 0.0, 0.0, 0.0],
        [-2.430093356833875, -0.2063599157091915, 0.0, 0.0, 0.0],
        [-0.1073529058151375, -9.594562251023355, -20.47028614809616, 0.0, 0.0],
        [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160, 0.0],
        [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
    ]
)
# Between its ends, θ of a step from y₀ to y₁, it is (1 − θ)y₀ + θy₁ + θ(1 − θ)(k₃ + θk₄), k = Σ BETWEEN u.
BETWEEN = np.array(
    [
        [10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662],
        [-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872],
    ]
)


@inner
def rosenbrock_step(h: float, flow: Flow) -> None:
    """One step of length h. In `flow.work`, rows 0 to 5 are its stages, the last one its error; row 6 is its end."""
    pattern, held, matched, sums = matched_samples(flow)
    samples = by_reference(matched)
    work, theta = flow.work, flow.theta
    linearise(GAMMA * h, True, pattern, samples, flow)
    combine(GAMMA * h, flow.slope, 0.0, SHARE[0], work, work[0])
    solve(work[0], pattern, samples.x, sums, flow)
    for i in range(1, STAGES):
        combine(1.0, theta, 1.0, STATE[i], work, work[6])
        velocity(work[6], pattern, held, samples, sums, work[7])
        combine(GAMMA * h, work[7], GAMMA, SHARE[i], work, work[i])
        solve(work[i], pattern, samples.x, sums, flow)
    for k in range(len(theta)):
        work[6, k] += work[5, k]


@inner
def combine(
    share: float, base: np.ndarray, scale: float, weights: np.ndarray, work: np.ndarray, out: np.ndarray
) -> None:
    """Fill `out` (3m+1,) with share·base + scale·Σ weights·(the first five rows of work)."""
    a, b, c, d, e = weights[0], weights[1], weights[2], weights[3], weights[4]
    one = work[0]
    two, three = work[1 if b != 0.0 else 0], work[2 if c != 0.0 else 0]  # what is not yet solved for may not be finite
    four, five = work[3 if d != 0.0 else 0], work[4 if e != 0.0 else 0]
    a, b, c, d, e = scale * a, scale * b, scale * c, scale * d, scale * e
    if scale == 0.0:
        for k in range(len(out)):
            out[k] = share * base[k]
        return
    for k in range(len(out)):
        out[k] = share * base[k] + a * one[k] + b * two[k] + c * three[k] + d * four[k] + e * five[k]


@inner
def slopes_between(h: float, new: np.ndarray, flow: Flow) -> tuple[np.ndarray, np.ndarray]:
    """The slopes (3m+1,) at the start and the end `new` of the cubic that the step is between them; in rows 0 and 1."""
    work, theta, (a, b) = flow.work, flow.theta, (BETWEEN[0], BETWEEN[1])
    one, two, three, four, five = work[0], work[1], work[2], work[3], work[4]
    for k in range(len(theta)):
        first = a[0] * one[k] + a[1] * two[k] + a[2] * three[k] + a[3] * four[k] + a[4] * five[k]
        second = b[0] * one[k] + b[1] * two[k] + b[2] * three[k] + b[3] * four[k] + b[4] * five[k]
        chord = new[k] - theta[k]
        one[k], two[k] = (chord + first) / h, (chord - first - second) / h
    return one, two
