"""The loss over training time, logarithmic, and that on a test set where there is one."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.render.film.film import Film
from pipeline.render.panels.parts.series import TimeSeries

TEST = "test_loss"  # the quantity


class LossPanel(TimeSeries):
    """Loss over time."""

    scale = "log"

    def draw_still(self) -> None:
        self.heading(self.style.say("axes.loss"))
        if self.film.has(TEST):
            self.names = self.style.say("axes.learnt"), self.style.say("axes.test")
            self.inks = "foreground", "data"
        super().draw_still()

    @classmethod
    def numbers_of(cls, film: Film, options: Mapping[str, Any]) -> np.ndarray:
        """(1, F) the loss, or (2, F) with that on a test set."""
        return np.stack([film.loss, *([film.losses(TEST)] if film.has(TEST) else [])])
