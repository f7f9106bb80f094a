"""From a record to the trajectory that it is of."""

from dataclasses import replace

import numpy as np

from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.model.sources import LARGEST
from pipeline.simulate.moments import most_moments
from pipeline.simulate.recorded.record import Record
from pipeline.simulate.sampling import losses
from pipeline.simulate.solver.visible import sight_of
from pipeline.simulate.states import States
from pipeline.simulate.thinning import thinned
from pipeline.simulate.trajectory import Trajectory

SAME = 1e-9  # of the range of x and of y: how near samples are that are the same
LEAP = 0.2  # of the height of y: how much f may change from record to record without a word
LOOKED_AT = 33  # samples at which it is looked at


def samples_of(record: Record, data: Data | None) -> tuple[Data, bool]:
    """The samples that a record is of, its own where it has some, and whether `data`, if any, are these.

    Where they are, they are taken as they are given, with their axes. Raises InputError where there are none.
    """
    if record.x is None or record.y is None:
        if data is None:
            raise InputError(f"{record.name}: has no x and y; give the samples that the network learnt as `data`")
        return data, True
    try:
        own = Data(record.x, record.y)
    except InputError as error:
        raise InputError(f"{record.name}: {error}") from None
    if (largest := max(np.abs(own.x).max(), np.abs(own.y).max())) > LARGEST:
        raise InputError(f"{record.name}: x or y has {largest:g}; choose a unit with values up to {LARGEST:g}")
    if data is not None:
        own = replace(own, name=data.name, digest=data.digest, test=data.test)
    return (data, True) if data is not None and _same(own, data) else (own, False)


def _same(one: Data, other: Data) -> bool:
    if len(one) != len(other):
        return False
    pairs = (one.x, other.x), (one.y, other.y)
    return all(np.abs(left - right).max() <= SAME * (np.ptp(left) or 1.0) for left, right in pairs)


def replayed(record: Record, data: Data) -> Trajectory:
    """The trajectory of a record whose samples are `data`: every record is a moment of it.

    Between two of them weights change evenly. Of more records than a run of ours has moments those are kept between
    which least is lost. The loss is the recorded one, or else ½Σ(f(xₙ) − yₙ)².
    """
    run = Trajectory(record.t, record.w, record.b, record.v, record.c, record.t, _held(record), data.x, data.y)
    computed = losses(run, data)
    run = replace(run, loss=computed if record.loss is None else record.loss)
    states = _bounded(States(run.t, run.w, run.b, run.v, run.c, run.held, run.loss, np.zeros((len(run.t), 0))), data)
    t, w, b, v, c, held, loss, _ = states
    outcome = f"{len(record)} records of {record.name}{_of_leaps(run)}{_of_loss(run.loss, computed)}"
    return Trajectory(t, w, b, v, c, loss, held, data.x, data.y, outcome, record.forks)


def _held(record: Record) -> np.ndarray:
    """(R, m) rows of the samples, in the order of x, that hold breakpoints."""
    if record.held is None or record.x is None:
        return np.full(record.w.shape, -1, dtype=np.int32)
    if record.held.min() < -1 or record.held.max() >= len(record.x):
        raise InputError(f"{record.name}: held names a sample that is none of its {len(record.x)}; give -1 for free")
    rank = np.append(np.argsort(np.argsort(record.x, kind="stable"), kind="stable"), -1).astype(np.int32)
    return np.asarray(rank[record.held])


def _bounded(states: States, data: Data) -> States:
    """No more states than a run has moments."""
    most, tolerance = most_moments(states.w.shape[1]), 1.0
    while len(states.t) > most:
        states = thinned(states, sight_of(data.x, data.y), tolerance, most // 2)
        tolerance *= 2
    return states


def _of_leaps(run: Trajectory) -> str:
    """Where f changes much from a record to the next, which a picture then only guesses; nothing elsewhere."""
    x = run.x[np.linspace(0, len(run.x) - 1, min(len(run.x), LOOKED_AT)).astype(int)]
    values = np.array([run.network(k).evaluate(x) for k in range(len(run.t))])
    leaps = np.abs(np.diff(values, axis=0)).max(axis=1) / (np.ptp(run.y) or np.abs(run.y).max() or 1.0)
    k = int(np.argmax(leaps))
    if leaps[k] <= LEAP:
        return ""
    share, times = 100 * leaps[k], f"t = {run.t[k]:g} and {run.t[k + 1]:g}"
    return f"; too few records: between {times} f changes by {share:.0f} % of the height of y, at an even rate at best"


def _of_loss(shown: np.ndarray, computed: np.ndarray) -> str:
    """How the loss that is shown compares with ½Σ(f(xₙ) − yₙ)² where it is another one; nothing where it is not."""
    if np.allclose(shown, computed, rtol=1e-6, atol=1e-12 * computed.max()):
        return ""
    of_ours = f"{shown[0] / computed[0]:.3g} and {shown[-1] / computed[-1]:.3g} times" if computed.all() else "not"
    return f"; its own loss is shown, at first and at last {of_ours} half the sum of squares"
