"""What Hydra made of a command's words, kept from one start to the next: nothing has to be composed twice.

Nor has what differs from it in numbers alone, as when one looks for a setting: those are set in what was made before.

To import Hydra and to compose takes longer than all else that a command does which finds its results up to date. Kept
is only what depends on the words and on what comes with the package: overrides without flags, references (`${…}`), keys
of Hydra's and ways out of a folder (`../`), by which Hydra finds configs beside the shipped ones. Where no file can be
written, or what is kept cannot be read, every command composes.
"""

import os
import pickle
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import get_args, get_type_hints

from platformdirs import user_cache_path

from pipeline.config.run_name import named_by, telling
from pipeline.config.schema.config import Config
from pipeline.config.shipped import CONF
from pipeline.store.atomic import put_in_place
from pipeline.store.keys import content_key, file_hash, made_by

PLAIN = re.compile(r"(?!hydra[./=])[\w./]+=(?!.*\.\./)[^$]*", re.DOTALL)
# Of few enough digits that all are finite, and none is refused for its length.
NUMBER = re.compile(r"(\w+(?:\.\w+)*)=([+-]?(?:0|[1-9]\d{0,18})(\.\d{1,30})?(e[+-]?\d\d?)?)")
MOST = 200  # commands that are remembered


@dataclass(frozen=True)
class Composed:
    """The config that words make, the configs of the runs that it compares, by label, and the folder of the run."""

    config: Config
    runs: Mapping[str, Config]
    folder: Path


@dataclass(frozen=True)
class Kept:
    """What words made, and those of them by which a run without a name is named, see run_name.telling."""

    words: Sequence[str]
    composed: Composed
    telling: Mapping[str, str]


def recall(words: Sequence[str]) -> Composed | None:
    """What the words of an earlier command made, where they would make it again; None where that is not known."""
    if not all(map(PLAIN.fullmatch, words)):
        return None
    try:
        kept = pickle.loads(_place(words).read_bytes())
    except Exception:  # whatever is wrong with a file that another version, or another program, has left there
        return None
    return _with_numbers(kept, words) if isinstance(kept, Kept) else None


def _with_numbers(kept: Kept, words: Sequence[str]) -> Composed | None:
    """What words make that differ from those which were kept in numbers alone; None where that has to be composed."""
    config, values = kept.composed.config, dict(kept.telling)
    changed = [NUMBER.fullmatch(new) for new, old in zip(words, kept.words, strict=True) if new != old]
    if changed and (kept.composed.runs or _overlap(words)):  # whose own words may say otherwise
        return None
    for found in changed:
        number = _set_number(config, found[1], found[2], whole=not (found[3] or found[4])) if found else None
        if not (found and number):
            return None
        if found[1] in values:
            values[found[1]] = number
    if changed and config.name is None:
        return replace(kept.composed, folder=kept.composed.folder.with_name(named_by(values)))
    return kept.composed


def _overlap(words: Sequence[str]) -> bool:
    """Whether one word may set what another one sets, of which only the later counts."""
    keys = [word.partition("=")[0] for word in words]
    return len(set(keys)) < len(keys) or any("{" in word for word in words)


def _set_number(config: Config, key: str, text: str, whole: bool) -> str | None:
    """Set a key that holds a number; the number as Hydra writes it; None where the key holds anything else."""
    *groups, name = key.split(".")
    group: object = config
    for each in groups:
        group = getattr(group, each, None)
    if not is_dataclass(group):
        return None
    hint = get_type_hints(type(group)).get(name)
    kinds = {hint, *get_args(hint)} & {int, float}
    if len(kinds) != 1 or not (whole or kinds == {float}):
        return None
    setattr(group, name, kinds.pop()(text))
    return str((int if whole else float)(text))


def remember(words: Sequence[str], composed: Composed, sources: Sequence[str]) -> None:
    """Keep what words made; sources: the paths of what it was composed of."""
    shipped = {str(CONF), "hydra.conf", ""}
    if not all(map(PLAIN.fullmatch, words)) or not shipped.issuperset(sources):
        return
    try:
        place = _place(words)
        place.parent.mkdir(parents=True, exist_ok=True)
        with put_in_place(place) as aside:
            aside.write_bytes(pickle.dumps(Kept(list(words), composed, telling(words))))
        _forget_oldest(place.parent)
    except OSError:
        return


def _place(words: Sequence[str]) -> Path:
    """The file of these words, whatever their numbers, composed by this Hydra and of what comes with the package."""
    numbers = [NUMBER.fullmatch(word) for word in words]
    shape = [[found[1]] if found else word for found, word in zip(numbers, words, strict=True)]
    made = made_by("pipeline.config.compose", "pipeline.config.home"), sys.version
    return user_cache_path("relu-spline-videos") / "composed" / content_key(shape, *made, file_hash(CONF), _plugins())


def _plugins() -> list[str]:
    """What of Hydra's plugins is installed: they may bring configs of their own."""
    spec = find_spec("hydra_plugins")
    places = spec.submodule_search_locations or [] if spec else []
    return sorted(name for place in places for name in os.listdir(place))


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST:]:
        path.unlink(missing_ok=True)
