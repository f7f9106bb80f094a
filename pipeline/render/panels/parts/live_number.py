"""A number of a run, large and live, with what it is called under which it stands, and what it is to come to."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist

from pipeline.config.language import Language
from pipeline.config.schema.story import EvidenceConfig
from pipeline.render.drawing.outlined_text import OutlinedText, sentence_width
from pipeline.render.drawing.theme import Style
from pipeline.render.film.evenly import evenly
from pipeline.render.film.film import Film
from pipeline.render.film.when import series
from pipeline.render.film.words import balanced, formatted

LARGE, LINE = 2.6, 1.3  # size of the number, and distance of lines, in text sizes and in sizes of theirs
IN_LINE = 1.3  # size of a number on one line with its name, in text sizes
BETWEEN, ASCENT = 0.5, 1.2  # what is between them, and how high they stand over their foot
NAME_WIDTH = 13.0  # of the name at most, in text sizes, where the number needs no more
LOOKED = 96  # frames of the clip whose numbers are measured
NOWHERE = -1e5  # px, out of every picture


class LiveNumber:
    """Name, number and target from the top; `size` is that of the name, px, and all else follows.

    room: width that the name may take, px; flat: all on one line, where there is no height for more.
    Nothing is in sight before `place`.
    """

    def __init__(
        self,
        figure: Any,
        film: Film,
        style: Style,
        config: EvidenceConfig,
        size: float,
        room: float = 0.0,
        flat: bool = False,
    ):
        self.style, self.film, self.config, self.size = style, film, config, size
        self.values = series(film, config.quantity)
        self.goal = series(film, config.target) if isinstance(config.target, str) else config.target
        self.flat, large = flat, (IN_LINE if flat else LARGE) * size
        self.number = OutlinedText(figure, style, "foreground", large)
        self.name = OutlinedText(figure, style, "muted", size)
        self.target = OutlinedText(figure, style, "reference", size)
        some = evenly(len(film.t), LOOKED).tolist()
        widest = max(sentence_width(self._number(k), style, large) for k in some)
        goals = max(sentence_width(self._target(k), style, size) for k in some)
        name = config.say or spoken(config.quantity, style.say)
        room = max(widest, goals, room or NAME_WIDTH * size)
        self.lines = [name] if flat else balanced(name, room, self._width)
        parts = [*map(self._width, self.lines), widest, *([goals] if goals else [])]
        self.steps = np.cumsum([part + BETWEEN * size for part in parts])
        self.width = float(self.steps[-1]) - BETWEEN * size if flat else max(parts)
        rows = len(self.lines) + (self.goal is not None)
        self.left = self.top = NOWHERE
        self.height = size * (IN_LINE if flat else LINE * rows + LARGE)

    def _width(self, words: str) -> float:
        return sentence_width(words, self.style, self.size)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.name, self.number, self.target]

    def remove(self) -> None:
        """Take it off the figure."""
        for artist in self.artists:
            artist.remove()

    def hide(self) -> None:
        """Show nothing."""
        for text in (self.name, self.number, self.target):
            text.show([], [], [])

    def place(self, left: float, top: float) -> None:
        """Stand under and right of a place, px; to be called under the style's settings."""
        self.left, self.top = left, top
        self.name.prepare(self.lines)

    def show(self, frame: int) -> None:
        """Bring the number to a frame."""
        goal = [self._target(frame)] if self.goal is not None else []
        if self.flat:
            foot = self.top - ASCENT * self.size
            self.name.show(self.lines, [self.left], [foot])
            self.number.show([self._number(frame)], [self.left + self.steps[0]], [foot])
            self.target.show(goal, [self.left + self.steps[1]] * len(goal), [foot] * len(goal))
            return
        size, left = self.size, self.left
        feet = [self.top - size * (LINE * k + 0.9) for k in range(len(self.lines))]
        self.name.show(self.lines, [left] * len(feet), feet)
        foot = self.top - size * (LINE * len(self.lines) + 0.85 * LARGE)
        self.number.show([self._number(frame)], [left], [foot])
        self.target.show(goal, [left] * len(goal), [foot - LINE * size] * len(goal))

    def _number(self, frame: int) -> str:
        value = self.values[frame]
        return formatted(int(value) if self.values.dtype.kind != "f" else float(value), self.config.format)

    def _target(self, frame: int) -> str:
        if self.goal is None:
            return ""
        value = self.goal[frame] if isinstance(self.goal, np.ndarray) else self.goal
        return (
            f"{self.config.target_say or self.style.say('story.target')} {formatted(float(value), self.config.format)}"
        )


def spoken(name: str, say: Language) -> str:
    """A scalar in words."""
    from pipeline.projection.quantities import QUANTITIES  # the table imports much of SciPy

    return say.row("quantities", name, QUANTITIES[name].spoken if name in QUANTITIES else "")
