"""A matrix as shades on whole pixels: nearest cell, nothing blended, so that it costs one copy a frame."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase

from pipeline.render.drawing.axes_artist import AxesArtist
from pipeline.render.drawing.theme import Style

SHADES = 256


def shades(style: Style) -> np.ndarray:
    """(SHADES, 4) uint8, from paper to ink; neutral colours at even steps of sRGB are nearly even to the eye."""
    paper, ink = (np.array(style.rgba(name)) for name in ("background", "foreground"))
    return np.round(255 * np.linspace(paper, ink, SHADES)).astype(np.uint8)


class Heatmap(AxesArtist):
    """Values (R, C) over axes, the first row lowest; limits: the values of paper and ink."""

    def __init__(self, axes: Axes, style: Style, limits: tuple[float, float]) -> None:
        super().__init__(axes)
        self.style, self.limits = style, limits
        self._table = shades(style).view(np.uint32).ravel()
        self._cells = np.zeros((1, 1), np.uint32)

    def show(self, values: np.ndarray) -> None:
        """Set the values."""
        low, high = self.limits
        share = np.clip((values - low) / (high - low), 0, 1)
        self._cells = self._table[np.round((SHADES - 1) * share).astype(np.uint8)]
        self.stale = True

    def draw(self, renderer: RendererBase) -> None:
        """Draw the cells within the axes' spines."""
        draw_cells(renderer, self, self.style, self._cells)
        self.stale = False


def draw_cells(renderer: RendererBase, artist: AxesArtist, style: Style, cells: np.ndarray) -> None:
    """Draw cells (R, C) uint32 RGBA of an artist.

    The first row is the lowest; they take as many pixels as the axes have within their spines.
    """
    box, inset = artist.axes.bbox, round(0.5 * style.stroke)
    left, bottom = round(box.x0) + inset, round(box.y0) + inset
    rows, columns = (
        (np.arange(size) * count) // size
        for size, count in zip((round(box.y1) - bottom, round(box.x1) - left), cells.shape, strict=True)
    )
    pixels = cells[rows].take(columns, axis=1)  # Matplotlib counts an image's rows from below
    context = renderer.new_gc()
    context.set_clip_rectangle(artist.get_clip_box())
    renderer.draw_image(context, left, bottom, pixels.view(np.uint8).reshape(*pixels.shape, 4))
    context.restore()
