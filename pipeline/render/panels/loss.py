"""The loss over training time, logarithmic."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.render.film.film import Film
from pipeline.render.panels.parts.series import TimeSeries


class LossPanel(TimeSeries):
    """Loss over time."""

    scale = "log"

    def draw_still(self) -> None:
        self.heading(self.style.say("axes.loss"))
        super().draw_still()

    @classmethod
    def numbers_of(cls, film: Film, options: Mapping[str, Any]) -> np.ndarray:
        """(1, F) the loss."""
        return film.loss[None]
