"""Numbers over training time: what is past in ink, what is to come pale, and where they are now."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from pipeline.render.drawing.history import History
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, even_window, extent, log_window, spans_decades
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.curve_names import CurveNames, dashes


class TimeSeries(Panel):
    """One or several numbers over time.

    A subclass says what they are, `numbers_of` a run, and gives the heading; `scale` is auto, linear or log; `names`
    tell several apart.
    """

    across = "time"
    scale = "auto"
    names: tuple[str, ...] = ()
    stroke = 1.6  # of the past, in strokes

    @classmethod
    @abstractmethod
    def numbers_of(cls, film: Film, options: Mapping[str, Any]) -> np.ndarray:
        """(C, F) C numbers of a run over time."""

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        values = cls.numbers_of(film, options)
        found = {"all": extent(values), "positive": extent(values[values > 0]), "even": [even_window(values)]}
        return {name: span for name, spans in found.items() for span in spans}

    def draw_still(self) -> None:
        axes = self.axes
        spans = self.limits.spans
        self.logarithmic = self.scale == "log" or (self.scale == "auto" and spans_decades(spans.get("all", ())))
        self.ends = log_window(spans.get("positive", ())) if self.logarithmic else spans["even"]
        if self.logarithmic:
            axes.set_yscale("log")
        axes.set_ylim(*self.ends)
        self.place = self.film.time.position(self.film.t)
        self.values = self._drawable()
        self._curves()
        self._now()
        self.curve_names = CurveNames(axes, self.style, self.names)
        self.histories = [self.history]
        self.moving = [self.cursor, self.dots, self.below, self.above]

    def _drawable(self) -> np.ndarray:
        numbers = self.numbers_of(self.film, self.options)
        if self.logarithmic:
            return np.asarray(np.maximum(numbers, 1e-3 * self.ends[0]))  # 0 has no logarithm
        return np.asarray(numbers, dtype=float)

    def _curves(self) -> None:
        past, future = (
            [self._curve(k, colour, width) for k in range(len(self.values))]
            for colour, width in ((self.style.theme.foreground, self.stroke), (self.style.theme.data, 1.0))
        )
        self.history = History(self.axes, past, future)

    def _curve(self, k: int, colour: str, width: float) -> Artist:
        look = {"color": colour, "lw": width * self.style.stroke, **dashes(k if self.names else 0)}
        return self.axes.plot(self.place, self.values[k], **look)[0]

    def _now(self) -> None:
        self.cursor = self.axes.axvline(0, color=self.style.theme.muted, lw=self.style.stroke, clip_on=False)
        self.dots, self.below, self.above = (self._heads(marker) for marker in "ov^")

    def _heads(self, marker: str) -> Line2D:
        size = (5.5 if len(self.values) < 8 else 3.0) * self.style.stroke
        ink = self.style.theme.foreground
        return self.axes.plot([], [], marker, color=ink, ms=size, mew=0, clip_on=False, ls="none")[0]

    def lay_up(self) -> None:
        head = self.curve_names.share()
        self.lay_between(*self.ends, head=head)
        self.cursor.set_ydata([0, 1 - head])
        if self.logarithmic:
            self.few_log_ticks(*self.ends)
        else:
            super().lay_up()

    def settle(self) -> None:
        super().settle()
        self.curve_names.settle()

    def show(self, frame: int) -> None:
        place, values = self.place[frame], self.values[:, frame]
        self.history.position = place
        self.cursor.set_xdata([place, place])
        # A number beyond the axis is marked at its edge.
        low, high = self.window.y
        beneath, over = values < low, values > high
        for heads, which, level in ((self.below, beneath, low), (self.above, over, high)):
            heads.set_data([place] * np.count_nonzero(which), [level] * np.count_nonzero(which))
        inside = values[~(beneath | over)]
        self.dots.set_data(np.full(len(inside), place), inside)
