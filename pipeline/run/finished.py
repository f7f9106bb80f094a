"""A finished run as its folder has it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.config import plugins
from pipeline.config.check import check_values
from pipeline.config.schema.config import Config, config_from
from pipeline.errors import InputError
from pipeline.model.data import Axis, Data
from pipeline.projection.spline import SplineTrajectory, load_quantities
from pipeline.render.film.cues import Cue, cues_of
from pipeline.render.film.film import Film
from pipeline.run.asked import SUBTITLES, VIDEO
from pipeline.run.drawing import make_films
from pipeline.run.take import Take
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.manifest import MANIFEST, read_manifest

# What is read of a manifest here and of one with a video, and of what types it is.
FACTS = {
    "command": str,
    "version": str,
    "libraries": dict,
    "config": dict,
    "stages": dict,
    "frames": int,
    "moments": int,
}
OF_VIDEOS = {"width": int, "height": int, "fps": int, "seconds": (int, float)}


@dataclass(frozen=True)
class Finished:
    """A run's folder, config and manifest; takes: what its scene shows."""

    folder: Path
    config: Config
    manifest: Mapping[str, Any]
    takes: Sequence[Take]

    @cached_property
    def films(self) -> list[Film]:
        """The takes in the user's units."""
        return make_films(self.config, self.takes)

    @property
    def provenance(self) -> dict[str, Any]:
        """What it takes to make the run again, as files of it hold it."""
        return {key: self.manifest[key] for key in ("command", "version", "libraries", "config")}

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """What the video says, and when. Raises InputError for a story that none of ours tells."""
        with _ours(self.folder):
            return cues_of(self.story)

    @property
    def story(self) -> Mapping[str, Any]:
        """The manifest's record of what the video tells; empty for runs that were made before there was one."""
        record: Mapping[str, Any] = self.manifest.get("story", {})
        return record

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Hashes of the video, its first and last frame, and subtitles if it has them, by name.

        Raises InputError where they are not there.
        """
        files: dict[str, str] = self.manifest.get("stages", {}).get("render", {}).get("files", {})
        if set(files) - {SUBTITLES} != set(VIDEO):
            there = ", ".join(files) or "numbers only"
            raise InputError(
                f"{self.folder}: holds {there}; slides and reels take the whole video as mp4: make it there first"
            )
        _demand(self.folder, self.manifest, OF_VIDEOS)
        return files


def read_finished(folder: Path) -> Finished:
    """The finished run, or comparison of runs, in a folder. Raises InputError where there is none."""
    manifest = finished_manifest(folder)
    config = _config(folder, manifest)
    if "runs" not in manifest:
        return Finished(folder, config, manifest, [read_take(folder)])
    with _ours(folder):
        folders = {label: folder / run["folder"] for label, run in manifest["runs"].items()}
    return Finished(folder, config, manifest, [read_take(place, label) for label, place in folders.items()])


def finished_config(folder: Path) -> Config:
    """The config of the finished run in a folder. Raises InputError where there is none."""
    return _config(folder, finished_manifest(folder))


def read_take(folder: Path, label: str = "") -> Take:
    """The single run in a folder, under a label. Raises InputError where it is missing or damaged."""
    manifest = finished_manifest(folder)
    if "axes" not in manifest:
        raise InputError(f"{folder / MANIFEST}: has no axes; make the run again with force=true")
    config = _config(folder, manifest)
    trajectory = Trajectory.load(folder / "trajectory.npz")
    spline = SplineTrajectory.load(folder / "spline.npz")
    with _ours(folder):
        x_axis, y_axis = (Axis(**manifest["axes"][name]) for name in "xy")
    data = Data(trajectory.x, trajectory.y, x_axis, y_axis, config.data.title)
    return Take(config, data, trajectory, spline, load_quantities(folder / "spline.npz"), label)


def finished_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished run. Raises InputError where there is none."""
    manifest = read_manifest(folder)
    if "config" not in manifest:
        raise InputError(f"{folder}: no {MANIFEST} of a finished run; make one with `python -m pipeline name=NAME`")
    _demand(folder, manifest, FACTS)
    for stage in manifest["stages"].values():
        _demand(folder, stage, {"key": str})
    with _ours(folder):
        for run in manifest.get("runs", {}).values():
            _demand(folder, run, {"folder": str})
    return manifest


def _demand(folder: Path, manifest: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """Raise InputError where a manifest does not have all facts, each of its type."""
    with _ours(folder):
        for name, kind in facts.items():
            if not isinstance(manifest[name], kind):
                raise TypeError(name)


def _config(folder: Path, manifest: Mapping[str, Any]) -> Config:
    """The config of a finished run, whose plugins are loaded, for it may name what they add.

    Raises InputError where it is none, or a plugin is gone.
    """
    with _ours(folder):
        config: Config = config_from(manifest["config"])
        plugins.load(config.plugins)
        check_values(config)
        return config


@contextmanager
def _ours(folder: Path) -> Iterator[None]:
    """Reading what a manifest of ours has: InputError where it is not there, or of another type."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError):
        remedy = "give the command that made it again, with force=true"
        raise InputError(f"{folder / MANIFEST}: is not the manifest of a finished run of ours; {remedy}") from None
