"""A running sweep as its user sees it: one thread of its own process reads the jobs' progress files and draws."""

import logging
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from pipeline.console import progress
from pipeline.sweep.jobs.progress_files import DONE, FAILED, RUNNING, numbers, read_progress

log = logging.getLogger("pipeline.sweep")

LOOKS = 0.25  # seconds between two looks
MOST_LINES = 8  # jobs shown at once


class View(Protocol):
    """Where a sweep's progress is shown."""

    def show(self, ended: int, running: Sequence[dict[str, Any]]) -> None:
        """So many jobs have ended; what the progress files of those say that run."""

    def close(self) -> None:
        """Nothing more is to be shown."""


@contextmanager
def followed(folder: Path, total: int) -> Iterator[None]:
    """Show the progress files in `folder`, of `total` jobs, while the block runs: a line a running job and one for all
    on a terminal, a line now and then elsewhere; failures at once.
    """
    over = threading.Event()
    viewer = threading.Thread(target=_follow, args=(folder, total, over), daemon=True)
    viewer.start()
    try:
        yield
    finally:
        over.set()
        viewer.join()


def _follow(folder: Path, total: int, over: threading.Event) -> None:
    view: View = _Terminal(total) if sys.stderr.isatty() else _Log(total)
    told: set[int] = set()
    while True:
        last = over.wait(LOOKS)
        failed = numbers(folder, FAILED)
        for number in sorted(failed - told):
            facts = read_progress(folder / f"{number}{FAILED}")
            log.warning("failed: %s: %s", facts.get("name", number), facts.get("message", ""))
        told = failed
        running = [] if last else [read_progress(path) for path in sorted(folder.glob(f"*{RUNNING}"))[:MOST_LINES]]
        view.show(len(numbers(folder, DONE)) + len(failed), [facts for facts in running if facts])
        if last:
            view.close()
            return


class _Terminal:
    """A bar for all jobs and a line for each that runs."""

    def __init__(self, total: int):
        self._all = tqdm(total=total, desc="sweep", unit="job", leave=False, dynamic_ncols=True)
        self._lines: list[Any] = []

    def show(self, ended: int, running: Sequence[dict[str, Any]]) -> None:
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

    def show(self, ended: int, running: Sequence[dict[str, Any]]) -> None:
        self._lines.update(ended)

    def close(self) -> None:
        pass


def _line(facts: dict[str, Any]) -> str:
    share = f"{facts['done'] / facts['total']:4.0%}" if facts.get("total") else ""
    return f"{facts['name']}: {facts.get('stage', '')} {share}"
