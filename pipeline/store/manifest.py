"""The manifest of a folder's results: of which kind they are, which stages made which files, from what."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import InputError
from pipeline.store.keys import file_hash

MANIFEST = "manifest.json"
OURS = '"stages"', '"command"', '"version"'  # what a damaged manifest of ours still has in it
LISTED = re.compile(r'"([^"\\]+)": "([0-9a-f]{64})"')


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of finished results, or {} where there is none that can be read."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files_of(manifest)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):  # not ours, or damaged
        return {}
    return manifest


def as_text(manifest: Mapping[str, Any]) -> str:
    """A manifest as its file holds it."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def own_manifest(folder: Path, kind: str) -> dict[str, Any]:
    """The manifest of a folder that is to take results of a kind, {} where it has none.

    Of a damaged one what it still says of files is kept. Raises InputError for one that is not ours, and where the
    folder holds results of another kind.
    """
    manifest = read_manifest(folder)
    if "stages" not in manifest:
        manifest = _salvaged(folder)
    there = kind_of(manifest)
    if manifest and there != kind:
        raise InputError(f"{folder}: holds {one(there)}, where {one(kind)} would be written; choose another folder")
    return manifest


def one(kind: str) -> str:
    """Results of a kind in words: a run, an atlas."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def kind_of(manifest: Mapping[str, Any]) -> str:
    """What a manifest lists: a run, talk, deck, comparison, reel or atlas. Those of version 0.1 do not say it."""
    if "kind" in manifest:
        return str(manifest["kind"])
    if "sweep" in manifest:
        return "comparison"
    if "clips" in manifest:
        return "talk" if "init" in manifest.get("config", {}) else "deck"
    return "run"


def _salvaged(folder: Path) -> dict[str, Any]:
    """Of a manifest that cannot be read: its kind, and the files that it lists, under no stage's key."""
    path = folder / MANIFEST
    if not (path.exists() or path.is_symlink()):
        return {}
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    if not all(mark in text for mark in OURS):
        raise InputError(f"{path}: is not a manifest of ours; move it away, or choose another folder")
    kind = re.search(r'"kind": "(\w+)"', text)
    files = {name: sha for name, sha in LISTED.findall(text) if _is_inside(name)}
    return ({"kind": kind[1]} if kind else {}) | {"stages": {"damaged": {"key": "", "files": files}}}


def files_of(manifest: Mapping[str, Any]) -> set[str]:
    """Names of all files that a manifest lists, relative to its folder; ValueError for one outside of it."""
    names = {name for stage in manifest.get("stages", {}).values() for name in dict(stage["files"])}
    if not all(map(_is_inside, names)):
        raise ValueError("a manifest lists files in its folder")
    return names


def hash_of(manifest: Mapping[str, Any], name: str) -> str | None:
    """The hash under which a manifest lists a file, None where it does not."""
    stages = manifest.get("stages", {}).values()
    return next((stage["files"][name] for stage in stages if name in stage["files"]), None)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def intact(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether every file is there with the hash that the manifest holds."""
    try:
        return all(file_hash(folder / name) == sha for name, sha in files.items())
    except OSError:
        return False


def hashes(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Hashes of files in a folder by name; a folder among them counts with every file that is in it."""
    paths = [path for name in names for path in files_in(folder / name)]
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in paths}


def files_in(path: Path) -> list[Path]:
    """The file itself, or all files below a folder, in order."""
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
