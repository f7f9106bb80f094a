"""One job of a sweep: made or found up to date in its own folder; whatever happens is noted there, and stays there."""

import gc
import logging
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from pipeline.config.complaints import complaint
from pipeline.config.schema.config import Config
from pipeline.console import progress
from pipeline.errors import EncodingError, PipelineError
from pipeline.sweep.jobs.progress_files import ProgressFile
from pipeline.sweep.jobs.receipt import receipt
from pipeline.sweep.jobs.record import Record, write_record

SELDOM = 50_000  # objects made, after which it is looked whether some are to be freed

Compose = Callable[[Sequence[str]], tuple[Config, Mapping[str, Config]]]  # overrides → config, compared runs by label


@dataclass(frozen=True)
class WorkItem:
    """A job to do: its number in the sweep, its folder, what makes its config, the command that makes it alone.

    signature: the sweep's, see receipt.py; progress: the folder of its progress files; sweep: its process, see
    lifetime.py.
    """

    number: int
    folder: str
    overrides: list[str]
    command: str
    signature: str
    progress: str
    sweep: tuple[str, int]


def do(item: WorkItem, compose: Compose) -> Record:
    """Do one job; its record, which is also left in its folder. Only an interrupt ends more than this job.

    Raises EncodingError where a file that says how the job went cannot be written: then no job of the sweep could end.
    """
    folder, started = Path(item.folder), time.perf_counter()
    with kept_books(folder):
        file = ProgressFile(Path(item.progress), item.number, folder.name)
    failure = ""
    with progress.told_to(file.tell), _quiet():
        try:
            record = _make(item, compose)
        except Exception as error:
            message = plain_message(error)
            failure = _story(item, message, error)
            record = Record("failed", item.overrides, 0.0, message)
    record = replace(record, seconds=round(time.perf_counter() - started, 3))
    with kept_books(folder):
        write_record(folder, record, failure)
        file.end(bool(failure), record.message)
    _sweep_up()
    return record


@contextmanager
def kept_books(folder: Path) -> Iterator[None]:
    """Turn what a disk can do to the files that keep account of a sweep into one line about `folder`."""
    try:
        yield
    except OSError as error:
        remedy = "make room there, or move away what is in the way, and give the same command again"
        raise EncodingError(f"{folder}: cannot note how the job ended ({error.strerror}); {remedy}") from None


def _sweep_up() -> None:
    """Free the job's figures now: they refer to themselves, and would pile up in memory until Python looks for such."""
    gc.collect()
    _freeze()


@cache
def _freeze() -> None:
    """Once a process: the modules that are loaded by now stay, and need not be looked at after every job.

    Nor is it looked as often as usual whether some objects refer to themselves: what a job leaves is swept up after it.
    """
    gc.freeze()
    gc.set_threshold(SELDOM, 10, 10)


def _make(item: WorkItem, compose: Compose) -> Record:
    from pipeline.make import make

    config, runs = compose(item.overrides)
    result = make(config, item.folder, item.command, None, runs)
    made = receipt(item.signature, result.inputs, Path(item.folder), result.files)
    loss = result.manifest["final_loss"]
    return Record("done", item.overrides, 0.0, value=result.value(config.objective), final_loss=loss, receipt=made)


def plain_message(error: Exception) -> str:
    """What went wrong in one line: an error of ours or of a config as worded for users, a bug by type and text."""
    if isinstance(error, HydraException | OmegaConfBaseException):
        return complaint(error)
    if isinstance(error, PipelineError):
        return str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _story(item: WorkItem, message: str, error: Exception) -> str:
    """All that it takes to look into a failure: what was asked for, what was said, and where it happened."""
    trace = "".join(traceback.format_exception(error))
    asked = "\n".join(f"  {override}" for override in item.overrides)
    return f"{message}\n\noverrides:\n{asked}\n\nalone: {item.command}\n\n{trace}"


@contextmanager
def _quiet() -> Iterator[None]:
    """No lines of information from the job: the sweep has a line for it."""
    logger = logging.getLogger("pipeline")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
