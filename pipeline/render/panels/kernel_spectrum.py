"""The tangent kernel's eigenvalues over training time: the rates at which residuals decay.

The largest are lines with names; the rest is a band, with its median.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from pipeline.render.film.film import Film
from pipeline.render.panels.parts.series import TimeSeries

NAMED = "largest", "second", "third"


class KernelSpectrumPanel(TimeSeries):
    """Eigenvalues over time, logarithmic."""

    scale = "log"

    def draw_still(self) -> None:
        eigenvalues = self.film.quantity("kernel_eigenvalues")
        others = eigenvalues.shape[1] - len(NAMED)
        self.rest = eigenvalues[:, len(NAMED) :]
        say = self.style.say
        named = tuple(say(f"panels.{name}") for name in NAMED[: eigenvalues.shape[1]])
        self.names = (*named, say("panels.others", count=others)) if others > 0 else named
        self.inks = (*["foreground"] * len(NAMED), "muted")[: len(self.names)]
        self.heading(*map(say, ("panels.rates", "panels.rates_short", "panels.rates_shorter")))
        super().draw_still()

    @classmethod
    def numbers_of(cls, film: Film, options: Mapping[str, Any]) -> np.ndarray:
        """(C, F) the largest eigenvalues, and the median of the rest."""
        eigenvalues = film.quantity("kernel_eigenvalues")
        rest = eigenvalues[:, len(NAMED) :]
        medians = [np.median(rest, axis=1)] if rest.shape[1] else []
        return np.stack([*eigenvalues[:, : len(NAMED)].T, *medians])

    def look(self, k: int) -> dict[str, Any]:
        """None has dashes: their names tell them apart."""
        return {}

    def _past(self) -> list[Artist]:
        curves = super()._past()
        if not self.rest.shape[1]:
            return curves
        low, high = (np.maximum(part, 1e-3 * self.ends[0]) for part in (self.rest.min(axis=1), self.rest.max(axis=1)))
        look: dict[str, Any] = {"color": self.style.rgba("data", 0.35), "lw": 0, "zorder": 1}
        return [self.axes.fill_between(self.place, low, high, **look), *curves]
