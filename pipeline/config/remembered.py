"""What Hydra made of a command's words, kept from one start to the next: nothing has to be composed twice.

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
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from pipeline.config.schema.config import Config
from pipeline.config.shipped import CONF
from pipeline.store.atomic import put_in_place
from pipeline.store.keys import content_key, file_hash, made_by

PLAIN = re.compile(r"(?!hydra[./=])[\w./]+=(?!.*\.\./)[^$]*", re.DOTALL)
MOST = 200  # commands that are remembered


@dataclass(frozen=True)
class Composed:
    """The config that words make, the configs of the runs that it compares, by label, and the folder of the run."""

    config: Config
    runs: Mapping[str, Config]
    folder: Path


def recall(words: Sequence[str]) -> Composed | None:
    """What the words of an earlier command made, where they would make it again; None where that is not known."""
    if not all(map(PLAIN.fullmatch, words)):
        return None
    try:
        found = pickle.loads(_place(words).read_bytes())
    except Exception:  # whatever is wrong with a file that another version, or another program, has left there
        return None
    return found if isinstance(found, Composed) else None


def remember(words: Sequence[str], composed: Composed, sources: Sequence[str]) -> None:
    """Keep what words made; sources: the paths of what it was composed of."""
    shipped = {str(CONF), "hydra.conf", ""}
    if not all(map(PLAIN.fullmatch, words)) or not shipped.issuperset(sources):
        return
    try:
        place = _place(words)
        place.parent.mkdir(parents=True, exist_ok=True)
        with put_in_place(place) as aside:
            aside.write_bytes(pickle.dumps(composed))
        _forget_oldest(place.parent)
    except OSError:
        return


def _place(words: Sequence[str]) -> Path:
    """The file of these words, composed by this version of Hydra and of what comes with the package."""
    made = made_by("pipeline.config.compose", "pipeline.config.home"), sys.version
    return (
        user_cache_path("relu-spline-videos")
        / "composed"
        / content_key(list(words), *made, file_hash(CONF), _plugins())
    )


def _plugins() -> list[str]:
    """What of Hydra's plugins is installed: they may bring configs of their own."""
    spec = find_spec("hydra_plugins")
    places = spec.submodule_search_locations or [] if spec else []
    return sorted(name for place in places for name in os.listdir(place))


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST:]:
        path.unlink(missing_ok=True)
