"""Upright strokes filled straight into a frame: Matplotlib takes longer for a few of them than for all marks."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import LineCollection
from matplotlib.transforms import IdentityTransform

from pipeline.render.drawing.axes_artist import BLUR, AxesArtist, Boxes
from pipeline.render.drawing.raster import fill_strokes
from pipeline.render.drawing.theme import Style


class Uprights(AxesArtist):
    """Upright strokes of one width (px), on whole pixels, which may leave their axes."""

    def __init__(self, axes: Axes, style: Style, width: float) -> None:
        super().__init__(axes)
        self.style, self.width = style, max(round(width), 1)
        self.set_clip_on(False)
        self._inks: dict[str, np.ndarray] = {}
        nowhere = np.zeros(0)
        self.show(nowhere, nowhere, nowhere, [])

    def show(self, x: np.ndarray, start: np.ndarray, end: np.ndarray, colours: Sequence[str]) -> None:
        """Strokes at x from start to end, all (K,) in the axes' data, in the theme's colours of K names."""
        self.x, self.start, self.end, self.colours = x, start, end, list(colours)
        self.stale = True

    def extents(self) -> Boxes:
        """The boxes of the strokes, px."""
        left, heights = self._filled
        return np.array([left, heights[0]]).T - BLUR, np.array([left + self.width, heights[1]]).T + BLUR

    def draw(self, renderer: RendererBase) -> None:
        """Fill them into a frame, or draw lines where the renderer makes no pixels."""
        ends = np.empty((2, len(self.x), 2))
        ends[..., 0], ends[0, :, 1], ends[1, :, 1] = self.x, self.start, self.end
        pixels = self.in_pixels(ends.reshape(-1, 2)).reshape(ends.shape)
        left = np.round(pixels[0, :, 0] - 0.5 * self.width).astype(int)
        heights = np.sort(np.round(pixels[..., 1]).astype(int), axis=0)
        self._filled = left, heights
        if isinstance(renderer, RendererAgg):
            self._fill(np.asarray(renderer.buffer_rgba()), left, heights)
        else:
            self._lines(left, heights).draw(renderer)
        self.stale = False

    def _fill(self, frame: np.ndarray, left: np.ndarray, heights: np.ndarray) -> None:
        colours = np.array([self._ink(name) for name in self.colours], dtype=np.uint8).reshape(-1, 4)
        fill_strokes(frame, left, len(frame) - heights[1], len(frame) - heights[0], self.width, colours)

    def _ink(self, name: str) -> np.ndarray:
        if name not in self._inks:
            self._inks[name] = np.round(255 * np.array(self.style.rgba(name))).astype(np.uint8)
        return self._inks[name]

    def _lines(self, left: np.ndarray, heights: np.ndarray) -> LineCollection:
        middle = left + 0.5 * self.width
        lines = LineCollection(
            [[(x, low), (x, high)] for x, low, high in zip(middle, *heights, strict=True)],
            colors=[self.style.rgba(name) for name in self.colours],
            linewidths=self.width,
            capstyle="butt",
        )
        lines.set_transform(IdentityTransform())
        lines.set_figure(self.whole_figure)
        return lines
