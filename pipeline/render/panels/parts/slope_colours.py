"""Colours of slopes: a scale of its own hues, so that none is taken for the sign of a slope jump."""

import numpy as np
from matplotlib import colormaps

from pipeline.render.drawing.theme import LEGIBLE, Style, contrast


def slope_colours(style: Style) -> np.ndarray:
    """(256, 4) RGBA, from the steepest fall to the steepest rise: what of viridis stands out from the paper."""
    colours = colormaps["viridis"](np.linspace(0, 1, 256))
    legible = [contrast(tuple(colour), style.theme.background) >= LEGIBLE for colour in colours]
    shown = colours[legible]
    spread: np.ndarray = shown[np.linspace(0, len(shown) - 1, 256).round().astype(int)]
    return spread


def slope_index(slope: np.ndarray, reach: float) -> np.ndarray:
    """Indices (…) of those colours for slopes (…); reach: the steepest that has a colour of its own."""
    return np.asarray(np.clip(127.5 * (1 + slope / reach), 0, 255), dtype=int)
