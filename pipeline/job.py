"""Jobs: stages bound to a config and a folder, each done only where its result is missing, the manifest last.

A stage is up to date where the manifest of a finished run holds the same key and intact files. All or nothing: a job
that fails leaves the folder's earlier results as they were.
"""

import errno
import json
import logging
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import __version__
from pipeline.artifact import code_version, content_key, file_hash, intact, library_versions, read_manifest
from pipeline.config import Config
from pipeline.errors import EncodingError, InputError
from pipeline.model.data import Data
from pipeline.projection.spline import SplineTrajectory, load_quantities, project
from pipeline.render.encoders import FORMATS, LONGEST_COMMENT, output_size
from pipeline.simulate.trajectory import Trajectory
from pipeline.stages import (
    PREVIEW,
    STRIP,
    Take,
    asked_quantities,
    compute_quantities,
    draw,
    draw_preview,
    draw_strip,
    frame_numbers,
    rehearse,
    simulate,
)
from pipeline.workplace import held, publish, staging

log = logging.getLogger(__name__)

DISK_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES}


@dataclass(frozen=True)
class Stage:
    """A step from files to files: `make` writes `files` into the folder it is given."""

    name: str
    key: str
    files: tuple[str, ...]
    make: Callable[[Path], None]


@dataclass
class Job(ABC):
    """A config bound to its folder: knows its stages, their keys, and how to make them.

    command: the command line that asked for it, kept in the manifest and the video.
    """

    config: Config
    folder: Path
    command: str

    @property
    @abstractmethod
    def stages(self) -> tuple[Stage, ...]:
        """Its stages in order; each key holds the one before."""

    @abstractmethod
    def subjects(self) -> dict[str, tuple[Config, Data]]:
        """By label, config and data of the runs that its scene shows."""

    @abstractmethod
    def takes(self) -> Sequence[Take]:
        """Those runs, finished."""

    @abstractmethod
    def results(self) -> dict[str, Any]:
        """What the manifest says of them: outcome, final_loss and frames at least."""

    @property
    def video_name(self) -> str:
        """Name of the video in the folder."""
        suffix = FORMATS[self.config.video.format].suffix
        return f"video{suffix}" if suffix else "frames"

    def bring_up_to_date(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Do what is missing: the folder's manifest then, and the names of the stages done."""
        if self.todo(read_manifest(self.folder)):
            if self.config.render and not self.config.preview:  # a preview is drawn at once
                rehearse(self.config, self.subjects())
            make_folder(self.folder)
        with held(self.folder):
            manifest = read_manifest(self.folder)
            todo = self.todo(manifest)  # again: another run may just have left this one nothing to do
            if todo:
                manifest = self.make(todo, manifest)
            return manifest, tuple(stage.name for stage in todo)

    def todo(self, manifest: dict[str, Any]) -> tuple[Stage, ...]:
        """The stages whose results are missing, damaged or made from something else, by the folder's manifest."""
        wanted = [stage for stage in self.stages if self.config.render or stage.name != "render"]
        return tuple(stage for stage in wanted if self.config.force or not self._is_done(stage, manifest))

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
            manifest = self._manifest(records)
            publish(place, self.folder, manifest)
            return manifest

    def _render_stage(self, before: str) -> Stage:
        """The last stage, which follows what has the key `before`."""
        config = self.config
        axes = [[asdict(data.x_axis), asdict(data.y_axis), data.name] for _, data in self.subjects().values()]
        key = content_key(
            before,
            [asdict(part) for part in (config.scene, config.theme, config.video, config.frames)],
            [axes, list(self.subjects()), config.preview],
            code_version("render", "projection/spline.py", "stages.py"),
            library_versions("numpy", "matplotlib", "imageio-ffmpeg"),
        )
        return Stage("render", key, self._pictures(), self._render)

    def _pictures(self) -> tuple[str, ...]:
        """Names of what the last stage makes."""
        if self.config.scene.times:
            return STRIP
        return PREVIEW if self.config.preview else (self.video_name, "poster.png", "last.png")

    def _render(self, place: Path) -> None:
        if self.config.scene.times:
            draw_strip(self.config, self.takes()[0], place)
        elif self.config.preview:
            draw_preview(self.config, self.takes(), place, self._comment())
        else:
            draw(self.config, self.takes(), place / self.video_name, self._comment())

    def _manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        video, results = self.config.video, self.results()
        frames = len(frame_numbers(self.config, results["frames"]))
        width, height = output_size(video, FORMATS[video.format])
        return {
            **self._provenance(),
            **results,
            "width": width,
            "height": height,
            "fps": video.fps,
            "frames": frames,
            "seconds": frames / video.fps,
            "stages": stages,
        }

    def _provenance(self) -> dict[str, Any]:
        """What it takes to make this again."""
        return {
            "command": self.command,
            "version": __version__,
            "libraries": library_versions("numpy", "scipy", "numba", "matplotlib", "imageio-ffmpeg"),
            "config": asdict(self.config),
        }

    def _comment(self) -> str:
        """The provenance as JSON for the video's metadata, without long lists of points that would not fit there."""
        provenance = self._provenance()
        if len(json.dumps(provenance)) > LONGEST_COMMENT:
            provenance["config"]["data"] |= {"x": "see manifest.json", "y": "see manifest.json"}
            provenance["command"] = "see manifest.json"
        return json.dumps(provenance, ensure_ascii=False)


@dataclass
class SingleRun(Job):
    """The job of one run: simulate, project and, unless config.render is false, render."""

    data: Data

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """simulate, project, render: each key holds the one before."""
        simulate = content_key(*self._simulated())
        projected = content_key(simulate, *self._projected())
        return (
            Stage("simulate", simulate, ("trajectory.npz",), self._simulate),
            Stage("project", projected, ("spline.npz",), self._project),
            self._render_stage(projected),
        )

    @property
    def numbers_key(self) -> str:
        """The key of all that the run's numbers depend on."""
        return self.stages[1].key

    def _simulated(self) -> list[Any]:
        """What the simulation depends on."""
        config, data = self.config, self.data
        parts = [asdict(part) for part in (config.init, config.dynamics, config.timing)]
        code = "model", "simulate", "projection/spline.py", "projection/arclength.py", "render/timing.py", "stages.py"
        versions = [code_version(*code), library_versions("numpy", "scipy", "numba")]
        return [data.x.tobytes(), data.y.tobytes(), [*parts, config.video.fps], *versions]

    def _projected(self) -> list[Any]:
        """What the projection depends on beyond the simulation: code of quantities only where some are asked for."""
        names = asked_quantities(self.config)
        if not names:
            return [code_version("projection/spline.py")]
        code = code_version("model", "projection", "stages.py"), library_versions("numpy", "scipy")
        return [*code, names, asdict(self.config.projection)]

    def subjects(self) -> dict[str, tuple[Config, Data]]:
        """This run alone."""
        return {"": (self.config, self.data)}

    def takes(self) -> list[Take]:
        """This run alone."""
        return [self.take("")]

    def take(self, label: str) -> Take:
        """The finished run under a label."""
        return Take(self.config, self.data, self.trajectory, self.spline, self.quantities, label)

    def results(self) -> dict[str, Any]:
        """How it ended."""
        run = self.trajectory
        return {"outcome": run.outcome, "final_loss": float(run.loss[-1]), "frames": len(run.t)}

    def _stored(self, name: str) -> Path:
        return getattr(self, "_places", {}).get(name, self.folder) / name

    @cached_property
    def trajectory(self) -> Trajectory:
        """The simulated run, from where it stands."""
        return Trajectory.load(self._stored("trajectory.npz"))

    @cached_property
    def spline(self) -> SplineTrajectory:
        """Its spline form, from where it stands."""
        return SplineTrajectory.load(self._stored("spline.npz"))

    @cached_property
    def quantities(self) -> dict[str, np.ndarray]:
        """Its quantities, from where they stand."""
        return load_quantities(self._stored("spline.npz"))

    def _simulate(self, place: Path) -> None:
        self.trajectory = simulate(self.config, self.data)
        self.trajectory.save(place / "trajectory.npz")
        log.info("simulate: %s", self.trajectory.outcome)

    def _project(self, place: Path) -> None:
        self.spline = project(self.trajectory)
        self.quantities = compute_quantities(self.config, self.trajectory, self.spline)
        self.spline.save(place / "spline.npz", self.quantities)


@contextmanager
def plain_faults(folder: Path, place: Path) -> Iterator[None]:
    """Name the run's folder, not the staging folder, in errors; turn what a disk can do into one of ours."""
    try:
        yield
    except EncodingError as error:
        raise EncodingError(str(error).replace(str(place.absolute()), str(folder))) from None
    except OSError as error:
        if error.errno not in DISK_FAULTS:
            raise
        raise EncodingError(f"{folder}: {error.strerror}; make room, or choose another hydra.run.dir") from None


def make_folder(folder: Path) -> None:
    """The folder, if it is not there; InputError where it cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        message = f"hydra.run.dir = {folder}: {error.strerror}; give a folder that can be written"
        raise InputError(message) from None
