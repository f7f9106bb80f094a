"""Which quantities a run is asked for."""

from pipeline.config.schema.config import Config
from pipeline.render.scene.panel_spec import needed_quantities

FINAL_LOSS = "final_loss"  # the objective that is no quantity


def asked_quantities(config: Config) -> list[str]:
    """Names of the quantities that the config asks for, that the scene's panels draw, and that a sweep looks at."""
    objective = [] if config.objective == FINAL_LOSS else [config.objective]
    return list(dict.fromkeys([*config.projection.quantities, *needed_quantities(config.scene), *objective]))
