"""All interpolants that bend least: of least total variation of f', where a line costs nothing.

The least is the variation of the slopes of the polygon through the samples. Where the polygon turns one way at one
end of a segment and the other way, or not at all, at the other, every such interpolant is the segment; where it turns
the same way at both, it is any curve that turns that way, between the segment and the two neighbouring segments
extended (Hanin, on ridgeless interpolation, 2021; Debarre et al., on sparsest piecewise-linear regression, 2022).
"""

import numpy as np

from pipeline.projection.activity import Samples
from pipeline.projection.predictions import linear_spline, polygon


def slopes(samples: Samples) -> np.ndarray:
    """(K − 1,) of the polygon through the distinct samples."""
    return np.asarray(np.diff(samples.y) / np.diff(samples.x))


def least_variation(samples: Samples) -> float:
    """The least total variation of f' among interpolants. Unit y/x."""
    return float(np.sum(np.abs(np.diff(slopes(samples)))))


def interpolant_bounds(samples: Samples, x: np.ndarray) -> np.ndarray:
    """(2, P) the least and the greatest value of such interpolants at x (P,); each is reached.

    Where there is one x only, any value can be reached beside it: ∓∞.
    """
    if len(samples.x) == 1:
        return np.stack([np.where(x == samples.x, samples.y, end) for end in (-np.inf, np.inf)])
    slope = slopes(samples)
    turn = np.concatenate([[0.0], np.sign(np.diff(slope)), [0.0]])  # of each sample; the outer pieces are straight
    left = np.clip(np.searchsorted(samples.x, x, side="right") - 1, 0, len(slope) - 1)
    ends = left, left + 1
    from_left, from_right = (samples.y[end] + slope[left] * (x - samples.x[end]) for end in ends)
    chord = np.where(np.abs(x - samples.x[left]) <= np.abs(x - samples.x[left + 1]), from_left, from_right)
    before, behind = np.maximum(left - 1, 0), np.minimum(left + 1, len(slope) - 1)
    lines = [
        samples.y[end] + slope[near] * (x - samples.x[end]) for end, near in zip(ends, (before, behind), strict=True)
    ]
    way = np.where(turn[left] == turn[left + 1], turn[left], 0.0)
    inner = np.where(way > 0, np.maximum(*lines), np.where(way < 0, np.minimum(*lines), chord))
    return np.stack([np.minimum(chord, inner), np.maximum(chord, inner)])


def sparsest_corners(samples: Samples) -> np.ndarray:
    """(2, J) x and y of the corners and ends of one of these interpolants that has the fewest knots, in order.

    Where n samples in a row turn one way it has ⌈n/2⌉ knots, between every second pair of them, where the segments
    before and behind meet; of an odd n the first stands at a sample (Debarre et al.).
    """
    x, y, slope = samples.x, samples.y, slopes(samples)
    turn = np.sign(np.diff(slope))
    number = np.arange(len(turn))
    last = np.append(turn[1:] != turn[:-1], True)[: len(turn)]
    end = np.minimum.accumulate(np.where(last, number, len(turn))[::-1])[::-1]
    kept = np.flatnonzero(np.append(True, ((end - number) % 2 == 0) | (turn == 0)))  # the segments that it follows
    before, behind = kept[:-1], kept[1:]
    across = behind > before + 1
    start, way = before + 1, np.where(across, x[behind] - x[before + 1], 0.0)  # the one left out begins at `start`
    rise = y[behind] - slope[behind] * way - y[start]
    step = np.divide(rise, slope[before] - slope[behind], out=np.zeros(len(way)), where=across)
    step = np.clip(step, 0.0, way)
    inner = np.stack([x[start] + step, y[start] + slope[before] * step])
    ends = np.stack([[x[0], x[-1]], [y[0], y[-1]]])
    return np.concatenate([ends[:, :1], inner, ends[:, 1:]], axis=1)


def sparsest_interpolant(samples: Samples, x: np.ndarray) -> np.ndarray:
    """(P,) that interpolant, its end pieces extended."""
    if len(samples.x) == 1:
        return linear_spline(samples, x)
    corner_x, corner_y = sparsest_corners(samples)
    return polygon(corner_x, corner_y, x)
