"""Places that a scene marks on the horizontal axis: a broken upright each, and what it is."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from pipeline.render.drawing.lettering import pixel_text
from pipeline.render.drawing.theme import Style
from pipeline.render.film.limits import within
from pipeline.render.panels.parts.curve_names import dashes

INK, DASH = "reference_2", 1
BESIDE, RAISED = 0.4, 0.5  # of the words, right of the line and over the axis, in text sizes


class PlaceMarks:
    """Uprights at places x, in the user's units, over the whole height of axes; words: of each, by x."""

    def __init__(self, axes: Axes, style: Style, words: Mapping[Any, str]):
        self.axes, self.style, self.words = axes, style, {float(x): text for x, text in words.items()}
        ink = getattr(style.theme, INK)
        for x in self.words:
            axes.axvline(x, color=ink, lw=1.2 * style.stroke, zorder=1.2, **dashes(DASH))

    def settle(self) -> None:
        """Write the words of those in sight at the foot, once the axes have their place and limits."""
        size, box, ink = self.style.text, self.axes.bbox, getattr(self.style.theme, INK)
        for x, words in self.words.items():
            if words and within(np.array(x), self.axes.get_xlim()):
                place = float(self.axes.transData.transform((x, 0.0))[0])
                text = pixel_text(self.axes.figure, place + BESIDE * size, box.y0 + RAISED * size, words, size, ink)
                if text.get_window_extent().x1 > box.x1:
                    text.set(x=place - BESIDE * size, ha="right")
