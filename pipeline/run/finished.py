"""A finished run as its folder has it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile
from zlib import error as ZlibError

from pipeline.config.schema.config import Config, config_from
from pipeline.errors import InputError
from pipeline.model.data import Axis, Data
from pipeline.projection.spline import SplineTrajectory, load_quantities
from pipeline.render.film.film import Film
from pipeline.run.asked import VIDEO
from pipeline.run.drawing import make_film
from pipeline.run.take import Take
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.manifest import MANIFEST, read_manifest

T = TypeVar("T")


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
        return [make_film(self.config, take) for take in self.takes]

    @property
    def provenance(self) -> dict[str, Any]:
        """What it takes to make the run again, as files of it hold it."""
        return {key: self.manifest[key] for key in ("command", "version", "libraries", "config")}

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Hashes of the video, its first and its last frame, by name. Raises InputError where they are not there."""
        files: dict[str, str] = self.manifest.get("stages", {}).get("render", {}).get("files", {})
        if set(files) != set(VIDEO):
            there = ", ".join(files) or "numbers only"
            raise InputError(f"{self.folder}: holds {there}; slides take the whole video as mp4: make it there first")
        return files


def read_finished(folder: Path) -> Finished:
    """The finished run, or comparison of runs, in a folder. Raises InputError where there is none."""
    manifest = finished_manifest(folder)
    config = config_from(manifest["config"])
    if "runs" not in manifest:
        return Finished(folder, config, manifest, [read_take(folder)])
    takes = [read_take(folder / run["folder"], label) for label, run in manifest["runs"].items()]
    return Finished(folder, config, manifest, takes)


def read_take(folder: Path, label: str = "") -> Take:
    """The single run in a folder, under a label. Raises InputError where it is missing or damaged."""
    manifest = finished_manifest(folder)
    if "axes" not in manifest:
        raise InputError(f"{folder / MANIFEST}: has no axes; make the run again with force=true")
    config = config_from(manifest["config"])
    trajectory = loaded(Trajectory.load, folder / "trajectory.npz")
    spline = loaded(SplineTrajectory.load, folder / "spline.npz")
    x_axis, y_axis = (Axis(**manifest["axes"][name]) for name in "xy")
    data = Data(trajectory.x, trajectory.y, x_axis, y_axis, config.data.title)
    return Take(config, data, trajectory, spline, loaded(load_quantities, folder / "spline.npz"), label)


def finished_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished run. Raises InputError where there is none."""
    manifest = read_manifest(folder)
    if "config" not in manifest:
        raise InputError(f"{folder}: no {MANIFEST} of a finished run; make one with `python -m pipeline name=NAME`")
    return manifest


def loaded(load: Callable[[Path], T], path: Path) -> T:
    """What a function loads from a file of a run. Raises InputError where that is missing or damaged."""
    try:
        return load(path)
    except FileNotFoundError:
        raise InputError(f"{path}: is missing; make the run again") from None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, ZlibError) as error:
        message = f"cannot be read ({error}); remove it and give the command that made it again"
        raise InputError(f"{path}: {message}") from None
