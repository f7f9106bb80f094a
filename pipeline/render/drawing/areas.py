"""Areas of one colour that change from frame to frame: Matplotlib's collections take longer to prepare than to draw."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from pipeline.render.drawing.axes_artist import BLUR, Boxes, corners

Colour = tuple[float, float, float, float]


class Areas(Artist):
    """Filled shapes, in px, on a figure or on axes, beyond which they reach; colour: red, green, blue, opacity."""

    def __init__(self, parent: Figure | Axes, colour: Colour, zorder: float) -> None:
        super().__init__()
        self.colour = colour
        self.shapes: list[Path] = []
        self.set_zorder(zorder)
        self.set_in_layout(False)
        parent.add_artist(self)
        self.set_clip_on(False)

    def show(self, shapes: Sequence[Path | np.ndarray]) -> None:
        """Fill these: paths, or corners (K, 2) of polygons."""
        self.shapes = [each if isinstance(each, Path) else polygon(each) for each in shapes]
        self.stale = True

    def draw(self, renderer: RendererBase) -> None:
        """Each in turn."""
        if self.get_visible() and self.shapes:
            gc = renderer.new_gc()
            gc.set_linewidth(0)
            for shape in self.shapes:
                renderer.draw_path(gc, shape, IdentityTransform(), self.colour)
            gc.restore()
        self.stale = False

    def extents(self) -> Boxes:
        """Boxes outside of which it draws nothing, px."""
        ends = np.array([corners(shape) for shape in self.shapes]).reshape(-1, 2, 2)
        return ends[:, 0] - BLUR, ends[:, 1] + BLUR


def polygon(points: np.ndarray) -> Path:
    """A closed path through corners (K, 2)."""
    return Path(np.concatenate([points, points[:1]]), closed=True)
