"""How jobs travel through Hydra's sweepers and launchers: as words that only where a job runs become a config."""

import copy
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from hydra.core.config_loader import ConfigLoader
from omegaconf import DictConfig, OmegaConf

from pipeline.sweep.jobs.work import WorkItem

ITEM = "work_item="  # what a work item begins with among the words that launchers take for overrides


def of_hydra(config: DictConfig) -> DictConfig:
    """The Hydra node of a config alone, without references: what launchers take to every process, and copy there.

    With all the rest, and references to be found, every bunch of jobs would begin some 15 ms later.
    """
    whole = copy.deepcopy(config)  # as the Hydra node may refer to any key
    OmegaConf.resolve(whole.hydra)
    return OmegaConf.create({"hydra": whole.hydra})


class UncomposedLoader:
    """A config loader for sweepers and launchers, which composes no job's config.

    What launchers take for a job's overrides are work items, and stay words beside the Hydra node, which launchers
    need. What sweepers load is only to see whether it could be composed, and empty.
    """

    def __init__(self, loader: ConfigLoader):
        self._loader = loader

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked for by pickle before there is a loader
            raise AttributeError(name)
        return getattr(self._loader, name)

    def load_sweep_config(self, master_config: DictConfig, sweep_overrides: list[str]) -> DictConfig:
        """A launcher's config with work items in its key `work_items`."""
        if not sweep_overrides or not all(words.startswith(ITEM) for words in sweep_overrides):
            return OmegaConf.create()
        loaded = copy.deepcopy(master_config)
        loaded.work_items = [word[len(ITEM) :] for word in sweep_overrides]
        return loaded


def words_of(items: Sequence[WorkItem]) -> list[str]:
    """Work items as words that launchers take for overrides."""
    return [ITEM + json.dumps(asdict(item)) for item in items]


def items_of(loaded: DictConfig) -> list[WorkItem]:
    """The work items in a config that an UncomposedLoader loaded."""
    return [WorkItem(**json.loads(words)) for words in loaded.work_items]
