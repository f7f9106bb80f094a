"""Where words stand for a while: a place in a panel at which nothing is drawn, found in the pictures themselves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.transforms import Bbox

from pipeline.render.drawing.theme import Style
from pipeline.render.panels.parts.arrow import leaving

Picture = Callable[[int], np.ndarray]  # a frame of a clip without what is told of it, by its number

FAINT = 0.05  # of the contrast of ink, below which nothing is drawn
PALE = 0.45  # below which words may cut what is drawn
CUT = 0.04  # how much that counts
NEAREST = 1.6  # least distance of words from what they point at, in text sizes
FAR = 0.6  # what a text size of distance counts, where a covered square of that size counts COVERED
COVERED, CROSSED, STRAY = 40.0, 3.0, 1e3  # and what one that an arrow crosses counts, and one beside the target
MORE_LINES = 0.8  # what a further line of words counts
TRIED = 300  # places at which the way of the arrow is looked at


@dataclass(frozen=True)
class Drawn:
    """How much is drawn in the cells, `cell` px wide, of a frame: ink (rows from the bottom, columns), 0 to 1."""

    ink: np.ndarray
    cell: float

    @classmethod
    def of(cls, frames: Iterable[np.ndarray], style: Style, cell: int, usual: bool = False) -> "Drawn":
        """What is drawn in any of some frames (height, width, 4), or `usual`: in their mean."""
        ground, ink = (np.array(style.rgba(name)[:3]) for name in ("background", "foreground"))
        opaque = (_on_ground(frame, ground) for frame in frames)
        ranges = ((frame, frame) for frame in opaque) if usual else [_range(opaque)]
        each = np.stack([_inked(*extremes, ground, ink, cell) for extremes in ranges])
        return cls(each.mean(axis=0)[::-1], cell)

    def beside(self, places: Sequence[tuple[float, float]], reach: float) -> "Drawn":
        """The same, with room kept about places, px."""
        ink = self.ink.copy()
        rows, columns = (np.arange(n) + 0.5 for n in ink.shape)
        for x, y in dict.fromkeys(places):
            near = np.hypot(rows[:, None] - y / self.cell, columns - x / self.cell) * self.cell <= reach
            ink[near] = STRAY
        return Drawn(ink, self.cell)

    def under(self, left: np.ndarray, low: np.ndarray, size: tuple[float, float]) -> np.ndarray:
        """(K,) how much is drawn in boxes of a size with corners left, low (K,), all px: full cells."""
        total = np.pad(self.ink.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        x0, y0 = (np.floor(part / self.cell).astype(int) for part in (left, low))
        x1, y1 = (np.ceil((part + side) / self.cell).astype(int) for part, side in ((left, size[0]), (low, size[1])))
        x0, x1 = (np.clip(part, 0, self.ink.shape[1]) for part in (x0, x1))
        y0, y1 = (np.clip(part, 0, self.ink.shape[0]) for part in (y0, y1))
        covered: np.ndarray = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
        return covered

    def along(self, start: tuple[float, float], stop: tuple[float, float]) -> float:
        """How many cells of what is drawn a line crosses."""
        steps = max(int(np.hypot(stop[0] - start[0], stop[1] - start[1]) / self.cell), 1)
        points = np.linspace(start, stop, steps + 1) / self.cell
        column, row = points.astype(int).T
        inside = (row >= 0) & (row < self.ink.shape[0]) & (column >= 0) & (column < self.ink.shape[1])
        return float(np.minimum(self.ink[row[inside], column[inside]], 1.0).sum())


def free_place(
    drawn: Drawn,
    sizes: Sequence[tuple[float, float]],
    room: Bbox,
    text: float,
    tips: Sequence[tuple[float, float]],
    reach: float,
) -> tuple[int, Bbox]:
    """Which of the sizes words take, and their box, px: where least is drawn, near to what they point at.

    sizes: width and height with all room about them; room: in which they stay; text: size of words; tips: where the
    target is in the time that they stand, none where there is no target; reach: how far it is drawn about that. All px.
    """
    free = drawn.beside(tips, reach + 0.5 * text) if tips else drawn
    best = [(*_best(free, size, room, text, tips, reach), k) for k, size in enumerate(sizes)]
    _, box, k = min(best, key=lambda each: each[0] + MORE_LINES * each[2])
    return k, box


def _best(
    drawn: Drawn, size: tuple[float, float], room: Bbox, text: float, tips: Sequence[tuple[float, float]], reach: float
) -> tuple[float, Bbox]:
    """The least cost of a box of a size, and the box."""
    step = max(0.5 * text, drawn.cell)
    across, along = (np.arange(low, max(high - side, low) + 1e-6, step) for low, high, side in _sides(room, size))
    left, low = (part.ravel() for part in np.meshgrid(across, along))
    unit = (text / drawn.cell) ** 2
    cost = COVERED * drawn.under(left, low, size) / unit
    if not tips:
        middle = np.hypot(left + 0.5 * size[0] - 0.5 * (room.x0 + room.x1), low + 0.5 * size[1] - room.y1)
        cost += 0.1 * FAR * middle / text
        k = int(np.argmin(cost))
        return float(cost[k]), Bbox.from_bounds(left[k], low[k], *size)
    x, y = np.mean(tips, axis=0)
    away = np.hypot(
        np.maximum(np.maximum(left - x, x - left - size[0]), 0), np.maximum(np.maximum(low - y, y - low - size[1]), 0)
    )
    short = np.maximum(reach + NEAREST * text - away, 0) / text
    cost += FAR * away / text + COVERED * short
    tried = np.argsort(cost, kind="stable")[:TRIED]
    boxes = [Bbox.from_bounds(left[k], low[k], *size) for k in tried]
    ways = [
        CROSSED * _crossed(drawn, box, (float(x), float(y)), reach + 0.6 * text) * drawn.cell / text for box in boxes
    ]
    total = cost[tried] + ways
    best = int(np.argmin(total))
    return float(total[best]), boxes[best]


def _crossed(drawn: Drawn, box: Bbox, tip: tuple[float, float], reach: float) -> float:
    start = leaving(box, tip)
    length = np.hypot(tip[0] - start[0], tip[1] - start[1])
    share = max(1 - reach / max(length, 1e-9), 0.0)
    return drawn.along(start, (start[0] + share * (tip[0] - start[0]), start[1] + share * (tip[1] - start[1])))


def _sides(room: Bbox, size: tuple[float, float]) -> list[tuple[float, float, float]]:
    return [(float(room.x0), float(room.x1), size[0]), (float(room.y0), float(room.y1), size[1])]


def _range(frames: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest of every byte of some frames: what is drawn in one of them lies farthest out there."""
    first = next(iterator := iter(frames))
    least, most = first.copy(), first.copy()
    for frame in iterator:
        np.minimum(least, frame, out=least)
        np.maximum(most, frame, out=most)
    return least, most


