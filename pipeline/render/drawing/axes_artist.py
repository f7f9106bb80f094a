"""What this package's own artists have in common."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Transform, TransformNode

Boxes = tuple[np.ndarray, np.ndarray]  # lower and upper corners, (K, 2) each, px from the bottom left; NaN for none
BLUR = 2.0  # px by which strokes reach further: they snap to whole pixels, and half cover those at their edges


class AxesArtist(Artist):
    """An artist of one axes, which the layout makes no room for."""

    axes: Axes  # Matplotlib's own may have none

    def __init__(self, axes: Axes) -> None:
        super().__init__()
        self.set_in_layout(False)
        axes.add_artist(self)
        self._to_pixels = KeptTransform(axes.transData)

    def in_pixels(self, points: np.ndarray) -> np.ndarray:
        """Points (K, 2) of the axes' data in px."""
        return self._to_pixels(points)

    def extents(self) -> Boxes | None:
        """Boxes outside of which it drew nothing when it was last drawn; None where that is not known."""
        return None

    @property
    def whole_figure(self) -> Figure:
        """The figure that is drawn, whatever figures in it the axes stand in."""
        figure = self.axes.get_figure(root=True)
        assert figure is not None  # axes leave theirs only when they are removed, and we with them
        return figure


def corners(path: Path) -> np.ndarray:
    """(2, 2) lowest and highest of a path's points, those that draw its curves included; NaN for none."""
    points = np.asarray(path.vertices)
    if path.codes is not None:
        points = points[np.asarray(path.codes) != Path.CLOSEPOLY]
    return np.array([points.min(axis=0), points.max(axis=0)]) if len(points) else np.full((2, 2), np.nan)


class KeptTransform(TransformNode):
    """A transform whose affine part is found once, until it changes: Matplotlib multiplies its matrices at every call.

    The values are the same to the bit.
    """

    _invalid: int  # Matplotlib's, of every node: not 0 when something it depends on has changed

    def __init__(self, transform: Transform) -> None:
        super().__init__()
        self._transform = transform
        self.set_children(transform)

    def __call__(self, points: np.ndarray) -> np.ndarray:
        if self._invalid:
            self._affine, self._is_affine = self._transform.get_affine(), self._transform.is_affine
            self._invalid = 0
        straight = points if self._is_affine else self._transform.transform_non_affine(points)
        return np.asarray(self._affine.transform(straight))
