"""What results on disk are known by: keys that say what made them, hashes of their bytes, the manifest with both."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
# Suffixes of what counts as code: modules, and the templates beside them.
SOURCES = {".py", ".html", ".css", ".js", ".md", ".qmd", ".tex", ".ipynb", ".xml"}


def content_key(*parts: Any) -> str:
    """A hash of JSON-able parts (bytes are hashed as they are): equal inputs, equal key, on every machine."""
    digest = hashlib.sha256()
    for part in parts:
        data = b"b" + part if isinstance(part, bytes) else b"j" + json.dumps(part, sort_keys=True).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]


@cache
def code_version(*places: str) -> str:
    """A hash of the source of packages and modules of `pipeline`, given as paths within it."""
    root = Path(__file__).parent
    names = sorted({file for place in places for file in _sources(root / place)})
    return content_key(*(part for file in names for part in (str(file.relative_to(root)), file.read_bytes())))


def _sources(place: Path) -> list[Path]:
    return [file for file in place.rglob("*") if file.suffix in SOURCES] if place.is_dir() else [place]


@cache
def library_versions(*names: str) -> dict[str, str]:
    """The installed versions of distributions."""
    return {name: version(name) for name in names}


def file_hash(path: Path) -> str:
    """sha256 of a file, or of the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]:
        digest.update(b"" if file == path else file.relative_to(path).as_posix().encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished run, or {} where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files_of(manifest)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # not ours, or damaged
        return {}
    return manifest


def files_of(manifest: dict[str, Any]) -> set[str]:
    """Names of all files that a manifest lists; ValueError for a path, which no stage writes."""
    names = {name for stage in manifest.get("stages", {}).values() for name in dict(stage["files"])}
    if any(Path(name).name != name for name in names):
        raise ValueError("a manifest lists names in the run's folder")
    return names


def intact(folder: Path, files: dict[str, str]) -> bool:
    """Whether every file is there with the hash that the manifest holds."""
    try:
        return all(file_hash(folder / name) == sha for name, sha in files.items())
    except OSError:
        return False