def _inked(least: np.ndarray, most: np.ndarray, ground: np.ndarray, ink: np.ndarray, cell: int) -> np.ndarray:
    """How much is drawn in the cells of frames in a range: all, for what is as far from the ground as PALE of the ink.

    Bytes are reduced row by row first, over whole lines of memory: a tenth of the time that floats a cell would take.
    """
    least, most = (
        _by_cells(_whole_cells(frame, cell), cell, extreme)[..., :3]
        for frame, extreme in ((least, np.minimum), (most, np.maximum))
    )
    apart = np.maximum(most / 255 - ground, ground - least / 255).max(axis=2) / np.abs(ink - ground).max()
    return np.where(apart >= PALE, 1.0, np.where(apart >= FAINT, CUT, 0.0))


def _whole_cells(frame: np.ndarray, cell: int) -> np.ndarray:
    """A frame with its edges repeated, upwards and to the right, until cells fill it."""
    height, width = (-(-side // cell) * cell for side in frame.shape[:2])
    return np.pad(frame, ((height - len(frame), 0), (0, width - frame.shape[1]), (0, 0)), mode="edge")


def _by_cells(frame: np.ndarray, cell: int, extreme: np.ufunc) -> np.ndarray:
    """The least or the greatest byte of every cell and channel: (rows, columns, 4)."""
    rows = frame[::cell].copy()
    for k in range(1, cell):
        extreme(rows, frame[k::cell], out=rows)
    cells = rows[:, ::cell].copy()
    for k in range(1, cell):
        extreme(cells, rows[:, k::cell], out=cells)
    return cells


def _on_ground(frame: np.ndarray, ground: np.ndarray) -> np.ndarray:
    """A frame without anything transparent, which shows the ground instead."""
    if frame[..., 3].min() == 255:
        return frame
    share = frame[..., 3:] / 255
    mixed = frame[..., :3] * share + 255 * ground * (1 - share)
    return np.dstack([np.round(mixed).astype(np.uint8), frame[..., 3]])
