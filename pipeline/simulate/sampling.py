"""The frames of a run: when they are due, room for them, the trajectory that they make."""

from collections.abc import Iterable
from numbers import Real
from typing import Any

import numpy as np

from pipeline.compiled import compiled
from pipeline.errors import InputError
from pipeline.model.data import Data, finite_vector
from pipeline.simulate.loss import SQUARED, unusual
from pipeline.simulate.losses_by_moments import loss_by_moments, pays
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.kernels import suffix_or_prefix, sum_lines
from pipeline.simulate.solver.losses import twice_loss_of
from pipeline.simulate.solver.planning import new_plan
from pipeline.simulate.solver.visible import sight_of
from pipeline.simulate.states import States
from pipeline.simulate.trajectory import Trajectory

NOTHING_PLANNED = new_plan(sight_of(np.zeros(1), np.zeros(1)), 1, room=0)  # where times are given


def checked_times(times: Any) -> np.ndarray:
    """`times`, or a single time, as a vector; InputError where it is empty, negative or decreasing."""
    vector: np.ndarray = finite_vector("times", [times] if isinstance(times, Real) else times)
    if len(vector) == 0:
        raise InputError("`times`: there is none; give at least one")
    if vector[0] < 0:
        raise InputError(f"`times[0]` = {vector[0]:g}: is negative; training starts at 0")
    falls = np.flatnonzero(np.diff(vector) < 0)
    if len(falls):
        k = falls[0] + 1
        raise InputError(f"`times[{k}]` = {vector[k]:g}: comes after {vector[k - 1]:g}; give times in order")
    return vector


def new_frames(times: np.ndarray, m: int) -> Frames:
    """Room for the states at given times."""
    shape = len(times), m
    return Frames(
        times,
        np.empty(shape),
        np.empty(shape),
        np.empty(shape),
        np.empty(len(times)),
        np.full(shape, -1, dtype=np.int32),
        NOTHING_PLANNED,
    )


def to_trajectory(
    frames: Frames | States,
    data: Data,
    outcome: str,
    forks: Iterable[float] = (),
    inactive: float = 0.0,
    loss: str = SQUARED,
) -> Trajectory:
    """The frames with their losses, and holds as indices into the rows of the data."""
    first_row = np.append(data.first_rows(), -1).astype(np.int32)
    return Trajectory(
        frames.t,
        frames.w,
        frames.b,
        frames.v,
        frames.c,
        frames.loss if isinstance(frames, States) else losses(frames, data, inactive, loss),
        first_row[frames.held],
        data.x,
        data.y,
        outcome,
        np.array(list(forks), dtype=float),
        inactive,
        loss,
    )


def losses(frames: Frames | States | Trajectory, data: Data, inactive: float = 0.0, loss: str = SQUARED) -> np.ndarray:
    """Σℓ(f(xₙ), yₙ) over all rows, ½Σ(f(xₙ) − yₙ)² of squares, for every frame: (F,)."""
    if pays(frames.w.shape[1], len(data)) and loss == SQUARED and inactive == 0.0:
        states = zip(frames.w, frames.b, frames.v, frames.c, strict=True)
        return np.array([loss_by_moments(*state, data) for state in states])
    found, line, values = np.empty(len(frames.t)), np.zeros((2 * len(data) + 2, 2)), np.zeros(len(data))
    fill_losses(frames.w, frames.b, frames.v, frames.c, data.x, data.y, *unusual(inactive, loss), line, values, found)
    return found


@compiled
def fill_losses(
    w: np.ndarray,
    b: np.ndarray,
    v: np.ndarray,
    c: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    inactive: float | None,
    kind: int | None,
    line: np.ndarray,
    values: np.ndarray,
    loss: np.ndarray,
) -> None:
    """Fill `loss` (F,) with the sum over the rows x, y of a kind of loss; line, values: scratch."""
    for k in range(len(loss)):
        for i in range(w.shape[1]):
            p = suffix_or_prefix(w[k, i], b[k, i], x)
            line[p, 0] += v[k, i] * w[k, i]
            line[p, 1] += v[k, i] * b[k, i]
        sum_lines(line, x, c[k], inactive, values)
        total = 0.0
        for n in range(len(x)):
            total += twice_loss_of(kind, values[n], y[n])
        loss[k] = 0.5 * total
