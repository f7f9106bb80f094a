"""Round numbers for the ticks of an axis, and their words."""

import numpy as np
from matplotlib.ticker import MaxNLocator

LARGE, SMALL = 1e5, 1e-3  # numbers from here on, and below, are counted in a power of ten
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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


def power_word(exponent: int) -> str:
    """10 to a power."""
    return f"10{str(exponent).translate(SUPERSCRIPTS)}"


def _word(number: float, digits: int) -> str:
    return f"{round(number, 12) + 0.0:.{digits}g}".replace("-", "\N{MINUS SIGN}")
