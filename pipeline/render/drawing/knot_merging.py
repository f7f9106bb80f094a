"""Which neurons are shown as one knot: those that stay together, not those that only pass each other."""

import numpy as np

CROWD = 200  # neurons: more are told by place, since one among so many is too slight to flash
NEAR = 0.35  # of the width of a full mark: how near those are whose marks would hide each other
STAY = 0.7  # seconds of video that neurons must stay near each other to be shown as one
SAME_PLACE = 1e-3  # px: neurons held by one sample differ by rounding only


class Together:
    """Of neurons at places pixels (F, m), px, which are merged in each frame; width: of a full mark, px."""

    def __init__(self, pixels: np.ndarray, width: float, fps: int):
        self.pixels, self.near = pixels, max(NEAR * width, 1.0)
        self.stay = None if pixels.shape[1] > CROWD else self._staying(2 * round(0.5 * STAY * fps) + 1)

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
        same = np.diff(places) <= SAME_PLACE
        if self.stay is None:
            return same | (np.diff(np.floor(places / self.near)) == 0)
        return same | self.stay[order[:-1], frame, order[1:]]


def in_window(present: np.ndarray, frames: int) -> np.ndarray:
    """(F, m) in how many of an odd number of frames around each one something is present, (F, m) bool.

    Before the first frame it is as in the first one, after the last as in the last.
    """
    half = frames // 2
    padded = np.pad(present, ((half + 1, half), (0, 0)), mode="edge")
    counts = np.cumsum(padded, axis=0, dtype=np.int32)
    return counts[frames:] - counts[:-frames]
