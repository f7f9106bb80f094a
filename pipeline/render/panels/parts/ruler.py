"""What colours mean: a strip of them between its two numbers."""

from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.round_numbers import number_words
from pipeline.render.drawing.theme import Style

STRIP = 4.0, 0.7  # width and height of the strip, in text sizes
GAP = 0.4  # between strip and numbers, likewise


class Ruler:
    """Colours (C, 4) uint8 for numbers from low to high, told to two digits, in a unit, behind a name."""

    def __init__(
        self, axes: Axes, style: Style, colours: np.ndarray, low: float, high: float, unit: str = "", name: str = ""
    ):
        self.axes, self.size, self.colours = axes, style.text, colours
        words, power = number_words([float(f"{value:.2g}") for value in (low, high)])
        ends = f"{name} {words[0]}".strip(), " ".join(filter(None, (words[1], power, unit)))
        self.ends = [pixel_text(axes.figure, 0, 0, end, style.text, style.theme.muted, ha="right") for end in ends]

    def _widths(self) -> list[float]:
        return [drawn_width(text) for text in self.ends]

    @property
    def width(self) -> float:
        """Room that it needs, px, with what keeps it from the heading."""
        return sum(self._widths()) + (STRIP[0] + 2 * GAP + 0.8) * self.size

    def settle(self, right: float, base: float) -> None:
        """Lay it with its end and its baseline at these pixels, once the axes' size is final."""
        self.ends[1].set_position((right, base))
        x1 = round(right - self._widths()[1] - GAP * self.size)
        x0 = round(x1 - STRIP[0] * self.size)
        self.ends[0].set_position((x0 - GAP * self.size, base))
        row = self.colours[np.linspace(0, len(self.colours) - 1, x1 - x0).round().astype(int)]
        cast(Figure, self.axes.figure).figimage(np.tile(row, (round(STRIP[1] * self.size), 1, 1)), x0, round(base))
