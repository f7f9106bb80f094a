"""What every panel is: some axes, artists that stand still, artists that move, histories that grow.

A new panel is a subclass in a file of its own, named in panels/table.py: `draw_still` adds what stands still
and fixes limits for the whole clip, `show` moves the rest to a frame. Every text that a panel changes is a moving
artist; nothing else may change after `draw_still`. A panel knows its own run alone: what limits it must share with the
same panel of other runs it asks for in `spans`, and finds in `limits.spans`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.ticker import NullFormatter, NullLocator

from pipeline.config.language import Language
from pipeline.render.drawing.history import History
from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.marks import HALF_HEIGHT
from pipeline.render.drawing.round_numbers import few_on_log_axis, log_words, number_words, round_numbers
from pipeline.render.drawing.theme import Style
from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film, with_unit
from pipeline.render.film.limits import Span, hull
from pipeline.render.panels.parts.edges import RISE
from pipeline.render.panels.parts.window import Window


class Panel(ABC):
    """One panel of a scene.

    across: what its horizontal axis is, `input`, `time` or, for a panel that overrides `lay_own`, `own`; stacked
    panels that share input or time are labelled once. explains: the entries of the key (key.ENTRIES) it calls for.
    film, limits: the run that it shows, and on what; options: what the scene set, with defaults, see table.PANELS.
    moving: artists redrawn each frame; histories: histories whose position `show` sets; beside: width of what
    else stands at the right of the heading, px; run_name_width: of the run's name at its left, once settled.
    joined: how spans that runs ask for become the one that all are shown on.
    """

    across: str = "input"
    explains: tuple[str, ...] = ()
    joined: Callable[[Sequence[Span]], Span] = staticmethod(hull)

    def __init__(self, axes: Axes, film: Film, limits: Limits, style: Style, options: Mapping[str, Any]):
        self.axes, self.film, self.limits, self.style, self.options = axes, film, limits, style, options
        self.moving: list[Artist] = []
        self.histories: list[History] = []
        self.beside = self.run_name_width = 0.0
        self._names: tuple[str, ...] = ("",)
        self._unit = self._power = self._tail = self._run = ""
        self._title = axes.set_title("")
        self._height: tuple[float, float] | None = None

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        """What one run asks of the limits that runs beside each other share, by names of the panel's own.

        x: the inputs that are shown.
        """
        return {}

    @abstractmethod
    def draw_still(self) -> None:
        """Draw what stands still and set limits."""

    def lay_between(self, low: float, high: float, mark: float = 0.0, foot: float = 0.0, head: float = 0.0) -> None:
        """Limits of the vertical axis, on its scale, that leave room around data from low to high.

        mark: area of a large mark, px²: one at the edge is whole; foot, head: shares of the axes' height that are kept
        for words, the first only where there are any.
        """
        scale = self.axes.yaxis.get_transform()
        room = min(HALF_HEIGHT * mark**0.5 / self.axes.bbox.height, 0.15)
        bottom, top = scale.transform([low, high])
        height = (top - bottom) / (1 - foot - head - 2 * room)
        ends = bottom - (foot + room) * height, bottom - foot * height, top + (head + room) * height
        lowest, shown, highest = (float(end) for end in scale.inverted().transform(ends))
        self.axes.set_ylim(lowest, highest)
        self._height = shown, high

    @cached_property
    def window(self) -> Window:
        """What the axes show, to be asked once their limits are final: what is beyond is not drawn."""
        return Window(self.axes.get_xlim(), self._height or self.axes.get_ylim())

    def cut(self, artists: Iterable[Artist], foot: float, head: float) -> None:
        """Cut curves where the words at foot and head begin: those that leave the limits would run through them."""
        between = Rectangle((0, foot), 1, 1 - foot - head, transform=self.axes.transAxes)
        for artist in artists:
            artist.set_clip_path(between)

    def lay_up(self) -> None:
        """Ticks of the vertical axis, as many as its present height has room for."""
        self._power = self.few_ticks(self.axes.yaxis, self.room_up())

    def few_log_ticks(self, low: float, high: float) -> None:
        """A few round numbers on a logarithmic vertical axis, from low to high."""
        places = few_on_log_axis(low, high, most=min(self.room_up(), 4))
        self.axes.yaxis.set_minor_locator(NullLocator())
        self.axes.set_yticks(places, log_words(places))

    def room_up(self) -> int:
        """How many tick labels the vertical axis holds at ease."""
        return min(max(int(self.axes.bbox.height / (1.4 * self.style.text)), 2), 6)

    def settle(self) -> None:
        """Called once the axes' size in pixels is final."""
        self.run_name_width = self._say_run()
        self.head()

    def head(self) -> None:
        """The longest heading that fits beside what else is there."""
        title, box, left = self._title, self.axes.bbox, self.run_name_width
        title.set_x(left / box.width)
        room = box.width - left - self.beside
        unit = f"{self._power} {self._unit}".strip()
        fuller = [with_unit(name, unit) + self._tail for name in self._names if name and self._tail]
        self._first_that_fits(title, [*fuller, *(with_unit(name, unit) for name in self._names if name)], room)
        if (left or self.beside) and drawn_width(title) > room:
            title.set_text("")

    def _say_run(self) -> float:
        """The run's name before the heading, where it has one; the room it takes, px."""
        if not self._run:
            return 0.0
        size, box = self.style.text, self.axes.bbox
        place = self.axes.figure, box.x0, box.y1 + RISE * size
        ink = self.style.theme.foreground
        return drawn_width(pixel_text(*place, self._run, size, ink, weight="bold")) + 0.8 * size

    @abstractmethod
    def show(self, frame: int) -> None:
        """Bring moving artists and histories to a frame."""

    def heading(self, *names: str, unit: str = "", tail: str = "") -> None:
        """Name the vertical axis above it, in reading direction: no text is turned. Longer names come first.

        tail: what follows the unit if there is room, which even a shorter name makes for it.
        """
        self._names, self._unit, self._tail = names, unit, tail
        self._title.set_text(with_unit(names[0], unit))

    def caption(self, label: str) -> None:
        """Name the run before the heading, where several stand side by side."""
        self._run = label

    def bare(self) -> None:
        """Leave out the words of the vertical axis, which the same panel of the run beside it has."""
        self.axes.yaxis.set_major_formatter(NullFormatter())
        self.heading("")

    def leave_out_names(self) -> None:  # noqa: B027 most panels name no curves
        """Leave out names of curves that look the same in the panel of another run, which names them."""

    def few_ticks(self, axis: Axis, most: int) -> str:
        """At most about `most` round numbers on one of the axes' `xaxis` and `yaxis`, whose limits are set.

        Returns the power of ten that they are counted in, in words; empty where it is 1.
        """
        places = round_numbers(*axis.get_view_interval(), most)
        words, power = number_words(places)
        axis.set_ticks(places, words)
        return power

    def _first_that_fits(self, text: Text, candidates: Iterable[str], room: float) -> None:
        """Set a text to the first of the words that fits into `room` (px); to the last where none does."""
        text.set_text("")
        for words in candidates:
            if drawn_width(text, words) <= room:
                return

    def lay_across(self, labelled: bool) -> None:
        """Limits, ticks and label of the horizontal axis; bare where a panel below shares it."""
        {"input": self._lay_input, "time": self._lay_time, "own": self.lay_own}[self.across]()
        if not labelled:
            self.axes.set_xlabel("")
            self.axes.xaxis.set_major_formatter(NullFormatter())
            self.axes.tick_params(axis="x", length=0)

    def lay_own(self) -> None:  # noqa: B027 most panels stand on the input or on time
        """Limits, ticks and label of a horizontal axis that is neither; left as `draw_still` made it by default."""

    def _lay_input(self) -> None:
        axis, say = self.film.data.x_axis, self.style.say
        long, breakpoint = f"{axis.label} $x$" if axis.label else say("axes.input"), say("axes.breakpoint")
        names = f"{long}, {breakpoint}", f"$x$, {breakpoint}", "$x$, $\\beta$"
        self.axes.set_xlim(*self.limits.x)
        power = self.few_ticks(self.axes.xaxis, 6)
        unit = f"{power} {axis.unit}".strip()
        room = self.axes.bbox.width - self.style.text
        self._first_that_fits(self.axes.xaxis.label, [with_unit(name, unit) for name in names], room)

    def _lay_time(self) -> None:
        places, names = self.film.time.ticks(max(2, int(self.axes.bbox.width / (3.6 * self.style.text))))
        self.axes.set_xlim(0, 1)
        self.axes.set_xlabel(time_words(self.style.say, self.film.time.scale))
        self.axes.set_xticks(places, names)


def time_words(say: Language, scale: str) -> str:
    """The label of an axis of time that runs as `scale` says, see TimeAxis."""
    return say("axes.time_paced", pace=say(f"paces.{scale}"))
