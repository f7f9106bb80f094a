"""One sweep, from its first batch of jobs to its table: what is to do, who does it, what became of it."""

import logging
import shlex
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config.schema.sweep import SweepConfig
from pipeline.console.interrupts import postponed
from pipeline.store.folder import locked, remove_empty, staging, tidy
from pipeline.store.names import name_of
from pipeline.sweep.jobs.board import DONE, FAILED, RUNNING, Note, followed, numbers
from pipeline.sweep.jobs.receipt import is_current
from pipeline.sweep.jobs.record import Job, Record, read_record, write_index, write_record
from pipeline.sweep.jobs.work import Order

log = logging.getLogger(__name__)

COMMAND = "python", "-m", "pipeline"
KILLED = "its process was killed, by the system or by hand; the same command tries it again"

Run = Callable[[Sequence[Order], int | None], None]  # does orders, in bunches of a size or of a sensible one


@dataclass
class Session:
    """A sweep at work in `folder`.

    facts: what made it, for the index; sign: its signature, see receipt.py.
    values_of: a job's swept values by key, of its overrides; force: do also what is up to date.
    """

    folder: Path
    facts: dict[str, str]
    sign: str
    values_of: Callable[[Sequence[str]], dict[str, str]]
    force: bool = False
    options: SweepConfig = field(default_factory=SweepConfig)
    jobs: dict[str, Job] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    started: float = field(default_factory=time.perf_counter)

    def bring_up_to_date(self, batch: Sequence[Sequence[str]], run: Run) -> list[float | None]:
        """Have `run` do what is missing of a batch of jobs, given by their overrides; their objectives."""
        jobs = [self._job(list(overrides)) for overrides in batch]
        self.jobs |= {job.folder: job for job in jobs}
        with locked(self.folder):
            write_index(self.folder, self.facts, list(self.jobs.values()))
            current = {job.folder for job in jobs if self._is_current(job)}
            self.skipped |= current
            todo = {job.folder: job for job in jobs if job.folder not in current}
            if current:
                log.info("%d of %d jobs are up to date", len(current), len({job.folder for job in jobs}))
            if todo:
                self._do(list(todo.values()), run)
        records = [self.record(job) for job in jobs]
        return [record.value if record and record.state == "done" else None for record in records]

    def record(self, job: Job) -> Record | None:
        """How a job ended."""
        return read_record(self.folder / job.folder)

    def _job(self, overrides: list[str]) -> Job:
        values = self.values_of(overrides)
        name = name_of(values)
        other = next((each for each in self.jobs if each.casefold() == name.casefold()), name)
        if other != name:  # one folder, on some file systems
            name = name_of(values, unlike=True)
        return Job(name, values, overrides)

    def _is_current(self, job: Job) -> bool:
        folder = self.folder / job.folder
        record = read_record(folder)
        if self.force or record is None or record.state != "done" or record.overrides != job.overrides:
            return False
        return is_current(record.receipt, self.sign, folder)

    def _do(self, jobs: list[Job], run: Run) -> None:
        """Do jobs. Where a launcher breaks down, as when a process of its own was killed, go on with the rest.

        What was at work then is tried once more, each job alone: what breaks down alone is at fault.
        """
        suspects: set[int] = set()
        with self._tidied(jobs), staging(self.folder) as board, followed(board, len(jobs)):
            left = {number: self._order(number, job, board) for number, job in enumerate(jobs)}
            while left:
                batch = {number: order for number, order in left.items() if number not in suspects}
                batch = batch or dict([next(iter(left.items()))])
                broken = _attempt(run, list(batch.values()), self.options.bunch)
                ended = numbers(board, DONE) | numbers(board, FAILED)
                begun = numbers(board, RUNNING) & batch.keys()
                if not (begun | ended) & batch.keys():
                    raise broken or RuntimeError("the launcher did none of its jobs")
                if broken is not None and len(batch) == 1:
                    _give_up(*batch.values())
                    ended |= batch.keys()
                suspects |= begun
                for number in begun:
                    (board / f"{number}{RUNNING}").unlink(missing_ok=True)
                left = {number: order for number, order in left.items() if number not in ended}

    @contextmanager
    def _tidied(self, jobs: list[Job]) -> Iterator[None]:
        """Where an interrupt ends the block: launchers may have killed their processes amid the work."""
        try:
            yield
        except BaseException:
            with postponed():
                for job in jobs:
                    tidy(self.folder / job.folder)
                    remove_empty(self.folder / job.folder, self.folder.absolute())
            raise

    def _order(self, number: int, job: Job, board: Path) -> Order:
        command = shlex.join([*COMMAND, *job.overrides, f"hydra.run.dir={self.folder / job.folder}"])
        folder = (self.folder / job.folder).absolute()
        return Order(number, str(folder), job.overrides, command, self.sign, str(board.absolute()))


def _attempt(run: Run, orders: list[Order], bunch: int | None) -> Exception | None:
    try:
        run(orders, bunch)
    except Exception as error:
        return error
    return None


def _give_up(order: Order) -> None:
    """Note that a job took its process with it."""
    folder = Path(order.folder)
    write_record(folder, Record("failed", order.overrides, 0.0, KILLED), f"{KILLED}\n\nalone: {order.command}\n")
    Note(Path(order.board), order.number, folder.name).end(True, KILLED)
