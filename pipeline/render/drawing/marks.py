"""Marks of neurons and knots: shape for the active side, hue for the sign of the slope jump, area for its size.

All marks of a panel are one artist; raster.py fills them into the frame.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import PathCollection
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from pipeline.render.drawing.axes_artist import BLUR, AxesArtist, Boxes
from pipeline.render.drawing.raster import fill_marks
from pipeline.render.drawing.theme import Style

BOTH, RIGHT, LEFT, UP, DOWN = range(5)
DIAMOND = BOTH  # neurons of both sides make one, and it names none
_TURNS = {RIGHT: 0.0, LEFT: np.pi, UP: np.pi / 2, DOWN: -np.pi / 2}


def _polygon(corners: int, turn: float) -> Path:
    """A regular polygon of area 1 about 0, with a corner in the direction `turn`."""
    angles = turn + 2 * np.pi * np.arange(corners) / corners
    radius = np.sqrt(2 / (corners * np.sin(2 * np.pi / corners)))
    points = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return Path(np.vstack([points, points[:1]]), closed=True)


SHAPES = [_polygon(4, 0.0), *(_polygon(3, _TURNS[shape]) for shape in (RIGHT, LEFT, UP, DOWN))]
_VERTICES = [np.asarray(shape.vertices)[:-1] for shape in SHAPES]  # without the first again at the end
_CORNERS = np.array([len(vertices) for vertices in _VERTICES])
_CORNER_TABLE = np.stack([np.resize(vertices, (_CORNERS.max(), 2)) for vertices in _VERTICES])
_EDGES = np.empty((_CORNERS.max(), 3))  # scratch of fill_marks
_INRADIUS = np.array([0.5, *[3**-0.75] * 4])  # of the shapes
HALF_HEIGHT = 3**-0.25  # of a triangle of area 1, the highest of the shapes
RIM, HELD_RIM, HALO = 0.3, 0.9, 1.2  # widths in strokes: of the rim, of a held mark's, and of the halo around that
BY_ORIENTATION = np.array([BOTH, RIGHT, LEFT])  # indexed by s = 0, 1, −1
BY_ORIENTATION_UPRIGHT = np.array([BOTH, UP, DOWN])


@dataclass(frozen=True)
class AreaScale:
    """Areas in px²: `smallest` for no slope jump, growing evenly to `largest` at `full`, at most 1.6 times as far."""

    full: float
    smallest: float
    largest: float

    def __call__(self, jump: np.ndarray) -> np.ndarray:
        share: np.ndarray = np.minimum(np.abs(jump) / self.full, 1.6)
        return self.smallest + (self.largest - self.smallest) * share

    def jump_of(self, area: float) -> float:
        """The slope jump whose mark has an area; 0 where every mark is larger."""
        return max(0.0, (area - self.smallest) / (self.largest - self.smallest)) * self.full


def area_scale(full: float, neurons: int, style: Style) -> AreaScale:
    """Marks shrink as neurons grow in number, so that 10 and 1,000 are both readable."""
    shrink = min(max((60 / neurons) ** 0.25, 0.4), 1.2)
    largest = 0.45 * (style.mark * shrink) ** 2
    return AreaScale(full, smallest=max(0.14 * largest, 12.0), largest=largest)


class Marks(AxesArtist):
    """The marks of one panel."""

    def __init__(self, axes: Axes, style: Style) -> None:
        super().__init__(axes)
        self.style = style
        self._hues = 255 * np.array([style.rgba("falling")[:3], style.rgba("rising")[:3]])
        self._rim_colours = 255 * np.array([style.rgba("background")[:3], style.rgba("foreground")[:3]])
        self.show(*np.zeros((6, 0)))
        self.set_clip_on(False)  # a mark at the limit is whole

    def show(
        self, x: np.ndarray, y: np.ndarray, area: np.ndarray, shape: np.ndarray, jump: np.ndarray, held: np.ndarray
    ) -> None:
        """Marks at x, y with areas in px², shapes (indices of SHAPES), slope jumps and held flags: all (K,).

        The largest are drawn first, so that none hides a smaller one. Each has a rim of the ground around it, that
        takes nothing of the hue's area; one that is held lies in a halo of ink beyond the rim.
        """
        order = np.argsort(-area, kind="stable")
        self.x, self.y, self.area, self.held = x[order], y[order], area[order], held[order].astype(bool)
        self.shape, self.hue = shape[order].astype(int), (jump[order] >= 0).astype(int)
        self.stale = True

    def _rims(self) -> np.ndarray:
        """(K, 2) px: how wide the rims are, and how far the halo reaches of those that are held, 0 for others."""
        stroke = np.minimum(self.style.stroke, 0.2 * np.sqrt(self.area))
        rims = np.empty((len(stroke), 2))
        rims[:, 0] = np.where(self.held, HELD_RIM, RIM) * stroke
        rims[:, 1] = self.held * (rims[:, 0] + HALO * stroke)
        return rims

    def draw(self, renderer: RendererBase) -> None:
        """Fill them into a frame, or draw outlines where the renderer makes no pixels."""
        self._places = self.in_pixels(np.array([self.x, self.y]).T)
        if isinstance(renderer, RendererAgg):
            looks = self.area, self.shape, self.hue, self._rims(), self._hues, self._rim_colours
            fill_marks(np.asarray(renderer.buffer_rgba()), self._places, *looks, _CORNERS, _CORNER_TABLE, _EDGES)
        else:
            self._outlines(self._places).draw(renderer)
        self.stale = False

    def extents(self) -> Boxes:
        """The boxes of the marks, px, with their rims, whose sharp corners reach out twice as far."""
        reach = np.sqrt(self.area)[:, None] + (2 * (HELD_RIM + HALO) * self.style.stroke + BLUR)
        return self._places - reach, self._places + reach

    def _outlines(self, places: np.ndarray) -> PathCollection:
        """The same marks at places (K, 2) px as paths, each on a larger one for its rim."""
        mark = np.repeat(np.arange(len(self.held)), 1 + self.held)
        is_halo = np.zeros(len(mark), dtype=int)
        is_halo[:-1] = mark[1:] == mark[:-1]
        rim, rim_colour = self._rims()[mark, is_halo], self._rim_colours[is_halo]
        shape, width = self.shape[mark], np.sqrt(self.area)[mark]
        outlines = PathCollection(
            [SHAPES[i] for i in np.repeat(shape, 2)],
            sizes=_interleave(width + rim / _INRADIUS[shape], width) ** 2,
            offsets=np.repeat(places[mark], 2, axis=0),
            offset_transform=IdentityTransform(),
            facecolors=_interleave(rim_colour, self._hues[self.hue[mark]]) / 255,
            linewidths=0,
        )
        outlines.set_transform(IdentityTransform())
        outlines.set_figure(self.whole_figure)
        return outlines


def _interleave(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """one[0], other[0], one[1], other[1], …"""
    return np.stack([one, other], axis=1).reshape(-1, *one.shape[1:])
