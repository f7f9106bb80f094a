"""Numbers as a person writes them: `1.98×10⁹` and `−0.5`, in texts, pictures and pages."""

import math

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LEAST, MOST = -4, 6  # powers of ten from which on, and up to which, a number is written out


def figures(number: float, digits: int = 4) -> str:
    """A number in at most so many figures, with a true minus sign and its power of ten where that is far from 1."""
    if not math.isfinite(number):
        return {math.inf: "∞", -math.inf: "\N{MINUS SIGN}∞"}.get(number, "none")
    mantissa, _, power = f"{number:.{digits - 1}e}".partition("e")
    exponent, most = int(power), max(digits, MOST)
    if number == 0 or LEAST <= exponent < most:
        return _plain(float(f"{mantissa}e{power}"), most)
    return f"{_plain(float(mantissa), most)}×{power_word(exponent)}"


def _plain(number: float, digits: int) -> str:
    return f"{number + 0.0:.{digits}g}".replace("-", "\N{MINUS SIGN}")


def power_word(exponent: int) -> str:
    """10 to a power."""
    return f"10{str(exponent).translate(SUPERSCRIPTS)}"
