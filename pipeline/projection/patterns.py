"""Activation patterns in time: which samples each neuron sees, and when that changes (Ainsworth & Shin, 2020).

A plateau is where the loss stands still on a logarithmic axis of time: |d log L / d log t| < SLOW.
"""

import numpy as np

from pipeline.projection.run_on_samples import RunOnSamples

SLOW = 0.05  # steeper is no plateau
WINDOW = 0.1  # in log t, on either side, over which that slope is taken
APART = 0.01  # rad: directions nearer to each other than this count as one


def changes(run: RunOnSamples) -> np.ndarray:
    """(F − 1, m) how many samples a neuron came to see, or lost sight of, from one moment to the next."""
    start, stop = run.runs
    seen, kept = stop - start, np.minimum(stop[1:], stop[:-1]) - np.maximum(start[1:], start[:-1])
    return np.asarray(seen[1:] + seen[:-1] - 2 * np.maximum(kept, 0))


def strong_changes(run: RunOnSamples) -> np.ndarray:
    """(F − 1, m) those times the strength |v|‖(w, b)‖ of the neuron. Unit θ²."""
    t = run.trajectory
    strength: np.ndarray = np.abs(t.v) * np.hypot(t.w, t.b)
    return np.asarray(changes(run) * strength[1:])


def until_then(found: np.ndarray) -> np.ndarray:
    """(F,) changes (F − 1, m) of all neurons, summed from the start."""
    return np.concatenate([[0.0], np.cumsum(found.sum(axis=1))])


def plateau_share(run: RunOnSamples, found: np.ndarray) -> np.ndarray:
    """(F,) the share of changes (F − 1, m) until then that fell into plateaus; 0 where there is none."""
    still = on_plateau(run.trajectory.t, run.trajectory.loss)
    there, every = until_then(found * (still[1:] & still[:-1])[:, None]), until_then(found)
    return np.asarray(np.divide(there, every, out=np.zeros_like(every), where=every > 0))


def on_plateau(t: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """(F,) bool: whether the loss stands still at each of the times."""
    later = t > 0
    if not later.any():
        return np.ones(len(t), dtype=bool)
    place = np.log(t, out=np.full(len(t), -np.inf), where=later)
    level = np.log(np.maximum(loss, np.finfo(float).tiny))
    before, behind = (np.clip(place + way, place[later][0], place[-1]) for way in (-WINDOW, WINDOW))
    fall = np.interp(before, place[later], level[later]) - np.interp(behind, place[later], level[later])
    return np.asarray(np.abs(fall) <= SLOW * (behind - before))


def direction_count(run: RunOnSamples) -> np.ndarray:
    """(F,) different directions of (w, b) among the neurons that see a sample."""
    t = run.trajectory
    angle = np.sort(np.where(run.runs.alive, np.arctan2(t.b, t.w), np.inf), axis=1)
    seen = np.isfinite(angle)
    gap = np.subtract(angle[:, 1:], angle[:, :-1], out=np.zeros(angle[:, 1:].shape), where=seen[:, 1:])
    whole = np.max(angle, axis=1, where=seen, initial=-np.inf) - angle[:, 0]  # −π and π are one direction
    closed = seen[:, 0] & (2 * np.pi - np.where(seen[:, 0], whole, 0.0) < APART)
    count = seen[:, 0] + np.count_nonzero(gap > APART, axis=1) - closed
    return np.asarray(np.maximum(count, seen[:, 0]))
