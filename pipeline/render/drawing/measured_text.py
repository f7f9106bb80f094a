"""Words measured once a process: a layout asks for the sizes of the same labels again and again, each job for the same.

Matplotlib keeps sizes and read formulas with a renderer, of which every figure has its own.
"""

from functools import cache, lru_cache

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties


class MeasuredRenderer(RendererAgg):
    """Agg's renderer, with sizes and formulas that all of them know. Sizes are to be asked under a style's settings."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> tuple[float, float, float]:
        """As Matplotlib's own, px."""
        return _size(s, prop.copy(), ismath, self.dpi, matplotlib.rcParams["text.hinting"])


class MeasuredCanvas(FigureCanvasAgg):
    """Agg's canvas with such a renderer."""

    def get_renderer(self) -> RendererAgg:
        """The canvas's own, as long as the figure keeps its size."""
        width, height = self.get_width_height(physical=True)
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
