"""Open circles that lie on what changes, and so are drawn in every frame, though they stay where they are."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform

from pipeline.render.drawing.axes_artist import BLUR, AxesArtist, Boxes


class Circles(AxesArtist):
    """Circles at x, y (K,) in the axes' data, whole beyond these, in one ink; diameter and width of the line: px."""

    def __init__(self, axes: Axes, x: np.ndarray, y: np.ndarray, diameter: float, ink: str, width: float) -> None:
        super().__init__(axes)
        self._points = np.stack([x, y], axis=1)
        self.diameter, self.ink, self.width = diameter, ink, width
        self.set_clip_on(False)

    def draw(self, renderer: RendererBase) -> None:
        """One circle, stamped everywhere."""
        self._places = self.axes.transData.transform(self._points)
        if self.get_visible():
            gc = renderer.new_gc()
            gc.set_foreground(self.ink)
            gc.set_linewidth(self.width)
            gc.set_snap(False)
            circle = Path.unit_circle(), Affine2D().scale(0.5 * self.diameter)
            renderer.draw_markers(gc, *circle, Path(self._places), IdentityTransform())
            gc.restore()
        self.stale = False

    def extents(self) -> Boxes:
        """The circles' boxes, px."""
        reach = 0.5 * self.diameter + self.width + BLUR
        return self._places - reach, self._places + reach
