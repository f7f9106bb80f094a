"""Results on disk: keys that say what made them, and folders in which nothing partial ever stands.

A run works in a hidden staging folder inside its own folder and renames what it made at the very end, the
manifest last. Whatever ends it before, a kill included, leaves the earlier results as they were.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
STAGING = ".staging-"

try:
    import fcntl
except ImportError:  # Windows: a stage killed there leaves its hidden folder to the user
    fcntl = None


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
    return list(place.rglob("*.py")) if place.is_dir() else [place]


@cache
def library_versions(*names: str) -> dict[str, str]:
    """The installed versions of distributions."""
    return {name: version(name) for name in names}


def file_hash(path: Path) -> str:
    """sha256 of a file, or of the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        digest.update(b"" if file == path else file.name.encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished run, or {} where there is none that can be read."""
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def intact(folder: Path, files: dict[str, str]) -> bool:
    """Whether every file is there with the hash that the manifest holds."""
    return all((folder / name).exists() and file_hash(folder / name) == sha for name, sha in files.items())


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A new hidden folder inside `folder`, removed however the block ends, with those that kills left behind."""
    sweep(folder)
    place = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    lock = _lock(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep(folder: Path) -> None:
    """Remove staging folders that a killed process left: the kernel has dropped their lock."""
    for place in folder.glob(STAGING + "*"):
        lock = _lock(place)
        if lock is not None:
            shutil.rmtree(place, ignore_errors=True)
            os.close(lock)


def _lock(place: Path) -> int | None:
    """Hold a folder's lock until the process ends; None where another holds it or locks are not to be had."""
    if fcntl is None:
        return None
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def publish(place: Path, folder: Path, manifest: dict[str, Any]) -> None:
    """Rename everything staged into `folder`, and write the manifest last: only then is the run done."""
    made = sorted(place.iterdir())
    (place / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    with _uninterrupted():
        (folder / MANIFEST).unlink(missing_ok=True)
        for entry in made:
            target = folder / entry.name
            if target.is_dir():
                target.rename(place / f"old-{entry.name}")  # goes with the staging folder
            entry.replace(target)
        (place / MANIFEST).replace(folder / MANIFEST)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until the block is done: between two renames the folder would be half old, half new.

    By handlers, not by a signal mask: that would hold for this thread only, and the process has others.
    """
    if threading.current_thread() is not threading.main_thread():  # elsewhere no handler can be set, nor is one called
        yield
        return
    waiting: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda got, _: waiting.append(got))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in waiting:
        signal.raise_signal(number)
