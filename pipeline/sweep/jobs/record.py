"""What a sweep leaves on disk beside the runs themselves: an index of its jobs, and in each job's folder how it ended.

A job's folder holds `job.json` once the job has ended, and `failure.txt` where it failed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.store.atomic import write_text

INDEX, RECORD, FAILURE = "sweep.json", "job.json", "failure.txt"
STATES = "done", "failed"


@dataclass(frozen=True)
class SweptJob:
    """A job of a sweep: the folder's name, the swept values by key, and all overrides that make its config."""

    folder: str
    values: dict[str, str]
    overrides: list[str]


@dataclass(frozen=True)
class Record:
    """How a job ended.

    state: done or failed; message: one line that says why, for a failed one.
    value: the objective; seconds: how long it took when it was last at work.
    receipt: what it was made from, see receipt.py.
    """

    state: str
    overrides: list[str]
    seconds: float
    message: str = ""
    value: float | None = None
    final_loss: float | None = None
    receipt: dict[str, Any] = field(default_factory=dict)


def write_index(folder: Path, facts: Mapping[str, Any], jobs: Sequence[SweptJob]) -> None:
    """Write the sweep's index: what made it, and its jobs in order."""
    keys = list(dict.fromkeys(key for job in jobs for key in job.values))
    whole = {**facts, "keys": keys, "jobs": [asdict(job) for job in jobs]}
    write_text(folder / INDEX, json.dumps(whole, indent=1, ensure_ascii=False) + "\n")


def read_index(folder: Path) -> dict[str, Any]:
    """The index of a sweep's folder. Raises InputError where there is none that can be read."""
    try:
        index: dict[str, Any] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        if jobs_of(index) and all(isinstance(key, str) for key in index["keys"]):
            return index
    except OSError as error:
        raise InputError(f"{folder / INDEX}: {error.strerror}; give the folder of a sweep") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise InputError(f"{folder / INDEX}: not the index of a sweep; run the sweep again to have it written anew")


def jobs_of(index: Mapping[str, Any]) -> list[SweptJob]:
    """The jobs in an index. Raises ValueError, TypeError, KeyError or AttributeError for one that is not ours."""
    jobs = [SweptJob(job["folder"], dict(job["values"]), list(job["overrides"])) for job in index["jobs"]]
    for job in jobs:
        inside = Path(job.folder).name == job.folder and job.folder not in ("", "..")
        if not inside or not all(isinstance(word, str) for word in job.overrides):
            raise ValueError("a job has a folder in that of the sweep, and overrides")
    return jobs


def read_record(folder: Path) -> Record | None:
    """How the job in a folder ended; None where none has, or where that cannot be read."""
    try:
        record = Record(**json.loads((folder / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return record if _is_ours(record) else None


def _is_ours(record: Record) -> bool:
    numbers = (record.value, record.final_loss)
    return (
        record.state in STATES
        and isinstance(record.overrides, list)
        and isinstance(record.seconds, int | float)
        and isinstance(record.message, str)
        and all(number is None or isinstance(number, int | float) for number in numbers)
        and isinstance(record.receipt, dict)
    )


def write_record(folder: Path, record: Record, failure: str = "") -> None:
    """Note how the job in a folder ended, with the whole story of a failure. Raises OSError where that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    if failure:
        write_text(folder / FAILURE, failure)
    else:
        (folder / FAILURE).unlink(missing_ok=True)
    write_text(folder / RECORD, json.dumps(asdict(record), indent=1, ensure_ascii=False) + "\n")
