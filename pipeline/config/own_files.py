"""What is wrong with a config file of the user's that Hydra cannot compose, and what there would be to choose."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path

from pipeline.config.nearest import did_you_mean
from pipeline.config.schema.config import Config

PRIMARY = "config"  # the config that the command line itself chooses for
SEARCHED = re.compile(r"path=file://(.*)$", re.MULTILINE)
GLOBAL = "# @package _global_"


def choices(group: str, folders: Iterable[Path]) -> list[str]:
    """Names of the configs of a group in folders of configs."""
    found = {path.stem for folder in folders for path in (folder / group).glob("*.yaml")}
    return sorted(found if group else found - {PRIMARY})


def unknown_choice(group: str, value: str, names: Sequence[str]) -> str:
    """What is said of a choice that a group does not have; names: of those that it has."""
    return f"{group or 'config'} = {value}: unknown{did_you_mean(value, names)}; choose one of {', '.join(names)}"


def missing_default(file: str, wanted: str, told: str) -> str:
    """What a file's `defaults` name, GROUP/NAME, that there is not; told: Hydra's words, with where it looked."""
    folders = [Path(place) for place in SEARCHED.findall(told)]
    group, _, name = wanted.rpartition("/")
    start = f"{file}.yaml: its defaults name {wanted}, which there is not"
    if names := choices(group, folders):
        return f"{start}{did_you_mean(name, names)}; {group or 'beside it'} has {', '.join(names)}"
    meant = wanted.removeprefix(f"{file.rpartition('/')[0]}/")
    if meant in names_of_all(folders):
        return f"{start}; a group of its own starts with a slash: /{': '.join(meant.rsplit('/', 1))}"
    groups = sorted({place.name for folder in folders for place in folder.iterdir() if place.is_dir()})
    return f"{start}; there are the groups {', '.join(groups)}"


def names_of_all(folders: Sequence[Path]) -> set[str]:
    """GROUP/NAME of every config."""
    paths = [path.relative_to(folder) for folder in folders for path in folder.rglob("*.yaml")]
    return {path.with_suffix("").as_posix() for path in paths}


def misplaced(file: str, key: str) -> str | None:
    """What a file lacks whose key, by its dotted name, landed in the file's own group; None where it did not."""
    group = file.rpartition("/")[0].replace("/", ".")
    if not group or not f"{key}.".startswith(f"{group}."):
        return None
    if group.partition(".")[0] not in {entry.name for entry in fields(Config)}:
        return f"{file}.yaml: its keys are those of the whole config; make its first line {GLOBAL}"
    if key == f"{group}.{group}":
        return f"{file}.yaml: is in the group {group} already; give its keys without {group}: before them"
    return None
