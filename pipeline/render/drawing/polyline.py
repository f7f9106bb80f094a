"""A curve that changes from frame to frame: Matplotlib's lines take longer to prepare than to draw."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from pipeline.render.drawing.axes_artist import BLUR, AxesArtist, Boxes


class Polyline(AxesArtist):
    """Straight from point to point, with round ends and corners, of one colour and width (px)."""

    def __init__(self, axes: Axes, colour: str, width: float) -> None:
        super().__init__(axes)
        self.colour, self.width = to_rgba(colour), width
        self.show(np.zeros(0), np.zeros(0))

    def show(self, x: np.ndarray, y: np.ndarray) -> None:
        """Points x, y (K,), finite, in the axes' data."""
        self._points = np.array([x, y]).T
        self.stale = True

    def draw(self, renderer: RendererBase) -> None:
        """Draw it, cut where the axes, or a rectangle given as clip path, end."""
        self._places = self.in_pixels(self._points)
        if len(self._places) and self.get_visible():
            gc = renderer.new_gc()
            gc.set_foreground(self.colour, isRGBA=True)
            gc.set_linewidth(self.width)
            gc.set_capstyle("round")
            gc.set_joinstyle("round")
            gc.set_clip_rectangle(self.get_clip_box() if self.get_clip_on() else None)
            renderer.draw_path(gc, Path(self._places), IdentityTransform())
            gc.restore()
        self.stale = False

    def extents(self) -> Boxes:
        """The boxes of its pieces, px."""
        one, other, reach = self._places[:-1], self._places[1:], self.width + BLUR
        return np.minimum(one, other) - reach, np.maximum(one, other) + reach
