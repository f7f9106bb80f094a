"""Pieces: runs of samples that every neuron sees alike, on each of which f is one line over the samples.

At a critical point whose active sets separate the pieces, differences of the conditions R0 = R1 = 0 leave
Σε = Σεx = 0 on every piece: f is the ordinary-least-squares line of each (Sahs et al., on critical points).
"""

import numpy as np

from pipeline.projection.activity import Runs, Samples


def piece_index(runs: Runs, count: int) -> np.ndarray:
    """(F, K) number of the piece, from 0 on, of each of K = count samples; runs: (F, m)."""
    cut = np.zeros((len(runs.start), count + 1), dtype=int)
    np.put_along_axis(cut, runs.start, 1, axis=1)
    np.put_along_axis(cut, np.where(runs.alive, runs.stop, 0), 1, axis=1)
    cut[:, 0] = 0
    return np.cumsum(cut[:, :count], axis=1)


def piece_sums(index: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(F, K) sum of values (F, K) over every piece; 0 past the last piece."""
    frames, count = index.shape
    flat = (index + count * np.arange(frames)[:, None]).ravel()
    total = np.bincount(flat, weights=np.broadcast_to(values, index.shape).ravel(), minlength=index.size)
    return total.reshape(index.shape)


def piecewise_fit(index: np.ndarray, samples: Samples) -> np.ndarray:
    """(F, K) values at the distinct samples of the least-squares line of every piece (its y where it has one x)."""

    def over_pieces(values: np.ndarray) -> np.ndarray:
        return np.take_along_axis(piece_sums(index, values), index, axis=1)

    x, y, weight = samples.x, samples.y, samples.weight
    total = over_pieces(weight)
    dx, mean = x - over_pieces(weight * x) / total, over_pieces(weight * y) / total
    spread = over_pieces(weight * dx * dx)
    # A piece of one sample has the spread of a rounding error: it needs no slope.
    several = over_pieces(np.ones_like(x)) > 1
    slope = np.divide(over_pieces(weight * dx * (y - mean)), spread, out=np.zeros_like(spread), where=several)
    return np.asarray(mean + slope * dx)


def fit_distance(index: np.ndarray, samples: Samples, residual: np.ndarray) -> np.ndarray:
    """(F,) root mean square over all rows of f less the piecewise least-squares fit; residual: (F, K). Unit y."""
    gap = samples.y + residual - piecewise_fit(index, samples)
    return np.sqrt(np.average(gap**2, axis=1, weights=samples.weight))


def piece_lines(index: np.ndarray, samples: Samples, x: np.ndarray) -> np.ndarray:
    """(F, P) those lines at points x (P,), from the first to the last sample of each piece; NaN between pieces.

    The outer ones go on beyond the samples.
    """
    fit = piecewise_fit(index, samples)
    if len(samples.x) == 1:
        return np.broadcast_to(fit, (len(fit), len(x)))
    left = np.clip(np.searchsorted(samples.x, x, side="right") - 1, 0, len(samples.x) - 2)
    share = (x - samples.x[left]) / (samples.x[left + 1] - samples.x[left])
    apart = index[:, left] != index[:, left + 1]
    nearest = np.where(share > 0.5, fit[:, left + 1], fit[:, left])
    between = np.where((share > 0) & (share < 1), np.nan, nearest)
    return np.where(apart, between, (1 - share) * fit[:, left] + share * fit[:, left + 1])


def fit_loss(index: np.ndarray, samples: Samples) -> np.ndarray:
    """(F,) the loss of the piecewise least-squares fit. Unit y²."""
    gap = samples.y - piecewise_fit(index, samples)
    return np.asarray(0.5 * gap**2 @ samples.weight + samples.floor)
