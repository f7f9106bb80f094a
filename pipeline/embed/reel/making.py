"""The clips of a reel: planned before any is made, so that what does not fit is told at once; then made if missing."""

import logging
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import plugins
from pipeline.config.complaints import COMPOSING, worded
from pipeline.config.compose import configs, sentences
from pipeline.config.home import CONF, composing
from pipeline.config.schema.config import Config
from pipeline.embed.check import hindrance
from pipeline.embed.reel.listing import ReelList, Wanted
from pipeline.errors import InputError
from pipeline.run.check import check
from pipeline.run.finished import Finished, finished_config, read_finished
from pipeline.run.side_by_side import job_of
from pipeline.run.subject import Subject, subjects_of
from pipeline.store.manifest import read_manifest

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Planned:
    """A clip whose config is known; runs: what its video shows side by side, by label, {} for one run."""

    wanted: Wanted
    subject: Subject
    runs: Mapping[str, Subject]

    @property
    def config(self) -> Config:
        """Of its video."""
        return self.subject.config

    @property
    def folder(self) -> Path:
        """Of its run."""
        return self.wanted.folder

    def made(self, place: str) -> Finished:
        """The finished run, made or brought up to date where the reel's list says how; place: among the clips."""
        if self.wanted.overrides:
            command = shlex.join(["python", "-m", "pipeline", *self.wanted.flags, *self.wanted.overrides])
            job = job_of(self.subject, self.folder, command, self.runs)
            if job.todo(read_manifest(self.folder)):
                log.info("clip %s: %s", place, self.folder)
            job.bring_up_to_date()
        return read_finished(self.folder)


def in_its_language(listed: ReelList) -> ReelList:
    """A list whose cards speak the language that its experiments are made in.

    What that does not translate, as what a user wrote, stays. Raises InputError for a language that there is not.
    """
    chosen = [word for clip in listed.clips for word in clip.overrides if word.startswith("language")]
    if not chosen:
        return listed
    try:
        with composing():
            said = sentences([*dict.fromkeys(chosen)])
    except COMPOSING as error:
        raise worded(error, [CONF]) from error
    clips = tuple(replace(clip, say=said.get(clip.say, clip.say)) for clip in listed.clips)
    return replace(listed, title=said.get(listed.title, listed.title), clips=clips)


def plan(clips: Sequence[Wanted]) -> list[Planned]:
    """Clips with their configs: those of experiments as the command composes them.

    Raises InputError where there is no such run or no such config, or one that makes no whole video.
    """
    with composing():
        return [planned(wanted) for wanted in clips]


def planned(wanted: Wanted) -> Planned:
    """A clip with its config; errors as of `plan`. To be called where configs can be composed."""
    if not wanted.overrides:
        return Planned(wanted, Subject(finished_config(wanted.folder)), {})
    try:
        config, runs = configs(wanted.overrides)
    except COMPOSING as error:
        raise worded(error, [CONF]) from error
    for one in (config, *runs.values()):
        plugins.load(one.plugins)
    subject, shown = subjects_of(config, runs)
    for each in (subject, *shown.values()):
        check(each.config)
    if found := hindrance(config):
        key, remedy = found
        raise InputError(f"{' '.join(wanted.overrides)}: {key}: a reel takes the whole video as mp4; {remedy}")
    return Planned(wanted, subject, shown)
