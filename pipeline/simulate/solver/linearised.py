"""The flow linearised at its state: (1 − hJ)⁻¹ for the Jacobian J of the velocity, in O(m + K).

With patterns fixed, J = −C − λ − ΦᵀWΦ: Φ the derivative of f at the samples by the parameters that move, W the
curvature of the loss at each, of squares the number of rows, and C what couples the v of a neuron with its own (w, b)
through the sums R of the forces over its run.
1 + hλ + hC consists of blocks of 3 x 3, whose inverses B are known, so that by Woodbury's identity what is left to be
solved is a system at the samples, with the kernel ΦBΦᵀ (semiseparable.py). Held neurons move along w u + b = 0 only.
"""

from typing import Any, NamedTuple

import numpy as np

from pipeline.compiled import inner, woven
from pipeline.simulate.solver.kernels import BLOCK, Problem, Sums, sum_lines, sum_runs
from pipeline.simulate.solver.losses import fill_curvature
from pipeline.simulate.solver.semiseparable import ROOM, factorise, solve_factorised


class Linearised(NamedTuple):
    """A linearised flow: keeps (1,) is 1/(1 + hλ); of each neuron, couple (3, m) is h times what couples v with
    (w, b), and the inverse of its last pivot, back (6, m) is B Φᵀ for the slope and the height of its line.

    factor: (K, ROOM) of the system at the samples. Scratch: spread (2K+2, 3), 0 between uses; centred, image (K,).
    """

    keeps: np.ndarray
    couple: np.ndarray
    back: np.ndarray
    factor: np.ndarray
    spread: np.ndarray
    centred: np.ndarray
    image: np.ndarray


def new_linearised(samples: int, neurons: int) -> Linearised:
    """Room for a flow of m neurons linearised at K samples."""
    return Linearised(
        np.zeros(1),
        np.zeros((3, neurons)),
        np.zeros((6, neurons)),
        np.zeros((samples, ROOM)),
        np.zeros((2 * samples + 2, 3)),
        *np.zeros((2, samples)),
    )


@inner
def linearise(h: float, curved: bool, pattern: np.ndarray, problem: Problem, flow: Any) -> None:
    """Make `solve` ready for a time h at the flow's state, on the samples of a problem with patterns (m,) among them.

    curved: whether C counts; then h‖R‖ must be below 1.
    """
    linear, x = flow.linear, problem.x
    size, middle, keeps = len(x), 0.5 * (x[0] + x[-1]), 1.0 / (1.0 + h * problem.decay)
    linear.keeps[0] = keeps
    invert_blocks(h if curved else 0.0, keeps, flow)
    spread_lines(middle, pattern, flow)
    centred, image = linear.centred, linear.image
    fill_curvature(problem.loss, problem.weight, flow.before.curve, image)
    for n in range(size):
        centred[n] = x[n] - middle
        image[n] *= h
    room = linear.spread[: 2 * size + 2]
    factorise(centred[:size], image, problem.bias * keeps, problem.inactive, room, linear.factor)


@inner
def invert_blocks(h: float, keeps: float, flow: Any) -> None:
    """Fill the `couple` and `back` of the linearised flow; h: of what couples v with (w, b)."""
    linear, theta, x, run, held = flow.linear, flow.theta, flow.problem.x, flow.before.run, flow.held
    hidden, output, m = flow.problem.hidden, flow.problem.output, len(flow.pattern)
    couple, back = linear.couple, linear.back
    h *= hidden * output
    for i in range(m):
        p = flow.pattern[i]
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        r, s, ww, wb, bb = h * run[p, 1], h * run[p, 0], hidden, 0.0, hidden
        if held[i] >= 0:  # moves along (1, −u) only
            u = x[held[i]]
            ww = hidden / (1.0 + u * u)
            wb, bb = -u * ww, u * u * ww
            r = (r - u * s) / (1.0 + u * u)
            s = -u * r
        part = output * keeps / (1.0 - keeps * keeps * (r * r + s * s))
        turn_slope = part * (w - keeps * (r * ww + s * wb) * v)
        turn_height = part * (b - keeps * (r * wb + s * bb) * v)
        couple[0, i], couple[1, i], couple[2, i] = keeps * r, keeps * s, part
        back[0, i], back[1, i] = keeps * (ww * v - r * turn_slope), keeps * (wb * v - r * turn_height)
        back[2, i], back[3, i] = keeps * (wb * v - s * turn_slope), keeps * (bb * v - s * turn_height)
        back[4, i], back[5, i] = turn_slope, turn_height


