"""The loss over training time: what is past in ink, what is to come pale."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from pipeline.render.panels.base import Panel
from pipeline.render.reveal import Reveal


class LossPanel(Panel):
    """Loss over time, logarithmic."""

    across = "time"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading("loss")
        axes.set_yscale("log")
        axes.set_ylim(*film.loss_limits)
        self.place = film.time.position(film.t)
        self.loss = np.maximum(film.loss, 1e-3 * film.loss_limits[0])  # 0 has no logarithm
        past, future = (
            axes.plot(self.place, self.loss, color=colour, lw=width * style.stroke)[0]
            for colour, width in ((style.theme.foreground, 1.6), (style.theme.data, 1.0))
        )
        self.history = Reveal(axes, [past], [future])
        self.cursor = axes.axvline(0, color=style.theme.muted, lw=style.stroke, clip_on=False)
        self.dot, self.below = (self._head(marker) for marker in "ov")
        self.reveals = [self.history]
        self.moving = [self.cursor, self.dot, self.below]

    def _head(self, marker: str) -> Line2D:
        ink, size = self.style.theme.foreground, 5.5 * self.style.stroke
        return self.axes.plot([], [], marker, color=ink, ms=size, mew=0, clip_on=False)[0]

    def lay_up(self) -> None:
        places = few_on_log_axis(*self.film.loss_limits, most=min(self.room_up(), 4))
        self.axes.yaxis.set_major_locator(FixedLocator(places))
        self.axes.yaxis.set_minor_locator(NullLocator())
        small = min(places) < 0.01 or max(places) >= 10_000
        self.axes.set_yticks(places, [_power(p) if small else f"{p:g}" for p in places])

    def show(self, frame: int) -> None:
        self.history.position = self.place[frame]
        self.cursor.set_xdata([self.place[frame]] * 2)
        # A loss beneath the axis is marked at its foot.
        floor = self.axes.get_ylim()[0]
        inside = bool(self.loss[frame] >= floor)
        self.dot.set_data([self.place[frame]] * inside, [self.loss[frame]] * inside)
        self.below.set_data([self.place[frame]] * (not inside), [floor] * (not inside))


def few_on_log_axis(low: float, high: float, most: int = 4) -> list[float]:
    """About two to `most` round numbers between low and high, evenly spread on a logarithmic axis."""
    powers = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 3), (1,)):
        inside = [s * 10.0**p for p in powers for s in steps if low <= s * 10.0**p <= high]
        if len(inside) <= most:
            return inside or _few_within(low, high)
    return inside[:: -(-len(inside) // most)]


def _few_within(low: float, high: float) -> list[float]:
    """Round numbers between two that are so near each other that no 1, 2 or 5 times a power of ten lies between."""
    places = MaxNLocator(nbins=3, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [float(place) for place in places if low <= place <= high] or [low]


def _power(value: float) -> str:
    exponent = int(np.floor(np.log10(value)))
    digit = round(value / 10.0**exponent)
    return f"$10^{{{exponent}}}$" if digit == 1 else f"${digit}{{\\times}}10^{{{exponent}}}$"
