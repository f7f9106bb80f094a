"""Where the function is while it leaves its panel: an arrow at the edge, with how far it goes.

An arrow stands while f as a whole is beyond an edge, and while its extreme between the samples is so by more than FAR
of the panel's height. When arrows come and go, and where they stand, is decided once for the clip.
"""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pipeline.render.drawing.areas import Areas
from pipeline.render.drawing.outlined_text import OutlinedText, text_width
from pipeline.render.drawing.round_numbers import few_digits
from pipeline.render.drawing.steady import steady, stretches
from pipeline.render.drawing.theme import Style
from pipeline.render.film.evenly import evenly
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span
from pipeline.render.panels.parts.window import Window

FAR = 0.25  # of the panel's height
BRIDGED = 0.25  # seconds for which f may be in sight while an arrow stands
INPUTS, FRAMES = 101, 12  # at which f is looked at for the place of an arrow
PAD = 0.25  # of paper around words, in text sizes
ARROWS = {"top": "▲", "bottom": "▼"}
WORDS = {"top": "above", "bottom": "below"}


class Pointer:
    """Arrows at the upper and the lower edge; nothing is decided before `settle`."""

    def __init__(self, axes: Axes, film: Film, style: Style):
        self.axes, self.film, self.style = axes, film, style
        self.plates = Areas(axes, style.rgba("background"), zorder=5.9)
        self.texts = {edge: OutlinedText(axes, style, "foreground", style.text) for edge in ARROWS}

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.plates, *self.texts.values()]

    def settle(self, window: Window, between: Span | None = None) -> None:
        """Decide for the whole clip, once what the axes show is final.

        between: the inputs at which extremes count; by default those of the samples.
        """
        self.window = window
        low, high = self.film.ranges(window.x)
        bottom, top = window.y
        far = FAR * (top - bottom)
        least, greatest = self.film.ranges(between or (float(self.film.x.min()), float(self.film.x.max())))
        wishes = np.column_stack([greatest > top + far, least < bottom - far])
        out = np.column_stack([low > top, high < bottom])
        steadily = steady(wishes, self.film.fps, must=out).T
        told = [_bridged(*pair, self.film.fps) for pair in ((high > top, high), (low < bottom, low))]
        self.on = {edge: on & near for edge, on, (near, _) in zip(ARROWS, steadily, told, strict=True)}
        self.values = {edge: values for edge, (_, values) in zip(ARROWS, told, strict=True)}
        self.places = {edge: self._places(edge) for edge in ARROWS}

    def _places(self, edge: str) -> np.ndarray:
        """(F,) the input that the arrow stands at: in each stretch the one at which f is farthest out on the whole."""
        on, sign = self.on[edge], 1 if edge == "top" else -1
        x = np.linspace(*self.window.x, INPUTS)
        places = np.zeros(len(on))
        for begin, end in stretches(on):
            some = evenly(end, FRAMES, begin)
            mean = np.mean([self.film.evaluate(k, x) for k in some], axis=0)
            places[begin:end] = x[np.argmax(sign * mean)]
        return places

    def show(self, frame: int) -> None:
        """Bring the arrows to a frame."""
        boxes = []
        for edge, text in self.texts.items():
            if not self.on[edge][frame]:
                text.show([], [], [])
                continue
            value = self.style.say(f"marks.{WORDS[edge]}", value=few_digits(self.values[edge][frame]))
            boxes.append(self._point(edge, value, self.places[edge][frame]))
        self.plates.show(boxes)

    def _point(self, edge: str, value: str, place: float) -> np.ndarray:
        """Say a value beside an arrow that stands at an input; the corners (4, 2) of what the words cover, px."""
        box, size = self.axes.bbox, self.style.text
        x, low, high = self.axes.transData.transform([(place, y) for y in (0, *self.window.y)])[:, [0, 1]].tolist()
        base = high[1] - size if edge == "top" else low[1] + (PAD + 0.2) * size
        arrow, half = ARROWS[edge], 0.5 * text_width(ARROWS[edge], self.style, size)
        right = x[0] <= 0.5 * (box.x0 + box.x1)
        words = f"{arrow} {value}" if right else f"{value} {arrow}"
        width = text_width(words, self.style, size)
        least, most = box.x0 + PAD * size, box.x1 - PAD * size - width
        left = min(max(x[0] - half if right else x[0] + half - width, least), max(least, most))
        self.texts[edge].show([words], [left], [base])
        ends = left - PAD * size, left + width + PAD * size
        heights = base - PAD * size, base + 0.8 * size + PAD * size
        return np.array([(ends[0], heights[0]), (ends[1], heights[0]), (ends[1], heights[1]), (ends[0], heights[1])])


def _bridged(beyond: np.ndarray, values: np.ndarray, fps: float) -> tuple[np.ndarray, np.ndarray]:
    """(F,) whether f is beyond an edge within BRIDGED seconds of each frame, and then how far.

    beyond: (F,) whether it is so in the frame itself; values: (F,) its extremes, of which none in sight is told.
    """
    there = np.flatnonzero(beyond)
    if not len(there):
        return beyond, values
    frames = np.arange(len(beyond))
    after = np.searchsorted(there, frames).clip(max=len(there) - 1)
    before = (after - 1).clip(min=0)
    nearest = np.where(np.abs(there[after] - frames) < np.abs(there[before] - frames), there[after], there[before])
    return np.abs(nearest - frames) <= BRIDGED * fps, values[nearest]
