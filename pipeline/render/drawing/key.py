"""One line at the foot that names the signs of a clip to those who see them first."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform

from pipeline.config.language import Language
from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.marks import BOTH, DOWN, LEFT, RIGHT, SHAPES, UP
from pipeline.render.drawing.theme import Style

LINE_HEIGHT = 1.5  # distance of lines, in text sizes
GAPS = 0.8, 1.6  # least and greatest distance of entries, likewise
LEAD = 0.35  # from signs to words, likewise

BAR, CIRCLE, FALL, CROSS, UPRIGHT = range(len(SHAPES), len(SHAPES) + 5)
_BAR = Path([(-0.9, -0.18), (0.9, -0.18), (0.9, 0.18), (-0.9, 0.18), (-0.9, -0.18)], closed=True)
_FALL = Path(  # an arrow downwards
    [(-0.1, 0.6), (0.1, 0.6), (0.1, -0.1), (0.4, -0.1), (0.0, -0.7), (-0.4, -0.1), (-0.1, -0.1), (-0.1, 0.6)],
    closed=True,
)
_CROSS = Path([(-0.45, -0.45), (0.45, 0.45), (-0.45, 0.45), (0.45, -0.45)], [Path.MOVETO, Path.LINETO] * 2)
_UPRIGHT = Path([(-0.07, -0.9), (0.07, -0.9), (0.07, 0.9), (-0.07, 0.9), (-0.07, -0.9)], closed=True)
SIGN_SHAPES = [*SHAPES, _BAR, Path.unit_circle().transformed(Affine2D().scale(0.6)), _FALL, _CROSS, _UPRIGHT]


@dataclass(frozen=True)
class Sign:
    """A sign of the key: its shape, an index of SIGN_SHAPES, the theme's colour, its width by that of a large one.

    halo: whether it lies in a halo, as a held mark does; open: whether only its edge is drawn.
    """

    shape: int
    colour: str
    width: float = 0.8
    halo: bool = False
    open: bool = False


@dataclass(frozen=True)
class Entry:
    """Signs and the words that name them: of ENTRIES the name of these words in the part `key` of a language."""

    signs: Sequence[Sign]
    words: str


# What panels may ask the key for, in the order in which it stands there.
ENTRIES: dict[str, Entry] = {
    "network": Entry([Sign(BAR, "foreground", 0.9)], "network"),
    "sample": Entry([Sign(CIRCLE, "foreground", 0.75, open=True)], "sample"),
    "samples": Entry([Sign(CIRCLE, "data", 0.5, open=True)], "samples"),
    "boundary": Entry([Sign(UPRIGHT, "reference", 0.9)], "boundary"),
    "test": Entry([Sign(CROSS, "data", 0.75, open=True)], "test"),
    "teacher": Entry([Sign(BOTH, "reference", 0.8, open=True)], "teacher"),
    "optimum": Entry([Sign(BOTH, "reference", 0.8, open=True)], "optimum"),
    "jitter": Entry([Sign(BAR, "data", 1.3)], "jitter"),
    "rising": Entry([Sign(BOTH, "rising", 0.45), Sign(BOTH, "rising", 0.85)], "rising"),
    "thread_up": Entry([Sign(BOTH, "rising", 0.45)], "rising"),
    "falling": Entry([Sign(BOTH, "falling")], "falling"),
    "thread_down": Entry([Sign(BOTH, "falling")], "falling"),
    "held": Entry([Sign(BOTH, "muted", halo=True)], "held"),
    "thick": Entry([Sign(BAR, "muted", 0.9)], "held"),
    "log": Entry([Sign(FALL, "muted")], "log"),
    "linear": Entry([Sign(FALL, "muted")], "linear"),
    "even": Entry([Sign(FALL, "muted")], "even"),
    "side": Entry([Sign(shape, "muted") for shape in (LEFT, RIGHT, DOWN, UP)], "side"),
}


def entries_of(names: Set[str], say: Language) -> list[Entry]:
    """The entries of the names, in order, in a language's words; signs that are named alike stand together, once each,
    before their words.
    """
    signs: dict[str, list[Sign]] = {}
    for name, entry in ENTRIES.items():
        if name in names:
            known = signs.setdefault(say(f"key.{entry.words}"), [])
            known += [sign for sign in entry.signs if sign not in known]
    return [Entry(each, words) for words, each in signs.items()]


class Key:
    """The key between x = left and right (px), over as many lines as it takes; if several, from the margin on."""

    def __init__(self, figure: Figure, style: Style, names: Set[str], span: tuple[float, float], margin: float) -> None:
        self.style, self.figure = style, figure
        entries = entries_of(names, style.say)
        left, right = span
        texts = [self._words(entry) for entry in entries]
        widths = [self._width(entry, text) for entry, text in zip(entries, texts, strict=True)]
        gap = even_gap(widths, right - left, style.text)
        rows = flow(widths, right - left, gap)
        if rows[-1][0] > 0:
            left, rows = margin, flow(widths, right - margin, gap)
        self.height = LINE_HEIGHT * style.text * (max(row for row, _ in rows) + 1)
        self._placed: list[tuple[float, float, Sign]] = []
        for entry, text, (row, x) in zip(entries, texts, rows, strict=True):
            middle = 0.8 * style.text + self.height - LINE_HEIGHT * style.text * (row + 0.5)
            self._place(entry, text, left + x, middle)
        self._draw_signs()

    def _words(self, entry: Entry) -> Text:
        return pixel_text(self.figure, 0, 0, entry.words, self.style.text, self.style.theme.foreground)

    def _width(self, entry: Entry, text: Text) -> float:
        return (len(entry.signs) + LEAD) * self.style.text + drawn_width(text)

    def _place(self, entry: Entry, text: Text, x: float, middle: float) -> None:
        size = self.style.text
        for i, sign in enumerate(entry.signs):
            self._placed.append((x + (i + 0.5) * size - _off_centre(sign) * size, middle, sign))
        text.set_position((x + (len(entry.signs) + LEAD) * size, middle - 0.36 * size))

    def _draw_signs(self) -> None:
        """All signs as one artist: those in a halo stand on two larger ones, of ink and of ground."""
        layers = [(x, y, sign, *layer) for x, y, sign in self._placed for layer in self._layers(sign)]
        x, y, drawn, colours, wider = zip(*layers, strict=True)
        style = self.style
        sizes = 0.55 * (style.text * np.array([sign.width for sign in drawn]) + np.array(wider)) ** 2
        marks = PathCollection(
            [SIGN_SHAPES[sign.shape] for sign in drawn],
            sizes=sizes,
            offsets=np.column_stack([x, y]),
            offset_transform=IdentityTransform(),
            facecolors=[
                style.rgba(colour, 0.0 if sign.open else 1.0) for sign, colour in zip(drawn, colours, strict=True)
            ],
            edgecolors=[style.rgba(colour) for colour in colours],
            linewidths=[0.8 * style.stroke if sign.open else 0.0 for sign in drawn],
        )
        marks.set_transform(IdentityTransform())
        marks.set_in_layout(False)
        self.figure.add_artist(marks)

    def _layers(self, sign: Sign) -> list[tuple[str, float]]:
        """Colours of a sign, from below, each with how much wider than the sign it is, px."""
        step = 2.2 * self.style.stroke
        halo = [("foreground", 2 * step), ("background", step)] if sign.halo else []
        return [*halo, (sign.colour, 0.0)]


def _off_centre(sign: Sign) -> float:
    """How far right of its centroid the middle of a sign's box stands, in text sizes."""
    corners = np.asarray(SIGN_SHAPES[sign.shape].vertices)[:, 0]
    return float(0.55**0.5 * 0.5 * (corners.min() + corners.max()) * sign.width)


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
