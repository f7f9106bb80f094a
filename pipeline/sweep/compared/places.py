"""Where the values of a swept key stand on an axis."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from pipeline.render.drawing.theme import Style
from pipeline.sweep.compared.crossing import thinned
from pipeline.sweep.compared.values import Value, is_number, value_words

TICK_WIDTH = 3.6  # room that a tick's words take, in text sizes


@dataclass(frozen=True)
class Places:
    """Numbers stand at themselves, other values one after another."""

    values: list[Value]
    numeric: bool
    logarithmic: bool

    @classmethod
    def of(cls, values: list[Value]) -> "Places":
        """The places of distinct values."""
        numbers = [float(value) for value in values if is_number(value)]
        numeric = len(numbers) == len(values)
        return cls(values, numeric, numeric and log_spaced(np.array(numbers)))

    def at(self, value: Value) -> float:
        """Where a value stands."""
        return float(value) if self.numeric and is_number(value) else float(self.values.index(value))

    def lay(self, axes: Axes, style: Style) -> None:
        """Scale, ticks and room at the ends; every value is a tick where few are."""
        if self.logarithmic:
            axes.set_xscale("log")
        room = axes.bbox.width / (TICK_WIDTH * style.text)
        chosen = thinned(self.values, max(2, int(room)))
        words = [value_words(value) for value in chosen]
        axes.set_xticks([self.at(value) for value in chosen], words, parse_math=False)
        axes.margins(x=0.08)


def log_spaced(values: np.ndarray) -> bool:
    """Whether positive numbers follow each other by factors rather than by steps."""
    if len(values) < 2 or values.min() <= 0:
        return False
    values = np.sort(values)
    if len(values) == 2:
        return bool(values[1] >= 10 * values[0])
    steps, factors = np.diff(values), np.diff(np.log(values))
    return bool(values[-1] >= 4 * values[0] and np.std(factors) / np.mean(factors) < np.std(steps) / np.mean(steps))
