"""Finished runs of all kinds as folders, for the tests of the interactive page."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from pipeline import Data, Trajectory, project
from pipeline.embed.explore import write_page
from pipeline.model.data import Axis
from pipeline.run.drawing import timeline_of
from pipeline.run.finished import read_finished
from pipeline.simulate.resample import resampled
from tests.browser import drawn
from tests.conftest import composed
from tests.waiting import until

RESTS = 300  # milliseconds after a drawing, of link.js: then a page writes its address


def finished(folder: Path, data: Data, trajectory: Trajectory, *overrides: str) -> Path:
    """A run's folder as the pipeline would leave it, without the video."""
    folder.mkdir()
    trajectory.save(folder / "trajectory.npz")
    project(trajectory).save(folder / "spline.npz")
    config = composed("dynamics.end_time=10", "timing.first_time=0.001", f"data.title='{data.name}'", *overrides)
    manifest = {
        "command": "python -m pipeline data=<b>mine</b>",
        "version": "0.0",
        "libraries": {},
        "config": asdict(config),
        "outcome": "converged",
        "frames": len(trajectory.t),
        "moments": len(trajectory.t),
        "axes": {"x": asdict(data.x_axis), "y": asdict(data.y_axis)},
        "stages": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def wandering(neurons: int, frames: int = 360, seed: int = 0) -> tuple[Data, Trajectory]:
    """Neurons that wander at random from frame to frame: harder to pack than any flow."""
    rng = np.random.default_rng(seed)
    w, b, v = 1 + np.cumsum(0.02 * rng.normal(size=(3, frames, neurons)), axis=1) + rng.normal(size=(3, 1, neurons))
    x = np.linspace(-1, 1, 30)
    data = Data(x, np.sin(3 * x), Axis("place"), Axis("height"), "a sine")
    t = np.concatenate([[0.0], np.geomspace(1e-3, 10, frames - 1)])
    held = np.where(rng.random((frames, neurons)) < 0.1, 3, -1)
    parts = {"c": np.zeros(frames), "loss": np.geomspace(10, 0.1, frames), "held": held, "x": data.x, "y": data.y}
    return data, Trajectory(t, w, b, v / neurons**0.5, **parts)


class Explored:
    """A run's folder and the page made of it."""

    def __init__(self, folder: Path):
        self.folder, self.html = folder, folder / "explore.html"
        write_page(folder, self.html)
        run = read_finished(folder)
        take = run.takes[0]
        times = timeline_of(run.config, [take]).times  # of the clip's frames, which the page shows
        self.trajectory = resampled(take.trajectory, times)
        self.spline = project(self.trajectory)
        self.times = self.spline.t.tolist()
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.x_axis, self.y_axis = (Axis(**self.manifest["axes"][name]) for name in "xy")

    def open(self, page, hash: str = "") -> None:
        """Load the page and wait until it is drawn."""
        page.goto("about:blank")
        page.goto(self.html.as_uri() + hash)
        until(lambda: page.evaluate("window.explore?.drawings > 0"))
        drawn(page)

    def facts(self, page) -> dict:
        """What the page knows beside its numbers."""
        return json.loads(page.locator("#facts").text_content())
