"""Units of quantities as powers of what they are made of, so that any can be put into the user's units."""

from collections.abc import Iterable
from dataclasses import dataclass

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Unit:
    """The product of these powers: Unit(x=-1, y=1) is that of a slope, Unit() that of a number.

    x, y: as the network sees them; t: training time; theta: parameters; rad: angle.
    place: whether it is of places on the axis x or y, which has an origin; all others are differences or ratios.
    mixed: whether it is of a matrix whose entries differ in unit, so that its eigenvalues have none to be put into.
    """

    x: int = 0
    y: int = 0
    t: int = 0
    theta: int = 0
    rad: int = 0
    place: bool = False
    mixed: bool = False

    def words(self, x: str = "x", y: str = "y") -> str:
        """Such as "(y/x)²", with these names of x and y; empty for a number, with a Δ for a difference on an axis."""
        if self.mixed:
            return "mixed"
        powers = [("rad", self.rad), ("θ", self.theta), (x, self.x), (y, self.y), ("t", self.t)]
        above = [(name, power) for name, power in powers if power > 0]
        below = [(name, -power) for name, power in powers if power < 0]
        sizes = {size for _, size in above + below}
        if above and below and len(sizes) == 1 and sizes != {1}:
            return f"({_names(above)}/{_names(below)}){_superscript(sizes.pop())}"
        difference = self in (Unit(x=1), Unit(y=1))
        top = "Δ" * difference + _product(above)
        return f"{top or 1}/{_product(below)}" if below else top


Units = Unit | tuple[Unit, ...]  # several: one for each part of the second axis

NUMBER = Unit()
X, Y = Unit(x=1, place=True), Unit(y=1, place=True)
DELTA_X, DELTA_Y = Unit(x=1), Unit(y=1)
SLOPE = Unit(x=-1, y=1)
LOSS = Unit(y=2)
RATE = Unit(t=-1)


def words_of(unit: Units, x: str = "x", y: str = "y") -> str:
    """The words of a unit, or of several with commas between them."""
    return unit.words(x, y) if isinstance(unit, Unit) else ", ".join(part.words(x, y) for part in unit)


def _product(factors: Iterable[tuple[str, int]]) -> str:
    return "".join(name + _superscript(power) for name, power in factors)


def _names(factors: Iterable[tuple[str, int]]) -> str:
    return "".join(name for name, _ in factors)


def _superscript(power: int) -> str:
    return "" if power == 1 else str(power).translate(_SUPERSCRIPTS)
