"""The loss over training time, logarithmic."""

import numpy as np

from pipeline.render.panels.parts.series import TimeSeries


class LossPanel(TimeSeries):
    """Loss over time."""

    scale = "log"

    def draw_still(self) -> None:
        self.heading("loss")
        super().draw_still()

    @property
    def numbers(self) -> np.ndarray:
        """(1, F) the loss."""
        return self.film.loss[None]

    @property
    def limiting(self) -> np.ndarray:
        """The losses of all runs beside each other."""
        return np.concatenate([film.loss for film in self.limits.films])
