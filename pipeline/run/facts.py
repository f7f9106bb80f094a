"""What is known of a run before it is made, as words may name it."""

from typing import Any

from pipeline.config.schema.config import Config
from pipeline.model.initialization import SCALINGS
from pipeline.simulate.optimisers.table import OPTIMISERS


def facts(config: Config) -> dict[str, Any]:
    """What a scene's title and storyboard may name: of a recorded run nothing of its start."""
    how = OPTIMISERS[config.dynamics.kind]
    if how.reads is not None:
        return {"dynamics": how.spoken}
    return {
        "init": SCALINGS[config.init.scaling].spoken,
        "scale": config.init.scale,
        "seed": config.init.seed,
        "dynamics": how.spoken,
    }
