"""Hydra's side of a sweep: whichever sweeper chooses the jobs and whichever launcher runs them, each is cared for.

Hydra's sweepers compose every job's config before the first one starts, and end at the first that cannot be composed
or that raises. Here a job travels as a few words instead and is composed where it runs, so that a bad value costs
that job only, and a thousand jobs need no minutes of composing in advance. Jobs travel to the launcher in bunches, as
what a launcher does for each thing it launches (a process, a discovery of plugins) can take longer than a job.
"""

import copy
import json
import logging
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from hydra.core.config_loader import ConfigLoader
from hydra.core.plugins import Plugins
from hydra.core.utils import JobReturn, JobStatus
from hydra.plugins.launcher import Launcher
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig, OmegaConf

from pipeline.config.compose import parse
from pipeline.sweep.jobs.session import Session
from pipeline.sweep.jobs.work import Order

log = logging.getLogger(__name__)

ORDER = "order="  # what an order begins with among the words that launchers take for overrides
BUNCHES, LARGEST = 64, 32  # bunches of a long sweep, jobs in one at most: enough to keep many workers busy to the end


class Carrier:
    """A config loader for sweepers and launchers, which composes no job's config.

    What launchers take for a job's overrides are orders, and stay words beside the Hydra node, which launchers need.
    What sweepers load is only to see whether it could be composed, and empty.
    """

    def __init__(self, loader: ConfigLoader):
        self._loader = loader

    def __getattr__(self, name: str):
        if name.startswith("__"):  # asked for by pickle before there is a loader
            raise AttributeError(name)
        return getattr(self._loader, name)

    def load_sweep_config(self, master_config: DictConfig, sweep_overrides: list[str]) -> DictConfig:
        """A config that carries orders in its key `orders`."""
        if not all(words.startswith(ORDER) for words in sweep_overrides):
            return OmegaConf.create()
        carried = copy.deepcopy(master_config)  # whole, as the Hydra node may refer to any key
        OmegaConf.resolve(carried.hydra)
        return OmegaConf.create({"hydra": carried.hydra, "orders": [words[len(ORDER) :] for words in sweep_overrides]})


class CarefulLauncher(Launcher):
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

    def _run(self, orders: Sequence[Order], bunch: int | None) -> None:
        size = bunch or min(LARGEST, math.ceil(len(orders) / BUNCHES))
        words = [ORDER + json.dumps(asdict(order)) for order in orders]
        self._engine.launch([words[start : start + size] for start in range(0, len(words), size)], 0)


@contextmanager
def doors(task: TaskFunction, session: Callable[[DictConfig], Session]) -> Iterator[None]:
    """While the block runs, Hydra's sweepers get a Carrier, and launchers that are cared for.

    task: what launchers call with a Carrier's config; session: makes the sweep's Session of Hydra's config.
    Sweepers and launchers of any kind, also of plugins unknown here, are made through two methods of Hydra's list of
    plugins: these are the doors.
    """
    plugins = Plugins.instance()
    sweeper, launcher = plugins.instantiate_sweeper, plugins.instantiate_launcher

    def careful_sweeper(*, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig):
        context = HydraContext(Carrier(hydra_context.config_loader), hydra_context.callbacks)
        return sweeper(hydra_context=context, task_function=task, config=config)

    def careful_launcher(*, config: DictConfig, **others):
        return CarefulLauncher(launcher(config=config, **others), session(config))

    plugins.instantiate_sweeper, plugins.instantiate_launcher = careful_sweeper, careful_launcher
    try:
        yield
    finally:
        plugins.instantiate_sweeper, plugins.instantiate_launcher = sweeper, launcher


def orders_of(carried: DictConfig) -> list[Order]:
    """The orders that a Carrier's config carries."""
    return [Order(**json.loads(words)) for words in carried.orders]


def swept_values(overrides: Sequence[str], common: Mapping[str, str]) -> dict[str, str]:
    """By key, the values in which a job's overrides differ from those that all jobs have in `common`."""
    parsed = [parse(text) for text in overrides]
    values = {one.get_key_element(): one.get_value_element_as_str() for one in parsed}
    return {key: value for key, value in values.items() if common.get(key) != value}


def common_values(overrides: Sequence[str]) -> dict[str, str]:
    """By key, the values of the overrides in a sweep's command that are the same for all its jobs."""
    parsed = [parse(text) for text in overrides]
    return {one.get_key_element(): one.get_value_element_as_str() for one in parsed if not one.is_sweep_override()}
