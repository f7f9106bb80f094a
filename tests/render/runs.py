"""Small runs made by hand, with everything that is awkward to draw."""

import numpy as np

from pipeline import Axis, Data, Trajectory, project
from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.render.film.film import Film
from pipeline.render.film.telling import told
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.scene.scene import Scene
from pipeline.simulate.resample import resampled

FRAMES = 9


def awkward_run(neurons: int = 14, frames: int = FRAMES, seed: int = 0) -> tuple[Data, Trajectory]:
    """Breakpoints that drift, are held, coincide, lie far out or nowhere; holds at both ends; repeated samples."""
    rng = np.random.default_rng(seed)
    x, y = [-1, -0.5, -0.5, 0, 0.25, 1.0], [0, 1, 0.8, -0.5, 0.2, 2]
    data = Data(x, y, Axis("time", "ms", 5, 2), Axis("pull", "g", 1, 40), "it")
    t = np.concatenate([[0, 0], np.geomspace(0.01, 9, frames - 4), [10, 10]])
    share = np.log1p(t / 0.01) / np.log1p(1000)
    w, b, v = (start + share[:, None] * change for start, change in rng.normal(size=(3, 2, neurons)))
    held = np.full(w.shape, -1)
    b[frames // 2 :, :4] = 0.5 * w[frames // 2 :, :4]  # four at x = −0.5
    held[frames // 2 :, :4] = 1
    w[:, 4] = 1e-3  # far out
    w[:, 5] = 0  # nowhere
    loss = 5 * np.exp(-3 * share) + 0.1
    return data, Trajectory(t, w, b, v, np.zeros(frames), loss, held, data.x, data.y)


def film_of(data, trajectory, scene=None, fps=10, timing="log", **more) -> Film:
    """A film of a run."""
    facts = {"init": "He", "scale": 1.0, "seed": 0, "dynamics": "gradient flow"}
    change = trajectory.t, np.linspace(0.0, 1.0, len(trajectory.t))
    axis = TimeAxis(timing, float(trajectory.t[-1]), 1e-3, change)
    trail = round((scene or SceneConfig()).trail_seconds * fps)
    return Film(data, trajectory, project(trajectory), axis, trail, facts=facts, **more)


def scene_of(data, trajectory, width=480, height=270, theme=None, scene=None, **settings) -> Scene:
    """A scene of a run."""
    film = film_of(data, trajectory, scene, **settings)
    return Scene([film], scene or SceneConfig(), theme or ThemeConfig(), width, height)


def told_scene(
    data, trajectory, width=480, height=270, theme=None, scene=None, timing=None, fps=10, **options
) -> Scene:
    """A scene of a run with all that it tells, at a pace and with holds of its own; options: of Scene."""
    scene, timing = scene or SceneConfig(), timing or TimingConfig("log", 4.0, 0.2, 0.4)
    moments = film_of(data, trajectory, scene)
    timeline = told(scene, [moments], timing, fps, moments.time)
    film = film_of(data, resampled(trajectory, timeline.times), scene, fps, story=timeline.story)
    return Scene([film], scene, theme or ThemeConfig(), width, height, **options)
