"""The losses of networks that are narrow for the number of rows, from running sums over the rows.

Between two breakpoints f is linear, so that Σ(f − y)² over the rows there follows from Σ1, Σx, Σx², Σy, Σxy, Σy², with
x and y from the middles of their ranges on: far from 0 the sums would cancel. A loss below 1e-12 of Σy² is rounding.
"""

import numpy as np

from pipeline.model.data import Data

MANY, WIDE = 10_000, 20  # rows from which on it pays, and more of them than so many times the neurons


def pays(neurons: int, rows: int) -> bool:
    """Whether a loss takes less time so than from every row."""
    return rows > MANY and rows > WIDE * neurons


def loss_by_moments(w: np.ndarray, b: np.ndarray, v: np.ndarray, c: float, data: Data) -> float:
    """½Σ(f(xₙ) − yₙ)² over all rows, of the network w, b, v (m,), c."""
    rows, upward, (x0, y0) = len(data), w > 0, data.centre
    beta = np.divide(-b, w, out=np.zeros_like(w), where=w != 0)
    place = np.searchsorted(data.x, beta)
    place[w == 0] = 0
    slope, height = v * w, v * (w * x0 + b)
    begins = ~upward & ((w < 0) | (b > 0))  # active before their place, or everywhere
    first = np.array([slope[begins].sum(), height[begins].sum() + (c - y0)])
    turns = np.where(w == 0, 0.0, np.where(upward, 1.0, -1.0))
    order = np.argsort(place, kind="stable")
    lines = first + np.concatenate([[[0.0, 0.0]], np.cumsum((turns * [slope, height]).T[order], axis=0)])
    cuts = np.concatenate([[0], place[order], [rows]])
    count, x, xx, y, xy, yy = np.diff(data.running_sums[cuts], axis=0).T
    rise, level = lines.T
    squares = rise * (rise * xx + 2.0 * (level * x - xy)) + level * (level * count - 2.0 * y) + yy
    return max(0.5 * float(squares.sum()), 0.0)
