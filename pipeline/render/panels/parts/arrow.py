"""A short arrow from words to what they are about: outlines in px."""

import numpy as np
from matplotlib.transforms import Bbox

HEAD, HALF_HEAD = 0.75, 0.3  # length and half the width of the head, in text sizes
SHAFT = 0.6  # half the width of the shaft, in strokes
GAP = 0.15  # between the tip and what it points at, in text sizes


def leaving(box: np.ndarray, tip: tuple[float, float]) -> np.ndarray:
    """(…, 2) where arrows from boxes of words leave them: on the way from what is nearest in their middle part.

    box: (…, 2, 2) lower and upper corners; all px.
    """
    low, high = box[..., 0, :], box[..., 1, :]
    margin = np.array([0.25, 0.5]) * (high - low)  # upright, the middle part is the middle
    start: np.ndarray = np.clip(tip, low + margin, high - margin)
    way = tip - start
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(way == 0, np.inf, (np.where(way > 0, high, low) - start) / way)
    return np.asarray(start + np.minimum(shares.min(axis=-1, keepdims=True), 1.0) * way)


def arrow(
    box: Bbox, tip: tuple[float, float], radius: float, text: float, stroke: float
) -> tuple[list[np.ndarray], tuple[float, float]]:
    """Outlines (K, 2) of shaft and head, and where the head ends: beside what is drawn `radius` px about the tip."""
    start, middle = complex(*leaving(box.get_points(), tip)), complex(*tip)  # plain numbers: one arrow a frame
    length = abs(middle - start)
    if length == 0:
        return [], tip
    way = (middle - start) / length
    end = middle - way * min(radius + GAP * text, length)
    neck = end - way * min(HEAD * text, abs(end - start))
    inner, side = neck + 0.2 * (end - neck), 1j * way
    shaft, half = SHAFT * stroke * side, HALF_HEAD * text * side
    outlines = [
        _corners(start + shaft, inner + shaft, inner - shaft, start - shaft),
        _corners(end, neck + half, neck - half),
    ]
    return outlines, (end.real, end.imag)


def _corners(*points: complex) -> np.ndarray:
    """Points x + iy as (K, 2)."""
    return np.array(points).view(float).reshape(-1, 2)
