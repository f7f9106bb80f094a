"""A growing history: `past` artists left of a pixel column, `future` artists right of it.

Both are drawn for the whole clip and cut at the column, so that a history which grows frame by frame costs the
canvas no more than copying the new columns from one ready picture into another (see canvas.py).
"""

import math

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Bbox, IdentityTransform, TransformedBbox

from pipeline.render.drawing.axes_artist import AxesArtist


class History(AxesArtist):
    """Artists of one axes, of which the past ones show left of `position` and the future ones right of it.

    position: in the axes' x data; −∞ shows only the future, +∞ only the past.
    """

    def __init__(self, axes: Axes, past: list[Artist], future: list[Artist], zorder: float = 2.0) -> None:
        super().__init__(axes)
        self.past, self.future = past, future
        self.position = -math.inf
        self.set_zorder(zorder)
        for artist in (*past, *future):
            artist.set_animated(True)  # the axes must not draw them: this artist does
            artist.set_in_layout(False)

    def rows(self, height: int) -> slice:
        """Rows of the frame, counted from the top, that hold this history."""
        box = self._box()
        return slice(height - int(box.y1), height - int(box.y0))

    def columns(self) -> tuple[int, int, int]:
        """First column of this history, the column at which the future begins, and the end."""
        box = self._box()
        first, end = int(box.x0), int(box.x1)
        if math.isinf(self.position):
            return first, first if self.position < 0 else end, end
        pixel = round(self.axes.transData.transform((self.position, 0))[0])
        return first, min(max(pixel, first), end), end

    def draw(self, renderer: RendererBase) -> None:
        """Draw the past, keep its columns, draw the future on the same ground, put the columns back."""
        if not isinstance(renderer, RendererAgg):
            self._draw_clipped(renderer)
            return
        first, split, _ = self.columns()
        box = self._box()
        ground = renderer.copy_from_bbox(box)
        _draw_all(self.past, renderer)
        kept = renderer.copy_from_bbox(Bbox.from_extents(first, box.y0, split, box.y1)) if split > first else None
        renderer.restore_region(ground)
        _draw_all(self.future, renderer)
        if kept is not None:
            renderer.restore_region(kept)
        self.stale = False

    def _draw_clipped(self, renderer: RendererBase) -> None:
        """The same where there are no pixels to keep."""
        first, split, end = self.columns()
        box = self._box()
        for artists, left, right in ((self.past, first, split), (self.future, split, end)):
            for artist in artists:
                artist.set_clip_box(
                    TransformedBbox(Bbox.from_extents(left, box.y0, right, box.y1), IdentityTransform())
                )
            _draw_all(artists if right > left else [], renderer)
        self.stale = False

    def _box(self) -> Bbox:
        """The axes' box in whole pixels, with room for the width of a stroke, inside the figure."""
        axes, figure = self.axes.bbox, self.whole_figure.bbox
        return Bbox.from_extents(
            max(math.floor(axes.x0) - 2, 0),
            max(math.floor(axes.y0) - 2, 0),
            min(math.ceil(axes.x1) + 2, int(figure.x1)),
            min(math.ceil(axes.y1) + 2, int(figure.y1)),
        )


def _draw_all(artists: list[Artist], renderer: RendererBase) -> None:
    for artist in sorted(artists, key=Artist.get_zorder):
        artist.draw(renderer)
