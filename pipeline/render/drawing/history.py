"""A growing history: `past` artists on one side of a line of pixels, `future` artists on the other.

Both are drawn for the whole clip and cut at that column or row, so that a history which grows frame by frame costs
the canvas no more than copying the new columns or rows from one ready picture into another (see canvas.py).
"""

import math

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Bbox, IdentityTransform, TransformedBbox

from pipeline.render.drawing.axes_artist import AxesArtist


class History(AxesArtist):
    """Artists of one axes, of which the past ones show before `position` and the future ones after it.

    falling: whether time runs down the axes, in rows, and not to the right, in columns.
    position: in the axes' data of that direction; −∞ shows only the future, +∞ only the past.
    """

    def __init__(
        self, axes: Axes, past: list[Artist], future: list[Artist], zorder: float = 2.0, falling: bool = False
    ) -> None:
        super().__init__(axes)
        self.past, self.future, self.falling = past, future, falling
        self.position = -math.inf
        self.set_zorder(zorder)
        for artist in (*past, *future):
            artist.set_animated(True)  # the axes must not draw them: this artist does
            artist.set_in_layout(False)

    def span(self) -> tuple[int, int, int]:
        """First line of pixels of this history, that at which the future begins, and the end.

        Lines are columns of the frame, or its rows, counted from the top, where time falls.
        """
        rows, columns = self._extent()
        first, end = rows if self.falling else columns
        if math.isinf(self.position):
            return first, first if self.position < 0 else end, end
        if self.falling:
            pixel = self._height() - round(float(self.in_pixels(np.array([[0.0, self.position]]))[0, 1]))
        else:
            pixel = round(float(self.in_pixels(np.array([[self.position, 0.0]]))[0, 0]))
        return first, min(max(pixel, first), end), end

    def between(self, one: int, other: int) -> tuple[slice, slice]:
        """Rows, from the top, and columns of the frame between two lines of this history's pixels."""
        rows, columns = self._extent()
        lines = slice(min(one, other), max(one, other))
        return (lines, slice(*columns)) if self.falling else (slice(*rows), lines)

    @property
    def box(self) -> Bbox:
        """The box, in px from the bottom left, of all its pixels."""
        first, _, end = self.span()
        return self._part(first, end)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the past, keep its pixels, draw the future on the same ground, put the pixels back."""
        if not isinstance(renderer, RendererAgg):
            self._draw_clipped(renderer)
            return
        first, split, end = self.span()
        ground = renderer.copy_from_bbox(self._part(first, end))
        _draw_all(self.past, renderer)
        kept = renderer.copy_from_bbox(self._part(first, split)) if split > first else None
        renderer.restore_region(ground)
        _draw_all(self.future, renderer)
        if kept is not None:
            renderer.restore_region(kept)
        self.stale = False

    def _draw_clipped(self, renderer: RendererBase) -> None:
        """The same where there are no pixels to keep."""
        first, split, end = self.span()
        for artists, start, stop in ((self.past, first, split), (self.future, split, end)):
            for artist in artists:
                artist.set_clip_box(TransformedBbox(self._part(start, stop), IdentityTransform()))
            _draw_all(artists if stop > start else [], renderer)
        self.stale = False

    def _part(self, start: int, stop: int) -> Bbox:
        """The box, in px from the bottom left, of the pixels between two lines."""
        rows, columns = self.between(start, stop)
        height = self._height()
        return Bbox.from_extents(columns.start, height - rows.stop, columns.stop, height - rows.start)

    def _height(self) -> int:
        """Rows of the frame."""
        return int(self.whole_figure.bbox.y1)

    def _extent(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """First and end of the rows, from the top, and of the columns: the axes and room for a stroke's width."""
        axes, figure, height = self.axes.bbox, self.whole_figure.bbox, self._height()
        return (
            (height - min(math.ceil(axes.y1) + 2, height), height - max(math.floor(axes.y0) - 2, 0)),
            (max(math.floor(axes.x0) - 2, 0), min(math.ceil(axes.x1) + 2, int(figure.x1))),
        )


def _draw_all(artists: list[Artist], renderer: RendererBase) -> None:
    for artist in sorted(artists, key=Artist.get_zorder):
        artist.draw(renderer)
