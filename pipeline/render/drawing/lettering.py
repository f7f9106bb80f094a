"""Text that stands still at a place in pixels, outside the layout."""

from functools import cache, lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, FigureBase
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text


def pixel_text(
    parent: FigureBase | Axes, x: float, y: float, words: str, size: float, colour: str, **look: Any
) -> Text:
    """Words of a size (px) on a figure or axes; x, y: px from the bottom left, y that of the baseline.

    look: Matplotlib's, such as ha and weight; with another va it is that height of the words which stands at y.
    """
    text = Text(x, y, words, fontsize=size, color=colour, **{"va": "baseline", **look})
    text.set_in_layout(False)
    parent.add_artist(text)
    text.set_transform(None)  # only now: the parent would set its own
    return text


def drawn_width(text: Text, words: str | None = None) -> float:
    """How wide a text of a figure is drawn, px; words: what to set it to first."""
    if words is not None:
        text.set_text(words)
    if "$" in text.get_text():  # formulas depend on more settings than their font
        return float(text.get_window_extent().width)
    figure = text.get_figure(root=True)
    assert figure is not None
    return _width(text.get_text(), text.get_fontproperties().copy(), figure.dpi)


@lru_cache(maxsize=4096)
def _width(words: str, font: FontProperties, dpi: float) -> float:
    """The same of plain words, which are asked for again and again: where lines are broken, in every job of a sweep."""
    text = Text(0, 0, words, fontproperties=font)
    text.set_figure(_measuring(dpi))
    return float(text.get_window_extent().width)


@cache
def _measuring(dpi: float) -> Figure:
    """A figure for texts that are measured alone."""
    figure = Figure((1, 1), dpi=dpi)
    FigureCanvasAgg(figure)
    return figure
