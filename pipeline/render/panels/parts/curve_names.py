"""Names of several curves of one panel: a row at the top, each behind a short sample of its line."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.render.drawing.key import flow
from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.theme import Style

SAMPLE, GAP = 2.2, 0.35  # length of a sample, and its distance from the name, in text sizes
ROW, TOP = 1.35, 0.95  # distance of rows, and of the first one's baseline from the top, in text sizes
# Dash patterns in line widths, of curves that share an ink.
PATTERNS = ("-", (0, (3.2, 1.8)), (0, (0.1, 2.0)), (0, (5.0, 1.8, 0.1, 1.8)), (0, (7.0, 2.5)))


def dashes(k: int) -> dict[str, Any]:
    """Matplotlib's look of the k-th line."""
    return {"ls": PATTERNS[k % len(PATTERNS)], "dash_capstyle": "round"}


def rows_share(rows: float, axes: Axes, style: Style) -> float:
    """The share of axes' height that rows of words at the top take."""
    return float(min(ROW * style.text * rows / axes.bbox.height, 0.4))


class CurveNames:
    """The names; nothing stands still there but they: `share` of the axes at the top is to be kept free for them.

    above: rows that are kept free over them for something else.
    """

    def __init__(
        self,
        axes: Axes,
        style: Style,
        names: Sequence[str],
        looks: Sequence[Mapping[str, Any]] = (),
        above: float = 0.0,
    ):
        self.axes, self.style, self.above = axes, style, above
        self.looks = looks or [{"color": style.theme.foreground, **dashes(k)} for k in range(len(names))]
        self.texts = [pixel_text(axes, 0, 0, name, style.text, style.theme.foreground) for name in names]

    def places(self) -> list[tuple[float, float]]:
        """Row and x (px from the left) of every name with its sample."""
        lead = (SAMPLE + GAP) * self.style.text
        widths = [lead + drawn_width(text) for text in self.texts]
        places = flow(widths, self.axes.bbox.width - 0.5 * self.style.text, self.style.text)
        return [(self.above + row, x) for row, x in places]

    def share(self) -> float:
        """The rows' share of the axes' height."""
        rows = 1 + max((row for row, _ in self.places()), default=self.above - 1)
        return rows_share(rows, self.axes, self.style)

    def settle(self) -> None:
        """Put them in place, once the axes' size in pixels is final."""
        size, box = self.style.text, self.axes.bbox
        for text, (row, x), look in zip(self.texts, self.places(), self.looks, strict=True):
            left, base = box.x0 + 0.5 * size + x, box.y1 - size * (TOP + ROW * row)
            text.set_position((left + (SAMPLE + GAP) * size, base))
            ends = np.array([left, left + SAMPLE * size])
            line = Line2D(ends, [base + 0.36 * size] * 2, lw=1.3 * self.style.stroke, transform=None, **look)
            line.set_in_layout(False)
            self.axes.add_artist(line)
            line.set_transform(None)
