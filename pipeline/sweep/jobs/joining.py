"""A sweep in a folder that holds jobs of an earlier one: it joins them where they differ in the same keys only."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.sweep.jobs.record import SweptJob, jobs_of, read_index

# First parts of keys in which sweeps that are joined may differ: they say how jobs are done and shown, not what of.
FREE = {"name", "force", "render", "preview", "objective", "sweep", "embed", "theme", "video", "frames"}


def joined(folder: Path, jobs: Sequence[SweptJob]) -> list[SweptJob]:
    """The jobs of the index in `folder` with these, which take the place of those with the same folder.

    Raises InputError where others are there that differ from these in more than the values of the same keys: the index
    would no longer name them, or a comparison would take unlike runs for alike.
    """
    try:
        index = read_index(folder)
    except InputError:  # there is none, or it is damaged: it is written anew
        return list(jobs)
    now = {job.folder: job for job in jobs}
    others = [job for job in jobs_of(index) if job.folder not in now]
    unlike = next((job for job in others if _like(job) != _like(jobs[0])), None)
    if unlike is not None:
        there = f"has {len(others)} jobs of another sweep, such as {unlike.folder}, made by `{index.get('command')}`"
        raise InputError(f"{folder}: {there}; give another name=, or remove the folder")
    return list(({job.folder: job for job in jobs_of(index)} | now).values())


def _like(job: SweptJob) -> tuple[set[str], set[str]]:
    """What jobs of one sweep have in common: the keys that are swept, and the other overrides."""
    keys = set(job.values)
    common = {word for word in job.overrides if _key(word) not in keys and _key(word).partition(".")[0] not in FREE}
    return keys, common


def _key(override: str) -> str:
    return override.partition("=")[0].lstrip("+~")
