"""Names of lines in a plot: at their right ends where they are short, else once for all plots, under the title."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pipeline.render.drawing.lettering import drawn_width
from pipeline.render.drawing.theme import Style

APART = 1.15  # least distance of names at the ends of lines, in text sizes
BETWEEN = 1.5  # of names that stand beside each other, likewise
ROW = 1.4  # height of a row of names, likewise

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class LineEnd:
    """Where a line ends, in data coordinates, and what it is called."""

    name: str
    x: float
    y: float
    colour: Colour


def widths(figure: Figure, names: Sequence[str]) -> list[float]:
    """Of names as they are set here, in px."""
    made = [figure.text(0, 0, name, fontweight="bold", parse_math=False) for name in names]
    found = [drawn_width(text) for text in made]
    for text in made:
        text.remove()
    return found


def name_ends(axes: Axes, ends: Sequence[LineEnd], style: Style) -> None:
    """Name lines at their right ends, none over another."""
    ends = sorted(ends, key=lambda end: end.y)
    heights = axes.transData.transform([(end.x, end.y) for end in ends])[:, 1]
    placed = pushed_apart(heights, APART * style.text, axes.bbox.y0, axes.bbox.y1)
    for end, height in zip(ends, placed, strict=True):
        right = axes.transData.transform((end.x, 1.0))[0] + 0.5 * style.text
        text = axes.text(right, height, end.name, color=end.colour, va="center", ha="left", fontweight="bold")
        text.set(parse_math=False, clip_on=False, transform=None)


def name_above(figure: Figure, names: Sequence[tuple[str, Colour]], top: float, margin: float, style: Style) -> float:
    """Name lines side by side, in as many rows as it takes, downwards from `top` (px); the height that they leave."""
    x, right = margin, figure.bbox.width - margin
    for (name, colour), width in zip(names, widths(figure, [name for name, _ in names]), strict=True):
        if x > margin and x + width > right:
            x, top = margin, top - ROW * style.text
        text = figure.text(x, top, name, color=colour, va="top", ha="left", fontweight="bold", parse_math=False)
        text.set_transform(None)
        x += width + BETWEEN * style.text
    return top - ROW * style.text


def pushed_apart(heights: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Heights, ascending, moved as little as need be to stand `gap` apart, between low and high where there is room."""
    placed: np.ndarray = np.clip(heights, low, high).astype(float)
    for _ in range(200):
        short = gap - np.diff(placed)
        if not (short > 1e-3 * gap).any():
            break
        push = np.maximum(short, 0.0) / 2
        placed[:-1] -= push
        placed[1:] += push
        placed = np.clip(placed, low, high)
    return placed
