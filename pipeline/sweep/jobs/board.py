"""The board of a running sweep: every job, in whichever process or machine, writes there how far it is.

One small file a job, named by the job's number and where it stands (`12.running`, `12.done`, `12.failed`), so that
the sweep can be followed by listing a folder. One thread of the sweep's own process reads it and draws.
"""

import json
import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tqdm import tqdm

from pipeline.console import progress
from pipeline.sweep.jobs.record import write_text

log = logging.getLogger("pipeline.sweep")

RUNNING, DONE, FAILED = ".running", ".done", ".failed"
WRITES = 0.2  # least seconds between two notes of a job
LOOKS = 0.25  # seconds between two looks at the board
MOST_LINES = 8  # jobs shown at once


class Note:
    """A job's place on the board; call `tell` with its progress and `end` when it has ended."""

    def __init__(self, board: Path, number: int, name: str):
        self._path, self._name = board / f"{number}{RUNNING}", name
        self._written = 0.0
        self.tell("start", 0, 0, "")

    def tell(self, stage: str, done: float, total: float, unit: str) -> None:
        """Note how far a stage is, if the last note is old enough; see progress.Listener."""
        if time.monotonic() - self._written >= WRITES:
            facts = {"name": self._name, "stage": stage, "done": done, "total": total, "unit": unit}
            with suppress(OSError):  # the board is gone when the sweep was ended
                write_text(self._path, json.dumps(facts))
            self._written = time.monotonic()

    def end(self, failed: bool, message: str = "") -> None:
        """The job has ended."""
        with suppress(OSError):
            write_text(self._path, json.dumps({"name": self._name, "message": message}))
            self._path.rename(self._path.with_suffix(FAILED if failed else DONE))


def numbers(board: Path, ending: str) -> set[int]:
    """Numbers of the jobs that stand so on the board."""
    return {int(path.stem) for path in board.glob(f"*{ending}") if path.stem.isdigit()}


@contextmanager
def followed(board: Path, total: int) -> Iterator[None]:
    """Show the board, of `total` jobs, while the block runs: a line a running job and one for all on a terminal,
    a line now and then elsewhere; failures at once.
    """
    over = threading.Event()
    viewer = threading.Thread(target=_follow, args=(board, total, over), daemon=True)
    viewer.start()
    try:
        yield
    finally:
        over.set()
        viewer.join()


def _follow(board: Path, total: int, over: threading.Event) -> None:
    view = _Terminal(total) if sys.stderr.isatty() else _Log(total)
    told: set[int] = set()
    while True:
        last = over.wait(LOOKS)
        failed = numbers(board, FAILED)
        for number in sorted(failed - told):
            facts = _read(board / f"{number}{FAILED}")
            log.warning("failed: %s: %s", facts.get("name", number), facts.get("message", ""))
        told = failed
        running = [] if last else [_read(path) for path in sorted(board.glob(f"*{RUNNING}"))[:MOST_LINES]]
        view.show(len(numbers(board, DONE)) + len(failed), [facts for facts in running if facts])
        if last:
            view.close()
            return


def _read(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it ended just now
        return {}


class _Terminal:
    """A bar for all jobs and a line for each that runs."""

    def __init__(self, total: int):
        self._all = tqdm(total=total, desc="sweep", unit="job", leave=False, dynamic_ncols=True)
        self._lines: list[tqdm] = []

    def show(self, ended: int, running: list[dict]) -> None:
        self._all.update(ended - self._all.n)
        self._all.refresh()
        while len(self._lines) < len(running):
            self._lines.append(tqdm(bar_format="  {desc}", position=len(self._lines) + 1, leave=False))
        for number, line in enumerate(self._lines):
            line.set_description_str(_line(running[number]) if number < len(running) else "")

    def close(self) -> None:
        for bar in (*self._lines, self._all):
            bar.close()


class _Log:
    """The whole as a line now and then."""

    def __init__(self, total: int):
        self._lines = progress.Lines("sweep", total, "job")

    def show(self, ended: int, running: list[dict]) -> None:
        self._lines.update(ended)

    def close(self) -> None:
        pass


def _line(facts: dict) -> str:
    share = f"{facts['done'] / facts['total']:4.0%}" if facts.get("total") else ""
    return f"{facts['name']}: {facts.get('stage', '')} {share}"
