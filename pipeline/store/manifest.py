"""The manifest of a folder's results: which stages made which files, from what."""

import json
from pathlib import Path
from typing import Any

from pipeline.store.keys import file_hash

MANIFEST = "manifest.json"


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
