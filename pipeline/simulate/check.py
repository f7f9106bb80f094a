"""Rules between the keys of `dynamics`, told before any work."""

from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.errors import InputError
from pipeline.model.activation import ACTIVATIONS  # noqa: F401, the choices of dynamics.activation
from pipeline.simulate.loss import LOSSES  # noqa: F401, the choices of dynamics.loss
from pipeline.simulate.optimisers.table import OPTIMISERS  # noqa: F401, the choices of dynamics.kind
from pipeline.simulate.training import TRAINED  # noqa: F401, the choices of dynamics.train


def check_dynamics(dynamics: DynamicsConfig) -> None:
    """Raise InputError at the first rule that the group breaks."""
    rate, end = dynamics.learning_rate, dynamics.end_time
    if rate is not None and rate > end:
        raise InputError(f"dynamics.learning_rate = {rate:g}: one step goes beyond dynamics.end_time = {end:g}")
    if dynamics.leak != DynamicsConfig().leak and dynamics.activation != "leaky_relu":
        raise InputError(f"dynamics.leak = {dynamics.leak:g}: is of dynamics.activation=leaky_relu; leave it out")
