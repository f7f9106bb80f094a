"""A run at other times than those it was sampled at."""

from dataclasses import replace

import numpy as np

from pipeline.simulate.trajectory import Trajectory

AT_SAMPLE = 1e-9  # of the range of x: how near a breakpoint is to the sample that has just let it go


class Between:
    """Times (K,), nondecreasing, among those (F,) of a run: those before and after each, and how far it is between.

    A time that is one of the run's is met exactly, the last of several; beyond its ends it rests.
    """

    def __init__(self, t: np.ndarray, times: np.ndarray):
        self.times = np.asarray(times, dtype=float)
        inside = np.clip(self.times, t[0], t[-1])
        self.before = np.searchsorted(t, inside, side="right") - 1
        self.after = np.minimum(self.before + 1, len(t) - 1)
        gap = t[self.after] - t[self.before]
        self.share = np.divide(inside - t[self.before], gap, out=np.zeros(len(inside)), where=gap > 0)

    def evenly(self, values: np.ndarray) -> np.ndarray:
        """Values (F, …) that change evenly between two times: (K, …)."""
        weight = self.share.reshape(-1, *[1] * (values.ndim - 1))
        before = values[self.before]
        return np.asarray(np.where(weight == 0, before, before + weight * (values[self.after] - before)))

    def by_factors(self, values: np.ndarray) -> np.ndarray:
        """Values (F, …) that change by equal factors, where they are positive at both times: (K, …)."""
        before, after = values[self.before], values[self.after]
        weight = self.share.reshape(-1, *[1] * (values.ndim - 1))
        positive = (before > 0) & (after > 0) & (weight > 0)
        ratio = np.divide(after, before, out=np.ones_like(before), where=positive)
        return np.where(positive, before * ratio**weight, self.evenly(values))


def resampled(trajectory: Trajectory, times: np.ndarray) -> Trajectory:
    """The run at `times` (K,), nondecreasing: between two of its own, weights change evenly, the loss by equal factors.

    Between the moments of a run that is right to a fraction of a pixel (moments.py), between others to second order. A
    breakpoint is held from when a sample catches it until it is let go, as long as it stands there; −b/w does not
    change between two times at which it does. After the run's end it rests.
    """
    between = Between(trajectory.t, times)
    w, b, v, c = (between.evenly(part) for part in (trajectory.w, trajectory.b, trajectory.v, trajectory.c))
    loss, held = between.by_factors(trajectory.loss), _held(trajectory, between)
    rest = trajectory.rest and replace(trajectory.rest, f=between.evenly(trajectory.rest.f))
    return replace(trajectory, t=between.times, w=w, b=b, v=v, c=c, loss=loss, held=held, rest=rest)


def _held(trajectory: Trajectory, between: Between) -> np.ndarray:
    """(K, m) the sample that holds a breakpoint: that of the time before, unless it moves away until the time after."""
    held, x = trajectory.held[between.before], trajectory.x
    w, b = trajectory.w[between.after], trajectory.b[between.after]
    slack = AT_SAMPLE * (float(np.ptp(x)) or 1.0)
    there = np.abs(w * x[held] + b) <= slack * np.abs(w)
    stays = (held == trajectory.held[between.after]) | there | (between.share == 0)[:, None]
    return np.where(stays, held, -1)
