"""Lines of equal height over a plane, and the bands between them."""

from collections.abc import Sequence

import numpy as np
from contourpy import FillType, contour_generator
from matplotlib.path import Path


def level_lines(x: np.ndarray, y: np.ndarray, heights: np.ndarray, levels: Sequence[float]) -> list[list[np.ndarray]]:
    """Of each level the lines, (P, 2) each, on which heights (len(y), len(x)) have it."""
    return [[np.asarray(line) for line in lines] for lines in contour_generator(x, y, heights).multi_lines(levels)]


def bands(x: np.ndarray, y: np.ndarray, heights: np.ndarray, levels: Sequence[float]) -> list[list[Path]]:
    """Between each two levels the areas, as closed paths, where heights (len(y), len(x)) lie."""
    found = contour_generator(x, y, heights, fill_type=FillType.OuterCode).multi_filled(levels)
    return [[Path(*outline) for outline in zip(*band, strict=True)] for band in found]
