"""Where the samples are, through panels that stand on one horizontal axis, and which of them hold knots.

A few samples are rulings that run on through the gap between panels. Many are a rug of ticks in that gap, which both
panels share; there only the ruling of a sample that holds is drawn.
"""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from pipeline.render.drawing.theme import Style, hue
from pipeline.render.drawing.uprights import Uprights
from pipeline.render.film.limits import within
from pipeline.render.film.occurring import are_few
from pipeline.render.panels.parts.holds import Holds

TICK = 0.45  # height of a rug's tick where no gap gives it one, in text sizes
FILLED = 0.45  # most that lines take of their distance: nearer ones would close to a slab
LIT = 1.3  # width of a ruling that lights up, in strokes


class Rulings:
    """Rulings or rug of the samples in the lower of two panels, or in a panel by itself, whose axis falls from 0 to 1.

    few: whether the samples are few enough for rulings. `settle` is to be called when the axes have their places.
    """

    def __init__(self, axes: Axes, style: Style, holds: Holds) -> None:
        self.axes, self.style, self.holds = axes, style, holds
        self.few = are_few(holds.film)
        ink = style.theme.rule if self.few else style.theme.data
        self.lines = LineCollection([], colors=[ink], zorder=0.5, capstyle="butt", clip_on=False)
        self.lines.set_in_layout(False)
        axes.add_collection(self.lines, autolim=False)
        self.lit = Uprights(axes, style, LIT * style.stroke)
        self.lit.set_zorder(1.5)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.lit]

    def settle(self) -> None:
        """Reach up to the panel above, where there is one on the same axis."""
        box, size = self.axes.bbox, self.style.text
        self.top = -gap_above(self.axes) / box.height
        foot = 1.0 if self.few else max(0.0, self.top + TICK * size / box.height)
        film = self.holds.film
        places = np.unique(film.x[film.drawn])
        shown = places[within(places, self.axes.get_xlim())]
        self.lines.set_segments([[(x, foot), (x, self.top)] for x in shown])
        spacing = box.width / max(len(shown), 1)
        self.lines.set_linewidth(min(FILLED * spacing, self.style.stroke))

    def show(self, frame: int, place: np.ndarray) -> None:
        """Light up, in the gap, the rulings of the samples that hold a bend in a frame.

        place: (M,) heights of the moments. Under a rug, which has no rulings, one runs down to where the hold begins.
        """
        holds, row = self.holds, self.holds.moment(frame)
        x, jump = holds.seen(frame)
        level, hues = np.zeros(len(x)), [hue(bool(each >= 0)) for each in jump]
        if self.few:
            self.lit.show(x, level, level + self.top, hues)
            return
        starts = place[holds.since[row, holds.strong[row]]]
        ends = np.concatenate([level, level + self.top])
        self.lit.show(np.tile(x, 2), np.concatenate([starts, level]), ends, ["rule"] * len(x) + hues)


def gap_above(axes: Axes) -> float:
    """Distance in px to the lowest axes above that have the same width and horizontal limits; 0 where there are none.

    To be asked when the axes have their places.
    """
    figure = axes.figure
    others = [other for other in (figure.axes if figure else []) if other is not axes and _are_aligned(other, axes)]
    return min((gap for gap in (other.bbox.y0 - axes.bbox.y1 for other in others) if gap >= 0), default=0.0)


def _are_aligned(one: Axes, other: Axes) -> bool:
    return np.allclose(one.bbox.intervalx, other.bbox.intervalx, atol=1.0) and one.get_xlim() == other.get_xlim()
