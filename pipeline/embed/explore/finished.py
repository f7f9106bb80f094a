"""A finished run's folder, read back: its config, and its film in the user's units."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pipeline.artifact import MANIFEST, read_manifest
from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.model.data import Axis, Data
from pipeline.projection.quantities import compute
from pipeline.projection.spline import SplineTrajectory
from pipeline.simulate.trajectory import Trajectory
from pipeline.stages import Take

STORED = (Trajectory, "trajectory.npz"), (SplineTrajectory, "spline.npz")
SHOWN = "sorted_breakpoint", "piece_slope"  # quantities that the page's limits follow


def load_take(folder: Path) -> tuple[Take, dict[str, Any]]:
    """The finished run in a folder, and its manifest. Raises InputError where there is none."""
    manifest = read_manifest(folder)
    if not manifest:
        raise InputError(f"{folder}: no {MANIFEST} of a finished run; make one with `python -m pipeline name=…`")
    if "runs" in manifest:
        several = ", ".join(str(folder / run["folder"]) for run in manifest["runs"].values())
        raise InputError(f"{folder}: a comparison of several runs; give one of {several}")
    if "axes" not in manifest:
        raise InputError(f"{folder / MANIFEST}: has no axes; make the run again with force=true")
    config = restored(Config, manifest["config"])
    trajectory, spline = (_loaded(kind, folder / name) for kind, name in STORED)
    axes = [Axis(**manifest["axes"][name]) for name in "xy"]
    data = Data(trajectory.x, trajectory.y, *axes, config.data.title)
    return Take(config, data, trajectory, spline, compute(SHOWN, trajectory, spline)), manifest


def _loaded(kind: type, path: Path):
    try:
        return kind.load(path)
    except FileNotFoundError:
        raise InputError(f"{path}: is missing; make the run again") from None
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise InputError(f"{path}: cannot be read ({error}); make the run again with force=true") from None


def restored(kind: type, stored: dict[str, Any]):
    """A config dataclass from its JSON: keys that an earlier version had are left out, those it lacked get defaults."""
    parts = {field.name: (field.type, stored[field.name]) for field in fields(kind) if field.name in stored}
    return kind(**{name: restored(t, value) if is_dataclass(t) else value for name, (t, value) in parts.items()})
