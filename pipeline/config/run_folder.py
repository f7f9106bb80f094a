"""Which folders were there before Hydra made those of a run: an empty one of the user's stays."""

import os.path
from pathlib import Path
from typing import Any

from hydra.experimental.callback import Callback
from omegaconf import DictConfig

there: list[Path] = []  # the last one: the innermost folder on the way to the run's that was there before


class BeforeRun(Callback):
    """Hydra tells it of a run before it makes the run's folder; conf/config.yaml names it."""

    def on_run_start(self, config: DictConfig, **kwargs: Any) -> None:
        """Note what is there."""
        folder = Path(config.hydra.run.dir).absolute()
        there[:] = [next(parent for parent in (folder, *folder.parents) if os.path.exists(parent))]
