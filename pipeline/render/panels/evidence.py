"""The claim's own number, large and live, with its target."""

from typing import Any

import numpy as np

from pipeline.config.schema.story import EvidenceConfig
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.live_number import LiveNumber

LARGEST, STEPS = 4.0, 16  # size of words in text sizes at most, and how many sizes are tried from there down


class EvidencePanel(Panel):
    """A number over no axes, as large as the panel allows."""

    across = "own"

    def draw_still(self) -> None:
        self.axes.set_axis_off()

    def lay_up(self) -> None:
        """No axis."""

    def lay_own(self) -> None:
        """No axis."""

    def settle(self) -> None:
        super().settle()
        box, parent, style = self.axes.bbox, self.axes.figure, self.style
        config = EvidenceConfig(**self.options)
        sizes = style.text * np.linspace(LARGEST, 1.0, STEPS)
        made: Any = (LiveNumber(parent, self.film, style, config, size, box.width) for size in sizes.tolist())
        tried: list[LiveNumber] = []
        for figures in made:
            tried.append(figures)
            if figures.width <= box.width and figures.height <= box.height:
                break
        for figures in tried[:-1]:
            figures.remove()
        self.figures = tried[-1]
        self.figures.place(box.x0, box.y0 + 0.5 * (box.height + self.figures.height))
        self.moving = self.figures.artists

    def show(self, frame: int) -> None:
        self.figures.show(frame)
