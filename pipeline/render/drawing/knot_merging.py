"""Which neurons are shown as one knot: those that stay together, not those that only pass each other."""

from dataclasses import dataclass

import numpy as np

MOST_FOLLOWED = 200  # neurons: more are told by place, since one among so many is too slight to flash
NEAR = 0.35  # of the width of a full mark: how near those are whose marks would hide each other
STAY = 0.7  # seconds of video that neurons must stay near each other to be shown as one
SAME_PLACE = 1e-3  # px: neurons held by one sample differ by rounding only


class KnotMerging:
    """Of neurons at places pixels (F, m), px, which are merged in each frame; width: of a full mark, px."""

    def __init__(self, pixels: np.ndarray, width: float, fps: int) -> None:
        self.pixels, self.near = pixels, max(NEAR * width, 1.0)
        self.stay = None if pixels.shape[1] > MOST_FOLLOWED else self._staying(2 * round(0.5 * STAY * fps) + 1)

    def _staying(self, frames: int) -> np.ndarray:
        """(m, F, m) bool: which pairs are near each other for that many frames on end, this one among them."""
        close = np.zeros((self.pixels.shape[1], *self.pixels.shape), dtype=bool)
        with np.errstate(invalid="ignore"):  # breakpoints at infinity are near none
            for k, place in enumerate(self.pixels.T):
                near = np.abs(self.pixels - place[:, None]) <= self.near
                close[k] = in_window(in_window(near, frames) == frames, frames) > 0
        return close

    def joined(self, frame: int, order: np.ndarray) -> np.ndarray:
        """(K - 1,) whether each of the neurons `order` (K,), sorted by place, is one with the next."""
        places = self.pixels[frame, order]
        same: np.ndarray = np.diff(places) <= SAME_PLACE
        if self.stay is None:
            same |= np.diff(np.floor(places / self.near)) == 0
        else:
            same |= self.stay[order[:-1], frame, order[1:]]
        return same


def in_window(present: np.ndarray, frames: int) -> np.ndarray:
    """(F, m) in how many of an odd number of frames around each one something is present, (F, m) bool.

    Before the first frame it is as in the first one, after the last as in the last.
    """
    half = frames // 2
    padded = np.pad(present, ((half + 1, half), (0, 0)), mode="edge")
    counts = np.cumsum(padded, axis=0, dtype=np.int32)
    return counts[frames:] - counts[:-frames]


@dataclass(frozen=True)
class DrawnKnots:
    """Neurons shown as one mark in one frame: x (K,), summed jump, count, orientation (0 where both), held, all (K,).

    Not the merged knots of projection/statistics.py, which are numbers: those join what is within one tolerance, at the
    plain mean, in all frames at once. Here those join whose marks would hide each other, some pixels
    apart, and the mean is weighted by the jumps, so that the mark stands where most of the bend is.
    """

    x: np.ndarray
    jump: np.ndarray
    count: np.ndarray
    orientation: np.ndarray
    held: np.ndarray


def merge_near(
    x: np.ndarray, jump: np.ndarray, orientation: np.ndarray, held: np.ndarray, tolerance: float
) -> DrawnKnots:
    """Merge neurons with breakpoints x (K,), in any order, that are in a row at most `tolerance` apart."""
    order = np.argsort(x, kind="stable")
    joined = np.diff(x[order]) <= tolerance
    return merge_where(x[order], jump[order], orientation[order], held[order], joined)


def merge_where(
    x: np.ndarray, jump: np.ndarray, orientation: np.ndarray, held: np.ndarray, joined: np.ndarray
) -> DrawnKnots:
    """Merge neurons with breakpoints x (K,), in order, each with the one before it where `joined` (K - 1,) says so.

    A group stands at the mean of its breakpoints, weighted by the slope jumps.
    """
    if len(x) == 0:
        return DrawnKnots(x, jump, np.zeros(0, int), orientation, held)
    starts = np.flatnonzero(~np.concatenate([[False], joined]))
    weight = np.abs(jump) + 1e-12 * (np.abs(jump).max() or 1.0)
    lowest, highest = (ufunc.reduceat(orientation, starts) for ufunc in (np.minimum, np.maximum))
    count = np.diff(starts, append=len(x))
    first = x[starts]  # an offset mean: that of equal numbers is one of them
    offset = np.add.reduceat(weight * (x - np.repeat(first, count)), starts) / np.add.reduceat(weight, starts)
    return DrawnKnots(
        first + offset,
        np.add.reduceat(jump, starts),
        count,
        np.where(lowest == highest, lowest, 0),
        np.logical_or.reduceat(held, starts),
    )
