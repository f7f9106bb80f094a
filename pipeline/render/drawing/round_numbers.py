"""Round numbers for the ticks of an axis, and their words."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from pipeline.console.figures import power_word

LARGE, SMALL = 1e5, 1e-3  # numbers from here on, and below, are counted in a power of ten


def round_numbers(low: float, high: float, most: int) -> list[float]:
    """At most about `most` multiples of 1, 2 or 5 times a power of ten between low and high."""
    places = MaxNLocator(nbins=most, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [float(place) for place in places if low <= place <= high]


def number_words(numbers: list[float]) -> tuple[list[str], str]:
    """Words for numbers, and the power of ten in words that all are counted in, empty where it is 1.

    Numbers that differ only far behind the point, such as seconds of an epoch, are written out instead.
    """
    largest = max((abs(number) for number in numbers), default=0.0)
    exponent = int(np.floor(np.log10(largest) + 1e-9)) if largest >= LARGE or 0 < largest < SMALL else 0
    words = [_word(number / 10.0**exponent, 6) for number in numbers]
    if len(set(words)) < len(words):
        return [_word(number, 15) for number in numbers], ""
    return words, power_word(exponent) if exponent else ""


def few_digits(number: float, digits: int = 2) -> str:
    """A number rounded to so many digits, such as 85 or 8.5×10⁵."""
    words, power = number_words([float(f"{number:.{digits}g}")])
    return f"{words[0]}×{power}" if power else words[0]


def _word(number: float, digits: int) -> str:
    return f"{round(number, 12) + 0.0:.{digits}g}".replace("-", "\N{MINUS SIGN}")


def few_on_log_axis(low: float, high: float, most: int = 4) -> list[float]:
    """About two to `most` round numbers between low and high, evenly spread on a logarithmic axis."""
    powers = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 3), (1,)):
        inside = [s * 10.0**p for p in powers for s in steps if low <= s * 10.0**p <= high]
        if len(inside) <= most:
            return inside or _few_within(low, high)
    return inside[:: -(-len(inside) // most)]


def _few_within(low: float, high: float) -> list[float]:
    """Round numbers between two that are so near each other that no 1, 2 or 5 times a power of ten lies between."""
    places = MaxNLocator(nbins=3, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [float(place) for place in places if low <= place <= high] or [low]


def log_words(numbers: list[float]) -> list[str]:
    """Words for round numbers on a logarithmic axis: powers of ten where one is large or small."""
    small = min(numbers) < 0.01 or max(numbers) >= 10_000
    return [_power(number) if small else f"{number:g}" for number in numbers]


def _power(value: float) -> str:
    exponent = int(np.floor(np.log10(value) + 1e-9))
    digit = round(value / 10.0**exponent)
    return f"$10^{{{exponent}}}$" if digit == 1 else f"${digit}{{\\times}}10^{{{exponent}}}$"
