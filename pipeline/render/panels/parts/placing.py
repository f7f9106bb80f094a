"""Where words stand beside what they name: at the corner about it where least is drawn."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.transforms import Bbox

# Corners to try, in order, as (right, up): the words' box lies to that side of the place, 0 is centred on it.
CORNERS = [(0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (-1, 0)]

Covered = Callable[[Bbox], float]  # how much of what is drawn lies in a box of pixels, at least 0


def box_at(place: tuple[float, float], size: tuple[float, float], gap: float, corner: tuple[int, int]) -> Bbox:
    """The box of words `size` (px) at a corner of a place (px), `gap` from it."""
    (x, y), (width, height), (right, up) = place, size, corner
    across, along = gap if right and not up else 0.0, gap if up else 0.0
    left = x + right * across + 0.5 * (right - 1) * width
    low = y + up * along + 0.5 * (up - 1) * height
    return Bbox.from_bounds(left, low, width, height)


def best_corner(
    places: Sequence[tuple[float, float]], size: tuple[float, float], gap: float, room: Bbox, covered: Sequence[Covered]
) -> tuple[int, int]:
    """The corner at which words that follow `places` (px), one a moment, cover least of what is drawn at each of them.

    room: the box in which they must stay; to leave it is worse than to cover anything.
    """

    best, least = CORNERS[0], math.inf
    for corner in CORNERS:
        cost = 0.0
        for place, hidden in zip(places, covered, strict=True):
            box = box_at(place, size, gap, corner)
            cost += 1e6 * outside(box, room) + hidden(box)
            if not cost < least:  # whatever the other moments cost
                break
        if cost < least:
            best, least = corner, cost
    return best


def outside(box: Bbox, room: Bbox) -> float:
    """How far a box sticks out of the room, px."""
    return float(
        max(room.x0 - box.x0, 0) + max(box.x1 - room.x1, 0) + max(room.y0 - box.y0, 0) + max(box.y1 - room.y1, 0)
    )


def under(points: np.ndarray, box: Bbox) -> float:
    """How many of points (P, 2), px, lie in a box."""
    x, y = points[:, 0], points[:, 1]
    return float(np.count_nonzero((x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)))
