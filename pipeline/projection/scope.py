"""For which runs a quantity is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.simulate.loss import SQUARED
from pipeline.simulate.rest import CROWD


@dataclass(frozen=True)
class Scope:
    """Which runs.

    squares: of squared loss only, whose second derivative or least squares the formula has in it; relu: of ReLUs only.
    """

    squares: bool = False
    relu: bool = False

    def check(self, key: str, name: str, loss: str, inactive: float) -> None:
        """Raise InputError, that starts with `key`, where `name` is not known for a loss, or a slope ρ of inactive
        neurons.
        """
        if self.squares and loss != SQUARED:
            raise InputError(f"{key}: {name} is known of loss=squared only, and this run has loss={loss}; leave it out")
        if self.relu and inactive != 0:
            raise InputError(f"{key}: {name} is known of activation=relu only, and this run has another; leave it out")


ANY, OF_SQUARES, OF_RELU = Scope(), Scope(squares=True), Scope(relu=True)
SQUARES_OF_RELU = Scope(squares=True, relu=True)


def check_told(key: str, names: Iterable[str], told: int, width: int) -> None:
    """Raise InputError, that starts with `key`, where quantities are asked of a run that tells of some neurons only."""
    first = next(iter(names), None)
    if first is not None and told < width:
        remedy = f"leave {first} out, or take fewer than {CROWD} neurons"
        raise InputError(f"{key}: a run of {width} neurons tells of {told}, and quantities need all; {remedy}")
