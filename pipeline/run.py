"""One job: simulate, project, render, in order, doing only what is not already there.

Every stage has a content key made of its part of the config, the key of its input and the version of its code.
A stage is up to date where the manifest of a finished run holds the same key and its files are intact.
"""

import errno
import json
import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import __version__
from pipeline.artifact import code_version, content_key, file_hash, intact, library_versions, read_manifest
from pipeline.check import check
from pipeline.config import Config
from pipeline.errors import EncodingError, InputError
from pipeline.model.data import Data
from pipeline.model.sources import load_data
from pipeline.projection.spline import SplineTrajectory, load_quantities, project
from pipeline.render.encoders import FORMATS, LONGEST_COMMENT, output_size
from pipeline.simulate.trajectory import Trajectory
from pipeline.stages import asked_quantities, compute_quantities, draw, rehearse, simulate
from pipeline.workplace import held, publish, staging

log = logging.getLogger(__name__)

DISK_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES}


@dataclass(frozen=True)
class Result:
    """What a run left: the video, the manifest, and which stages it did now."""

    video: Path
    manifest: dict[str, Any]
    done: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A step from files to files: `make` writes `files` into the folder it is given."""

    name: str
    key: str
    files: tuple[str, ...]
    make: Callable[[Path], None]


def run(config: Config, folder: Path | str, command: str = "", started: float | None = None) -> Result:
    """Make, or bring up to date, everything that `config` describes in `folder`.

    command: the command line that asked for it, kept in the manifest and the video.
    started: time.perf_counter() from which the time that is reported counts; now by default.
    Raises InputError, SimulationError or EncodingError; the folder's earlier results then stand untouched.
    """
    started = time.perf_counter() if started is None else started
    check(config)
    job = Job(config, load_data(config.data), Path(folder), command)
    if job.todo(read_manifest(job.folder)):
        rehearse(config, job.data)
        make_folder(job.folder)
    with held(job.folder):
        manifest = read_manifest(job.folder)
        todo = job.todo(manifest)  # again: another run may just have left this one nothing to do
        if todo:
            manifest = job.make(todo, manifest)
        result = Result(job.folder / job.video_name, manifest, tuple(stage.name for stage in todo))
        log.info("%s", report(result, time.perf_counter() - started))
    return result


def report(result: Result, seconds: float) -> str:
    """One line: what was made, how large and long it is, and how long that took."""
    video, manifest = result.video, result.manifest
    files = [video] if video.is_file() else list(video.iterdir())
    size = sum(file.stat().st_size for file in files) / 1e6
    facts = (
        f"{video}: {manifest['width']}x{manifest['height']}, {manifest['seconds']:g} s, "
        f"{manifest['frames']} frames, {size:.1f} MB"
    )
    if not result.done:
        return f"{facts}; up to date, nothing to do ({seconds:.1f} s)"
    return f"{facts}; {', '.join(result.done)} in {seconds:.1f} s"


@dataclass
class Job:
    """A config bound to its data and folder: knows its stages, their keys, and how to make them."""

    config: Config
    data: Data
    folder: Path
    command: str

    @property
    def video_name(self) -> str:
        """Name of the video in the folder."""
        suffix = FORMATS[self.config.video.format].suffix
        return f"video{suffix}" if suffix else "frames"

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """simulate, project, render: each key holds the one before."""
        config, data = self.config, self.data
        simulate = content_key(
            data.x.tobytes(),
            data.y.tobytes(),
            [asdict(config.init), asdict(config.dynamics), asdict(config.timing), config.video.fps],
            code_version(
                "model", "simulate", "projection/spline.py", "projection/arclength.py", "render/timing.py", "stages.py"
            ),
            library_versions("numpy", "scipy", "numba"),
        )
        projected = content_key(simulate, *self._projected())
        drawn = [asdict(part) for part in (config.scene, config.theme, config.video, data.x_axis, data.y_axis)]
        render = content_key(
            projected,
            [*drawn, data.name],
            code_version("render", "projection/spline.py", "stages.py"),
            library_versions("numpy", "matplotlib", "imageio-ffmpeg"),
        )
        return (
            Stage("simulate", simulate, ("trajectory.npz",), self._simulate),
            Stage("project", projected, ("spline.npz",), self._project),
            Stage("render", render, (self.video_name, "poster.png", "last.png"), self._render),
        )

    def _projected(self) -> list[Any]:
        """What the projection depends on beyond the simulation: code of quantities only where some are asked for."""
        names = asked_quantities(self.config)
        if not names:
            return [code_version("projection/spline.py")]
        code = code_version("model", "projection", "stages.py"), library_versions("numpy", "scipy")
        return [*code, names, asdict(self.config.projection)]

    def todo(self, manifest: dict[str, Any]) -> tuple[Stage, ...]:
        """The stages whose results are missing, damaged or made from something else, by the folder's manifest."""
        if self.config.force:
            return self.stages
        known = manifest.get("stages", {})
        return tuple(stage for stage in self.stages if not self._is_done(stage, known.get(stage.name, {})))

    def _is_done(self, stage: Stage, record: dict[str, Any]) -> bool:
        files = record.get("files", {})
        return record.get("key") == stage.key and set(files) == set(stage.files) and intact(self.folder, files)

    def make(self, todo: tuple[Stage, ...], earlier: dict[str, Any]) -> dict[str, Any]:
        """Make stages in a staging folder, then put their files and the manifest in place together; the manifest.

        earlier: the folder's manifest, which has the records of the other stages.
        """
        with staging(self.folder) as place, plain_faults(self.folder, place):
            self._places = {name: self.folder for stage in self.stages for name in stage.files}
            records = {stage.name: earlier["stages"][stage.name] for stage in self.stages if stage not in todo}
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

    def _manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        video, frames = self.config.video, len(self.trajectory.t)
        width, height = output_size(video, FORMATS[video.format])
        return {
            **self._provenance(),
            "outcome": self.trajectory.outcome,
            "final_loss": float(self.trajectory.loss[-1]),
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

    @cached_property
    def trajectory(self) -> Trajectory:
        """The simulated run, from where it stands."""
        return Trajectory.load(self._places["trajectory.npz"] / "trajectory.npz")

    @cached_property
    def spline(self) -> SplineTrajectory:
        """Its spline form, from where it stands."""
        return SplineTrajectory.load(self._places["spline.npz"] / "spline.npz")

    @cached_property
    def quantities(self) -> dict[str, np.ndarray]:
        """Its quantities, from where they stand."""
        return load_quantities(self._places["spline.npz"] / "spline.npz")

    def _simulate(self, place: Path) -> None:
        self.trajectory = simulate(self.config, self.data)
        self.trajectory.save(place / "trajectory.npz")
        log.info("simulate: %s", self.trajectory.outcome)

    def _project(self, place: Path) -> None:
        self.spline = project(self.trajectory)
        self.quantities = compute_quantities(self.config, self.trajectory, self.spline)
        self.spline.save(place / "spline.npz", self.quantities)

    def _render(self, place: Path) -> None:
        video, comment = place / self.video_name, self._comment()
        draw(self.config, self.data, self.trajectory, self.spline, self.quantities, video, comment)


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
