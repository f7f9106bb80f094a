"""Which runs a laboratory can go on with: its solver is compiled for squares and ReLUs alone."""

from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.errors import InputError

ALONE = "loss", "activation"


def is_solved(dynamics: DynamicsConfig) -> bool:
    """Whether the page's solver does not show a run as another."""
    blank = DynamicsConfig()
    return all(getattr(dynamics, name) == getattr(blank, name) for name in ALONE)


def check_solved(dynamics: DynamicsConfig) -> None:
    """InputError for a run that it would show as another."""
    blank = DynamicsConfig()
    for name in ALONE:
        value, usual = getattr(dynamics, name), getattr(blank, name)
        if value != usual:
            raise InputError(
                f"dynamics.{name} = {value}: a laboratory solves {name}={usual} only; explore.html shows it"
            )
