"""One job: simulate, project, render, in order, doing only what is not already there.

Every stage has a content key made of its part of the config, the key of its input and the version of its code.
A stage is up to date where the manifest of a finished run holds the same key and its files are intact.
"""

import errno
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline import __version__, progress
from pipeline.artifact import (
    code_version,
    content_key,
    file_hash,
    intact,
    library_versions,
    publish,
    read_manifest,
    staging,
    sweep,
)
from pipeline.check import OWN_KEYS, check
from pipeline.config import Config, DynamicsConfig
from pipeline.errors import EncodingError, InputError
from pipeline.model.data import Data
from pipeline.model.sources import load_data
from pipeline.projection.spline import SplineTrajectory, project
from pipeline.render.encoders import FORMATS, LONGEST_COMMENT, output_size
from pipeline.simulate.trajectory import Trajectory

log = logging.getLogger(__name__)

INIT_NAMES = {
    "he": "He",
    "glorot": "Glorot",
    "lecun": "LeCun",
    "pytorch": "PyTorch",
    "ntk": "NTK",
    "mean_field": "mean-field",
}
DYNAMICS_NAMES = {"gradient_flow": "gradient flow", "gradient_descent": "gradient descent", "adam": "Adam"}
DISK_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES}
# The timing of the pilot run that measures how fast the function changes, for timing=arclength.
PILOT = {"kind": "log", "seconds": 2000.0, "fps": 1, "hold_start": 0.0, "hold_end": 0.0}


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


def run(config: Config, folder: Path | str, command: str = "") -> Result:
    """Make, or bring up to date, everything that `config` describes in `folder`.

    command: the command line that asked for it, kept in the manifest and the video.
    Raises InputError, SimulationError or EncodingError; the folder's earlier results then stand untouched.
    """
    started = time.perf_counter()
    check(config)
    job = Job(config, load_data(config.data), Path(folder), command)
    todo = job.todo()
    sweep(job.folder)
    if todo:
        job.make(todo)
    result = Result(job.folder / job.video_name, read_manifest(job.folder), tuple(stage.name for stage in todo))
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
            code_version("model", "simulate", "projection", "render/timing.py", "run.py"),
            library_versions("numpy", "scipy", "numba"),
        )
        projected = content_key(simulate, code_version("projection"))
        drawn = [asdict(part) for part in (config.scene, config.theme, config.video, data.x_axis, data.y_axis)]
        render = content_key(
            projected,
            [*drawn, data.name],
            code_version("render", "projection", "run.py"),
            library_versions("numpy", "matplotlib", "imageio-ffmpeg"),
        )
        return (
            Stage("simulate", simulate, ("trajectory.npz",), self._simulate),
            Stage("project", projected, ("spline.npz",), self._project),
            Stage("render", render, (self.video_name, "poster.png", "last.png"), self._render),
        )

    def todo(self) -> tuple[Stage, ...]:
        """The stages whose results are missing, damaged or made from something else."""
        if self.config.force:
            return self.stages
        known = read_manifest(self.folder).get("stages", {})
        return tuple(stage for stage in self.stages if not self._is_done(stage, known.get(stage.name, {})))

    def _is_done(self, stage: Stage, record: dict[str, Any]) -> bool:
        files = record.get("files", {})
        return record.get("key") == stage.key and set(files) == set(stage.files) and intact(self.folder, files)

    def make(self, todo: tuple[Stage, ...]) -> None:
        """Make stages in a staging folder, then put their files and the manifest in place together."""
        _make_folder(self.folder)
        with staging(self.folder) as place, plain_faults(self.folder, place):
            self._places = {name: self.folder for stage in self.stages for name in stage.files}
            records = dict(read_manifest(self.folder).get("stages", {}))
            for stage in todo:
                started = time.perf_counter()
                stage.make(place)
                self._places |= dict.fromkeys(stage.files, place)
                hashes = {name: file_hash(place / name) for name in stage.files}
                seconds = round(time.perf_counter() - started, 3)
                records[stage.name] = {"key": stage.key, "seconds": seconds, "files": hashes}
            publish(place, self.folder, self._manifest(records))

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

    def _simulate(self, place: Path) -> None:
        self.trajectory = simulate(self.config, self.data)
        self.trajectory.save(place / "trajectory.npz")
        log.info("simulate: %s", self.trajectory.outcome)

    def _project(self, place: Path) -> None:
        self.spline = project(self.trajectory)
        self.spline.save(place / "spline.npz")

    def _render(self, place: Path) -> None:
        from pipeline.render.scene import Scene
        from pipeline.render.video import VideoSink, write_png

        config = self.config
        comment = self._comment()
        scene = Scene(
            self.data,
            self.trajectory,
            self.spline,
            config.scene,
            config.theme,
            width=config.video.width,
            height=config.video.height,
            fps=config.video.fps,
            timing=config.timing.kind,
            first_time=config.timing.first_time,
            facts=facts(config),
        )
        last = len(self.trajectory.t) - 1
        with (
            progress.stage("render", last + 1, "frame") as update,
            VideoSink(place / self.video_name, config.video, comment=comment) as sink,
        ):
            for index, frame in enumerate(scene.frames()):
                sink.write(frame)
                if index == 0:
                    write_png(place / "poster.png", frame, comment)
                if index == last:
                    write_png(place / "last.png", frame, comment)
                update(index + 1)


def facts(config: Config) -> dict[str, Any]:
    """What a scene's title may name."""
    return {
        "init": INIT_NAMES.get(config.init.scaling, config.init.scaling),
        "scale": config.init.scale,
        "seed": config.init.seed,
        "dynamics": DYNAMICS_NAMES[config.dynamics.kind],
    }


def simulate(config: Config, data: Data) -> Trajectory:
    """The run that `config` describes on `data`, sampled at the times of the video's frames."""
    from pipeline.model.initialization import initialize

    network = initialize(**asdict(config.init))
    solve, options = solver(config.dynamics)
    with progress.stage("simulate", config.dynamics.end_time, "t") as update:

        def course(times):
            return solve(network, data, times, progress=update, **options)

        return course(frame_times(config, course))


def solver(dynamics: DynamicsConfig) -> tuple[Callable[..., Trajectory], dict[str, Any]]:
    """The function that simulates a kind of dynamics, and the options it takes from the config."""
    from pipeline.simulate.descent import gradient_descent
    from pipeline.simulate.gradient_flow import gradient_flow

    keys = {"train", "output_bias", "weight_decay", *OWN_KEYS["dynamics"][dynamics.kind]}
    options = {key: getattr(dynamics, key) for key in keys}
    if dynamics.kind == "adam":
        options["adam"] = True
    return gradient_flow if dynamics.kind == "gradient_flow" else gradient_descent, options


def frame_times(config: Config, course: Callable[[Any], Trajectory]) -> Any:
    """Training time of every video frame, (F,); timing=arclength asks `course` for a pilot run first."""
    from pipeline.projection.arclength import cumulative_arclength
    from pipeline.render import timing

    settings = asdict(config.timing) | {"end_time": config.dynamics.end_time, "fps": config.video.fps}
    if config.timing.kind == "arclength":
        pilot = course(timing.frame_times(**settings | PILOT))
        settings["arclength"] = pilot.t, cumulative_arclength(project(pilot), pilot.x[0], pilot.x[-1])
    return timing.frame_times(**settings)


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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-test-{time.time_ns()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        message = f"hydra.run.dir = {folder}: {error.strerror}; give a folder that can be written"
        raise InputError(message) from None
