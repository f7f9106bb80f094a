"""The axis of training time: where a time stands, from 0 to 1, and which times are named."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.render.film.timing import log_progress


@dataclass(frozen=True)
class TimeAxis:
    """kind: a key of timing.PACES; end_time, first_time: training time.

    Time stands so that the cursor moves evenly for `log` and `linear`; `arclength` shares the axis of `log`.
    """

    kind: str
    end_time: float
    first_time: float

    @property
    def scale(self) -> str:
        """The axis in a word."""
        return "linear" if self.kind == "linear" else "log"

    def position(self, times: ArrayLike) -> np.ndarray:
        """Places (…) in 0 to 1 of times (…)."""
        if self.kind == "linear":
            return np.asarray(times) / self.end_time
        return log_progress(times, self.end_time, self.first_time)

    def ticks(self, most: int) -> tuple[list[float], list[str]]:
        """Places and names of 0 and at most about `most` round times, none so near 0 that the names touch."""
        if self.kind == "linear":
            return self._linear_ticks(most)
        low, high = np.floor(np.log10(self.first_time)), np.floor(np.log10(self.end_time) + 1e-9)
        powers = np.arange(low, high + 1)
        powers = powers[self.position(10.0**powers) > 0.7 / most]
        powers = powers[::-1][:: max(1, -(-len(powers) // most))][::-1].astype(int)
        plain = all(-2 <= power <= 3 for power in powers)
        names = [f"{10.0**p:g}" if plain else f"$10^{{{p}}}$" for p in powers]
        return [0.0, *self.position(10.0**powers).tolist()], ["0", *names]

    def _linear_ticks(self, most: int) -> tuple[list[float], list[str]]:
        step = round_step(self.end_time / most)
        times = np.arange(0, self.end_time * (1 + 1e-9), step)
        return self.position(times).tolist(), [f"{t:g}" for t in times]

    def clock(self, time: float) -> str:
        """A time in figures: two of them where it is small, none after the point where it is large."""
        if time == 0:
            return "0"
        finest = max(0, 1 - int(np.floor(np.log10(self.first_time))))
        decimals = min(max(0, 1 - int(np.floor(np.log10(time)))), finest)
        return f"{time:.{decimals}f}"


def round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not less."""
    power = 10.0 ** np.floor(np.log10(least))
    return float(power * next(s for s in (1, 2, 5, 10) if s * power >= least * (1 - 1e-9)))
