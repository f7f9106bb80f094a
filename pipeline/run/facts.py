"""What is known of a run before it is made, as words may name it."""

from typing import Any

from pipeline.config.language import Language, language_of
from pipeline.config.schema.config import Config
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.model.initialization import SCALINGS, Given
from pipeline.simulate.optimisers.table import OPTIMISERS


def facts(config: Config) -> dict[str, Any]:
    """What a scene's title and storyboard may name.

    Of a recorded run that is nothing of its start, of a given network no seed.
    """
    say, how = language_of(config.language), OPTIMISERS[config.dynamics.kind]
    dynamics = say.row("dynamics", config.dynamics.kind, how.spoken) + _objective(config, say)
    if how.reads is not None:
        return {"dynamics": dynamics}
    row = SCALINGS[config.init.scaling]
    start = {"init": say.row("initialisations", config.init.scaling, row.spoken), "scale": config.init.scale}
    drawn = {} if isinstance(row, Given) else {"seed": config.init.seed}
    return {**start, **drawn, "dynamics": dynamics}


def _objective(config: Config, say: Language) -> str:
    """In brackets, the loss and the neurons, where they are no squares and no ReLUs."""
    dynamics, blank = config.dynamics, DynamicsConfig()
    chosen = (("losses", dynamics.loss, blank.loss), ("activations", dynamics.activation, blank.activation))
    words = [say.row(part, name) for part, name, usual in chosen if name != usual]
    return f" ({', '.join(words)})" if words else ""
