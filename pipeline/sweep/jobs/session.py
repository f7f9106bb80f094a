"""One sweep, from its first batch of jobs to its table: what is to do, who does it, what became of it."""

import logging
import shlex
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.config.schema.sweep import SweepConfig
from pipeline.console.interrupts import postponed
from pipeline.errors import InputError, PipelineError
from pipeline.store.folder import locked, remove_empty, staging, tidy
from pipeline.store.names import name_of
from pipeline.sweep.jobs.following import followed
from pipeline.sweep.jobs.joining import joined
from pipeline.sweep.jobs.lifetime import this_process
from pipeline.sweep.jobs.place import check_place
from pipeline.sweep.jobs.progress_files import DONE, FAILED, RUNNING, ProgressFile, numbers
from pipeline.sweep.jobs.receipt import is_current
from pipeline.sweep.jobs.record import Record, SweptJob, read_record, write_index, write_record
from pipeline.sweep.jobs.work import WorkItem, kept_books

log = logging.getLogger(__name__)

COMMAND = "python", "-m", "pipeline"
KILLED = "its process was killed, by the system or by hand; the same command tries it again"

Run = Callable[[Sequence[WorkItem], int | None], None]  # does work items, in bunches of a size or of a sensible one


@dataclass
class Session:
    """A sweep at work in `folder`.

    facts: what made it, for the index; signature: see receipt.py.
    values_of: a job's swept values by key, of its overrides; force: do also what is up to date.
    """

    folder: Path
    facts: dict[str, Any]
    signature: str
    values_of: Callable[[Sequence[str]], dict[str, str]]
    force: bool = False
    options: SweepConfig = field(default_factory=SweepConfig)
    jobs: dict[str, SweptJob] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    started: float = field(default_factory=time.perf_counter)

    def bring_up_to_date(self, batch: Sequence[Sequence[str]], run: Run) -> list[float | None]:
        """Have `run` do what is missing of a batch of jobs, given by their overrides; their objectives.

        Raises InputError for a batch of none and where the folder has jobs of another kind of sweep, EncodingError
        where the folder cannot take the files that keep account of the jobs.
        """
        if not batch:
            raise InputError(f"{self.folder}: there is no job; give at least one value of every swept key")
        jobs = [self._job(list(overrides)) for overrides in batch]
        self.jobs |= {job.folder: job for job in jobs}
        with kept_books(self.folder), locked(self.folder):
            check_place(self.folder, jobs)
            write_index(self.folder, self.facts, joined(self.folder, list(self.jobs.values())))
            current = {job.folder for job in jobs if self._is_current(job)}
            self.skipped |= current
            todo = {job.folder: job for job in jobs if job.folder not in current}
            if current:
                log.info("%d of %d jobs are up to date", len(current), len({job.folder for job in jobs}))
            if todo:
                self._do(list(todo.values()), run)
        records = [self.record(job) for job in jobs]
        return [record.value if record and record.state == "done" else None for record in records]

    def record(self, job: SweptJob) -> Record | None:
        """How a job ended."""
        return read_record(self.folder / job.folder)

    def _job(self, overrides: list[str]) -> SweptJob:
        values = self.values_of(overrides)
        name = name_of(values)
        other = next((each for each in self.jobs if each.casefold() == name.casefold()), name)
        if other != name:  # one folder, on some file systems
            name = name_of(values, unlike=True)
        return SweptJob(name, values, overrides)

    def _is_current(self, job: SweptJob) -> bool:
        folder = self.folder / job.folder
        record = read_record(folder)
        if self.force or record is None or record.state != "done" or record.overrides != job.overrides:
            return False
        return is_current(record.receipt, self.signature, folder)

    def _do(self, jobs: list[SweptJob], run: Run) -> None:
        """Do jobs. Where a launcher breaks down, as when a process of its own was killed, go on with the rest.

        What was at work then is tried once more, each job alone: what breaks down alone is at fault.
        """
        with self._tidied(jobs), staging(self.folder) as progress, followed(progress, len(jobs)):
            left = {number: self._item(number, job, progress) for number, job in enumerate(jobs)}
            suspects: set[int] = set()
            while left:
                batch = {number: item for number, item in left.items() if number not in suspects}
                batch = batch or dict([next(iter(left.items()))])
                broken = _attempt(run, list(batch.values()), self.options.bunch)
                ended = numbers(progress, DONE) | numbers(progress, FAILED)
                begun = numbers(progress, RUNNING) & batch.keys()
                if not (begun | ended) & batch.keys():
                    raise broken or RuntimeError("the launcher did none of its jobs")
                if len(batch) == 1 and not ended & batch.keys():
                    _give_up(*batch.values())
                    ended |= batch.keys()
                suspects |= begun
                for number in begun:
                    (progress / f"{number}{RUNNING}").unlink(missing_ok=True)
                left = {number: item for number, item in left.items() if number not in ended}

    @contextmanager
    def _tidied(self, jobs: list[SweptJob]) -> Iterator[None]:
        """Where an interrupt ends the block: launchers may have killed their processes amid the work."""
        try:
            yield
        except BaseException:
            with postponed():
                for job in jobs:
                    tidy(self.folder / job.folder)
                    remove_empty(self.folder / job.folder, self.folder.absolute())
            raise

    def _item(self, number: int, job: SweptJob, progress: Path) -> WorkItem:
        folder = self.folder / job.folder
        command = shlex.join([*COMMAND, *job.overrides, f"hydra.run.dir={folder}"])
        places = str(folder.absolute()), str(progress.absolute())
        return WorkItem(number, places[0], job.overrides, command, self.signature, places[1], this_process())


def _attempt(run: Run, items: list[WorkItem], bunch: int | None) -> Exception | None:
    """Have work items done; what their launcher stumbled over. Raises PipelineError for what ends the sweep."""
    try:
        run(items, bunch)
    except PipelineError:
        raise
    except Exception as error:
        return error
    return None


def _give_up(item: WorkItem) -> None:
    """Note that a job took its process with it."""
    folder = Path(item.folder)
    write_record(folder, Record("failed", item.overrides, 0.0, KILLED), f"{KILLED}\n\nalone: {item.command}\n")
    ProgressFile(Path(item.progress), item.number, folder.name).end(True, KILLED)
