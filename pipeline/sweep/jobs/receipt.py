"""Whether a job of a sweep is up to date, told in a fraction of a millisecond, without composing its config.

A receipt holds a signature of everything that the jobs share (configs, code, libraries, the common overrides), the
hashes of the files of data, and size and time of every file made. Where all agree there is nothing to do; where
anything differs the job is asked itself, by content keys as ever.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.config.schema.config import Config
from pipeline.model.table import locate
from pipeline.store.keys import content_key, file_hash, made_by


def signature(sources: Iterable[Path], shared: Iterable[str]) -> str:
    """A key of what all jobs share: the config files below `sources`, the code, the libraries, common overrides."""
    configs = [path for source in sources for path in sorted(source.rglob("*.yaml"))]
    files = [part for path in configs for part in (path.name, path.read_bytes())]
    return content_key(*files, list(shared), made_by("pipeline.make"))


def receipt(sign: str, configs: Iterable[Config], folder: Path, files: Iterable[Path]) -> dict[str, Any]:
    """What a job in `folder` was made from, by `configs`, and the files it left there."""
    paths = {config.data.path for config in configs if config.data.path}
    stamps = {str(path.relative_to(folder)): _stamp(path) for path in files}
    return {"signature": sign, "inputs": {path: _hash(path) for path in sorted(paths)}, "files": stamps}


def is_current(known: dict[str, Any], sign: str, folder: Path) -> bool:
    """Whether the receipt of the job in `folder` agrees with the sweep's signature, the data and the files."""
    if known.get("signature") != sign:
        return False
    try:
        fresh = all(_hash(path) == sha for path, sha in known["inputs"].items())
        return fresh and all(_stamp(folder / name) == stamp for name, stamp in known["files"].items())
    except OSError:
        return False


@cache
def _hash(path: str) -> str:
    return file_hash(locate(path))


def _stamp(path: Path) -> list[int]:
    """Size and time of a file, or of all files of a folder together."""
    stats = [file.stat() for file in (path.rglob("*") if path.is_dir() else [path])]
    return [sum(each.st_size for each in stats), max((each.st_mtime_ns for each in stats), default=0)]
