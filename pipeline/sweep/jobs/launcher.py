"""Hydra's side of a sweep: whichever sweeper chooses the jobs and whichever launcher runs them, it can be resumed.

Hydra's sweepers compose every job's config before the first one starts, and end at the first that cannot be composed
or that raises. Here a job travels as a few words instead and is composed where it runs, so that a bad value costs
that job only, and a thousand jobs need no minutes of composing in advance. Jobs travel to the launcher in bunches, as
what a launcher does for each thing it launches (a process, a discovery of plugins) can take longer than a job.
"""

import math
from collections.abc import Sequence
from typing import Any, cast

from hydra.core.config_loader import ConfigLoader
from hydra.core.utils import JobReturn, JobStatus
from hydra.plugins.launcher import Launcher
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig, OmegaConf, open_dict

from pipeline.errors import EncodingError
from pipeline.sweep.jobs.loader import UncomposedLoader, words_of
from pipeline.sweep.jobs.session import Session
from pipeline.sweep.jobs.work import WorkItem

BUNCHES, MOST_IN_BUNCH = 64, 32  # bunches of a long sweep, which keep many workers busy to the end; jobs in one
SEED = 0  # of a sweeper that draws at random and was given none: the same command tries the same values


class ResumingLauncher(Launcher):
    """Between a sweeper and a launcher: gives the launcher only what is to do, in bunches, and survives its faults."""

    def __init__(self, engine: Launcher, session: Session):
        self._engine, self._session = engine, session

    def setup(self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> None:
        """Nothing: the engine has been set up."""

    def launch(self, job_overrides: Sequence[Sequence[str]], initial_job_idx: int) -> Sequence[JobReturn]:
        """Bring the jobs with these overrides up to date; each returns its objective, a failed one None."""
        values = self._session.bring_up_to_date(job_overrides, self._run)
        returns = [JobReturn(overrides=list(words), status=JobStatus.COMPLETED) for words in job_overrides]
        for each, value in zip(returns, values, strict=True):
            each.return_value = value
        return returns

    def _run(self, items: Sequence[WorkItem], bunch: int | None) -> None:
        """Have the launcher do work items; what ends the sweep comes back from it as a text, on any machine."""
        size = bunch or min(MOST_IN_BUNCH, math.ceil(len(items) / BUNCHES))
        words = words_of(items)
        returned = self._engine.launch([words[start : start + size] for start in range(0, len(words), size)], 0)
        faults = [each.return_value for each in returned]  # looking raises what a job's process stumbled over
        for fault in filter(None, faults):
            raise EncodingError(fault)


def uncomposing(*, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> dict[str, Any]:
    """What Hydra makes a sweeper of, changed to one that composes no job's config.

    task_function: what launchers call, with a config of an UncomposedLoader.
    """
    _seed(config)
    loader = cast(ConfigLoader, UncomposedLoader(hydra_context.config_loader))
    context = HydraContext(loader, hydra_context.callbacks)
    return {"hydra_context": context, "task_function": task_function, "config": config}


def _seed(config: DictConfig) -> None:
    """Give a sampler that would draw other values each time a seed."""
    sampler = OmegaConf.select(config, "hydra.sweeper.sampler")
    if isinstance(sampler, DictConfig) and "seed" in sampler and sampler.seed is None:
        with open_dict(sampler):
            sampler.seed = SEED
