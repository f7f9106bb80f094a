"""Stages bound to a folder, each done only where its result is missing, the manifest last.

A stage is up to date where the folder's manifest holds the same key and intact files. All or nothing: work that fails
leaves the folder's earlier results as they were.
"""

import errno
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import EncodingError
from pipeline.store.folder import locked, publish, staging
from pipeline.store.keys import file_hash
from pipeline.store.manifest import intact, read_manifest

DISK_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES}


@dataclass(frozen=True)
class Stage:
    """A step from files to files: `make` writes `files` into the folder it is given."""

    name: str
    key: str
    files: tuple[str, ...]
    make: Callable[[Path], None]


class StagedFolder(ABC):
    """A folder and the stages that fill it; force: do all of them, also those that are up to date."""

    folder: Path
    force: bool = False

    @property
    @abstractmethod
    def stages(self) -> tuple[Stage, ...]:
        """Its stages in order; each key holds all that the stage depends on."""

    @abstractmethod
    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """The folder's manifest, given the records of its stages, which it holds under `stages`."""

    def wanted(self) -> tuple[Stage, ...]:
        """The stages that are to be done."""
        return self.stages

    def bring_up_to_date(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Do what is missing: the folder's manifest then, and the names of the stages done."""
        with locked(self.folder):
            manifest = read_manifest(self.folder)
            todo = self.todo(manifest)  # here: another process may just have left this one nothing to do
            if todo:
                manifest = self.make(todo, manifest)
            return manifest, tuple(stage.name for stage in todo)

    def todo(self, manifest: dict[str, Any]) -> tuple[Stage, ...]:
        """The stages whose results are missing, damaged or made from something else, by the folder's manifest."""
        return tuple(stage for stage in self.wanted() if self.force or not self._is_done(stage, manifest))

    def _is_done(self, stage: Stage, manifest: dict[str, Any]) -> bool:
        record = manifest.get("stages", {}).get(stage.name, {})
        files = record.get("files", {})
        return record.get("key") == stage.key and set(files) == set(stage.files) and intact(self.folder, files)

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
                hashes = {name: file_hash(place / name) for name in stage.files}
                seconds = round(time.perf_counter() - started, 3)
                records[stage.name] = {"key": stage.key, "seconds": seconds, "files": hashes}
            manifest = self.manifest(records)
            publish(place, self.folder, manifest)
            return manifest

    def place_of(self, name: str) -> Path:
        """Where a file of a stage stands at present: staged, or in the folder."""
        return getattr(self, "_places", {}).get(name, self.folder) / name


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
