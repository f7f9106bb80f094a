"""Stages bound to a folder, each done only where its result is missing, the manifest last.

A stage is up to date where the folder's manifest holds the same key and intact files. All or nothing: work that fails
leaves the folder's earlier results as they were. What a user changed in files that are meant to be edited stays.
"""

import errno
import logging
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from pipeline.errors import EncodingError, InputError
from pipeline.store.folder import locked, make_folder, publish, staging
from pipeline.store.manifest import files_of, hash_of, hashes, intact, own_manifest
from pipeline.store.nesting import check_apart

log = logging.getLogger(__name__)

DISK_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES}


@dataclass(frozen=True)
class Stage:
    """A step from files to files: `make` writes `files` into the folder it is given.

    editable: users change these files, and one that was changed is never written again while it is there.
    """

    name: str
    key: str
    files: tuple[str, ...]
    make: Callable[[Path], None]
    editable: bool = False


class StagedFolder(ABC):
    """A folder and the stages that fill it; force: do all of them, also those that are up to date."""

    folder: Path
    kind: ClassVar[str]  # of results, in a word, which the manifest holds: a folder takes those of one kind
    within: ClassVar[Mapping[str, str]] = {}  # where it may lie inside other results, see nesting.check_apart
    force: bool = False

    @property
    @abstractmethod
    def stages(self) -> tuple[Stage, ...]:
        """Its stages in order; each key holds all that the stage depends on."""

    @abstractmethod
    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """The folder's manifest, given the records of its stages, which it holds under `stages`."""

    @classmethod
    def check_place(cls, folder: Path) -> None:
        """Raise InputError for a folder that lies inside other results, or holds others than these.

        For those who make parts of it elsewhere first; the work on the folder itself begins with the same.
        """
        check_apart(folder, cls.within)
        own_manifest(folder, cls.kind)

    def wanted(self) -> tuple[Stage, ...]:
        """The stages that are to be done."""
        return self.stages

    def bring_up_to_date(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Do what is missing: the folder's manifest then, and the names of the stages done.

        Raises InputError where the folder cannot be made or written, or lies inside other results.
        """
        check_apart(self.folder, self.within)
        if not self.folder.is_dir():
            make_folder(self.folder)
        with locked(self.folder):
            manifest = own_manifest(self.folder, self.kind)
            self._tell_edited(manifest)
            todo = self.todo(manifest)  # here: another process may just have left this one nothing to do
            if todo:
                make_folder(self.folder)
                check_free(self.folder, [name for stage in todo for name in stage.files], manifest)
                manifest = self.make(todo, manifest)
            return manifest, tuple(stage.name for stage in todo)

    def todo(self, manifest: dict[str, Any]) -> tuple[Stage, ...]:
        """The stages whose results are missing, damaged or made from something else, by the folder's manifest."""
        return tuple(stage for stage in self.wanted() if self.force or not self._is_done(stage, manifest))

    def _is_done(self, stage: Stage, manifest: dict[str, Any]) -> bool:
        record = manifest.get("stages", {}).get(stage.name, {})
        files = record.get("files", {})
        made = {PurePosixPath(name).parts[0] for name in files}
        untouched = {name: sha for name, sha in files.items() if name not in self._edited(stage, manifest)}
        return record.get("key") == stage.key and made == set(stage.files) and intact(self.folder, untouched)

    def _edited(self, stage: Stage, manifest: Mapping[str, Any]) -> dict[str, str]:
        """The files of an editable stage that were changed since they were made, with the hashes they had then."""
        made = {name: hash_of(manifest, name) for name in stage.files if stage.editable}
        there = {name: sha for name, sha in made.items() if sha is not None and (self.folder / name).exists()}
        return {name: sha for name, sha in there.items() if not intact(self.folder, {name: sha})}

    def _tell_edited(self, manifest: Mapping[str, Any]) -> None:
        for name in [name for stage in self.wanted() for name in self._edited(stage, manifest)]:
            log.info("%s: was changed by hand and stays; delete it to have it made anew", self.folder / name)

    def make(self, todo: tuple[Stage, ...], earlier: dict[str, Any]) -> dict[str, Any]:
        """Make stages in a staging folder, then put their files and the manifest in place together; the manifest.

        earlier: the folder's manifest, which has the records of the other stages.
        """
        with staging(self.folder) as place, plain_faults(self.folder, place):
            self._places = {name: self.folder for stage in self.stages for name in stage.files}
            kept = [stage.name for stage in self.stages if stage not in todo and self._is_done(stage, earlier)]
            records = {name: earlier["stages"][name] for name in kept}
            for stage in todo:
                started = time.perf_counter()
                stage.make(place)
                self._places |= dict.fromkeys(stage.files, place)
                files = hashes(place, stage.files) | self._left(stage, earlier, place)
                check_free(self.folder, files, earlier)  # again: now the files inside of folders are known
                seconds = round(time.perf_counter() - started, 3)
                records[stage.name] = {"key": stage.key, "seconds": seconds, "files": files}
            manifest = {"kind": self.kind, **self.manifest(records)}
            publish(place, self.folder, manifest)
            return manifest

    def _left(self, stage: Stage, earlier: Mapping[str, Any], place: Path) -> dict[str, str]:
        """Take what would replace edited files out of the staging folder; the hashes that they were made with."""
        edited = self._edited(stage, earlier)
        for name in edited:
            (place / name).unlink()
        return edited

    def place_of(self, name: str) -> Path:
        """Where a file of a stage stands at present: staged, or in the folder."""
        places: dict[str, Path] = getattr(self, "_places", {})
        return places.get(name, self.folder) / name


def check_free(folder: Path, names: Iterable[str], manifest: Mapping[str, Any]) -> None:
    """Raise InputError, naming it, for the first file that stands where one of these would and is not ours.

    Ours is what the folder's manifest lists, and a folder with something listed in it.
    """
    listed = files_of(manifest)
    ours = listed | {str(parent) for name in listed for parent in PurePosixPath(name).parents}
    for name in names:
        if name not in ours and os.path.lexists(folder / name) and not _is_free_folder(folder / name):
            message = "stands where a result would, and no manifest lists it; move it away, or choose another folder"
            raise InputError(f"{folder / name}: {message}")


def _is_free_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


@contextmanager
def plain_faults(folder: Path, place: Path) -> Iterator[None]:
    """Name the folder, not the staging folder, in errors; turn what a disk can do into one of ours."""
    try:
        yield
    except EncodingError as error:
        raise EncodingError(str(error).replace(str(place.absolute()), str(folder))) from None
    except OSError as error:
        if error.errno not in DISK_FAULTS:
            raise
        raise EncodingError(f"{folder}: {error.strerror}; make room, or choose another hydra.run.dir") from None
