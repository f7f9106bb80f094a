"""Words carried out by Hydra: it composes conf/ into one Config, and make() makes the video; or it sweeps."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.errors import HydraException
from omegaconf import DictConfig
from omegaconf.errors import OmegaConfBaseException

from pipeline.config import plugins
from pipeline.config.complaints import COMPOSING, complaint, worded
from pipeline.config.compose import variants
from pipeline.config.convert import to_config
from pipeline.config.flags import answer, flags_first, own_folder
from pipeline.config.home import CONF, register
from pipeline.config.hydra_private import composed_once
from pipeline.config.remembered import Composed, remember
from pipeline.config.run_folder import there
from pipeline.console.command_line import command_line, short_path
from pipeline.console.interrupts import postponed
from pipeline.console.say import say
from pipeline.errors import InputError, PipelineError
from pipeline.store.folder import remove_empty
from pipeline.sweep.taking_over import sweeps_taken_over

failures: list[PipelineError] = []
starts: list[float] = []  # when the command began: the time of its job counts from there
broken: list[Exception] = []  # what a job broke down by, once its config was composed: no bad input, so a bug


def carried_out(words: list[str], started: float | None = None) -> int:
    """Do what the words say; see start.command, whose words and exit code these are."""
    failures.clear()
    broken.clear()
    starts[:] = [] if started is None else [started]
    # Hydra then raises what it would print, so that one place words every message.
    os.environ["HYDRA_FULL_ERROR"] = "1"
    register()
    try:
        answered = answer(words, _rooms)
        if answered:
            print(answered)
            return 0
        sys.argv = [sys.argv[0], *flags_first(words, CONF)]
        with composed_once(), sweeps_taken_over() as sweeps:
            _compose_and_run(sweeps)
        if sweeps:
            from pipeline.sweep.multirun import conclude

            return conclude(sweeps[0])
    except (HydraException, OmegaConfBaseException) as error:
        _fail(InputError(complaint(error)))
    except PipelineError as error:
        _fail(error)
    return 0 if not failures else 2 if isinstance(failures[0], InputError) else 1


def _compose_and_run(sweeps: Sequence[object]) -> None:
    """Have Hydra compose the config and run the job, or the sweep. Raises InputError where it cannot be composed."""
    try:
        job()
    except COMPOSING as error:
        if sweeps:
            raise
        raise worded(error, [*own_folder(sys.argv[1:]), CONF]) from error
    if broken:
        raise plugins.blamed(broken[0])


@hydra.main(version_base="1.3", config_path=str(CONF), config_name="config")
def job(composed: DictConfig) -> float | None:
    """One job in Hydra's run directory; returns the objective, or None where it failed."""
    folder = Path(HydraConfig.get().runtime.output_dir)
    started = starts.pop() if starts else time.perf_counter()
    try:
        from pipeline.make import make  # takes a second, in which an interrupt must find the folder cared for

        config = to_config(composed)
        runs = variants(config, HydraConfig.get().overrides.task)
        sources = [source.path for source in HydraConfig.get().runtime.config_sources]
        remember(sys.argv[1:], Composed(config, runs, short_path(folder)), sources)
        return make(config, short_path(folder), command_line(), started, runs).value(config.objective)
    except PipelineError as error:
        _fail(error)
    except (HydraException, OmegaConfBaseException) as error:
        _fail(InputError(complaint(error)))
    except Exception as error:  # Hydra would print a line of its own, and the outcome not be the composing's
        broken.append(error)
    finally:
        with postponed():
            remove_empty(folder, there[-1])
    return None


def _fail(error: PipelineError) -> None:
    """Say it at once: the other jobs of a sweep go on."""
    say(f"error: {error}")
    failures.append(error)


def _rooms() -> None:
    """Import all tables whose names are choices of keys."""
    import pipeline.make
    import pipeline.sweep.check  # noqa: F401
