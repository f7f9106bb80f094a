"""Frames of a figure, fast: what stands still is drawn once, and only what moves is drawn again.

Three pictures are kept: the frame without moving artists and with all histories still to come (`future`), the same
with all histories complete (`past`), and the `ground` of the present frame, which takes the pixels that are past from
one and the rest from the other. Each frame brings back the ground where the last one was drawn on, and draws the moving
artists on it. Nothing is approximated: the result equals `draw_plain` pixel for pixel, since there too what moves is
drawn last (`Overlay`), and what was drawn on is found by looking.
"""

import math
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pipeline.render.cells import cells_of, keep_differing, restore, set_between, set_in_boxes
from pipeline.render.drawing.areas import Areas
from pipeline.render.drawing.axes_artist import BLUR
from pipeline.render.drawing.extents import extents
from pipeline.render.drawing.history import History
from pipeline.render.drawing.measured_text import MeasuredCanvas


class Overlay(Artist):
    """Draws artists that stand in several axes after all axes, so that none is under what stands still elsewhere.

    left_out: those among them that are not drawn at present.
    """

    def __init__(self, figure: Figure, artists: list[Artist]) -> None:
        super().__init__()
        self.artists = sorted(artists, key=Artist.get_zorder)
        self.left_out: Set[Artist] = frozenset()
        for artist in self.artists:
            artist.set_animated(True)  # their axes must not draw them
        self.set_zorder(math.inf)
        self.set_in_layout(False)
        figure.add_artist(self)

    def draw(self, renderer: RendererBase) -> None:
        if self.get_visible():
            for artist in self.drawn():
                artist.draw(renderer)

    def drawn(self) -> list[Artist]:
        """Those that are drawn at present."""
        return [artist for artist in self.artists if artist not in self.left_out and not is_empty(artist)]


def is_empty(artist: Artist) -> bool:
    """Whether a line, areas or a collection draw nothing now, which Matplotlib takes a quarter millisecond to see."""
    if isinstance(artist, Line2D):
        return np.size(artist.get_xdata()) == 0
    if isinstance(artist, Areas):
        return len(artist.shapes) == 0
    return isinstance(artist, Collection) and len(artist.get_paths()) == 0


@contextmanager
def hidden(artists: Sequence[Artist]) -> Iterator[None]:
    """Within the block visible artists are not drawn, however it ends."""
    for artist in artists:
        artist.set_visible(False)
    try:
        yield
    finally:
        for artist in artists:
            artist.set_visible(True)


@dataclass
class Still:
    """The three pictures, (height, width, 4) uint8, and by history the line at which the ground's future begins."""

    past: np.ndarray
    future: np.ndarray
    ground: np.ndarray
    split: list[int]


class Canvas:
    """Draws `figure`, of which `moving` artists and the positions of `histories` change from frame to frame.

    Frames are (height, width, 4) uint8, RGBA, opaque where the figure has a ground, with straight alpha where not.
    """

    def __init__(self, figure: Figure, moving: list[Artist], histories: list[History]) -> None:
        self.agg: FigureCanvasAgg = MeasuredCanvas(figure)
        self.moving, self.histories = Overlay(figure, moving), histories
        self._still: Still | None = None
        self._renderer: RendererBase | None = None  # into which the last frame was drawn
        self._size = self.agg.get_width_height()
        self._changed, self._drawn_on = cells_of(*self._size), cells_of(*self._size)
        self._clear = np.round(255 * np.array(to_rgb(figure.get_facecolor()))).astype(np.uint8)

    def draw_plain(self) -> np.ndarray:
        """The frame as Matplotlib draws it, from nothing: a new array."""
        self._drawn_on[:] = True
        self.agg.draw()
        frame = np.array(self.agg.buffer_rgba())
        if not self.agg.figure.patch.get_visible():
            frame[frame[..., 3] == 0, :3] = self._clear  # unseen, but encoders blur it into what stands beside it
        return frame

    def draw(self) -> np.ndarray:
        """The same frame, fast: a view of the canvas's buffer, which the next call overwrites."""
        still = self._still or self.prepare()
        self._advance(still)
        renderer = self.agg.get_renderer()
        if renderer is not self._renderer:  # as when the figure was saved in another size
            self._renderer, self._drawn_on[:] = renderer, True
        frame = np.asarray(renderer.buffer_rgba())
        pixels, ground = (picture.view(np.uint32)[..., 0] for picture in (frame, still.ground))
        restore(pixels, ground, self._drawn_on)
        self._changed |= self._drawn_on
        shown = self.moving.drawn()
        for artist in shown:
            artist.draw(renderer)
        self._look_at(shown)
        keep_differing(pixels, ground, self._drawn_on)
        self._changed |= self._drawn_on
        return frame

    def _look_at(self, artists: list[Artist]) -> None:
        """Set the cells that artists may have drawn on."""
        self._drawn_on[:] = False
        for artist in artists:
            boxes = extents(artist)
            if boxes is None:
                self._drawn_on[:] = True
                return
            set_in_boxes(self._drawn_on, *boxes, *self._size)

    def take_changed(self) -> np.ndarray:
        """The cells, see cells.py, in which the frame may have changed since this was last asked."""
        changed = self._changed.copy()
        self._changed[:] = False
        return changed

    @property
    def ready(self) -> bool:
        """Whether what stands still is drawn."""
        return self._still is not None

    def forget(self) -> None:
        """Draw what stands still anew before the next frame, for it has changed."""
        self._still = None

    def prepare(self) -> Still:
        """Draw what stands still; from here on no setting of Matplotlib's is consulted."""
        positions = [history.position for history in self.histories]
        with hidden([self.moving]):
            past = self._ground_at(math.inf)
            future = self._with_future(past) if self.histories else past
        split = [history.span()[1] for history in self.histories]  # all is still to come
        for history, position in zip(self.histories, positions, strict=True):
            history.position = position
        self._still = Still(past, future, future.copy(), split)
        return self._still

    def _with_future(self, past: np.ndarray) -> np.ndarray:
        """The same with all still to come, for which axes that stand apart from histories are not drawn again.

        What these draw beyond themselves must not reach into a history: a layout keeps labels apart.
        """
        places = [history.box.padded(BLUR) for history in self.histories]
        axes = [axes for axes in self.agg.figure.axes if axes.get_visible()]
        with hidden([one for one in axes if not any(one.bbox.overlaps(place) for place in places)]):
            drawn = self._ground_at(-math.inf)
        future = past.copy()
        for history in self.histories:
            first, _, end = history.span()
            part = history.between(first, end)
            future[part] = drawn[part]
        return future

    def _ground_at(self, position: float) -> np.ndarray:
        for history in self.histories:
            history.position = position
        return self.draw_plain()

    def _advance(self, still: Still) -> None:
        """Move the split of every history in the ground to where it is at present, forwards or back."""
        for i, history in enumerate(self.histories):
            split, before = history.span()[1], still.split[i]
            if split != before:
                part = history.between(before, split)
                still.ground[part] = (still.past if split > before else still.future)[part]
                set_between(self._drawn_on, *part)
                still.split[i] = split
