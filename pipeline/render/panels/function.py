"""The data, the function, and its knots where they are: on the curve."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection

from pipeline.render.drawing.circles import Circles
from pipeline.render.drawing.knot_merging import DrawnKnots, KnotMerging, merge_where
from pipeline.render.drawing.marks import DIAMOND, Marks
from pipeline.render.drawing.polyline import Polyline
from pipeline.render.film.calm import calmed
from pipeline.render.film.film import Film, slope_unit
from pipeline.render.film.limits import Span, robust_reach, within
from pipeline.render.film.occurring import are_few
from pipeline.render.panels.parts.band import BAND
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.curve_names import TOP, rows_share
from pipeline.render.panels.parts.decision import Decision
from pipeline.render.panels.parts.drops import Drops
from pipeline.render.panels.parts.held_labels import HeldLabels
from pipeline.render.panels.parts.holds import Holds
from pipeline.render.panels.parts.jitter import Jitter
from pipeline.render.panels.parts.knot_scale import CURVE, hidden_area, knot_scale, least_seen
from pipeline.render.panels.parts.known_samples import mark_known
from pipeline.render.panels.parts.place_marks import PlaceMarks
from pipeline.render.panels.parts.pointer import Pointer
from pipeline.render.panels.parts.predictions import Predictions
from pipeline.render.panels.parts.ring import Ring
from pipeline.render.panels.parts.ruler import Ruler
from pipeline.render.panels.parts.slope_colours import slope_colours, slope_index

EXPLAINED = "network", "rising", "falling", "held"  # of knots, where they are drawn
SAMPLES = "sample", "samples", "test", "teacher"
SHADE = 0.3  # opacity of the band of interpolants
RULER = 1.4  # rows of curve names that the colours' ruler takes
LABEL = 1.35  # times as wide where there is a sign in them
SAMPLE_SIZES = 0.62, 0.26  # widths of open circles for few samples and for very many, in text sizes


class FunctionPanel(Panel):
    """Output over input."""

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        return {"slope": (0.0, robust_reach(film.quantity("piece_slope"), share=0.9))} if options["pieces"] else {}

    def draw_still(self) -> None:
        self.explains = (*SAMPLES, *(EXPLAINED if self.options["knots"] else EXPLAINED[:1]))
        axes, style = self.axes, self.style
        film = calmed(self.film)
        self.jitter = Jitter(axes, self.film, film, style, self.limits.x)
        self.film = film
        if self.jitter.artists:
            self.explains += ("jitter",)
        self._name_axis()
        axes.set_ylim(*self.limits.y)
        self.samples = self._samples()
        self.decision = Decision(axes, film, style, self.samples.diameter, self.samples.ink)
        if self.decision.of_labels:
            self.explains += ("boundary",)
        mark_known(axes, self.film, style)
        self.places = PlaceMarks(axes, style, self.options["marks"])
        holds = Holds(film, least_seen(self.limits, film.neurons, style))
        self.drops = Drops(axes, style, holds)
        self.ruler: Ruler | None = None
        if self.options["band"]:
            self._shade_band()
        self.predictions = Predictions(axes, film, style, list(self.options["predictions"]), np.ptp(self.limits.y))
        self.curve: Polyline | LineCollection = self._pieces() if self.options["pieces"] else self._line()
        self.scale = knot_scale(self.limits, film.neurons, style)
        self.hidden = hidden_area(style)
        self.marks = Marks(axes, style)
        self.marks.set_zorder(5)
        self.curve.set_zorder(5.5 if self._crowded() else 2)
        self.labels = HeldLabels(axes, style, holds) if self.options["knots"] and self.options["tally"] else None
        self.ring = Ring(axes, film, style)
        self.pointer = Pointer(axes, film, style)
        self.moving = self._moving()

    def _moving(self) -> list[Artist]:
        return [
            *self.jitter.artists,
            *self.predictions.artists,
            self.curve,
            *self.ring.artists,
            self.samples,
            *self.decision.artists,
            *self.pointer.artists,
            *([*self.drops.artists, self.marks] if self.options["knots"] else []),
            *(self.labels.artists if self.labels else []),
        ]

    def _name_axis(self) -> None:
        style, axis = self.style, self.film.data.y_axis
        tail = style.say("axes.close_up") if self.options["window"] else ""
        tail += style.say("axes.over_margin") if self.film.by_margin else ""
        self.heading(axis.label or style.say("axes.output"), "$f(x)$", unit=axis.unit, tail=tail)

    def _shade_band(self) -> None:
        """All interpolants that bend least."""
        low, high = (self.film.quantity(name)[0] for name in BAND)
        band = self.axes.fill_between(self.film.quantity("grid")[0], low, high, color=self.style.theme.reference)
        band.set(alpha=SHADE, linewidth=0, zorder=0.8)

    def _samples(self) -> Circles:
        """Open circles over curve and knots, so that one sees what a sample holds."""
        film, style = self.film, self.style
        largest, smallest = SAMPLE_SIZES
        size = max(smallest, largest - 0.13 * np.log2(max(len(film.drawn) / 20, 1))) * style.text
        size *= LABEL if film.of_labels else 1.0
        ink = style.theme.foreground if are_few(film) else style.theme.data
        shown = film.x[film.drawn], film.y[film.drawn]
        circles = Circles(self.axes, *shown, size, ink, min(style.stroke, 0.25 * size))
        circles.set_zorder(5.8)
        return circles

    def leave_out_names(self) -> None:
        self.predictions.names.leave_out()

    def _line(self) -> Polyline:
        return Polyline(self.axes, self.style.theme.foreground, CURVE * self.style.stroke)

    def _pieces(self) -> LineCollection:
        self.colours = slope_colours(self.style)
        self.reach = self.limits.spans["slope"][1]
        unit = slope_unit(self.film.data.x_axis, self.film.data.y_axis)
        shades = np.round(255 * self.colours).astype(np.uint8)
        self.ruler = Ruler(self.axes, self.style, shades, -self.reach, self.reach, unit, self.style.say("panels.slope"))
        pieces = LineCollection([], lw=CURVE * self.style.stroke)
        self.axes.add_collection(pieces, autolim=False)
        return pieces

    def _crowded(self) -> bool:
        """Whether marks would cover the curve: then it is drawn over them."""
        film, ends = self.film, [0, len(self.film.t) // 2, len(self.film.t) - 1]
        area = np.where(within(film.beta[ends], self.limits.x), self.scale(film.jump[ends]), 0.0)
        shown = np.sqrt(np.where(area > self.hidden, area, 0.0))
        return float(shown.sum(axis=1).max()) > self.style.width

    def lay_up(self) -> None:
        mark = self.scale.largest if self.options["knots"] else 0.0
        self.lay_between(*self.limits.y, mark, head=self._head())
        super().lay_up()

    def _head(self) -> float:
        """The share of the axes' height that is kept for the colours' ruler."""
        return rows_share(RULER, self.axes, self.style) if self.ruler else 0.0

    def settle(self) -> None:
        super().settle()
        if self.ruler:
            size, box = self.style.text, self.axes.bbox
            self.ruler.settle(box.x1 - 0.5 * size, box.y1 - TOP * size)
        self.predictions.settle()
        self.places.settle()
        self.drops.settle()
        self.cut([self.curve, self.jitter.band, *self.predictions.lines], 0.0, self._head())
        low, high = self.limits.x
        pixels = (self.film.beta - low) * (self.axes.bbox.width / (high - low))
        self.pointer.settle(self.window, self.limits.x if self.options["window"] else None)
        self.merging = KnotMerging(pixels, self.scale.largest**0.5, self.axes.bbox.width, self.film.fps)
        if self.labels:
            gap = 0.75 * self.scale.largest**0.5 + 0.35 * self.style.text
            self.labels.settle(self.window, gap)

    def show(self, frame: int) -> None:
        self.predictions.show(frame)
        self.pointer.show(frame)
        self.jitter.show(frame)
        film = self.film
        low, high = self.limits.x
        order = np.argsort(film.beta[frame], kind="stable")
        beta = film.beta[frame, order]
        shown = slice(beta.searchsorted(low), beta.searchsorted(high, side="right"))
        beta, order = beta[shown], order[shown]
        knots = merge_where(beta, film.jump[frame, order], film.held[frame, order], self.merging.joined(frame, order))
        corners = np.concatenate([[low], beta, [high]])
        values = film.evaluate(frame, np.concatenate([corners, knots.x]))
        curve = values[: len(corners)]
        self._draw(corners, curve)
        self.decision.show(corners, curve)
        if self.ring.artists:
            inside = self.window.holds(beta, curve[1:-1])
            self.ring.show(order[inside], beta[inside], curve[1:-1][inside])
        if self.options["knots"]:
            self._mark(knots, values[len(corners) :])
            self.drops.show(frame)
        if self.labels:
            self.labels.show(frame)

    def _draw(self, x: np.ndarray, y: np.ndarray) -> None:
        if isinstance(self.curve, Polyline):
            self.curve.show(x, y)
            return
        wide = np.flatnonzero(np.diff(x) > 0)  # between neurons at one place there is no piece
        slope = (y[wide + 1] - y[wide]) / (x[wide + 1] - x[wide])
        ends = np.column_stack([x, y])
        self.curve.set_segments(list(np.stack([ends[wide], ends[wide + 1]], axis=1)))
        self.curve.set_color(self.colours[slope_index(slope, self.reach)])

    def _mark(self, knots: DrawnKnots, values: np.ndarray) -> None:
        area = self.scale(knots.jump)
        seen = self.window.holds(knots.x, values) & (np.abs(knots.jump) > 1e-6 * self.scale.full)
        seen &= area > self.hidden  # a bead no wider than the stroke would only break it
        shape = np.full(len(area), DIAMOND)
        self.marks.show(*(part[seen] for part in (knots.x, values, area, shape, knots.jump, knots.held)))
