"""How many neurons a plane leaves out, in words: none is lost for being far out.

Whether a side is spoken of, and with which number, is decided once for the clip: words do not blink and numbers stand
long enough to be read.
"""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pipeline.render.drawing.outlined_text import OutlinedText, text_width
from pipeline.render.drawing.steady import steady, stepped
from pipeline.render.drawing.theme import Style
from pipeline.render.panels.parts.window import SIDES, Window

SHARE = 0.6  # of the axes' width, at most, that the longer form takes
RISE = 0.45  # height of the baseline over the axes, in text sizes: that of the heading
GAP = 0.8  # from the heading, likewise


class EdgeCounts:
    """Words such as "not shown: 29 left, 3 above", on the heading's line at the right of axes.

    Nothing is decided before `settle`. beyond: (F, 4) how many are beyond each of window.SIDES.
    """

    def __init__(self, axes: Axes, style: Style):
        self.axes, self.style = axes, style
        self.text = OutlinedText(axes, style, "muted", style.text)
        self.words: list[str] = []

    @property
    def width(self) -> float:
        """Room that the words need, px."""
        widest = max((text_width(words, self.style, self.style.text) for words in set(self.words)), default=0.0)
        return widest + GAP * self.style.text if widest else 0.0

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.text]

    def settle(self, window: Window, x: np.ndarray, y: np.ndarray, fps: float) -> None:
        """Count points x, y (F, m) beyond each side of what is shown, and choose the words of every frame."""
        self.beyond = np.stack([side.sum(axis=1) for side in window.beyond(x, y).values()], axis=1)
        told = np.where(steady(self.beyond > 0, fps), stepped(self.beyond, fps), 0).tolist()
        listed = [self._list(numbers) for numbers in told]
        self.words = [self.style.say("marks.not_shown", numbers=each) if each else "" for each in listed]
        if self.width > SHARE * self.axes.bbox.width:
            self.words = listed

    def show(self, frame: int) -> None:
        """Bring the words to a frame."""
        words = [self.words[frame]] if self.words[frame] else []
        places = np.full(len(words), self.axes.bbox.x1), np.full(len(words), self.axes.bbox.y1 + RISE * self.style.text)
        self.text.show(words, *places, "right")

    def _list(self, numbers: list[int]) -> str:
        sides = zip(numbers, SIDES, strict=True)
        return ", ".join(self.style.say(f"marks.beyond_{side}", count=number) for number, side in sides if number)
