"""How far the jobs of a sweep are: every job, in whichever process or machine, keeps a small file that says so.

It is named by the job's number and where the job stands (`12.running`, `12.done`, `12.failed`), so that the sweep is
followed by listing a folder, see following.py.
"""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.store.atomic import write_text

RUNNING, DONE, FAILED = ".running", ".done", ".failed"
WRITES = 0.2  # least seconds between two writes of a job


class ProgressFile:
    """A job's file: `tell` it the job's progress, and `end` it when the job has ended.

    Raises OSError where it cannot be written at the start and at the end, without which nobody would know.
    """

    def __init__(self, folder: Path, number: int, name: str):
        self._path, self._name = folder / f"{number}{RUNNING}", name
        self._write({"name": name, "stage": "start", "done": 0, "total": 0, "unit": ""})

    def tell(self, stage: str, done: float, total: float, unit: str) -> None:
        """Write how far a stage is, if it is another than before or that is old enough; see progress.Listener."""
        if stage != self._stage or time.monotonic() - self._written >= WRITES:
            with suppress(OSError):  # the folder is gone when the sweep was ended
                self._write({"name": self._name, "stage": stage, "done": done, "total": total, "unit": unit})

    def end(self, failed: bool, message: str = "") -> None:
        """The job has ended."""
        self._write({"name": self._name, "message": message})
        self._path.rename(self._path.with_suffix(FAILED if failed else DONE))

    def _write(self, facts: dict[str, Any]) -> None:
        self._written, self._stage = time.monotonic(), facts.get("stage")
        write_text(self._path, json.dumps(facts))


def numbers(folder: Path, ending: str) -> set[int]:
    """Numbers of the jobs that stand so."""
    return {int(path.stem) for path in folder.glob(f"*{ending}") if path.stem.isdigit()}


def read_progress(path: Path) -> dict[str, Any]:
    """What a job's file says; {} where it is gone."""
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return facts
    except (OSError, ValueError):  # it ended just now
        return {}
