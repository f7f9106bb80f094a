"""Words measured and drawn once a process: a layout asks for the sizes of the same labels again and again.

Jobs of a sweep even set many of the same words in the same places.

Matplotlib keeps sizes and read formulas with a renderer, of which every figure has its own, and pictures of no words.
"""

import math
from functools import cache, cached_property, lru_cache
from typing import Any

import matplotlib
import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text

STEPS = 64  # to a pixel, to which Matplotlib rounds where glyphs stand
KEPT = 256  # pictures of words in memory
BEYOND = 4  # px, by which glyphs may stand out of the box of their words


class MeasuredRenderer(RendererAgg):
    """Agg's renderer, with sizes and formulas that all of them know. Sizes are to be asked under a style's settings."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> tuple[float, float, float]:
        """As Matplotlib's own, px."""
        return _size(s, prop.copy(), ismath, self.dpi, matplotlib.rcParams["text.hinting"])

    def new_gc(self) -> GraphicsContextBase:
        """A copy of the first: Matplotlib looks settings up for each."""
        made = GraphicsContextBase.__new__(GraphicsContextBase)
        vars(made).update(self._blank)
        return made

    @cached_property
    def _blank(self) -> dict[str, Any]:
        return dict(vars(super().new_gc()))

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float] | tuple[None, None, None]:
        """A font's ascent, descent and gap between lines, px: Matplotlib 3.11 asks a renderer that knows them.

        Otherwise it looks them up in the font's file for every label that it measures, which takes four fifths of that.
        """
        return _font_heights(prop.copy(), self.dpi)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | str = False,
        mtext: Text | None = None,
    ) -> None:
        """As Matplotlib's own, to some levels of a byte: in a pixel words stand where glyphs may, to 1/STEPS."""
        column, row = math.floor(x), math.floor(y)
        place = round(STEPS * (x - column)), round(STEPS * (y - row))
        look = self.dpi, matplotlib.rcParams["text.hinting"], gc.get_rgb(), gc.get_antialiased()
        picture, left, top = _picture(s, prop.copy(), ismath, angle, place, look)
        self.draw_image(gc, column + left, self.height - (row + top + len(picture)), picture[::-1])


class MeasuredCanvas(FigureCanvasAgg):
    """Agg's canvas with such a renderer."""

    def get_renderer(self) -> RendererAgg:
        """The canvas's own, as long as the figure keeps its size."""
        width, height = map(int, self.figure.bbox.get_points()[1].tolist())  # asked for in every frame
        kept: RendererAgg | None = getattr(self, "renderer", None)
        if kept is None or (kept.width, kept.height, kept.dpi) != (width, height, self.figure.dpi):
            kept = self.renderer = _renderer(width, height, self.figure.dpi)
        return kept


def _renderer(width: int, height: int, dpi: float) -> RendererAgg:
    kind: type[RendererAgg] = MeasuredRenderer
    made = kind(width, height, dpi)
    made.mathtext_parser = _ruler(dpi).mathtext_parser
    return made


@cache
def _ruler(dpi: float) -> RendererAgg:
    return RendererAgg(1, 1, dpi)


@lru_cache(maxsize=4096)
def _size(words: str, font: FontProperties, ismath: bool | str, dpi: float, hinting: str) -> tuple[float, float, float]:
    """hinting: the setting under which it is measured."""
    size: tuple[float, float, float] = _ruler(dpi).get_text_width_height_descent(words, font, ismath)
    return size


@lru_cache(maxsize=256)
def _font_heights(font: FontProperties, dpi: float) -> tuple[float, float, float] | tuple[None, None, None]:
    """As Matplotlib finds them; None three times has it do so."""
    file = get_font(findfont(font))
    table, head = file.get_sfnt_table("OS/2"), file.get_sfnt_table("head")
    if table is None or head is None:
        return None, None, None
    scale = 1 / head["unitsPerEm"] * font.get_size_in_points() * dpi / 72
    return table["sTypoAscender"] * scale, -table["sTypoDescender"] * scale, table["sTypoLineGap"] * scale


@lru_cache(maxsize=KEPT)
def _picture(
    words: str, font: FontProperties, ismath: bool | str, angle: float, place: tuple[int, int], look: tuple[Any, ...]
) -> tuple[np.ndarray, int, int]:
    """Words as pixels (rows from the top, columns, 4), and from where they stand the first column and row.

    place: in the pixel they stand at, in STEPS; look: dots an inch, hinting, colour, whether edges are smooth.
    """
    dpi, hinting, colour, smooth = look
    width, height, _ = _size(words, font, ismath, dpi, hinting)
    high, far = math.ceil(height) + BEYOND, math.ceil(math.hypot(width, height)) + BEYOND
    left, above, below = (far, far, far) if angle else (BEYOND, high, high)
    sheet = RendererAgg(left + far, above + below, dpi)
    sheet.mathtext_parser = _ruler(dpi).mathtext_parser
    gc = sheet.new_gc()
    gc.set_foreground(colour, isRGBA=True)
    gc.set_antialiased(smooth)
    sheet.draw_text(gc, left + place[0] / STEPS, above + place[1] / STEPS, words, font, angle, ismath)
    pixels = np.asarray(sheet.buffer_rgba())
    rows, columns = (np.flatnonzero(pixels[..., 3].any(axis=axis)) for axis in (1, 0))
    if len(rows) == 0:
        return pixels[:1, :1].copy(), 0, 0
    inked = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()
    return inked, int(columns[0]) - left, int(rows[0]) - above
