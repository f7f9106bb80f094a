"""Numbers that jump from frame to frame: their running mean, how far they jump about it, and whether they do.

A path that trembles hides where it goes. Drawn as a mean with a band behind it, it shows both.
"""

import numpy as np

SECONDS = 0.5  # of video that a mean runs over
TREMBLING = 2.5  # times as long as the way of their mean, from which on numbers are drawn as mean and band


def running_mean(values: np.ndarray, frames: int) -> tuple[np.ndarray, np.ndarray]:
    """Means and standard deviations (F, K) over about `frames` frames around each of values (F, K).

    NaN breaks a path: no mean runs over it. At the ends and at breaks the window is what there is of it.
    """
    reach = min(frames // 2, len(values) - 1)
    finite = np.isfinite(values)
    filled = np.where(finite, values, 0.0)
    piece = np.cumsum(~finite, axis=0)
    count, total, squares = (np.zeros(values.shape) for _ in range(3))
    centre = np.where(finite.any(axis=0), filled.sum(axis=0) / np.maximum(finite.sum(axis=0), 1), 0.0)
    for shift in range(-reach, reach + 1):
        here = slice(max(-shift, 0), len(values) - max(shift, 0))
        there = slice(max(shift, 0), len(values) - max(-shift, 0))
        same = finite[here] & finite[there] & (piece[here] == piece[there])
        beside = np.where(same, filled[there] - centre, 0.0)
        count[here] += same
        total[here] += beside
        squares[here] += beside**2
    mean = total / np.maximum(count, 1)
    spread = np.sqrt(np.maximum(squares / np.maximum(count, 1) - mean**2, 0.0))
    return np.where(finite, mean + centre, np.nan), np.where(finite, spread, np.nan)


def trembling(values: np.ndarray, mean: np.ndarray) -> float:
    """How many times as long the ways of values (F, K), all together, are as those of their running mean (F, K)."""
    ways = [np.nansum(np.abs(np.diff(path, axis=0))) for path in (values, mean)]
    return float(ways[0] / ways[1]) if ways[1] > 0 else 1.0