@inner
def spread_lines(middle: float, pattern: np.ndarray, flow: Any) -> None:
    """Sum by pattern what neurons add to the kernel, x from `middle` on, in the `spread` of the linearised flow."""
    theta, back, spread = flow.theta, flow.linear.back, flow.linear.spread
    m = len(pattern)
    for i in range(m):
        p, w, b, v = pattern[i], theta[i], theta[m + i], theta[2 * m + i]
        steep = v * back[0, i] + w * back[4, i]
        mixed = v * back[1, i] + w * back[5, i]
        level = v * back[3, i] + b * back[5, i]
        spread[p, 0] += steep
        spread[p, 1] += mixed + middle * steep
        spread[p, 2] += level + middle * (2.0 * mixed + middle * steep)


@inner
def solve(change: np.ndarray, pattern: np.ndarray, x: np.ndarray, sums: Sums, flow: Any) -> None:
    """Replace `change` (3m+1,) by (1 − hJ)⁻¹ change; along w u + b = 0 for held neurons, as velocities are.

    pattern, x: those that `linearise` was given; sums: scratch.
    """
    linear, run = flow.linear, sums.run
    m, size, keeps = len(pattern), len(x), linear.keeps[0]
    for first in range(0, m, BLOCK):
        solve_blocks(first, min(first + BLOCK, m), keeps, change, flow.theta, linear.couple, sums.own)
        for i in range(min(BLOCK, m - first)):
            p = pattern[first + i]
            sums.line[p, 0] += sums.own[0, i]
            sums.line[p, 1] += sums.own[1, i]
    image = linear.image[:size]
    sum_lines(sums.line, x, keeps * change[3 * m], flow.problem.inactive, image)
    solve_factorised(linear.factor, image)
    sum_runs(x, image, flow.problem.inactive, run)
    for first in range(0, m, BLOCK):
        for i in range(min(BLOCK, m - first)):
            p = pattern[first + i]
            sums.own[0, i], sums.own[1, i] = run[p, 1], run[p, 0]
        take_back(first, min(first + BLOCK, m), linear.back, sums.own, change)
    change[3 * m] = keeps * (change[3 * m] - flow.problem.bias * run[0, 0])


@woven
def solve_blocks(
    first: int, last: int, keeps: float, change: np.ndarray, theta: np.ndarray, couple: np.ndarray, own: np.ndarray
) -> None:
    """Replace the `change` (3m+1,) of neurons from first to before last by B change; own: the lines that it is."""
    m = len(theta) // 3
    w, b, v = theta[first:last], theta[m + first : m + last], theta[2 * m + first : 2 * m + last]
    dw, db, dv = change[first:last], change[m + first : m + last], change[2 * m + first : 2 * m + last]
    r, s, part = couple[0, first:last], couple[1, first:last], couple[2, first:last]
    slope, height = own[0], own[1]
    for i in range(last - first):
        turn = part[i] * (dv[i] - r[i] * dw[i] - s[i] * db[i])
        one, other = keeps * dw[i] - r[i] * turn, keeps * db[i] - s[i] * turn
        slope[i], height[i] = v[i] * one + w[i] * turn, v[i] * other + b[i] * turn
        dw[i], db[i], dv[i] = one, other, turn


@woven
def take_back(first: int, last: int, back: np.ndarray, own: np.ndarray, change: np.ndarray) -> None:
    """Take from the `change` of neurons from first to before last what the sums over their runs, `own`, make of it."""
    m = len(change) // 3
    dw, db, dv = change[first:last], change[m + first : m + last], change[2 * m + first : 2 * m + last]
    slope, height = own[0], own[1]
    for row, part in ((0, dw), (2, db), (4, dv)):
        by_slope, by_height = back[row, first:last], back[row + 1, first:last]
        for i in range(last - first):
            part[i] -= by_slope[i] * slope[i] + by_height[i] * height[i]
