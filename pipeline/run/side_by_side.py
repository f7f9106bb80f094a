"""Several runs in one video: each simulated in a folder of its own, all shown on one timeline."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.config.schema.config import Config
from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.run.job import Job
from pipeline.run.single_run import SingleRun, single_run
from pipeline.run.subject import Subject
from pipeline.run.take import Take
from pipeline.store.keys import content_key
from pipeline.store.manifest import read_manifest
from pipeline.store.names import safe_name
from pipeline.store.stage import Stage

log = logging.getLogger(__name__)

MOST = 9  # runs in one frame: more are too small for the last row
SHARED = "timing", "video", "scene", "theme", "language"  # what must not differ between runs that share frames


@dataclass
class SideBySide(Job):
    """The job of a video of several runs, by label; theirs come first, in folders runs/LABEL."""

    runs: dict[str, SingleRun]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Only render: it depends on all that the runs depend on."""
        return (self._render_stage(content_key(*(run.numbers_key for run in self.runs.values()))),)

    def _computes(self, todo: Sequence[Stage]) -> bool:
        """Whether one of its runs is yet to be made."""
        return any(run.todo(read_manifest(run.folder)) for run in self.runs.values())

    def make(self, todo: tuple[Stage, ...], earlier: dict[str, Any]) -> dict[str, Any]:
        """Bring every run up to date, then render."""
        for number, (label, run) in enumerate(self.runs.items(), 1):
            log.info("run %d of %d: %s", number, len(self.runs), label)
            run.bring_up_to_date()
        return super().make(todo, earlier)

    def subjects(self) -> dict[str, tuple[Config, Data]]:
        """Config and data of every run."""
        return {label: (run.config, run.data) for label, run in self.runs.items()}

    def takes(self) -> list[Take]:
        """Every run, finished."""
        return [run.take(label) for label, run in self.runs.items()]

    def inputs(self) -> Iterable[tuple[str, str]]:
        """The files of every run."""
        return [read for run in self.runs.values() for read in run.inputs()]

    def results(self) -> dict[str, Any]:
        """How each ended; final_loss is the largest."""
        each = {
            label: {"folder": str(run.folder.relative_to(self.folder)), **run.results()}
            for label, run in self.runs.items()
        }
        worst = max(one["final_loss"] for one in each.values())
        outcome = "; ".join(f"{label}: {one.pop('outcome')}" for label, one in each.items())
        moments = max(one["moments"] for one in each.values())
        return {"outcome": outcome, "final_loss": worst, "moments": moments, "runs": each}


def job_of(subject: Subject, folder: Path, command: str, runs: Mapping[str, Subject]) -> Job:
    """The job of one run, or of the `runs`, by label, that its video shows side by side instead.

    Raises InputError where they cannot share frames, and for data that cannot be read.
    """
    return side_by_side(subject.config, runs, folder, command) if runs else single_run(subject, folder, command)


def side_by_side(config: Config, runs: Mapping[str, Subject], folder: Path, command: str) -> SideBySide:
    """The job that shows `runs`, by label, in the scene of `config`.

    Raises InputError where they cannot share frames.
    """
    check_runs(config, runs)
    jobs = {}
    for label, run in runs.items():
        own = replace(run, config=replace(run.config, render=False, compare={}))
        jobs[label] = single_run(own, folder / "runs" / safe_name(label), command)
    return SideBySide(config, folder, command, jobs)


def check_runs(config: Config, runs: Mapping[str, Subject]) -> None:
    """Raise InputError where there are too many runs, or runs that cannot share frames."""
    if not 2 <= len(runs) <= MOST:
        raise InputError(f"compare: {len(runs)} runs; give 2 to {MOST}")
    if len({safe_name(label).casefold() for label in runs}) < len(runs):  # on some file systems one folder
        words = "name folders, and some differ in capitals only or not at all; change one"
        raise InputError(f"compare: labels {', '.join(runs)}: {words}")
    if not config.render:
        raise InputError("render = false: compare makes one video of its runs; leave one of them out")
    for label, subject in runs.items():
        run = subject.config
        for group in SHARED:
            if getattr(run, group) != getattr(config, group):
                raise InputError(f"compare.{label}: overrides {group}, which all runs share; set it for all")
        if run.dynamics.end_time != config.dynamics.end_time and subject.record is None:
            raise InputError(f"compare.{label}: dynamics.end_time = {run.dynamics.end_time:g}: must be that of all")
