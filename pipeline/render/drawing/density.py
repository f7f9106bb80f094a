"""Very many neurons as a density: cells in the hues of those in them, the stronger the more they are.

Marks of thousands would hide each other, and the later drawn would win; a count has no order.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase

from pipeline.render.drawing.axes_artist import AxesArtist
from pipeline.render.drawing.heatmap import draw_cells
from pipeline.render.drawing.theme import Style

DENSITY_FROM = 3000  # neurons from which on a density is shown
CELL = 0.22  # side of a cell, in text sizes
FAINTEST = 0.3  # opacity of a single neuron
USUAL = 0.98  # share of the occupied cells that are not yet of full strength


class Density(AxesArtist):
    """Counts of neurons over axes whose limits stand.

    side: of a cell, px; strongest: opacity of a full one.
    """

    def __init__(self, axes: Axes, style: Style, side: float | None = None, strongest: float = 1.0) -> None:
        super().__init__(axes)
        self.style, self.full = style, 2.0
        self.side, self.strongest = side or CELL * style.text, strongest
        self._hues = 255 * np.array([style.rgba("falling")[:3], style.rgba("rising")[:3]])
        self._cells = np.zeros((1, 1), np.uint32)

    def shape(self) -> tuple[int, int]:
        """Rows and columns of cells that the axes have room for."""
        box = self.axes.bbox
        return max(int(box.height / self.side), 1), max(int(box.width / self.side), 1)

    def count(self, x: np.ndarray, y: np.ndarray, rising: np.ndarray) -> np.ndarray:
        """(2, R, C) how many of neurons at x, y (K,), all within the axes, fall and rise in each cell, from below."""
        rows, columns = self.shape()
        (left, right), (bottom, top) = self.axes.get_xlim(), self.axes.get_ylim()
        row = np.minimum((rows * (y - bottom) / (top - bottom)).astype(int), rows - 1)
        column = np.minimum((columns * (x - left) / (right - left)).astype(int), columns - 1)
        cell = (rising * rows + row) * columns + column
        return np.bincount(cell, minlength=2 * rows * columns).reshape(2, rows, columns)

    def count_paths(self, x: np.ndarray, rising: np.ndarray) -> np.ndarray:
        """(2, R, C) how many of K paths fall and rise in each cell, from below, of axes whose vertical axis falls.

        x: (R + 1, K) where they are at the edges of the rows, from above, NaN where nowhere; rising: (R + 1, K). A path
        that passes several cells of a row has an equal share in each, so that each row counts every path once.
        """
        rows, columns = self.shape()
        left, right = self.axes.get_xlim()
        places = columns * (x - left) / (right - left)
        known = np.isfinite(places[:-1]) & np.isfinite(places[1:])
        row = np.nonzero(known)[0]
        ends = np.sort(np.stack([places[:-1][known], places[1:][known]]), axis=0)
        first, last = np.floor(np.clip(ends, -1, columns)).astype(int)
        share = 1.0 / np.maximum(np.floor(ends[1]) - np.floor(ends[0]) + 1, 1)
        line = (rising[:-1][known] * rows + rows - 1 - row) * (columns + 3)  # a cell beyond either edge, and the end
        size = 2 * rows * (columns + 3)
        begun = np.bincount(line + first + 1, share, size) - np.bincount(line + last + 2, share, size)
        return np.cumsum(begun.reshape(2, rows, columns + 3), axis=2)[:, :, 1:-2]

    def scale_for(self, counts: list[np.ndarray]) -> None:
        """Choose from some frames' counts how many neurons a cell of full strength has, for the whole clip."""
        totals = np.concatenate([count.sum(axis=0).ravel() for count in counts])
        self.full = max(float(np.quantile(totals[totals > 0], USUAL)), 2.0) if totals.any() else 2.0

    def show(self, counts: np.ndarray) -> None:
        """Set the counts (2, R, C)."""
        total = counts.sum(axis=0)
        share = np.minimum(np.log(np.maximum(total, 1)) / np.log(self.full), 1.0)
        pixels = np.empty((*total.shape, 4), np.uint8)
        weight = counts / np.maximum(total, 1)
        pixels[..., :3] = np.round(np.tensordot(weight, self._hues, axes=(0, 0)))
        opacity = self.strongest * np.minimum(total, 1) * (FAINTEST + (1 - FAINTEST) * share)
        pixels[..., 3] = np.round(255 * opacity)
        self._cells = pixels.view(np.uint32)[..., 0]
        self.stale = True

    def draw(self, renderer: RendererBase) -> None:
        """Draw the cells within the axes' spines."""
        draw_cells(renderer, self, self.style, self._cells)
        self.stale = False
