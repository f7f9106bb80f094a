"""The top of a scene: a sentence as title, its key numbers, and the training time in figures that do not jump."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text

from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.outlined_text import OutlinedText, text_width
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.film.words import balanced

TITLES = 1.45, 1.3, 1.15  # sizes of the title, in text sizes: the first at which it takes one line, or else the last
MOST_LINES = 3
T_IS = "$t$ = "
CAPTION = 1.15
CLOCK, LINE_HEIGHT = 1.45, 1.3  # size of the clock, and distance of lines, in text sizes


class Header:
    """Title, subtitle and clock between x = left and right (px), hanging from the top margin.

    The clock stands at the first x of `clocks` that leaves the subtitle beside it on one line. Where there is none, it
    stands at the last one if height is scarce or the subtitle takes several lines anyway, else on a line of its own.
    Its digits all have one width and its left end is fixed. Under it is a line for captions, if there are any. Without
    a clock (None) nothing changes in time.
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
        clocks: Sequence[float] | None,
    ):
        self.figure, self.film, self.style = figure, film, style
        left, right = span
        self.top = figure.bbox.height - style.text
        self._lines(title, left, right - left, TITLES, weight="bold")
        self.top -= 0.3 * style.text
        subtitle_top = self.top
        width = right - left
        is_low = figure.bbox.height < figure.bbox.width
        if clocks and (is_low or len(self._broken(subtitle, width, 1.0)) > 1):
            width = clocks[-1] - style.text - left
        end = left + self._lines(subtitle, left, width, (1.0,), muted=True)
        self.moving = []
        if clocks is not None:
            self._clock(next((clock for clock in clocks if clock > end + style.text - 1), None), left, subtitle_top)
            self.moving = [self.figures, *self._caption(left, captions)]

    def _lines(self, text: str, left: float, width: float, sizes: tuple[float, ...], **look: Any) -> float:
        """Set a text at the top, in lines; the width in px that it takes of `width`: all of it where it is broken."""
        if not text:
            return 0.0
        for size in sizes:
            lines = self._broken(text, width, size, **look)
            if len(lines) == 1:
                break
        for line in lines[:MOST_LINES]:
            artist = self._text(left, self.top, line, size, **look)
            self.top -= LINE_HEIGHT * size * self.style.text
        return width if len(lines) > 1 else drawn_width(artist, line)

    def _broken(self, text: str, width: float, size: float, **look: Any) -> list[str]:
        """Its lines of at most that width."""
        artist = self._text(0, 0, "", size, **look)
        lines = balanced(text, width, lambda words: drawn_width(artist, words))
        artist.remove()
        return lines

    def _clock(self, place: float | None, left: float, subtitle_top: float) -> None:
        """Set the clock at x = place beside the subtitle, on its baseline, or for None under it, at the left."""
        rise = 0.0 if place is None else 0.93 * (CLOCK - 1) * self.style.text
        top = self.top if place is None else subtitle_top
        label = self._text(left if place is None else place, top + rise, T_IS, CLOCK)
        x, y = label.get_position()
        self.start = x + drawn_width(label, T_IS), y
        self.figures = OutlinedText(self.figure, self.style, "foreground", CLOCK * self.style.text)
        self.top = min(self.top, top - CLOCK * LINE_HEIGHT * self.style.text)

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
    width = drawn_width(label, T_IS) + longest
    label.remove()
    return width
