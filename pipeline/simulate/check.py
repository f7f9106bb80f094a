"""Rules between the keys of `dynamics`, told before any work."""

from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.errors import InputError
from pipeline.model.activation import ACTIVATIONS  # noqa: F401, the choices of dynamics.activation
from pipeline.simulate.loss import LOSSES  # noqa: F401, the choices of dynamics.loss
from pipeline.simulate.optimisers.table import OBJECTIVE_KEYS, OPTIMISERS
from pipeline.simulate.training import TRAINED  # noqa: F401, the choices of dynamics.train


def check_dynamics(dynamics: DynamicsConfig) -> None:
    """Raise InputError at the first rule that the group breaks."""
    rate, end = dynamics.learning_rate, dynamics.end_time
    if rate is not None and rate > end:
        raise InputError(f"dynamics.learning_rate = {rate:g}: one step goes beyond dynamics.end_time = {end:g}")
    _check_objective(dynamics)


def _check_objective(dynamics: DynamicsConfig) -> None:
    """A dynamics that does not take the loss and the activation has squares and ReLUs."""
    keys, blank = OPTIMISERS[dynamics.kind].keys, DynamicsConfig()
    for name in OBJECTIVE_KEYS:
        value = getattr(dynamics, name)
        if name not in keys and value != getattr(blank, name):
            raise InputError(f"dynamics.{name} = {value}: not used by dynamics.kind = {dynamics.kind}; leave it out")
    if dynamics.leak != blank.leak and dynamics.activation != "leaky_relu":
        raise InputError(f"dynamics.leak = {dynamics.leak:g}: is of dynamics.activation=leaky_relu; leave it out")
