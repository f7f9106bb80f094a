"""The command: Hydra composes conf/ into one Config, and run() makes the video."""

import os
import re
import sys
import time
import traceback
from pathlib import Path

import hydra
import yaml
from hydra._internal.utils import get_args_parser
from hydra.core.hydra_config import HydraConfig
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from pipeline.config.complaints import one_line, yaml_line
from pipeline.config.compose import once, variants
from pipeline.config.home import CONF, register
from pipeline.console.command_line import command_line, short_path
from pipeline.console.interrupts import postponed
from pipeline.errors import InputError, PipelineError
from pipeline.store.folder import remove_empty
from pipeline.sweep.multirun import conclude, sweeps_taken_over

failures: list[PipelineError] = []
starts: list[float] = []  # when the command began: the time of its job counts from there
OURS = {"job", "launch", "conclude"}  # functions that Hydra calls, or that come after it


def command(words: list[str], started: float | None = None) -> int:
    """Do what the command line's words say; the exit code, 0 when all is made, 1 or 2 when one line says why not.

    started: time.perf_counter() at which the process began. Bugs keep their traceback.
    """
    failures.clear()
    starts[:] = [] if started is None else [started]
    # Hydra then raises what it would print, so that one place words every message.
    os.environ["HYDRA_FULL_ERROR"] = "1"
    register()
    try:
        sys.argv = [sys.argv[0], *flags_first(words)]
        with once(), sweeps_taken_over() as sweeps:
            job()
        if sweeps:
            return conclude(sweeps[0])
    except (HydraException, OmegaConfBaseException) as error:
        _fail(InputError(one_line(error)))
    except PipelineError as error:
        _fail(error)
    except yaml.YAMLError as error:
        _fail(InputError(yaml_line(error)))
    except (OSError, ValueError) as error:
        if OURS & set(_callers(error)):
            raise
        _fail(_hydras_own(error))
    return 0 if not failures else 2 if isinstance(failures[0], InputError) else 1


def flags_first(words: list[str]) -> list[str]:
    """The same words with Hydra's flags before the overrides, among which its parser does not find them.

    Raises InputError for a flag that there is not or that lacks its value, and for what is no override either.
    """

    def refuse(message: str) -> None:
        raise InputError(f"{message}; `python -m pipeline --hydra-help` lists the flags")

    parser = get_args_parser()
    parser.error = refuse
    overrides = parser.parse_intermixed_args(words).overrides
    for override in overrides:
        if re.match(r"name=.*[/\\]", override):  # Hydra would make the folders on the way before the job can refuse
            message = "names a folder; use letters, digits, '_', '-' and '.'"
            raise InputError(f"name = {override.partition('=')[2]!r}: {message}, or set hydra.run.dir")
    flags = list(words)
    for override in overrides:
        flags.remove(override)
        if not re.match(r"~.|[^=]+=", override):
            raise InputError(f"override {override!r}: give it as KEY=VALUE, such as init.width=100")
    return [*flags, *overrides]


@hydra.main(version_base="1.3", config_path=str(CONF), config_name="config")
def job(composed: DictConfig) -> float | None:
    """One job in Hydra's run directory; returns the objective, or None where it failed."""
    folder = Path(HydraConfig.get().runtime.output_dir)
    started = starts.pop() if starts else time.perf_counter()
    try:
        from pipeline.make import make  # takes a second, in which an interrupt must find the folder cared for

        config = OmegaConf.to_object(composed)
        runs = variants(config, HydraConfig.get().overrides.task)
        return make(config, short_path(folder), command_line(), started, runs).value(config.objective)
    except PipelineError as error:
        _fail(error)
    except (HydraException, OmegaConfBaseException) as error:
        _fail(InputError(one_line(error)))
    finally:
        with postponed():
            remove_empty(folder, Path.cwd())
    return None


def _fail(error: PipelineError) -> None:
    """Say it at once: the other jobs of a sweep go on."""
    print(f"error: {error}", file=sys.stderr)
    failures.append(error)


def _callers(error: Exception) -> list[str]:
    """Names of the functions an exception came through; without one of ours among them it is Hydra's own."""
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def _hydras_own(error: OSError | ValueError) -> InputError:
    """What Hydra stumbled over before the job began: a run directory, a group set to null, a config that is no text."""
    if isinstance(error, OSError):
        return InputError(f"hydra.run.dir = {error.filename}: {error.strerror}; give a folder that can be written")
    if isinstance(error, UnicodeDecodeError):
        return InputError(f"{_file_being_read(error)}: not UTF-8 text (byte {error.start}); save it as UTF-8")
    return InputError(one_line(error))


def _file_being_read(error: Exception) -> str:
    """Hydra does not say which of its configs it was: the name is looked up where the exception came from."""
    names = [frame.f_locals.get("full_path") for frame, _ in traceback.walk_tb(error.__traceback__)]
    return next(filter(None, names), "a config file")
