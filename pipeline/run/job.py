"""Jobs: the stages of a run, bound to a config and a folder."""

import json
import logging
import tempfile
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import __version__
from pipeline.config.schema.config import Config
from pipeline.console import progress
from pipeline.console.interrupts import postponed
from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.projection.spline import SplineTrajectory, load_quantities, project
from pipeline.render.encoding.check import LONGEST_COMMENT
from pipeline.render.encoding.formats import FORMATS
from pipeline.run.asked import asked_quantities
from pipeline.run.computing import compute_quantities
from pipeline.run.drawing import PREVIEW, STRIP, check_lettering, draw, draw_preview, draw_strip, frame_numbers
from pipeline.run.rehearsal import rehearse
from pipeline.run.simulating import simulate
from pipeline.run.take import Take
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.folder import remove_empty, withdraw
from pipeline.store.keys import content_key, library_versions, made_by
from pipeline.store.manifest import read_manifest
from pipeline.store.stage import Stage, StagedFolder

log = logging.getLogger(__name__)

SIMULATED = "data", "init", "dynamics", "compare"  # parts of the config that say which simulation it is
ASIDE = "preview", "strip", "part_*"  # folders inside a run's own for what must not take the whole video's place


@dataclass
class Job(StagedFolder):
    """A config bound to its folder: knows its stages, their keys, and how to make them.

    command: the command line that asked for it, kept in the manifest and the video.
    """

    kind = "run"

    config: Config
    folder: Path
    command: str

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
        todo = self.todo(read_manifest(self.folder))
        if not todo:
            return super().bring_up_to_date()
        if self.config.render:
            check_lettering(self.config, self.subjects())
            if self._computes(todo):
                rehearse(self.config, self.subjects())
        earlier = read_manifest(self.folder)
        with kept_if_filled(self.folder):
            result = super().bring_up_to_date()
        if self._replaces(earlier):
            self._tell_replaced(earlier)
        return result

    def _replaces(self, earlier: Mapping[str, Any]) -> bool:
        """Whether an earlier manifest of the folder is that of another simulation."""
        present = json.loads(json.dumps(asdict(self.config)))
        before = earlier.get("config", present)
        return any(before.get(group) != present[group] for group in SIMULATED)

    def _tell_replaced(self, earlier: Mapping[str, Any]) -> None:
        """Say what is gone and how to have it again; what had been made from it inside the folder goes too."""
        again = f"`{earlier['command']}` makes that one again; " if earlier.get("command") else ""
        log.info("%s: replaces another simulation; %sgive one of them another name=", self.folder, again)
        for place in sorted(place for pattern in ASIDE for place in self.folder.glob(pattern)):
            if self._replaces(read_manifest(place)):
                withdraw(place)
                log.info("%s: removed, as it was made from the simulation that is replaced", place)

    def _computes(self, todo: Sequence[Stage]) -> bool:
        """Whether there is work before the drawing, of which a scene without room should be told first."""
        return any(stage.name != "render" for stage in todo)

    @property
    def force(self) -> bool:
        """As the config says."""
        return self.config.force

    def wanted(self) -> tuple[Stage, ...]:
        """All stages, or those that draw nothing."""
        return tuple(stage for stage in self.stages if self.config.render or stage.name != "render")

    def _render_stage(self, before: str) -> Stage:
        """The last stage, which follows what has the key `before`."""
        config = self.config
        axes = [[asdict(data.x_axis), asdict(data.y_axis), data.name] for _, data in self.subjects().values()]
        key = content_key(
            before,
            [asdict(part) for part in (config.scene, config.theme, config.video, config.frames)],
            [axes, list(self.subjects()), config.preview],
            made_by("pipeline.run.drawing"),
        )
        return Stage("render", key, self._pictures(), self._render)

    def _pictures(self) -> tuple[str, ...]:
        """Names of what the last stage makes."""
        if self.config.scene.times:
            return STRIP
        return PREVIEW if self.config.preview else (self.video_name, "poster.png", "last.png")

    def _render(self, place: Path) -> None:
        if self.config.scene.times:
            draw_strip(self.config, self.takes()[0], place, self._comment())
        elif self.config.preview:
            draw_preview(self.config, self.takes(), place, self._comment())
        else:
            draw(self.config, self.takes(), place / self.video_name, progress.track, self._comment())

    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """Provenance, results and format of what was made."""
        video, results = self.config.video, self.results()
        frames = len(frame_numbers(self.config, results["frames"]))
        width, height = FORMATS[video.format].output_size(video.width, video.height)
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
        return as_comment(self._provenance())


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
        return [data.x.tobytes(), data.y.tobytes(), [*parts, config.video.fps], made_by("pipeline.run.simulating")]

    def _projected(self) -> list[Any]:
        """What the projection depends on beyond the simulation: code of quantities only where some are asked for."""
        names = asked_quantities(self.config)
        if not names:
            return [made_by("pipeline.projection.spline")]
        return [made_by("pipeline.run.computing"), names, asdict(self.config.projection)]

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
        """How it ended, and the way from the numbers that are stored to the user's units."""
        run = self.trajectory
        axes = {"x": asdict(self.data.x_axis), "y": asdict(self.data.y_axis)}
        return {"outcome": run.outcome, "final_loss": float(run.loss[-1]), "frames": len(run.t), "axes": axes}

    @cached_property
    def trajectory(self) -> Trajectory:
        """The simulated run, from where it stands."""
        return Trajectory.load(self.place_of("trajectory.npz"))

    @cached_property
    def spline(self) -> SplineTrajectory:
        """Its spline form, from where it stands."""
        return SplineTrajectory.load(self.place_of("spline.npz"))

    @cached_property
    def quantities(self) -> dict[str, np.ndarray]:
        """Its quantities, from where they stand."""
        return load_quantities(self.place_of("spline.npz"))

    def _simulate(self, place: Path) -> None:
        self.trajectory = simulate(self.config, self.data, progress.track)
        self.trajectory.save(place / "trajectory.npz")
        log.info("simulate: %s", self.trajectory.outcome)

    def _project(self, place: Path) -> None:
        self.spline = project(self.trajectory)
        names = asked_quantities(self.config)
        self.quantities = (
            compute_quantities(names, self.config, self.trajectory, self.spline, progress.track) if names else {}
        )
        self.spline.save(place / "spline.npz", self.quantities)


def as_comment(provenance: dict[str, Any]) -> str:
    """A provenance as JSON for a file's metadata, without long lists of points that would not fit there."""
    text = json.dumps(provenance, ensure_ascii=False)
    if len(text.encode()) <= LONGEST_COMMENT:
        return text
    config, elsewhere = provenance["config"], "see manifest.json"
    short = {**config, "data": {**config["data"], "x": elsewhere, "y": elsewhere}}
    return json.dumps({**provenance, "command": elsewhere, "config": short}, ensure_ascii=False)


def make_folder(folder: Path) -> None:
    """The folder, if it is not there; InputError where it cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        message = f"hydra.run.dir = {folder}: {error.strerror}; give a folder that can be written"
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
