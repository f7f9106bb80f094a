"""The tangent kernel's eigenvalues over training time: the rates at which residuals decay."""

import numpy as np

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

    @property
    def numbers(self) -> np.ndarray:
        """(C, F) the largest eigenvalues."""
        return self.film.quantity("kernel_eigenvalues")[:, :MOST].T

    @property
    def limiting(self) -> np.ndarray:
        """The same of all runs beside each other."""
        return np.concatenate([film.quantity("kernel_eigenvalues")[:, :MOST].ravel() for film in self.limits.films])
