"""The top of a scene: a sentence as title, its key numbers, and the training time in figures that do not jump."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text

from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.outlined_text import OutlinedText, text_width
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.film.words import balanced

TITLES = 1.9, 1.6, 1.35, 1.15  # sizes of the title, in text sizes: the first at which it takes one line, or the last
CAPTION = 1.15
CLOCK, LINE_HEIGHT = 1.45, 1.3  # size of the clock, and distance of lines, in text sizes
GAP = 0.15  # between title and subtitle, likewise
CLOCK_BASE = LINE_HEIGHT * TITLES[0] + GAP + 0.93  # from the top to the clock's baseline: under a title of one line
APART = 1.5  # least distance of words and clock, in text sizes


class Header:
    """Title, subtitle and clock between x = left and right (px), hanging from the top margin.

    The clock stands at the right, on the subtitle's line where the title has one line; its digits all have one width
    and its left end is fixed. Under the subtitle is a line for captions, if there are any. Without a clock nothing
    changes in time.
    """

    def __init__(
        self,
        figure: Figure,
        film: Film,
        style: Style,
        title: str,
        subtitle: str,
        captions: set[str],
        span: tuple[float, float],
        has_clock: bool,
    ):
        self.figure, self.film, self.style = figure, film, style
        left, right = span
        self.top = figure.bbox.height - 0.8 * style.text
        beside = whole = right - left
        if has_clock:
            start = right - clock_width(figure, film, style)
            self._clock(start)
            beside = start - APART * style.text - left
        in_one_line = len(self._broken(title, whole, TITLES[0], weight="bold")) == 1
        self._lines(title, left, whole if in_one_line else beside, TITLES, weight="bold")
        self.top -= GAP * style.text
        is_under = not has_clock or self.top < self.start[1]
        self._lines(subtitle, left, whole if is_under else beside, (1.0,), muted=True)
        if has_clock:
            self.top = min(self.top, self.start[1] - (LINE_HEIGHT - 0.93) * style.text)
        self.moving = [self.figures, *self._caption(left, captions)] if has_clock else []

    def _lines(self, text: str, left: float, width: float, sizes: tuple[float, ...], **look: Any) -> None:
        """Set a text at the top, in lines of at most `width` px."""
        if not text:
            return
        for size in sizes:
            lines = self._broken(text, width, size, **look)
            if len(lines) == 1:
                break
        for line in lines:
            self._text(left, self.top, line, size, **look)
            self.top -= LINE_HEIGHT * size * self.style.text

    def _broken(self, text: str, width: float, size: float, **look: Any) -> list[str]:
        """Its lines of at most that width."""
        artist = self._text(0, 0, "", size, **look)
        lines = balanced(text, width, lambda words: drawn_width(artist, words))
        artist.remove()
        return lines

    def _clock(self, start: float) -> None:
        """Set the clock, from x = start on."""
        before = self.style.say("axes.time_is", time="")
        label = self._text(start, self.top - (CLOCK_BASE - 0.93 * CLOCK) * self.style.text, before, CLOCK)
        x, y = label.get_position()
        self.start = x + drawn_width(label, before), y
        self.figures = OutlinedText(self.figure, self.style, "foreground", CLOCK * self.style.text)

    def _caption(self, left: float, captions: set[str]) -> list[OutlinedText]:
        """Room for captions, if there are any, and what shows them."""
        self.caption = None
        if not captions:
            return []
        size = CAPTION * self.style.text
        self.caption_place = left, self.top - 0.93 * size
        self.top -= LINE_HEIGHT * size
        self.caption = OutlinedText(self.figure, self.style, "foreground", size)
        self.caption.prepare(captions)
        return [self.caption]

    def _text(self, x: float, top: float, words: str, size: float, muted: bool = False, **look: Any) -> Text:
        size *= self.style.text
        colour = self.style.theme.muted if muted else self.style.theme.foreground
        return pixel_text(self.figure, x, top - 0.93 * size, words, size, colour, **look)

    def show(self, frame: int, caption: str) -> None:
        """Set the clock to a frame, and the caption."""
        x, y = self.start
        if self.caption:
            left, baseline = self.caption_place
            self.caption.show([caption] * bool(caption), [left], [baseline])
        self.figures.show([self.film.time.clock(self.film.t[frame])], [x], [y])


def clock_width(figure: Figure, film: Film, style: Style) -> float:
    """Room in px for the longest time the clock will show."""
    size = CLOCK * style.text
    label = pixel_text(figure, 0, 0, "", size, style.theme.foreground)
    longest = max(text_width(film.time.clock(t), style, size) for t in (film.time.first_time, film.time.end_time))
    width = drawn_width(label, style.say("axes.time_is", time="")) + longest
    label.remove()
    return width
