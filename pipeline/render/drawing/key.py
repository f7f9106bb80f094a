"""One line at the foot that explains the marks to those who see them first."""

from typing import TypeAlias

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.marks import BOTH, DOWN, LEFT, RIGHT, SHAPES, UP
from pipeline.render.drawing.theme import Style

LINE_HEIGHT = 1.5  # distance of lines, in text sizes
GAPS = 0.45, 1.0  # least and greatest distance of entries, likewise

KeyMark: TypeAlias = tuple[int, str, str, float]  # shape, colour, outline, relative width

BAR = len(SHAPES)  # a stretch of a held breakpoint's path
KEY_SHAPES = [*SHAPES, Path([(-0.9, -0.18), (0.9, -0.18), (0.9, 0.18), (-0.9, 0.18), (-0.9, -0.18)], closed=True)]

# Each entry of the key: its marks, and its words.
ENTRIES: dict[str, list[tuple[list[KeyMark], str]]] = {
    "side": [([(shape, "muted", "background", 0.8) for shape in (LEFT, RIGHT, DOWN, UP)], "active side")],
    "sign": [
        ([(RIGHT, "rising", "background", 0.8)], "bends up"),
        ([(RIGHT, "falling", "background", 0.8)], "bends down"),
    ],
    "size": [([(RIGHT, "muted", "background", 0.4), (RIGHT, "muted", "background", 0.95)], "how much")],
    "held": [([(RIGHT, "muted", "foreground", 0.8), (BAR, "muted", "background", 0.75)], "held by sample")],
    "merged": [([(BOTH, "muted", "foreground", 0.8)], "×5 merged")],
    "outside": [([], "5\u2009▸ outside")],
}


class Key:
    """The key between x = left and right (px), over as many lines as it takes; if several, from the margin on."""

    def __init__(self, figure: Figure, style: Style, names: set[str], span: tuple[float, float], margin: float) -> None:
        self.style, self.figure = style, figure
        entries = [entry for name in ENTRIES if name in names for entry in ENTRIES[name]]
        left, right = span
        texts = [self._words(words) for _, words in entries]
        widths = [self._width(marks, text) for (marks, _), text in zip(entries, texts, strict=True)]
        gap = even_gap(widths, right - left, style.text)
        rows = flow(widths, right - left, gap)
        if rows[-1][0] > 0:
            left, rows = margin, flow(widths, right - margin, gap)
        self.height = LINE_HEIGHT * style.text * (max(row for row, _ in rows) + 1)
        self._marks: list[tuple[float, float, int, str, str, float]] = []
        for (marks, _), text, (row, x) in zip(entries, texts, rows, strict=True):
            middle = 0.8 * style.text + self.height - LINE_HEIGHT * style.text * (row + 0.5)
            self._place(marks, text, left + x, middle)
        if self._marks:
            self._draw_marks()

    def _words(self, words: str) -> Text:
        return pixel_text(self.figure, 0, 0, words, self.style.text, self.style.theme.muted)

    def _width(self, marks: list[KeyMark], text: Text) -> float:
        return (len(marks) + 0.2) * self.style.text + drawn_width(text)

    def _place(self, marks: list[KeyMark], text: Text, x: float, middle: float) -> None:
        size = self.style.text
        for i, mark in enumerate(marks):
            self._marks.append((x + (i + 0.5) * size - _off_centre(mark[0]) * mark[3] * size, middle, *mark))
        text.set_position((x + (len(marks) + 0.2) * size, middle - 0.36 * size))

    def _draw_marks(self) -> None:
        x, y, shapes, colours, outlines, widths = zip(*self._marks, strict=True)
        style = self.style
        marks = PathCollection(
            [KEY_SHAPES[shape] for shape in shapes],
            sizes=0.55 * (style.text * np.array(widths)) ** 2,
            offsets=np.column_stack([x, y]),
            offset_transform=IdentityTransform(),
            facecolors=[style.rgba(colour) for colour in colours],
            edgecolors=[style.rgba(outline) for outline in outlines],
            linewidths=[style.stroke if outline == "foreground" else 0.0 for outline in outlines],
            joinstyle="round",
        )
        marks.set_transform(IdentityTransform())
        marks.set_in_layout(False)
        self.figure.add_artist(marks)


def _off_centre(shape: int) -> float:
    """How far right of its centroid the middle of a shape's box stands, in its size at width 1."""
    corners = np.asarray(KEY_SHAPES[shape].vertices)[:, 0]
    return float(0.55**0.5 * 0.5 * (corners.min() + corners.max()))


def even_gap(widths: list[float], room: float, text: float) -> float:
    """The distance at which boxes of the given widths fill one row, as far as that is neither narrow nor wide."""
    least, greatest = (gap * text for gap in GAPS)
    free = (room - sum(widths)) / max(len(widths) - 1, 1)
    return min(free, greatest) if free >= least else greatest


def flow(widths: list[float], room: float, gap: float) -> list[tuple[int, float]]:
    """Row and x of boxes of the given widths, set one after another in rows as wide as `room`."""
    places, row, x = [], 0, 0.0
    for width in widths:
        if x > 0 and x + width > room:
            row, x = row + 1, 0.0
        places.append((row, x))
        x += width + gap
    return places
