"""The evidence as an inset of the function panel: in a corner, or where least is drawn over the clip."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PolyCollection
from matplotlib.transforms import Bbox, IdentityTransform

from pipeline.render.panels.function import FunctionPanel
from pipeline.render.panels.parts.free_places import Drawn, Picture, free_place
from pipeline.render.panels.parts.live_number import LiveNumber

PAD = 0.4  # of ground around it, in text sizes
LOOKED = 12  # pictures that are looked at
CORNERS = (1, 1), (0, 1), (1, 0), (0, 0)  # to try, in order, as (right, up)
CELL = 0.25  # of a text size: how finely pictures are looked at
WORSE = 0.01  # how much more of a corner must be drawn on for the next one to be better
MOST = 0.02  # how much of a corner is drawn on at most, on the mean of the clip


class EvidenceInset:
    """A live number on a plate of ground. Nothing has its place before `settle`."""

    def __init__(self, figures: LiveNumber, panel: FunctionPanel):
        self.figures, self.panel = figures, panel
        self.plate = PolyCollection([], facecolors=[panel.style.rgba("background")], lw=0, zorder=6.4)
        panel.axes.add_collection(self.plate, autolim=False)
        self.plate.set_transform(IdentityTransform())
        self.plate.set_clip_on(False)
        for artist in figures.artists:
            artist.set_zorder(6.5)
        self.box = Bbox.null()

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.plate, *self.figures.artists]

    def settle(self, picture: Picture, frames: Sequence[int]) -> None:
        """Choose the corner by pictures of some frames; to be called under the style's settings."""
        style, box = self.panel.style, self.panel.axes.bbox
        pad = PAD * style.text
        size = self.figures.width + 2 * pad, self.figures.height + 2 * pad
        some = np.unique(np.linspace(0, len(frames) - 1, min(LOOKED, len(frames))).round().astype(int))
        cell = max(round(CELL * style.text), 1)
        drawn = Drawn.of((picture(frames[k]) for k in some), style, cell, usual=True)
        left = np.array([box.x1 - size[0] if right else box.x0 + style.stroke for right, _ in CORNERS])
        low = np.array([box.y1 - size[1] if up else box.y0 + style.stroke for _, up in CORNERS])
        covered = drawn.under(left, low, size) / (size[0] * size[1] / cell**2)
        k = int(np.argmin(covered + WORSE * np.arange(len(CORNERS))))
        self.box = Bbox.from_bounds(left[k], low[k], *size)
        if covered[k] > MOST:  # somewhere else then
            _, self.box = free_place(drawn, [size], box, style.text, [], 0.0)
        self.figures.place(self.box.x0 + pad, self.box.y1 - pad)

    def hide(self) -> None:
        """Take it away."""
        self.plate.set_verts([])
        self.figures.hide()

    def show(self, frame: int) -> None:
        """Bring the number to a frame."""
        self.plate.set_verts([self.box.corners()[[0, 1, 3, 2]]] if self.box.width > 0 else [])
        self.figures.show(frame)
