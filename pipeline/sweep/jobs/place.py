"""Whether a folder can take a sweep: nothing of another kind, and no file that is not ours, is in its place."""

import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import InputError
from pipeline.store.manifest import own_manifest
from pipeline.store.nesting import check_apart
from pipeline.sweep.jobs.record import INDEX, RECORD, SweptJob

BY_HYDRA = "multirun.yaml"  # what Hydra writes into the folder of every sweep
# What our files have in them, also when they are damaged; Hydra writes the config of a sweep before there is an index.
MARKS = {INDEX: '"jobs"', RECORD: '"overrides"', BY_HYDRA: "objective:"}
WITHIN = {"run": "sweep"}  # a sweep lies there in the folder of the run that its jobs have in common


def check_place(folder: Path, jobs: Iterable[SweptJob]) -> None:
    """Raise InputError, naming it, for the first thing in a sweep's folder or those of its jobs that is not ours."""
    check_apart(folder, WITHIN)
    own_manifest(folder, "comparison")
    for path in (folder / INDEX, *(folder / job.folder / RECORD for job in jobs)):
        if os.path.lexists(path) and not _is_ours(path):
            raise InputError(f"{path}: is not ours; move it away, or give another name=")


def check_start(folder: Path) -> None:
    """The same before Hydra writes its own file into the folder, and for that file."""
    check_place(folder, ())
    path = folder / BY_HYDRA
    if os.path.lexists(path) and not os.path.lexists(folder / INDEX) and not _is_ours(path):
        raise InputError(f"{path}: is not of a sweep of ours; move it away, or give another name=")


def _is_ours(path: Path) -> bool:
    return path.is_file() and MARKS[path.name] in path.read_text(encoding="utf-8", errors="replace")
