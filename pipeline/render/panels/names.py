"""Names of several curves of one panel: a row at the top, each behind a short sample of its line."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from pipeline.render.key import flow
from pipeline.render.theme import Style

SAMPLE, GAP = 2.2, 0.35  # length of a sample, and its distance from the name, in text sizes
LINE = 1.35  # distance of rows, in text sizes
# Dash patterns in line widths, of curves that share an ink.
PATTERNS = ("-", (0, (3.2, 1.8)), (0, (0.1, 2.0)), (0, (5.0, 1.8, 0.1, 1.8)), (0, (7.0, 2.5)))


def dashes(k: int) -> dict:
    """Matplotlib's look of the k-th line."""
    return {"ls": PATTERNS[k % len(PATTERNS)], "dash_capstyle": "round"}


class CurveNames:
    """The names; nothing stands still there but they: `headroom` keeps the top of the axes free for them."""

    def __init__(self, axes: Axes, style: Style, names: tuple[str, ...], looks: list[dict] | None = None):
        self.axes, self.style = axes, style
        self.looks = looks or [{"color": style.theme.foreground, **dashes(k)} for k in range(len(names))]
        self.texts = [self._text(name) for name in names]

    def _text(self, name: str) -> Text:
        text = Text(0, 0, name, fontsize=self.style.text, color=self.style.theme.foreground, va="baseline")
        text.set_in_layout(False)
        self.axes.add_artist(text)
        text.set_transform(None)
        return text

    def places(self) -> list[tuple[int, float]]:
        """Row and x (px from the left) of every name with its sample."""
        renderer = self.axes.figure.canvas.get_renderer()
        lead = (SAMPLE + GAP) * self.style.text
        widths = [lead + text.get_window_extent(renderer).width for text in self.texts]
        return widths and flow(widths, self.axes.bbox.width - 0.5 * self.style.text, self.style.text)

    def headroom(self, low: float, high: float, logarithmic: bool = False) -> tuple[float, float]:
        """Limits with the rows' height free at the top."""
        share = self.share()
        if logarithmic:
            return low, float(high * (high / low) ** (share / (1 - share)))
        return low, high + share / (1 - share) * (high - low)

    def share(self) -> float:
        """The rows' share of the axes' height."""
        rows = 1 + max((row for row, _ in self.places()), default=-1)
        return min(LINE * self.style.text * rows / self.axes.bbox.height, 0.5)

    def settle(self) -> None:
        """Put them in place, once the axes' size in pixels is final."""
        size, box = self.style.text, self.axes.bbox
        for text, (row, x), look in zip(self.texts, self.places(), self.looks, strict=True):
            left, base = box.x0 + 0.5 * size + x, box.y1 - size * (0.95 + LINE * row)
            text.set_position((left + (SAMPLE + GAP) * size, base))
            ends = np.array([left, left + SAMPLE * size])
            line = Line2D(ends, [base + 0.36 * size] * 2, lw=1.3 * self.style.stroke, transform=None, **look)
            line.set_in_layout(False)
            self.axes.add_artist(line)
            line.set_transform(None)
