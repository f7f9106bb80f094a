"""What a call in Python shows: trajectories that are there, with the config that its keywords ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipeline.config import plugins
from pipeline.config.keywords import Overrides, config_of, overrides
from pipeline.config.language import counting
from pipeline.config.schema.config import Config
from pipeline.config.schema.data import DataConfig
from pipeline.config.schema.init import InitConfig
from pipeline.config.sentences import OF_DATA, OF_OTHERS
from pipeline.console import progress
from pipeline.errors import InputError
from pipeline.model.arguments import check_is
from pipeline.model.data import Data
from pipeline.model.sources import load_data
from pipeline.projection.spline import project
from pipeline.run.asked import asked_quantities
from pipeline.run.check import check
from pipeline.run.computing import compute_quantities
from pipeline.run.drawing import check_lettering
from pipeline.run.side_by_side import MOST
from pipeline.run.take import Take
from pipeline.simulate.trajectory import Trajectory

Runs = Trajectory | Mapping[str, Trajectory]

# Groups and keys that say how a run is shown; the others say how one is made.
SHOWN = (
    "projection",
    "timing",
    "scene",
    "theme",
    "language",
    "video",
    "frames",
    "plugins",
    "embed.alt",
    "dynamics.time_label",
)
# Where nothing else is asked for: of every run, of several.
ANY, SEVERAL = Overrides({}, {"data.title": "the data"}), Overrides({"scene": "compare"}, {})


@dataclass(frozen=True)
class Showing:
    """A config, checked, and the finished runs that it shows."""

    config: Config
    takes: list[Take]


def showing(runs: Runs, keywords: Mapping[str, Any], usual: Overrides | None = None) -> Showing:
    """Runs, one or several by label, as keywords ask to have them shown; usual: where these say nothing.

    Raises InputError, by key, for what makes no config, and for runs that it cannot be made of.
    """
    labelled = _labelled(runs)
    data = keywords["data"] if isinstance(keywords.get("data"), Data) else None
    asked = overrides({name: value for name, value in keywords.items() if name != "data" or data is None})
    _check_keys(asked)
    for others in (usual, SEVERAL if len(labelled) > 1 else None, ANY):
        asked = asked.over(others) if others else asked
    config = config_of(asked)
    config.scene.times = None  # a scene of strips shows one picture at a time
    if config.dynamics.time_label:
        config.language = counting(config.language, config.dynamics.time_label)
    plugins.load(config.plugins)
    end = max(float(run.t[-1]) for run in labelled.values())
    pairs = {label: _of_run(config, label, run, data, end) for label, run in labelled.items()}
    for each, _ in pairs.values():
        check(each)
    check_lettering(config, pairs)
    takes = [_take(*pairs[label], run, label) for label, run in labelled.items()]
    return Showing(takes[0].config, takes)


def _labelled(runs: Runs) -> dict[str, Trajectory]:
    """The runs by label, checked; a single one has none."""
    several = dict(runs) if isinstance(runs, Mapping) else {"": runs}
    for label, run in several.items():
        name = f"trajectory[{label!r}]" if label else "trajectory"
        check_is(name, run, Trajectory, "the Trajectory of a run, such as gradient_flow gives, or several by label")
        check_is("label", label, str, "a text")
        if not run.t[-1] > run.t[0]:
            raise InputError(f"`{name}`: begins and ends at t = {run.t[-1]:g}; give one of two moments at least")
    if isinstance(runs, Mapping) and not 2 <= len(runs) <= MOST:
        raise InputError(f"compare: {len(runs)} runs; give 2 to {MOST}")
    return several


def _check_keys(asked: Overrides) -> None:
    """Raise InputError for a key, or a choice of a group, that says how a run is made."""
    if "scene.times" in asked.values:
        raise InputError("scene.times: makes a strip of pictures; leave it out, and take `still` at each time")
    words = {f"data.{key}" for key in OF_DATA}
    for key in (*asked.choices, *asked.values):
        if key not in words and key not in SHOWN and key.partition(".")[0] not in SHOWN:
            told = f"data takes {', '.join(OF_DATA)}" if key.partition(".")[0] == "data" else "leave it out"
            raise InputError(f"{key}: says how a run is made, and this one is there; {told}")


def _of_run(config: Config, label: str, run: Trajectory, data: Data | None, end: float) -> tuple[Config, Data]:
    """The config that describes one run as far as it is known, and what it learnt; end: when the last of all ends."""
    if data is not None and not (np.array_equal(data.x, run.x) and np.array_equal(data.y, run.y)):
        of = f" {label}" if label else ""
        raise InputError(f"`data`: has other samples than the run{of}; give the Data that it learnt")
    words = {key: getattr(config.data, key) for key in OF_DATA} if data is None else _words_of(data)
    title = config.scene.title if run.inactive == 0 else OF_OTHERS.get(config.scene.title, config.scene.title)
    own = replace(
        config,
        scene=replace(config.scene, title=title),
        data=DataConfig(kind="points", x=run.x.tolist(), y=run.y.tolist(), **words),
        init=InitConfig(width=run.w.shape[1]),
        dynamics=replace(config.dynamics, kind="recorded", end_time=end),
    )
    return own, data or load_data(own.data)


def _words_of(data: Data) -> dict[str, str]:
    axes = {"x": data.x_axis, "y": data.y_axis}
    labels = {f"{name}_{key}": getattr(axis, key) for name, axis in axes.items() for key in ("label", "unit")}
    return {"title": data.name, **labels}


def _take(config: Config, data: Data, run: Trajectory, label: str) -> Take:
    spline = project(run)
    quantities = compute_quantities(asked_quantities(config), config, run, spline, progress.track)
    return Take(config, data, run, spline, quantities, label)
