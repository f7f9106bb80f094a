"""A short arrow from words to what they are about: outlines in px."""

import numpy as np
from matplotlib.transforms import Bbox

HEAD, HALF_HEAD = 0.75, 0.3  # length and half the width of the head, in text sizes
SHAFT = 0.6  # half the width of the shaft, in strokes
GAP = 0.15  # between the tip and what it points at, in text sizes


def leaving(box: Bbox, tip: tuple[float, float]) -> tuple[float, float]:
    """Where an arrow from a box of words leaves it: on the way from what is nearest in its middle part, px."""
    width = 0.25 * box.width
    x = min(max(tip[0], box.x0 + width), box.x1 - width)
    y = 0.5 * (box.y0 + box.y1)
    dx, dy = tip[0] - x, tip[1] - y
    shares = [
        ((box.x1 if dx > 0 else box.x0) - x) / dx if dx else np.inf,
        ((box.y1 if dy > 0 else box.y0) - y) / dy if dy else np.inf,
    ]
    share = min(1.0, *shares)
    return x + share * dx, y + share * dy


def arrow(
    box: Bbox, tip: tuple[float, float], radius: float, text: float, stroke: float
) -> tuple[list[np.ndarray], tuple[float, float]]:
    """Outlines (K, 2) of shaft and head, and where the head ends: beside what is drawn `radius` px about the tip."""
    start, middle = np.array(leaving(box, tip)), np.array(tip)
    length = float(np.hypot(*(middle - start)))
    if length == 0:
        return [], tip
    way = (middle - start) / length
    end = middle - way * min(radius + GAP * text, length)
    side = np.array([-way[1], way[0]])
    neck = end - way * min(HEAD * text, float(np.hypot(*(end - start))))
    shaft, half = SHAFT * stroke * side, HALF_HEAD * text * side
    inner = neck + 0.2 * (end - neck)
    outlines = [
        np.array([start + shaft, inner + shaft, inner - shaft, start - shaft]),
        np.array([end, neck + half, neck - half]),
    ]
    return outlines, (float(end[0]), float(end[1]))
