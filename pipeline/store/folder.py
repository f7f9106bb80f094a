"""A run's folder: held by one process at a time, and in it nothing partial ever stands under a final name.

A run works in a hidden staging folder inside its own and renames what it made at the very end, the manifest last.
Whatever ends it before leaves the earlier results as they were; a kill among the renames is made good by the next
run, which finds the rest of them still to do.
"""

import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.console.interrupts import postponed
from pipeline.errors import InputError
from pipeline.store.atomic import write_text
from pipeline.store.manifest import MANIFEST, as_text, files_in, files_of, hash_of, intact, kind_of, read_manifest

log = logging.getLogger(__name__)

STAGING = ".staging-"
UNSIGNED, OLD = ".manifest", ".old"  # in a staging folder: the manifest until all is ready, what had to make room
# By the kind of results, what keeps files that a command no longer makes.
KEEPING = {
    "run": "another name= would keep both",
    "talk": "the options that it was made with would keep it",
    "deck": "another --deck NAME would keep both",
    "comparison": "another --out would keep both",
    "reel": "another --out would keep both",
    "atlas": "another --out would keep both",
}

try:
    import fcntl
except ImportError:  # Windows: there two runs may meet, and what a kill leaves is the user's to remove
    fcntl = None  # type: ignore[assignment]  # which is looked at before each use


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """`folder`, made if need be, for this process alone; waits, and says so, while another run holds it.

    What killed runs left in it is put in order first. The lock lies on the folder itself and dies with the process.
    Raises OSError where the folder cannot be made or opened.
    """
    lock = _lock(folder)
    try:
        if lock is not None:
            _put_in_order(folder)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def tidy(folder: Path) -> None:
    """Put in order what a killed run left in `folder`, if it is there and no run holds it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _put_in_order(folder)
        finally:
            os.close(handle)


def _lock(folder: Path) -> int | None:
    """An open handle that holds the lock; None where there are no locks."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        if fcntl is None:
            return None
        # A run that had nothing to leave in the folder may remove it while we wait: then we hold one that is gone.
        with suppress(FileNotFoundError), ExitStack() as undo:
            handle = os.open(folder, os.O_RDONLY)
            undo.callback(os.close, handle)
            if not _wait(handle, folder):
                return None
            if os.path.samestat(os.fstat(handle), os.stat(folder)):
                undo.pop_all()
                return handle


def _wait(handle: int, folder: Path) -> bool:
    """Lock an open folder, as soon as it is free; False on a file system without locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        log.info("%s: another run is at work there; waiting for it", folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return False
    return True


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A new hidden folder inside `folder`, which is held; removed however the block ends."""
    place = folder / f"{STAGING}{uuid.uuid4().hex[:8]}"
    try:
        place.mkdir()
        yield place
    finally:
        if not (place / MANIFEST).exists():  # a rename failed: all is ready, and the next run goes on
            shutil.rmtree(place, ignore_errors=True)


def publish(place: Path, folder: Path, manifest: dict[str, Any]) -> None:
    """Let everything staged take its place in `folder`, which is held, and the manifest come last.

    Files that the earlier manifest lists and this one does not are removed, unless they were changed since.
    """
    (place / UNSIGNED).write_text(as_text(manifest), encoding="utf-8")
    with postponed():
        (place / UNSIGNED).replace(place / MANIFEST)  # from here on the new results stand, be it by the next run
        _settle(place, folder)


def _put_in_order(folder: Path) -> None:
    """Finish what a killed run was publishing, and remove what others left."""
    for place in folder.glob(STAGING + "*"):
        if (place / MANIFEST).exists():
            with postponed():
                _settle(place, folder)
        shutil.rmtree(place, ignore_errors=True)


def _settle(place: Path, folder: Path) -> None:
    """Rename whatever is still in `place` into `folder`, the manifest last: right from any point at which it ended."""
    old = place / OLD
    old.mkdir(exist_ok=True)
    _set_aside(folder / MANIFEST, old)
    earlier, present = read_manifest(old), read_manifest(place)
    gone = {name: hash_of(earlier, name) or "" for name in files_of(earlier) - files_of(present)}
    removed = {name for name, sha in gone.items() if intact(folder, {name: sha})}
    _remove(folder, removed, old, KEEPING.get(kind_of(present), KEEPING["run"]))
    for file in files_in(place):
        if file != place / MANIFEST and not file.is_relative_to(old):
            target = folder / file.relative_to(place)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    (place / MANIFEST).replace(folder / MANIFEST)


def _remove(folder: Path, names: set[str], old: Path, remedy: str) -> None:
    """Set aside files that are no longer made, and say so, once for all of a folder; remove folders that get empty.

    remedy: in words, what would have kept them.
    """
    for top in sorted({PurePosixPath(name).parts[0] for name in names}):
        log.info("%s: removed, as it is not made any more; %s", folder / top, remedy)
    for name in names:
        _set_aside(folder / name, old)
    for parent in {parent for name in names for parent in PurePosixPath(name).parents if parent.parts}:
        with suppress(OSError):
            (folder / parent).rmdir()


def _set_aside(path: Path, old: Path) -> None:
    """Move what is there out of the way; it is removed with the staging folder, after all else."""
    with suppress(FileNotFoundError):
        path.replace(old / f"{path.name}-{uuid.uuid4().hex[:8]}" if path.name != MANIFEST else old / MANIFEST)


def withdraw(folder: Path) -> list[str]:
    """Remove what a folder's manifest lists and nobody changed since, and the folder if that leaves it empty.

    For results that were made from others which are gone. Returns the names of changed files, which stay, and which
    alone the manifest then lists.
    """
    changed: list[str] = []
    with locked(folder), postponed():
        manifest = read_manifest(folder)
        for stage in manifest.get("stages", {}).values():
            for name, sha in stage["files"].items():
                if intact(folder, {name: sha}):
                    (folder / name).unlink()
            stage["files"] = {name: sha for name, sha in stage["files"].items() if (folder / name).exists()}
            changed += stage["files"]
        if changed:
            write_text(folder / MANIFEST, as_text(manifest))
        else:
            (folder / MANIFEST).unlink(missing_ok=True)
        for place in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
            with suppress(OSError):
                place.rmdir()
    remove_empty(folder, folder.absolute().parent)
    return changed


def remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder without results that no other run holds, and parents below `top` which that leaves empty."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            while folder.absolute() != top:
                folder.rmdir()
                folder = folder.parent
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """The folder, if it is not there; InputError where it cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        message = f"{folder}: {error.strerror}; give a folder that can be written"
        raise InputError(message) from None


@contextmanager
def kept_if_filled(folder: Path) -> Iterator[None]:
    """Make the folder for what the block makes; if that fails, folders made for it that stay empty go again.

    Raises InputError as make_folder does.
    """
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    make_folder(folder)
    try:
        yield
    except BaseException:
        with postponed():
            remove_empty(folder, there)
        raise
