"""Which runs a laboratory can go on with: of as many neurons as it has room for, by squares and ReLUs."""

from pipeline.config.schema.config import Config
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.embed.lab.module import layout
from pipeline.errors import InputError

FLOW = "gradient_flow"
ALONE = "loss", "activation"


def check_solved(config: Config) -> None:
    """InputError for a run that it cannot solve, or would show as another."""
    most, blank = layout()["most_neurons"], DynamicsConfig()
    if config.init.width > most:
        raise InputError(f"init.width = {config.init.width}: a laboratory solves up to {most} neurons; give fewer")
    for name in ALONE:
        value, usual = getattr(config.dynamics, name), getattr(blank, name)
        if value != usual:
            told = f"dynamics.{name} = {value}: a laboratory solves {name}={usual} only"
            raise InputError(f"{told}; explore.html shows it")


def has_laboratory(config: Config) -> bool:
    """Whether a run has one, in its talk and in the atlas: a gradient flow that `check_solved` lets pass."""
    if config.dynamics.kind != FLOW:
        return False
    try:
        check_solved(config)
    except InputError:
        return False
    return True
