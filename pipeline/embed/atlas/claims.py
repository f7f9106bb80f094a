"""The claims that there are: experiments with an ending, the shipped ones and a user's own."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.config.complaints import COMPOSING, worded
from pipeline.config.home import CONF
from pipeline.config.own_files import choices, unknown_choice
from pipeline.config.run_name import run_name
from pipeline.config.schema.config import Config
from pipeline.embed.reel.listing import RENDERS, Wanted
from pipeline.embed.reel.making import Planned, planned
from pipeline.errors import InputError
from pipeline.run.side_by_side import job_of
from pipeline.store.manifest import read_manifest

DRAFT = "video=draft"  # what a clip is made as where there is none


@dataclass(frozen=True)
class Claim:
    """An experiment with an ending: its name, the words that make it, and its clip, which may be yet to make."""

    name: str
    words: tuple[str, ...]
    clip: Planned
    missing: bool

    @property
    def config(self) -> Config:
        """Of its clip."""
        return self.clip.config

    @property
    def command(self) -> str:
        """What makes its clip in full size."""
        return shlex.join(["python", "-m", "pipeline", *self.words])


def names_of(folders: Sequence[Path], asked: Sequence[str]) -> list[str]:
    """The experiments in folders of configs, or those of them that are asked for; sweeps are none of one clip.

    Raises InputError for a name that is no experiment.
    """
    found = choices("experiment", folders)
    for name in asked:
        if name not in found:
            raise InputError(unknown_choice("--atlas: experiment", name, found))
    return [name for name in found if (name in asked or not asked) and not _sweeps(name, folders)]


def _sweeps(name: str, folders: Sequence[Path]) -> bool:
    path = next(place for folder in folders if (place := folder / "experiment" / f"{name}.yaml").is_file())
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError:
        return False  # composing it tells what is wrong with it
    return isinstance(given, dict) and "sweeper" in (given.get("hydra") or {})


def claims(names: Sequence[str], overrides: Sequence[str], own: Path | None) -> list[Claim]:
    """The claims of experiments, with overrides; a clip that is there and up to date is taken, else a draft is planned.

    own: the folder of a user's configs. To be called where configs can be composed. Experiments that end without a
    claim are left out. Raises InputError where one cannot be composed, or makes no whole video.
    """
    found = [_claim(name, overrides, own) for name in names]
    return [claim for claim in found if claim.config.scene.ending]


def _claim(name: str, overrides: Sequence[str], own: Path | None) -> Claim:
    asked = f"experiment={name}", *overrides
    is_own = own is not None and (own / "experiment" / f"{name}.yaml").is_file()
    flags = (f"--config-dir={own}",) if is_own else ()
    clip = _planned(asked, flags)
    missing = _is_missing(clip)
    if missing and not any(word.partition("=")[0] == "video" for word in overrides):
        clip = _planned((*asked, DRAFT), flags)
        missing = _is_missing(clip)
    return Claim(name, (*flags, *asked), clip, missing)


def _planned(asked: tuple[str, ...], flags: tuple[str, ...]) -> Planned:
    try:
        folder = Path(RENDERS) / run_name(None, asked)
    except COMPOSING as error:
        raise worded(error, [CONF]) from error
    return planned(Wanted(folder, asked, flags=flags))


def _is_missing(clip: Planned) -> bool:
    return bool(job_of(clip.subject, clip.folder, "", clip.runs).todo(read_manifest(clip.folder)))
