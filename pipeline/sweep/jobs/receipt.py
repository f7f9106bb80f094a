"""Whether a job of a sweep is up to date, told in a fraction of a millisecond, without composing its config.

A receipt holds a signature of everything that the jobs share (configs, code, libraries, plugins, the common
overrides), the hashes of the data files as they were read, and size and time of every file made. Where all agree there
is nothing to do; where anything differs the job is asked itself, by content keys as ever.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.config import plugins
from pipeline.model.table import locate
from pipeline.store.keys import content_key, file_hash, made_by


def signature(sources: Iterable[Path], shared: Iterable[str], added: Iterable[str]) -> str:
    """A key of what all jobs share: the config files below `sources`, the code, the libraries, common overrides, and
    the sources of the plugins that are `added`.
    """
    configs = [path for source in sources for path in sorted(source.rglob("*.yaml"))]
    files = [part for path in configs for part in (path.name, path.read_bytes())]
    return content_key(*files, list(shared), made_by("pipeline.make"), plugins.version(list(added)))


def receipt(signature: str, inputs: Mapping[str, str], folder: Path, files: Iterable[Path]) -> dict[str, Any]:
    """What a job in `folder` was made from, and the files it left there; inputs: see make.Result."""
    stamps = {path.relative_to(folder).as_posix(): _stamp(path) for path in files}
    return {"signature": signature, "inputs": dict(inputs), "files": stamps}


def is_current(known: Mapping[str, Any], signature: str, folder: Path) -> bool:
    """Whether the receipt of the job in `folder` agrees with the sweep's signature, the data and the files."""
    if known.get("signature") != signature:
        return False
    try:
        fresh = all(sha and _hash(path) == sha for path, sha in known["inputs"].items())
        return fresh and all(_stamp(folder / name) == stamp for name, stamp in known["files"].items())
    except (OSError, ValueError):  # files of data that are gone, too
        return False


@cache
def _hash(path: str) -> str:
    place = locate(path)
    return file_hash(place) if place.is_file() else ""


def _stamp(path: Path) -> list[int]:
    """Size and time of a file, or of all files of a folder together."""
    stats = [file.stat() for file in (path.rglob("*") if path.is_dir() else [path])]
    return [sum(each.st_size for each in stats), max((each.st_mtime_ns for each in stats), default=0)]
