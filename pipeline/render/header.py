"""The top of a scene: a sentence as title, its key numbers, and the training time in figures that do not jump."""

from matplotlib.figure import Figure
from matplotlib.text import Text

from pipeline.render.figures import Figures
from pipeline.render.film import Film
from pipeline.render.lettering import pixel_text
from pipeline.render.theme import Style
from pipeline.render.words import balanced

TITLES = 1.45, 1.3, 1.15  # sizes of the title, in text sizes: the first at which it takes one line, or else the last
MOST_LINES = 3
CAPTION = 1.15
CLOCK, LINE = 1.45, 1.3  # size of the clock, and distance of lines, in text sizes


class Header:
    """Title, subtitle and clock between x = left and right (px), hanging from the top margin.

    The clock stands at x = clock, on the last line; its digits all have one width and its left end is fixed.
    Under it is a line for captions, if there are any. Without a clock (None) nothing changes in time.
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
        clock: float | None,
    ):
        self.figure, self.film, self.style = figure, film, style
        left, right = span
        gap = style.text
        self.top = figure.bbox.height - style.text
        self._lines(title, left, right - left, TITLES, weight="bold")
        self.top -= 0.3 * style.text
        subtitle_top = self.top
        room = (clock - gap if clock is not None else right) - left
        self._lines(subtitle, left, room, (1.0,), muted=True)
        self.moving = []
        if clock is not None:
            self.top = min(self.top, subtitle_top - CLOCK * LINE * style.text)
            self._clock(clock, subtitle_top)
            self.moving = [self.figures, *self._caption(left, captions)]

    def _lines(self, text: str, left: float, width: float, sizes: tuple[float, ...], **look) -> None:
        if not text:
            return
        for size in sizes:
            artist = self._text(left, self.top, "", size, **look)
            lines = balanced(text, width, lambda words, artist=artist: _width(artist, words))
            artist.remove()
            if len(lines) == 1:
                break
        for line in lines[:MOST_LINES]:
            self._text(left, self.top, line, size, **look)
            self.top -= LINE * size * self.style.text

    def _clock(self, left: float, top: float) -> None:
        rise = 0.93 * (CLOCK - 1) * self.style.text  # the clock shares the subtitle's baseline
        label = self._text(left, top + rise, "$t$ = ", CLOCK)
        self.start = left + _width(label, "$t$ = "), label.get_position()[1]
        self.figures = Figures(self.figure, self.style, "foreground", CLOCK * self.style.text)

    def _caption(self, left: float, captions: set[str]) -> list[Figures]:
        """Room for captions, if there are any, and what shows them."""
        self.caption = None
        if not captions:
            return []
        size = CAPTION * self.style.text
        self.caption_place = left, self.top - 0.93 * size
        self.top -= LINE * size
        self.caption = Figures(self.figure, self.style, "foreground", size)
        self.caption.prepare(captions)
        return [self.caption]

    def _text(self, x: float, top: float, words: str, size: float, muted: bool = False, **look) -> Text:
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


def clock_width(style: Style, film: Film) -> float:
    """Room in px for the longest time the clock will show."""
    longest = max(len(film.time.clock(t)) for t in (film.time.first_time, film.time.end_time))
    return (longest + 3.5) * 0.66 * CLOCK * style.text


def _width(text: Text, words: str) -> float:
    text.set_text(words)
    return text.get_window_extent(text.figure.canvas.get_renderer()).width
