"""One job of a sweep: made or found up to date in its own folder; whatever happens is noted there, and stays there."""

import gc
import logging
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from pipeline.config.complaints import one_line
from pipeline.config.schema.config import Config
from pipeline.console import progress
from pipeline.errors import PipelineError
from pipeline.sweep.jobs.board import Note
from pipeline.sweep.jobs.receipt import receipt
from pipeline.sweep.jobs.record import Record, write_record

Compose = Callable[[Sequence[str]], tuple[Config, Mapping[str, Config]]]  # overrides → config, compared runs by label


@dataclass(frozen=True)
class Order:
    """A job to do: its number in the sweep, its folder, what makes its config, the command that makes it alone.

    sign: the sweep's signature, see receipt.py; board: the folder of the sweep's board.
    """

    number: int
    folder: str
    overrides: list[str]
    command: str
    sign: str
    board: str


def do(order: Order, compose: Compose) -> Record:
    """Do one job; its record, which is also left in its folder. Only an interrupt ends more than this job."""
    folder, started = Path(order.folder), time.perf_counter()
    note = Note(Path(order.board), order.number, folder.name)
    failure = ""
    with progress.told_to(note.tell), _quiet():
        try:
            record = _make(order, compose)
        except Exception as error:
            message = plain_message(error)
            failure = _story(order, message, error)
            record = Record("failed", order.overrides, 0.0, message)
    record = Record(**{**vars(record), "seconds": round(time.perf_counter() - started, 3)})
    write_record(folder, record, failure)
    note.end(bool(failure), record.message)
    _sweep_up()
    return record


def _sweep_up() -> None:
    """Free the job's figures now: they refer to themselves, and would pile up in memory until Python looks for such."""
    gc.collect()
    _freeze()


@cache
def _freeze() -> None:
    """Once a process: the modules that are loaded by now stay, and need not be looked at after every job."""
    gc.freeze()


def _make(order: Order, compose: Compose) -> Record:
    from pipeline.make import make

    config, runs = compose(order.overrides)
    folder = Path(order.folder)
    result = make(config, folder, order.command, None, runs)
    mark = receipt(order.sign, (config, *runs.values()), folder, result.files)
    loss = result.manifest["final_loss"]
    return Record("done", order.overrides, 0.0, value=result.value(config.objective), final_loss=loss, receipt=mark)


def plain_message(error: Exception) -> str:
    """What went wrong in one line: an error of ours or of a config as worded for users, a bug by type and text."""
    if isinstance(error, HydraException | OmegaConfBaseException):
        return one_line(error)
    if isinstance(error, PipelineError):
        return str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _story(order: Order, message: str, error: Exception) -> str:
    """All that it takes to look into a failure: what was asked for, what was said, and where it happened."""
    trace = "".join(traceback.format_exception(error))
    asked = "\n".join(f"  {override}" for override in order.overrides)
    return f"{message}\n\noverrides:\n{asked}\n\nalone: {order.command}\n\n{trace}"


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
