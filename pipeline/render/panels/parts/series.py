"""Numbers over training time: what is past, and where they are now. What is to come would give the end away."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from pipeline.render.drawing.history import History
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, even_window, extent, log_window, spans_decades
from pipeline.render.film.running_mean import SECONDS, TREMBLING, running_mean, trembling
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.curve_names import dashes
from pipeline.render.panels.parts.end_labels import EndLabels

SHORT = 4  # windows of a running mean: in a shorter clip every way is longer than its mean's


class TimeSeries(Panel):
    """One or several numbers over time.

    A subclass says what they are, `numbers_of` a run, and gives the heading; `scale` is auto, linear or log; `names`
    tell several apart, at their ends, and `inks`, names of the theme's colours, where they are not all of one.
    """

    across = "time"
    scale = "auto"
    names: tuple[str, ...] = ()
    inks: tuple[str, ...] = ()
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
        self.spread = self._steady()
        self.inks = self.inks or ("foreground",) * len(self.values)
        self.history = History(axes, self._past(), [])
        self._now()
        self.labels = EndLabels(axes, self.style, self.names, self.inks[: len(self.names)])
        self.histories = [self.history]
        self.moving = [self.cursor, *self.dots, self.below, self.above, *self.labels.artists]

    def _drawable(self) -> np.ndarray:
        numbers = self.numbers_of(self.film, self.options)
        if self.logarithmic:
            return np.asarray(np.maximum(numbers, 1e-3 * self.ends[0]))  # 0 has no logarithm
        return np.asarray(numbers, dtype=float)

    def _steady(self) -> np.ndarray | None:
        """Put running means in the place of numbers that tremble; (C, F) how far these jump about them, or None."""
        scale = self.axes.yaxis.get_transform()  # of one number after another
        scaled = scale.transform(self.values.ravel()).reshape(self.values.shape).T
        window = round(SECONDS * self.film.fps)
        means, spread = running_mean(scaled, window)
        if len(scaled) < SHORT * window or trembling(scaled, means) <= TREMBLING:
            return None
        self.values = scale.inverted().transform(means.T.ravel()).reshape(self.values.shape)
        return np.asarray(spread.T)

    def _past(self) -> list[Artist]:
        numbers = range(len(self.values))
        return [*([] if self.spread is None else map(self._band, numbers)), *map(self._curve, numbers)]

    def _band(self, k: int) -> Artist:
        """The jitter about the k-th mean: a standard deviation up and down, on the axis as it is scaled."""
        assert self.spread is not None
        scale = self.axes.yaxis.get_transform()
        middle = scale.transform(self.values[k])
        low, high = (scale.inverted().transform(middle + sign * self.spread[k]) for sign in (-1, 1))
        return self.axes.fill_between(self.place, low, high, color=self.style.rgba(self.inks[k], 0.25), lw=0, zorder=1)

    def _curve(self, k: int) -> Artist:
        ink = self.style.rgba(self.inks[k])
        look = {"color": ink, "lw": self.stroke * self.style.stroke, **self.look(k)}
        return self.axes.plot(self.place, self.values[k], **look)[0]

    def look(self, k: int) -> dict[str, Any]:
        """Dashes of the k-th curve: they tell apart what shares an ink."""
        return dashes(k if self.names else 0)

    def _now(self) -> None:
        self.cursor = self.axes.axvline(0, color=self.style.theme.muted, lw=self.style.stroke, clip_on=False)
        self.dots = [self._heads("o", ink) for ink in self.inks]
        self.below, self.above = (self._heads(marker, "foreground") for marker in "v^")

    def _heads(self, marker: str, ink: str) -> Line2D:
        look: dict[str, Any] = {"color": self.style.rgba(ink), "ms": 5.5 * self.style.stroke, "mew": 0}
        return self.axes.plot([], [], marker, clip_on=False, ls="none", **look)[0]

    def lay_up(self) -> None:
        self.lay_between(*self.ends)
        if self.logarithmic:
            self.few_log_ticks(*self.ends)
        else:
            super().lay_up()

    def settle(self) -> None:
        super().settle()
        if self.names:
            self.labels.settle(self.values[: len(self.names)].T)

    def show(self, frame: int) -> None:
        place, values = self.place[frame], self.values[:, frame]
        self.history.position = place
        self.cursor.set_xdata([place, place])
        # A number beyond the axis is marked at its edge.
        low, high = self.window.y
        beneath, over = values < low, values > high
        for heads, which, level in ((self.below, beneath, low), (self.above, over, high)):
            heads.set_data([place] * np.count_nonzero(which), [level] * np.count_nonzero(which))
        for dot, value, beyond in zip(self.dots, values, beneath | over, strict=True):
            dot.set_data([] if beyond else [place], [] if beyond else [value])
        if self.names:
            self.labels.show(frame, self.axes.transData.transform((place, 1.0))[0])
