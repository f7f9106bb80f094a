"""Marks of neurons and knots: shape for the active side, hue for the sign of the slope jump, area for its size.

All marks of a panel are one artist, since Matplotlib's cost is per artist first and per mark second.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from pipeline.render.theme import Style

BOTH, RIGHT, LEFT, UP, DOWN = range(5)
_TURNS = {RIGHT: 0.0, LEFT: np.pi, UP: np.pi / 2, DOWN: -np.pi / 2}


def _polygon(corners: int, turn: float) -> Path:
    """A regular polygon of area 1 about 0, with a corner in the direction `turn`."""
    angles = turn + 2 * np.pi * np.arange(corners) / corners
    radius = np.sqrt(2 / (corners * np.sin(2 * np.pi / corners)))
    points = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return Path(np.vstack([points, points[:1]]), closed=True)


SHAPES = [_polygon(4, 0.0), *(_polygon(3, _TURNS[shape]) for shape in (RIGHT, LEFT, UP, DOWN))]
BY_ORIENTATION = np.array([BOTH, RIGHT, LEFT])  # indexed by s = 0, 1, −1
BY_ORIENTATION_UPRIGHT = np.array([BOTH, UP, DOWN])


@dataclass(frozen=True)
class AreaScale:
    """Areas in px²: `smallest` for no slope jump, growing evenly to `largest` at `full`, and no further than 1.6 times."""

    full: float
    smallest: float
    largest: float

    def __call__(self, jump: np.ndarray) -> np.ndarray:
        share = np.minimum(np.abs(jump) / self.full, 1.6)
        return self.smallest + (self.largest - self.smallest) * share


def area_scale(full: float, neurons: int, style: Style) -> AreaScale:
    """Marks shrink as neurons grow in number, so that 10 and 1,000 are both readable."""
    shrink = min(max((60 / neurons) ** 0.25, 0.4), 1.2)
    largest = 0.45 * (style.mark * shrink) ** 2
    return AreaScale(full, smallest=max(0.08 * largest, 12.0), largest=largest)


class Marks(PathCollection):
    """The marks of one panel."""

    def __init__(self, axes, style: Style):
        super().__init__([], sizes=[], offset_transform=axes.transData)
        self.style = style
        self.set_transform(IdentityTransform())
        self.set_joinstyle("round")
        self._hues = np.array([style.rgba("falling"), style.rgba("rising")])
        self._edges = np.array([style.rgba("background"), style.rgba("foreground")])
        self._widths = np.array([0.5, 1.0]) * style.stroke
        self.set_in_layout(False)
        axes.add_artist(self)
        self.set_clip_on(False)  # a mark at the limit is whole

    def show(self, x, y, area, shape, jump, held) -> None:
        """Marks at x, y with areas in px², shapes (indices of SHAPES), slope jumps and held flags: all (K,).

        The largest are drawn first, so that none hides a smaller one.
        """
        order = np.argsort(-area, kind="stable")
        held = held[order].astype(int)
        self.set_offsets(np.column_stack([x, y])[order])
        self.set_sizes(area[order], dpi=72)
        self.set_paths([SHAPES[i] for i in shape[order]])
        self.set_facecolor(self._hues[(jump[order] >= 0).astype(int)])
        self.set_edgecolor(self._edges[held])
        self.set_linewidth(self._widths[held])


@dataclass(frozen=True)
class Groups:
    """Neurons at one place, merged: x (K,), summed jump, count, orientation (0 where both), held, all (K,)."""

    x: np.ndarray
    jump: np.ndarray
    count: np.ndarray
    orientation: np.ndarray
    held: np.ndarray


def merge(x, jump, orientation, held, tolerance: float) -> Groups:
    """Merge neurons whose breakpoints x (K,), in a row, are at most `tolerance` apart."""
    order = np.argsort(x, kind="stable")
    x, jump, orientation, held = x[order], jump[order], orientation[order], held[order]
    if len(x) == 0:
        return Groups(x, jump, np.zeros(0, int), orientation, held)
    starts = np.flatnonzero(np.diff(x, prepend=-np.inf) > tolerance)
    lowest, highest = (ufunc.reduceat(orientation, starts) for ufunc in (np.minimum, np.maximum))
    return Groups(
        x[starts],
        np.add.reduceat(jump, starts),
        np.diff(starts, append=len(x)),
        np.where(lowest == highest, lowest, 0),
        np.logical_or.reduceat(held, starts),
    )
