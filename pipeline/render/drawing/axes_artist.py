"""What this package's own artists have in common."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Boxes = tuple[np.ndarray, np.ndarray]  # lower and upper corners, (K, 2) each, px from the bottom left; NaN for none
BLUR = 2.0  # px by which strokes reach further: they snap to whole pixels, and half cover those at their edges


class AxesArtist(Artist):
    """An artist of one axes, which the layout makes no room for."""

    axes: Axes  # Matplotlib's own may have none

    def __init__(self, axes: Axes) -> None:
        super().__init__()
        self.set_in_layout(False)
        axes.add_artist(self)

    def extents(self) -> Boxes | None:
        """Boxes outside of which it drew nothing when it was last drawn; None where that is not known."""
        return None

    @property
    def whole_figure(self) -> Figure:
        """The figure that is drawn, whatever figures in it the axes stand in."""
        figure = self.axes.get_figure(root=True)
        assert figure is not None  # axes leave theirs only when they are removed, and we with them
        return figure
