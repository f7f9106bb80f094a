"""Which neurons are shown as one knot: those that stay together, not those that only pass each other.

What is joined is decided once for the whole clip, gap by gap between neighbours in order of place. The k-th place in
order moves evenly even where neurons pass each other, so that a gap is the same one from frame to frame.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.render.drawing.steady import steady

NEAR = 0.35  # of the width of a full mark, and of the mean distance of neighbours: how near those are that may be one
WIDE = 1.0  # of the width of a full mark: the most that one knot spans; where all are near their next, none is a knot
APART = 2.0  # times as far as near: neighbours that are shown as two in any case
SAME_PLACE = 1e-3  # px: neurons held by one sample differ by rounding only
FAR_OUT = 1e4  # px: beyond every frame; what is there on one side and then on the other came round through infinity


class KnotMerging:
    """Of neurons at places pixels (F, m), px, which are one knot with their next in each frame.

    width: of a full mark, px; span: of what the axes show, px.
    """

    def __init__(self, pixels: np.ndarray, width: float, span: float, fps: float) -> None:
        self.pixels = pixels
        neurons = pixels.shape[1]
        self.near = max(NEAR * min(width, span / max(neurons, 1)), SAME_PLACE)
        shift = turns(pixels)
        columns = np.arange(neurons - 1) - shift[:, None]
        shape = len(pixels), max(neurons - 1, 0) + int(np.ptp(shift))
        wish, must = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
        columns += int(shift.max())
        frame = np.arange(len(pixels))[:, None]
        wish[frame, columns], must[frame, columns] = self._apart(max(WIDE * width, self.near))
        self._two = steady(wish, fps, must)[frame, columns]

    def _apart(self, wide: float) -> tuple[np.ndarray, np.ndarray]:
        """(F, m - 1) bool: which gaps part knots by their places of the moment, and which do so in any case."""
        places = np.sort(self.pixels, axis=1)
        with np.errstate(invalid="ignore"):  # breakpoints at infinity are near none
            gaps = np.diff(places, axis=1)
        near = gaps <= self.near
        parts = [compact(row, line, wide) for row, line in zip(places, near, strict=True)]
        joined = near & np.stack(parts) | (gaps <= SAME_PLACE)
        return ~joined, ~(gaps <= APART * max(self.near, 1.0))

    def joined(self, frame: int, order: np.ndarray) -> np.ndarray:
        """(K - 1,) whether each of the neurons `order` (K,), all between two places, sorted, is one with the next."""
        if len(order) == 0:
            return np.zeros(0, dtype=bool)
        first = np.count_nonzero(self.pixels[frame] < self.pixels[frame, order[0]])
        return np.asarray(~self._two[frame, first : first + len(order) - 1])


def compact(places: np.ndarray, near: np.ndarray, wide: float) -> np.ndarray:
    """(m - 1,) of which gaps the row of near neighbours spans at most `wide`; places (m,) ascending, near (m - 1,)."""
    starts = np.flatnonzero(np.concatenate([[True], ~near]))
    ends = np.append(starts[1:] - 1, len(places) - 1)
    with np.errstate(invalid="ignore"):
        narrow = places[ends] - places[starts] <= wide
    return np.asarray(np.repeat(narrow, ends - starts + 1)[:-1])


def turns(pixels: np.ndarray) -> np.ndarray:
    """(F,) by how many places all others in order have moved up, as breakpoints left on the right and came back left.

    Where more do so than there are neurons, order says nothing, and it is 0.
    """
    before, after = pixels[:-1], pixels[1:]
    right = np.sum((before > FAR_OUT) & (after < -FAR_OUT), axis=1)
    left = np.sum((before < -FAR_OUT) & (after > FAR_OUT), axis=1)
    shift = np.concatenate([[0], np.cumsum(right - left)])
    return shift if np.ptp(shift) <= pixels.shape[1] else np.zeros_like(shift)


@dataclass(frozen=True)
class DrawnKnots:
    """Neurons shown as one mark in one frame: x (K,), summed jump, and whether one is held, all (K,).

    Not the merged knots of projection/statistics.py, which are numbers: those join what is within one tolerance, at the
    plain mean, in all frames at once. Here those join whose marks would hide each other, some pixels
    apart, and the mean is weighted by the jumps, so that the mark stands where most of the bend is.
    """

    x: np.ndarray
    jump: np.ndarray
    held: np.ndarray


def merge_near(x: np.ndarray, jump: np.ndarray, held: np.ndarray, tolerance: float) -> DrawnKnots:
    """Merge neurons with breakpoints x (K,), in any order, that are in a row at most `tolerance` apart."""
    order = np.argsort(x, kind="stable")
    joined = np.diff(x[order]) <= tolerance
    return merge_where(x[order], jump[order], held[order], joined)


def merge_where(x: np.ndarray, jump: np.ndarray, held: np.ndarray, joined: np.ndarray) -> DrawnKnots:
    """Merge neurons with breakpoints x (K,), in order, each with the one before it where `joined` (K - 1,) says so.

    A group stands at the mean of its breakpoints, weighted by the slope jumps.
    """
    if not joined.any():
        return DrawnKnots(x, jump, held)
    starts = np.flatnonzero(~np.concatenate([[False], joined]))
    weight = np.abs(jump) + 1e-12 * (np.abs(jump).max() or 1.0)
    first = x[starts]  # an offset mean: that of equal numbers is one of them
    apart = x - np.repeat(first, np.diff(starts, append=len(x)))
    offset = np.add.reduceat(weight * apart, starts) / np.add.reduceat(weight, starts)
    return DrawnKnots(first + offset, np.add.reduceat(jump, starts), np.logical_or.reduceat(held, starts))
