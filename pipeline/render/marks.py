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
_INRADIUS = np.array([0.5, *[3**-0.75] * 4])  # of the shapes
BY_ORIENTATION = np.array([BOTH, RIGHT, LEFT])  # indexed by s = 0, 1, −1
BY_ORIENTATION_UPRIGHT = np.array([BOTH, UP, DOWN])


@dataclass(frozen=True)
class AreaScale:
    """Areas in px²: `smallest` for no slope jump, growing evenly to `largest` at `full`, at most 1.6 times as far."""

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
    return AreaScale(full, smallest=max(0.14 * largest, 12.0), largest=largest)


class Marks(PathCollection):
    """The marks of one panel."""

    def __init__(self, axes, style: Style):
        super().__init__([], sizes=[], offset_transform=axes.transData)
        self.style = style
        self.set_transform(IdentityTransform())
        self._hues = np.array([style.rgba("falling"), style.rgba("rising")])
        self._rims = np.array([style.rgba("background"), style.rgba("foreground")])
        self._widths = np.array([0.3, 0.75])
        self.set_linewidth(0)
        self.set_snap(False)
        self.set_in_layout(False)
        axes.add_artist(self)
        self.set_clip_on(False)  # a mark at the limit is whole

    def show(self, x, y, area, shape, jump, held) -> None:
        """Marks at x, y with areas in px², shapes (indices of SHAPES), slope jumps and held flags: all (K,).

        The largest are drawn first, so that none hides a smaller one. Each has a rim around it, which is no stroke
        but a larger mark underneath: it takes nothing of the hue's area, and two fills cost less than a stroke.
        """
        order = np.argsort(-area, kind="stable")
        shape, held = shape[order], held[order].astype(int)
        width = np.sqrt(area[order])
        rim = self._widths[held] * np.minimum(self.style.stroke, 0.2 * width)
        outer = width + rim / _INRADIUS[shape]
        self.set_offsets(np.repeat(np.column_stack([x, y])[order], 2, axis=0))
        self.set_sizes(_interleave(outer, width) ** 2, dpi=72)
        self.set_paths([SHAPES[i] for i in np.repeat(shape, 2)])
        self.set_facecolor(_interleave(self._rims[held], self._hues[(jump[order] >= 0).astype(int)]))


def _interleave(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """one[0], other[0], one[1], other[1], …"""
    return np.stack([one, other], axis=1).reshape(-1, *one.shape[1:])


@dataclass(frozen=True)
class Groups:
    """Neurons at one place, merged: x (K,), summed jump, count, orientation (0 where both), held, all (K,)."""

    x: np.ndarray
    jump: np.ndarray
    count: np.ndarray
    orientation: np.ndarray
    held: np.ndarray


def merge(x, jump, orientation, held, tolerance: float) -> Groups:
    """Merge neurons whose breakpoints x (K,), in a row, are at most `tolerance` apart.

    The tolerance has to be that of rounding: neurons that only pass each other must not flash as one.
    """
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
