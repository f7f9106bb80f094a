"""Open circles that lie on what changes, and so are drawn in every frame, though they stay where they are."""

import math
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform

from pipeline.render.drawing.axes_artist import BLUR, AxesArtist, Boxes
from pipeline.render.drawing.raster import stamp

FAR = 1 << 23  # px, from which on Agg leaves marks out


class Circles(AxesArtist):
    """Circles at x, y (K,) in the axes' data, whole beyond these, in one opaque ink; diameter and line width: px."""

    def __init__(self, axes: Axes, x: np.ndarray, y: np.ndarray, diameter: float, ink: str, width: float) -> None:
        super().__init__(axes)
        self._points = np.stack([x, y], axis=1)
        self.diameter, self.ink, self.width = diameter, ink, width
        self._colour = np.floor(255 * np.array(to_rgb(ink)) + 0.5).astype(np.uint8)
        self.set_clip_on(False)

    def draw(self, renderer: RendererBase) -> None:
        """One circle, stamped everywhere: on whole pixels, so that all look alike."""
        self._places = self.in_pixels(self._points)
        if self.get_visible():
            if isinstance(renderer, RendererAgg):
                self._stamp(renderer)
            else:
                _draw(renderer, self._places, self.diameter, self.width, self.ink)
        self.stale = False

    def _stamp(self, renderer: RendererAgg) -> None:
        frame, cover = np.asarray(renderer.buffer_rgba()), _cover(self.diameter, self.width, renderer.dpi)
        near = self._places[(np.abs(self._places) < FAR).all(axis=1)]
        corner = np.floor([0.5, len(frame) + 0.5] + near * [1, -1]).astype(int) - len(cover) // 2
        stamp(frame, corner[:, 0], corner[:, 1], cover, self._colour)

    def extents(self) -> Boxes:
        """The circles' boxes, px."""
        reach = 0.5 * self.diameter + self.width + BLUR
        return self._places - reach, self._places + reach


@lru_cache(maxsize=64)
def _cover(diameter: float, width: float, dpi: float) -> np.ndarray:
    """How much of the pixels about its middle a circle covers, (R, R) uint8, as Agg finds it; R is odd."""
    reach = math.ceil(0.5 * diameter + width * dpi / 72 + BLUR)
    sheet = RendererAgg(2 * reach + 1, 2 * reach + 1, dpi)
    _draw(sheet, np.array([[reach, reach + 1.0]]), diameter, width, "black")
    cover = np.asarray(sheet.buffer_rgba())[..., 3]
    bare = int(np.flatnonzero(cover.any(axis=0))[0])  # columns at either side, and rows, as it is even to both
    return cover[bare : len(cover) - bare, bare : len(cover) - bare].copy()


def _draw(renderer: RendererBase, places: np.ndarray, diameter: float, width: float, ink: str) -> None:
    """As Matplotlib draws markers at places (K, 2), px."""
    gc = renderer.new_gc()
    gc.set_foreground(ink)
    gc.set_linewidth(width)
    gc.set_snap(False)
    circle = Path.unit_circle(), Affine2D().scale(0.5 * diameter)
    renderer.draw_markers(gc, *circle, Path(places), IdentityTransform())
    gc.restore()
