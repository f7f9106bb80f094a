"""The axis of training time, at the clip's pace: where a time stands, from 0 to 1, and which times are named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from pipeline.render.film.timing import Change, log_progress, paced

TABLED = 8193  # shares between which the places of times are interpolated, at a pace that has no formula


@dataclass(frozen=True)
class TimeAxis:
    """kind: a key of timing.PACES; end_time, first_time: training time; change: what has changed, see timing.paced.

    start: the time at which it begins, 0 but for runs that were recorded from a later one; first_time counts from it.
    Times stand so that the cursor moves evenly over the moving part of the clip.
    """

    kind: str
    end_time: float
    first_time: float
    change: Change | None = field(default=None, compare=False, repr=False)
    start: float = 0.0

    @property
    def scale(self) -> str:
        """How the axis runs: log, linear, or even where it is paced by what changes."""
        return self.kind if self.kind in ("log", "linear") else "even"

    def time(self, shares: ArrayLike) -> np.ndarray:
        """Training times (K,) at shares (K,) of the moving part of the clip, nondecreasing."""
        change = self.change and (self.change[0] - self.start, self.change[1])
        times = self.start + paced(self.kind, shares, self.span, self.first_time, change)
        return np.minimum(times, self.end_time)  # exactly, whatever rounding makes of the sum

    @property
    def span(self) -> float:
        """From its start to its end."""
        return self.end_time - self.start

    def position(self, times: ArrayLike) -> np.ndarray:
        """Places (…) in 0 to 1 of times (…)."""
        if self.kind == "linear":
            return self._since_start(times) / self.span
        if self.kind == "log":
            return log_progress(self._since_start(times), self.span, self.first_time)
        shares, tabled = self._table
        return np.asarray(np.interp(np.asarray(times, dtype=float), tabled, shares))

    def _since_start(self, times: ArrayLike) -> np.ndarray:
        return np.maximum(np.asarray(times) - self.start, 0.0)

    @cached_property
    def _table(self) -> tuple[np.ndarray, np.ndarray]:
        """Shares and their times, ascending: where the clip leaps, the later share of a time; where it rests, one."""
        shares = np.linspace(0.0, 1.0, TABLED)
        times = self.time(shares)
        first = np.concatenate([[True], np.diff(times) > 0])
        return shares[first], times[first]

    def ticks(self, most: int) -> tuple[list[float], list[str]]:
        """Places and names of 0, the end and about `most` round times, none so near another that the names touch."""
        if self.kind == "linear":
            return self._linear_ticks(most)
        return self._log_ticks(most) if self.kind == "log" else self._paced_ticks(most)

    def _log_ticks(self, most: int) -> tuple[list[float], list[str]]:
        powers = self._powers
        places = self.position(10.0**powers)
        powers = powers[(places > 0.7 / most) & (places < 1 - 0.7 / most)]
        powers = powers[::-1][:: max(1, -(-len(powers) // max(most - 1, 1)))][::-1]
        names = self._names([*((1, p) for p in powers.tolist()), self._end])
        return [0.0, *self.position(10.0**powers).tolist(), 1.0], [self._first_name, *names]

    @property
    def _first_name(self) -> str:
        return f"{self.start:g}"

    @property
    def _powers(self) -> np.ndarray:
        low, high = np.floor(np.log10(self.first_time)), np.floor(np.log10(self.end_time) + 1e-9)
        return np.arange(low, high + 1).astype(int)

    @property
    def _end(self) -> tuple[float, int]:
        """The end time, as digits × 10^power."""
        power = int(np.floor(np.log10(self.end_time) + 1e-9))
        return self.end_time / 10.0**power, power

    def _names(self, times: Sequence[tuple[float, int]]) -> list[str]:
        """Of times digits × 10^power."""
        if all(-2 <= power <= 3 for _, power in times):
            return [f"{digit * 10.0**power:g}" for digit, power in times]
        return [f"$10^{{{p}}}$" if digit == 1 else rf"${digit:.3g}\times10^{{{p}}}$" for digit, p in times]

    def _paced_ticks(self, most: int) -> tuple[list[float], list[str]]:
        """The roundest times that have room: powers of ten before 2 and 5 times one, late ones before early ones."""
        apart = 0.9 / most
        kept: list[tuple[float, float, int]] = [(0.0, 0, 0), (1.0, *self._end)]
        for digit in (1, 5, 2):
            for power in self._powers[::-1].tolist():
                time = digit * 10.0**power
                place = float(self.position(time))
                room = 1.6 * apart if digit > 1 and not -2 <= power <= 3 else apart
                if self.start <= time <= self.end_time and all(abs(place - other) >= room for other, _, _ in kept):
                    kept.append((place, digit, power))
        kept.sort()
        names = self._names([(digit, power) for _, digit, power in kept[1:]])
        return [place for place, _, _ in kept], [self._first_name, *names]

    def _linear_ticks(self, most: int) -> tuple[list[float], list[str]]:
        step = round_step(self.span / most)
        times = step * np.arange(np.ceil(self.start / step * (1 - 1e-9)), self.end_time / step * (1 + 1e-9))
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
