"""The job of one run: simulate, project, render."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config import plugins
from pipeline.config.schema.config import Config
from pipeline.console import progress
from pipeline.model.data import Data
from pipeline.projection.spline import SplineTrajectory, load_quantities, project
from pipeline.run.asked import KNOWN, asked_quantities
from pipeline.run.job import Job
from pipeline.run.subject import Subject
from pipeline.run.take import Take
from pipeline.simulate.recorded.record import Record
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.keys import content_key, made_by
from pipeline.store.stage import Stage

log = logging.getLogger(__name__)


@dataclass
class SingleRun(Job):
    """The job of one run: simulate, project and, unless config.render is false, render.

    record: what is shown instead of a simulation; files: SHA-256 of those that the weights come from, by path.
    """

    data: Data
    record: Record | None = None
    files: Mapping[str, str] = field(default_factory=dict)

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
        added = plugins.version(config.plugins, ("data", "init", "dynamics"))
        code = made_by("pipeline.run.simulating"), added
        groups = asdict(config.init), asdict(config.dynamics)
        return [data.x.tobytes(), data.y.tobytes(), [*groups, dict(self.files)], *code]

    @cached_property
    def _names(self) -> list[str]:
        """Of the quantities that it is asked for."""
        return asked_quantities(self.config)

    def _projected(self) -> list[Any]:
        """What the projection depends on beyond the simulation: code of quantities only where some are asked for."""
        names = self._names
        if not names:
            return [made_by("pipeline.projection.spline")]
        added = plugins.version(self.config.plugins)
        parts = [made_by("pipeline.run.computing"), names, asdict(self.config.projection), added]
        if KNOWN.isdisjoint(names):
            return parts
        test = self.data.test
        return [*parts, asdict(self.config.data), *([test.x.tobytes(), test.y.tobytes()] if test else [])]

    def subjects(self) -> dict[str, tuple[Config, Data]]:
        """This run alone."""
        return {"": (self.config, self.data)}

    def takes(self) -> list[Take]:
        """This run alone."""
        return [self.take("")]

    def take(self, label: str) -> Take:
        """The finished run under a label."""
        return Take(self.config, self.data, self.trajectory, self.spline, self.quantities, label)

    def inputs(self) -> Iterable[tuple[str, str]]:
        """The file of its data and those of its record."""
        path = self.config.data.path
        return [*([(path, self.data.digest)] if path else []), *self.files.items()]

    def results(self) -> dict[str, Any]:
        """How it ended, when it passed a fork, and the way from the numbers that are stored to the user's units."""
        run = self.trajectory
        axes = {"x": asdict(self.data.x_axis), "y": asdict(self.data.y_axis)}
        return {
            "outcome": run.outcome,
            "forks": run.forks.tolist(),
            "final_loss": float(run.loss[-1]),
            "moments": len(run.t),
            "axes": axes,
            **({"record": {"records": len(self.record), "files": dict(self.files)}} if self.record else {}),
        }

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
        from pipeline.run.simulating import simulate

        self.trajectory = simulate(self.config, self.data, progress.track, self.record)
        self.trajectory.save(place / "trajectory.npz")
        log.info("simulate: %s", self.trajectory.outcome)

    def _project(self, place: Path) -> None:
        self.spline = project(self.trajectory)
        self.quantities = self._compute() if self._names else {}
        self.spline.save(place / "spline.npz", self.quantities)

    def _compute(self) -> dict[str, np.ndarray]:
        from pipeline.run.computing import compute_quantities  # slow to import, and many scenes ask for none

        run = self.config, self.trajectory, self.spline
        return compute_quantities(self._names, *run, progress.track)


def single_run(subject: Subject, folder: Path, command: str) -> SingleRun:
    """The job of a subject."""
    return SingleRun(subject.config, folder, command, subject.data, subject.record, subject.files)
