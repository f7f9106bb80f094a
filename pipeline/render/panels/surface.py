"""The loss over one neuron's (β, sμ) plane, all else as it is now: the landscape that the neuron walks down in."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from pipeline.render.drawing.marks import BY_ORIENTATION, Marks, area_scale
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import slope_unit
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.contours import bands, level_lines
from pipeline.render.panels.parts.edges import RISE
from pipeline.render.panels.parts.field import arrows
from pipeline.render.panels.parts.plane_axis import PlaneAxis
from pipeline.render.panels.parts.ring import Ring
from pipeline.render.panels.parts.ruler import Ruler

LEVELS = 12
HIGHEST = 0.3  # share of ink in the shade of high places: the lowest are bare paper, where marks stand out most
ARROW, AHEAD = 2.0, 2.4  # length of the arrow, and of its middle from the mark's, in text sizes


class SurfacePanel(Panel):
    """The loss in shades with lines between them, evenly spaced in its logarithm and the same for the whole clip.

    The neuron's mark stands in them with the way it came and an arrow of where the flow takes it, downhill; rulings at
    the samples, where the landscape has creases.
    """

    explains = "side", "rising", "falling", "held"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.plane = PlaneAxis(film, self.options["coordinate"])
        tail = style.say("panels.surface", neuron=film.ordinal)
        unit = slope_unit(film.data.x_axis, film.data.y_axis)
        self.heading(*self.plane.names(style.say), unit=unit, tail=tail)
        self.x, self.y = film.quantity("grid")[0], film.quantity("delta_slope_grid")[0]
        self.loss = film.losses("loss_plane")
        self.reach = float(np.abs(self.y).max())
        axes.set_ylim(-self.reach, self.reach)
        lowest, high = max(self.loss.min(), 1e-9 * self.loss.max()), float(np.quantile(self.loss, 0.9))
        self.levels = np.geomspace(lowest * (high / lowest) ** (0.5 / LEVELS), high, LEVELS).tolist()
        self.shades = surface_shades(style, LEVELS + 1)
        table = np.round(255 * np.repeat(self.shades, 16, axis=0)).astype(np.uint8)
        self.ruler = Ruler(axes, style, table, self.levels[0], self.levels[-1], name=style.say("axes.loss"))
        self._landscape()
        (self.way,) = axes.plot([], [], color=style.theme.foreground, lw=1.6 * style.stroke)
        self.arrow = axes.add_line(Line2D([], [], color=style.theme.foreground, lw=1.8 * style.stroke, zorder=4))
        self.arrow.set_transform(axes.transData - axes.transData)  # pixels
        self.mark = Marks(axes, style)
        self.mark.set_zorder(5)
        self.area = np.array([area_scale(1.0, 60, style).largest])
        self.ring = Ring(axes, film, style)
        self.moving = [self.fill, *self.rulings, self.lines, self.way, self.arrow, self.mark, *self.ring.artists]

    def _landscape(self) -> None:
        """Shades, lines, and the rulings between: they must be drawn over the shades, which move."""
        axes, style = self.axes, self.style
        self.fill = PathCollection([], lw=0, antialiaseds=False, zorder=0.3)
        self.lines = LineCollection([], colors=[style.rgba("foreground", 0.45)], lw=0.7 * style.stroke, zorder=0.6)
        for artist in (self.fill, self.lines):
            axes.add_collection(artist, autolim=False)
        look: dict[str, Any] = {"color": style.theme.rule, "lw": 0.6 * style.stroke, "zorder": 0.5}
        samples = axes.vlines(np.unique(self.film.x), -self.reach, self.reach, **look)
        self.rulings = [samples, axes.axhline(0, color=style.theme.muted, lw=0.6 * style.stroke, zorder=0.5)]

    def settle(self) -> None:
        self.beside = self.ruler.width
        super().settle()
        box, inset = self.axes.bbox, round(0.5 * self.style.stroke)
        self.ruler.settle(box.x1, box.y1 + RISE * self.style.text)
        self.fill.set_clip_box(Bbox.from_extents(box.x0 + inset, box.y0 + inset, box.x1, box.y1))

    def show(self, frame: int) -> None:
        film, neuron = self.film, self.film.chosen
        y, loss = self.plane.turned(frame, self.y, self.loss[frame])
        self._show_landscape(y, loss)
        heights = self.plane.heights
        self.way.set_data(film.path[: frame + 1, neuron], heights[: frame + 1, neuron])
        chosen = np.array([neuron])
        beta, height = film.beta[frame, chosen], heights[frame, chosen]
        seen = self.window.holds(beta, height)
        looks = self.area, BY_ORIENTATION[film.orientation[frame, chosen]], film.jump[frame, chosen]
        self.mark.show(*(part[seen] for part in (beta, height, *looks, film.held[frame, chosen])))
        self.ring.show(chosen[seen], beta[seen], height[seen])
        self._show_arrow(frame, beta[seen], height[seen])

    def _show_landscape(self, y: np.ndarray, loss: np.ndarray) -> None:
        levels = [min(0.5 * self.levels[0], float(loss.min())), *self.levels, max(2 * self.levels[-1], 2 * loss.max())]
        areas = bands(self.x, y, loss, levels)
        self.fill.set_paths([path for paths in areas for path in paths])
        self.fill.set_facecolor([shade for shade, paths in zip(self.shades, areas, strict=True) for _ in paths])
        self.lines.set_segments([line for lines in level_lines(self.x, y, loss, self.levels) for line in lines])

    def _show_arrow(self, frame: int, beta: np.ndarray, height: np.ndarray) -> None:
        """An arrow from the mark, where it is shown and moves, in the direction in which the flow takes it."""
        film, at = self.film, self.axes.transData.transform
        along = 0.0 if film.held[frame, film.chosen] else film.quantity("breakpoint_velocity")[frame, film.chosen]
        up = self.plane.sign(frame) * film.quantity("delta_slope_velocity")[frame, film.chosen]
        if not len(beta) or not np.isfinite([along, up]).all() or np.hypot(along, up) == 0:
            self.arrow.set_data([], [])
            return
        start, unit = at([[beta[0], height[0]]])[0], np.diff(at([[0.0, 0.0], [1.0, 1.0]]), axis=0)[0]
        angle = np.arctan2(up * unit[1], along * unit[0])
        middle = start + AHEAD * self.style.text * np.array([np.cos(angle), np.sin(angle)])
        length = np.array([ARROW * self.style.text])
        self.arrow.set_data(*arrows(middle[:1], middle[1:], np.array([angle]), length))


def surface_shades(style: Style, count: int) -> np.ndarray:
    """(count, 4) RGBA from bare paper, for the lowest, to a shade that marks still stand out from."""
    paper, ink = np.array(style.rgba("background")), np.array(style.rgba("foreground"))
    shades: np.ndarray = paper + HIGHEST * np.linspace(0, 1, count)[:, None] * (ink - paper)
    return shades
