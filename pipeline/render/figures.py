"""Numbers that change from frame to frame, as outlines: Matplotlib's text costs a millisecond a piece, these microseconds.

An outline also stands where it is put to a fraction of a pixel, and needs no setting of Matplotlib's at drawing time.
"""

from functools import lru_cache

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import IdentityTransform

from pipeline.render.theme import Style

_DRAWN = 100.0  # size at which outlines are made, to be scaled
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


class Figures(PathCollection):
    """Short words of one colour and size (px), on the figure or on axes."""

    def __init__(self, parent, style: Style, colour: str, size: float):
        super().__init__([], sizes=[(size / _DRAWN) ** 2], offset_transform=IdentityTransform())
        self.family = style.theme.font
        self.set_sizes([(size / _DRAWN) ** 2], dpi=72)
        self.set_facecolor([style.rgba(colour)])
        self.set_linewidth(0)
        self.set_snap(False)
        self.set_transform(IdentityTransform())
        parent.add_artist(self)
        self.set_clip_on(False)
        self.set_in_layout(False)

    def show(self, words: list[str], x, y, align: str = "left") -> None:
        """Set words (K) at x, y (K,): pixels from the bottom left; y is the baseline."""
        self.set_paths([outline(word, align, self.family) for word in words])
        self.set_offsets(np.column_stack([x, y]) if len(words) else np.empty((0, 2)))


@lru_cache(maxsize=4096)
def outline(word: str, align: str, family: str) -> Path:
    """A word's outline with 0 on its baseline, at the end or middle that `align` names."""
    path = TextPath((0, 0), word, size=_DRAWN, prop=FontProperties(family=[family]))
    extent = path.get_extents()
    # Left-aligned words keep their own left bearing, so that digits stand in fixed places.
    shift = 0.0 if align == "left" else extent.x0 + _SHARES[align] * extent.width
    return Path(path.vertices - [shift, 0], path.codes)
