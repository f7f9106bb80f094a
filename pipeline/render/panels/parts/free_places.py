"""Where words stand for a while: a place in a panel at which nothing is drawn, found in the pictures themselves."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

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
    def of(
        cls, frames: Iterable[np.ndarray], style: Style, cell: int, region: Bbox | None = None, usual: bool = False
    ) -> "Drawn":
        """What is drawn in any of some frames (height, width, 4), or `usual`: in their mean.

        region: px, beyond which nothing is looked at, by default the frame.
        """
        ground, ink = (np.array(style.rgba(name)[:3]) for name in ("background", "foreground"))
        rows, columns = _cells(region or Bbox.from_bounds(0, 0, style.width, style.height), style, cell)
        top, bottom = max(style.height - rows.stop * cell, 0), style.height - rows.start * cell
        part = slice(top, bottom), slice(columns.start * cell, columns.stop * cell)
        opaque = (_on_ground(frame[part], ground) for frame in frames)
        ranges = ((frame, frame) for frame in opaque) if usual else [_range(opaque)]
        each = np.stack([_inked(*extremes, ground, ink, cell) for extremes in ranges])
        whole = np.zeros((-(-style.height // cell), -(-style.width // cell)))
        whole[rows, columns] = each.mean(axis=0)[::-1]
        return cls(whole, cell)

    def beside(self, places: Sequence[tuple[float, float]], reach: float) -> "Drawn":
        """The same, with room kept about places, px."""
        ink = self.ink.copy()
        for x, y in dict.fromkeys(places):
            low, high = (np.array([y + side, x + side]) / self.cell for side in (-reach, reach))
            first, end = np.maximum(np.floor(low), 0).astype(int), np.maximum(np.ceil(high), 0).astype(int)
            part = ink[first[0] : end[0], first[1] : end[1]]
            rows, columns = (start + np.arange(n) + 0.5 for start, n in zip(first, part.shape, strict=True))
            near = np.hypot(rows[:, None] - y / self.cell, columns - x / self.cell) * self.cell <= reach
            part[near] = STRAY
        return Drawn(ink, self.cell)

    @cached_property
    def _total(self) -> np.ndarray:
        """How much is drawn left of and below every corner of a cell."""
        return np.pad(self.ink.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))

    def under(self, left: np.ndarray, low: np.ndarray, size: tuple[float, float]) -> np.ndarray:
        """(K,) how much is drawn in boxes of a size with corners left, low (K,), all px: full cells."""
        total = self._total
        x0, y0 = (np.floor(part / self.cell).astype(int) for part in (left, low))
        x1, y1 = (np.ceil((part + side) / self.cell).astype(int) for part, side in ((left, size[0]), (low, size[1])))
        x0, x1 = (np.clip(part, 0, self.ink.shape[1]) for part in (x0, x1))
        y0, y1 = (np.clip(part, 0, self.ink.shape[0]) for part in (y0, y1))
        covered: np.ndarray = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
        return covered

    def along(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """(K,) how many cells of what is drawn lines from start to stop, (K, 2) px, cross."""
        steps = np.maximum((np.hypot(*(stop - start).T) / self.cell).astype(int), 1)
        shares = np.minimum(np.arange(steps.max(initial=0) + 1) / steps[:, None], 1.0)
        points = (start[:, None] + shares[..., None] * (stop - start)[:, None]) / self.cell
        column, row = np.moveaxis(points.astype(int), -1, 0)
        inside = (row >= 0) & (row < self.ink.shape[0]) & (column >= 0) & (column < self.ink.shape[1])
        inside &= np.arange(shares.shape[1]) <= steps[:, None]
        crossed = np.minimum(self.ink[np.where(inside, row, 0), np.where(inside, column, 0)], 1.0)
        return np.asarray(np.where(inside, crossed, 0.0).sum(axis=1))


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
    corners = np.stack([left[tried], low[tried]], axis=1)
    boxes = np.stack([corners, corners + size], axis=1)
    ways = CROSSED * _crossed(drawn, boxes, (float(x), float(y)), reach + 0.6 * text) * drawn.cell / text
    total = cost[tried] + ways
    best = int(np.argmin(total))
    return float(total[best]), Bbox(boxes[best])


def _crossed(drawn: Drawn, boxes: np.ndarray, tip: tuple[float, float], reach: float) -> np.ndarray:
    """(K,) how much arrows from boxes (K, 2, 2) to a tip, but for its reach, cross."""
    start = leaving(boxes, tip)
    way = tip - start
    share = np.maximum(1 - reach / np.maximum(np.hypot(*way.T), 1e-9), 0.0)
    return drawn.along(start, start + share[:, None] * way)


def _sides(room: Bbox, size: tuple[float, float]) -> list[tuple[float, float, float]]:
    return [(float(room.x0), float(room.x1), size[0]), (float(room.y0), float(room.y1), size[1])]


def _cells(region: Bbox, style: Style, cell: int) -> tuple[slice, slice]:
    """The rows, from the bottom, and the columns of the cells of a frame that a region (px) meets."""
    sides = (region.y0, region.y1, style.height), (region.x0, region.x1, style.width)
    rows, columns = (
        slice(math.floor(max(low, 0) / cell), math.ceil(min(high, most) / cell)) for low, high, most in sides
    )
    return rows, columns


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
