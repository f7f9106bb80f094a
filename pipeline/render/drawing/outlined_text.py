"""Numbers that change from frame to frame, as outlines.

Matplotlib's text costs most of a millisecond a piece, an outline microseconds. An outline also stands where it is
put to a fraction of a pixel, and needs no setting of Matplotlib's at drawing time.
"""

from collections.abc import Iterable
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform
from numpy.typing import ArrayLike

from pipeline.render.drawing.axes_artist import BLUR, Boxes, corners
from pipeline.render.drawing.theme import Style

_DRAWN = 100.0  # size at which outlines are made, to be scaled
_CORNERS: WeakKeyDictionary[Path, np.ndarray] = WeakKeyDictionary()
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


class OutlinedText(PathCollection):
    """Short words of one colour, made legible, and size (px), on the figure or on axes. Digits all have one width."""

    def __init__(self, parent: Figure | Axes, style: Style, colour: str, size: float) -> None:
        super().__init__([], offset_transform=IdentityTransform(), zorder=6)
        self.family, self.size = style.theme.font, size
        self.words: list[str] = []
        self._prepared: dict[str, Path] = {}
        self.set_sizes([(size / _DRAWN) ** 2], dpi=72)
        self.colour = style.words(colour)
        self.set_facecolor([self.colour])
        self.set_linewidth(0)
        self.set_offsets(np.empty((0, 2)))
        self.set_snap(False)
        self.set_transform(IdentityTransform())
        parent.add_artist(self)
        self.set_clip_on(False)
        self.set_in_layout(False)

    def prepare(self, sentences: Iterable[str]) -> None:
        """Make ready sentences, formulas in them too, that will be shown aligned to the left.

        To be called under the style's settings, which set formulas.
        """
        font = FontProperties(family=[self.family])
        self._prepared = {words: TextPath((0, 0), words, _DRAWN, prop=font) for words in sentences if words}

    def show(self, words: list[str], x: ArrayLike, y: ArrayLike, align: str = "left") -> None:
        """Set words (K) at x, y (K,): pixels from the bottom left; y is the baseline."""
        if not words and not self.words:
            return  # as most are in most frames
        self.words = words
        self.set_paths([self._prepared.get(word) or outline(word, align, self.family) for word in words])
        self.set_offsets(np.column_stack([x, y]) if words else np.empty((0, 2)))

    def draw(self, renderer: RendererBase) -> None:
        """As Matplotlib's own, which takes longer to prepare than to draw."""
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
            return
        if self.get_visible():
            scale, gc = self.size / _DRAWN, renderer.new_gc()
            gc.set_linewidth(0)
            gc.set_snap(False)
            for path, (x, y) in zip(self.get_paths(), np.asarray(self.get_offsets()), strict=True):
                renderer.draw_path(gc, path, Affine2D.from_values(scale, 0, 0, scale, x, y), self.colour)
            gc.restore()
        self.stale = False

    def boxes(self) -> list[Bbox]:
        """The words' boxes in pixels."""
        scale = self.size / _DRAWN
        extents, places = [path.get_extents() for path in self.get_paths()], np.asarray(self.get_offsets())
        return [Bbox(scale * box.get_points() + place) for box, place in zip(extents, places, strict=True)]

    def extents(self) -> Boxes:
        """Boxes outside of which it draws nothing, px."""
        if not self.words:
            return np.empty((0, 2)), np.empty((0, 2))
        ends = self.size / _DRAWN * np.array([_kept_corners(path) for path in self.get_paths()])
        places = np.asarray(self.get_offsets())
        return ends[:, 0] + places - BLUR, ends[:, 1] + places + BLUR


def _kept_corners(path: Path) -> np.ndarray:
    """A path's corners, kept as long as it is: words come back, and nobody changes them."""
    if path not in _CORNERS:
        _CORNERS[path] = corners(path)
    return _CORNERS[path]


def text_width(word: str, style: Style, size: float) -> float:
    """How wide a word of a size (px) is, px."""
    return size / _DRAWN * sum(_glyph(character, style.theme.font)[1] for character in word)


def sentence_width(words: str, style: Style, size: float) -> float:
    """The same of a sentence that may have formulas, to be asked under the style's settings."""
    if "$" not in words:
        return text_width(words, style, size)
    path = TextPath((0, 0), words, _DRAWN, prop=FontProperties(family=[style.theme.font]))
    return size / _DRAWN * float(path.get_extents().x1)


@lru_cache(maxsize=512)
def outline(word: str, align: str, family: str) -> Path:
    """A word's outline with 0 on its baseline, at the end or middle that `align` names."""
    glyphs = [_glyph(character, family) for character in word]
    ends = np.cumsum([advance for _, advance in glyphs])
    starts = ends - ends[-1] * _SHARES[align] - [advance for _, advance in glyphs]
    inked = [(path, start) for (path, _), start in zip(glyphs, starts, strict=True) if path is not None]
    if not inked:
        return Path(np.empty((0, 2)))
    vertices = np.concatenate([np.asarray(path.vertices) + np.array([start, 0.0]) for path, start in inked])
    return Path(vertices, np.concatenate([np.asarray(path.codes) for path, _ in inked]))


@lru_cache(maxsize=256)
def _glyph(character: str, family: str) -> tuple[Path | None, float]:
    """A character's outline, None for a space, and how far the next one stands."""
    font = FontProperties(family=[family], size=_DRAWN)
    advance, _, _ = text_to_path.get_text_width_height_descent(character, font, ismath=False)
    return None if character.isspace() else TextPath((0, 0), character, prop=font), advance
