"""The evidence in a corner of the function panel, or over it on the heading's line where none is free."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.transforms import Bbox

from pipeline.render.drawing.areas import Areas
from pipeline.render.film.evenly import evenly
from pipeline.render.panels.function import FunctionPanel
from pipeline.render.panels.parts.edges import RISE
from pipeline.render.panels.parts.free_places import Drawn, Picture
from pipeline.render.panels.parts.live_number import ASCENT, LiveNumber

PAD = 0.4  # of ground around it, in text sizes
LOOKED = 12  # pictures that are looked at
CORNERS = (1, 1), (0, 1), (1, 0), (0, 0)  # to try, in order, as (right, up)
CELL = 0.25  # of a text size: how finely pictures are looked at
WORSE = 0.01  # how much more of a corner must be drawn on for the next one to be better
LARGEST = 0.2  # of a panel's area that it takes at most
MOST = 0.02  # how much of a corner is drawn on at most, on the mean of the clip
APART = 0.8  # from the name of the run, in text sizes


class EvidenceInset:
    """A live number on a plate of ground. Nothing has its place before `settle`.

    make: the number, large or on one line.
    """

    def __init__(self, panel: FunctionPanel, make: Callable[[bool], LiveNumber]):
        self.panel, self.large, self.flat = panel, make(False), make(True)
        self.figures: LiveNumber | None = None
        self.plate = Areas(panel.axes, panel.style.rgba("background"), 6.4)
        for artist in (*self.large.artists, *self.flat.artists):
            artist.set_zorder(6.5)
        self.box = Bbox.null()

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.plate, *self.large.artists, *self.flat.artists]

    def corner(self, picture: Picture, frames: Sequence[int]) -> Bbox | None:
        """Where a corner is free for the large number, by pictures of some frames; None where none is.

        To be called under the style's settings.
        """
        box, pad = self.panel.axes.bbox, PAD * self.panel.style.text
        size = self.large.width + 2 * pad, self.large.height + 2 * pad
        if size[0] > box.width or size[0] * size[1] > LARGEST * box.width * box.height:
            return None
        corner = self._free_corner(picture, frames, size)
        return Bbox.from_bounds(*corner, *size) if corner else None

    def settle(self, corner: Bbox | None) -> None:
        """Put the number into a corner, or on the heading's line; one that has no room even there is not shown."""
        style, box = self.panel.style, self.panel.axes.bbox
        if corner:
            self.figures, self.box = self.large, corner
            self.figures.place(corner.x0 + PAD * style.text, corner.y1 - PAD * style.text)
        elif self.flat.width <= box.width - self.panel.run_name_width:
            self.figures = self.flat
            self.figures.place(box.x1 - self.flat.width, box.y1 + (RISE + ASCENT) * style.text)
            self.panel.beside += self.flat.width + APART * style.text
            self.panel.head()

    def _free_corner(
        self, picture: Picture, frames: Sequence[int], size: tuple[float, float]
    ) -> tuple[float, float] | None:
        """Left and lower end of a box in that corner which is least drawn on; None where each is."""
        style, box = self.panel.style, self.panel.axes.bbox
        some = evenly(len(frames), LOOKED)
        cell = max(round(CELL * style.text), 1)
        drawn = Drawn.of((picture(frames[k]) for k in some), style, cell, box, usual=True)
        left = np.array([box.x1 - size[0] if right else box.x0 + style.stroke for right, _ in CORNERS])
        low = np.array([box.y1 - size[1] if up else box.y0 + style.stroke for _, up in CORNERS])
        covered = drawn.under(left, low, size) / (size[0] * size[1] / cell**2)
        k = int(np.argmin(covered + WORSE * np.arange(len(CORNERS))))
        return (float(left[k]), float(low[k])) if covered[k] <= MOST else None

    def hide(self) -> None:
        """Take it away."""
        self.plate.show([])
        for figures in (self.large, self.flat):
            figures.hide()

    def show(self, frame: int) -> None:
        """Bring the number to a frame."""
        self.plate.show([self.box.corners()[[0, 1, 3, 2]]] if self.box.width > 0 else [])
        if self.figures:
            self.figures.show(frame)
