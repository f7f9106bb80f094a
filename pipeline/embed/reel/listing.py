"""What a reel is to be of: folders of finished runs, or a list of clips in YAML."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.config.check import shown
from pipeline.config.complaints import COMPOSING, worded, yaml_line
from pipeline.config.home import CONF
from pipeline.config.inner_groups import inner_group
from pipeline.config.nearest import did_you_mean
from pipeline.config.own_files import choices, unknown_choice
from pipeline.config.run_name import run_name
from pipeline.config.schema.reel import ReelClipConfig, ReelConfig
from pipeline.errors import InputError

LISTS = CONF / "reel"
RENDERS = "renders"  # where the command puts runs, see conf/config.yaml


@dataclass(frozen=True)
class Wanted:
    """A clip: the folder of its run, the overrides that make it, and what the card before it says.

    overrides: empty where the run must be there already; say: empty for the run's own title; source: where it is from;
    flags: of the command, where the overrides need some.
    """

    folder: Path
    overrides: tuple[str, ...] = ()
    say: str = ""
    source: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReelList:
    """A reel's name, what its first card says, and its clips; without a title it has no such card."""

    name: str
    title: str
    source: str
    clips: tuple[Wanted, ...]


def read_reel(words: Sequence[str]) -> ReelList:
    """The reel that words ask for: folders of runs; or a list, a file or by name one of conf/reel/, and overrides.

    Raises InputError for what is neither, and for a list with a mistake, by file and key.
    """
    if not words:
        raise InputError(f"--reel: give folders of finished runs, a list FILE.yaml, or one of ours{_ours()}")
    first, *more = words
    if Path(first).is_dir():
        return ReelList("reel", "", "", tuple(Wanted(Path(word)) for word in words))
    for word in more:
        if "=" not in word:
            raise InputError(f"--reel {first} {word}: a list takes overrides, such as theme=dark; give one, or folders")
    return read_list(_place_of(first), more)


def read_list(path: Path, more: Sequence[str] = ()) -> ReelList:
    """The reel of a list in YAML, its experiments with `more` overrides. Raises InputError for a mistake."""
    try:
        with path.open(encoding="utf-8") as stream:
            given = yaml.safe_load(stream)
    except yaml.YAMLError as error:
        raise InputError(yaml_line(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', 'is no text')}; give a list of clips in YAML") from None
    told = inner_group(f"{path}: reel", given, ReelConfig, ("clips",))
    clips = [_wanted(f"{path}: clips[{k}]", each, [*told.overrides, *more]) for k, each in enumerate(told.clips)]
    if not clips:
        raise InputError(f"{path}: clips: has none; give some, as in [{{experiment: adaptive, say: …}}]")
    return ReelList(f"reel-{path.stem}", told.title, told.source, tuple(clips))


def _place_of(word: str) -> Path:
    if word.endswith((".yaml", ".yml")):
        return Path(word)
    path = LISTS / f"{word}.yaml"
    if not path.is_file():
        raise InputError(f"--reel {word}: no folder, and no list{did_you_mean(word, _names())}{_ours()}")
    return path


def _names() -> list[str]:
    return choices("reel", [CONF])


def _ours() -> str:
    return f"; there are {', '.join(_names())}"


def _wanted(key: str, given: Any, overrides: Sequence[str]) -> Wanted:
    """An entry of a list."""
    told = inner_group(key, given, ReelClipConfig)
    if bool(told.experiment) == bool(told.folder):
        raise InputError(f"{key} = {shown(given)}: give an experiment, or the folder of a finished run")
    if told.folder:
        return Wanted(Path(told.folder), (), told.say, told.source)
    _check_experiment(f"{key}.experiment", told.experiment)
    asked = f"experiment={told.experiment}", *overrides
    try:
        folder = Path(RENDERS) / run_name(None, asked)
    except COMPOSING as error:
        raise worded(error, [CONF]) from error
    return Wanted(folder, asked, told.say, told.source)


def _check_experiment(key: str, name: str) -> None:
    """Raise InputError for an experiment that there is not, or that is a sweep."""
    names = choices("experiment", [CONF])
    if name not in names:
        raise InputError(unknown_choice(key, name, names))
    path = CONF / "experiment" / f"{name}.yaml"
    if "sweeper" in yaml.safe_load(path.read_text(encoding="utf-8")).get("hydra", {}):
        raise InputError(f"{key} = {name}: is a sweep of many videos; make it, and give the folder of one")
