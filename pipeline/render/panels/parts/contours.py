"""Lines of equal height over a plane."""

from collections.abc import Sequence

import numpy as np
from contourpy import contour_generator


def level_lines(x: np.ndarray, y: np.ndarray, heights: np.ndarray, levels: Sequence[float]) -> list[list[np.ndarray]]:
    """Of each level the lines, (P, 2) each, on which heights (len(y), len(x)) have it."""
    return [[np.asarray(line) for line in lines] for lines in contour_generator(x, y, heights).multi_lines(levels)]
