"""The tangent kernel's eigenvalues over training time: the rates at which residuals decay."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.render.film.film import Film
from pipeline.render.panels.parts.series import TimeSeries

MOST = 24  # eigenvalues shown, the largest


class KernelSpectrumPanel(TimeSeries):
    """Eigenvalues over time, logarithmic."""

    scale = "log"
    stroke = 1.0

    def draw_still(self) -> None:
        count = self.film.quantity("kernel_eigenvalues").shape[1]
        long = f"{MOST} largest of {count} kernel eigenvalues" if count > MOST else "kernel eigenvalues"
        self.heading(long, "kernel eigenvalues")
        super().draw_still()

    @classmethod
    def numbers_of(cls, film: Film, options: Mapping[str, Any]) -> np.ndarray:
        """(C, F) the largest eigenvalues."""
        return film.quantity("kernel_eigenvalues")[:, :MOST].T
