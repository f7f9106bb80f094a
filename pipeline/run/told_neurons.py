"""Of how many neurons a run tells: the simulation, its checks and what is tried before it have to agree."""

from pipeline.config.schema.config import Config
from pipeline.simulate.optimisers.table import OPTIMISERS
from pipeline.simulate.rest import CROWD, TOLD


def told_neurons(config: Config) -> int:
    """Of how many neurons the run that `config` describes tells: all of them but for the widest gradient flows."""
    width = config.init.width
    return TOLD if width >= CROWD and OPTIMISERS[config.dynamics.kind].chooses else width
