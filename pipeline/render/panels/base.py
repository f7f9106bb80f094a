"""What every panel is: some axes, artists that stand still, artists that move, histories that grow.

A new panel is a subclass in a file of its own, named in panels/__init__.py: `draw_still` adds what stands still
and fixes limits for the whole clip, `show` moves the rest to a frame. Every text that a panel changes is a moving
artist; nothing else may change after `draw_still`.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator, NullFormatter

from pipeline.render.film import Film, with_unit
from pipeline.render.reveal import Reveal
from pipeline.render.theme import Style


class Panel(ABC):
    """One panel of a scene.

    across: what its horizontal axis is, `input` or `time`; stacked panels that share it are labelled once.
    moving: artists redrawn each frame; reveals: histories whose position `show` sets.
    """

    across: ClassVar[str] = "input"

    def __init__(self, axes: Axes, film: Film, style: Style):
        self.axes, self.film, self.style = axes, film, style
        self.moving: list[Artist] = []
        self.reveals: list[Reveal] = []

    @abstractmethod
    def draw_still(self) -> None:
        """Draw what stands still and set limits."""

    def lay_up(self) -> None:
        """Ticks of the vertical axis, as many as its present height has room for."""
        self.few_ticks(self.axes.yaxis, self.room_up())

    def room_up(self) -> int:
        """How many tick labels the vertical axis holds at ease."""
        return min(max(int(self.axes.bbox.height / (1.4 * self.style.text)), 2), 6)

    def settle(self) -> None:  # noqa: B027 most panels have nothing to settle
        """Called once the axes' size in pixels is final."""

    @abstractmethod
    def show(self, frame: int) -> None:
        """Bring moving artists and histories to a frame."""

    def heading(self, text: str) -> None:
        """Name the vertical axis above it, in reading direction: no text is turned."""
        self.axes.set_title(text)

    def few_ticks(self, axis, most: int) -> None:
        """At most about `most` round numbers on one of the axes' `xaxis` and `yaxis`, whose limits are set."""
        low, high = axis.get_view_interval()
        places = MaxNLocator(nbins=most, steps=[1, 2, 5, 10]).tick_values(low, high)
        axis.set_ticks([place for place in places if low <= place <= high])

    def lay_across(self, labelled: bool) -> None:
        """Limits, ticks and label of the horizontal axis; bare where a panel below shares it."""
        {"input": self._lay_input, "time": self._lay_time}[self.across]()
        if not labelled:
            self.axes.set_xlabel("")
            self.axes.xaxis.set_major_formatter(NullFormatter())

    def _lay_input(self) -> None:
        axis = self.film.data.x_axis
        name = f"{axis.label} $x$" if axis.label else "input $x$"
        self.axes.set_xlim(*self.film.x_limits)
        self.axes.set_xlabel(with_unit(f"{name}, breakpoint $\\beta$", axis.unit))
        self.few_ticks(self.axes.xaxis, 6)

    def _lay_time(self) -> None:
        places, names = self.film.time.ticks(max(2, int(self.axes.bbox.width / (3.6 * self.style.text))))
        self.axes.set_xlim(0, 1)
        self.axes.set_xlabel("training time $t$")
        self.axes.xaxis.set_major_locator(FixedLocator(places))
        self.axes.set_xticks(places, names)
