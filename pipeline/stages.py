"""The stages as plain functions: from a config and data to a trajectory, and from that to a video."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import progress
from pipeline.check import FINAL_LOSS, OWN_KEYS
from pipeline.config import Config, DynamicsConfig, VideoConfig
from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.projection.spline import SplineTrajectory, project
from pipeline.render.cast import needed_quantities
from pipeline.render.tiles import Table
from pipeline.simulate.trajectory import Trajectory

INIT_NAMES = {
    "he": "He",
    "glorot": "Glorot",
    "lecun": "LeCun",
    "pytorch": "PyTorch",
    "ntk": "NTK",
    "mean_field": "mean-field",
}
DYNAMICS_NAMES = {"gradient_flow": "gradient flow", "gradient_descent": "gradient descent", "adam": "Adam"}
# Between which shares of the end time the first time may lie if it is not configured: more than eight decades of
# time would be mostly standstill, less than one and a half are linear time.
FIRST_SHARES = 1e-8, 0.03
PREVIEW = "first.png", "middle.png", "last.png"
STRIP = "strip.pdf", "strip.svg", "strip.png"
# The timing of the pilot run that measures how fast the function changes, for timing=arclength.
PILOT = {"kind": "log", "seconds": 2000.0, "fps": 1, "hold_start": 0.0, "hold_end": 0.0}


@dataclass(frozen=True)
class Take:
    """A finished run: what it was made from, and what came of it; label: what tells it from those beside it."""

    config: Config
    data: Data
    trajectory: Trajectory
    spline: SplineTrajectory
    quantities: Mapping[str, np.ndarray]
    label: str = ""


def rehearse(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> None:
    """Try whether a scene can be drawn before its runs are finished: InputError, by key, where not.

    runs: by label, what the scene shows. It is built, though not drawn, for networks that learn nothing.
    """
    with progress.told_to(lambda *_: None):
        takes = [resting_take(label, *run) for label, run in runs.items()]
        if config.scene.times:
            strip_scene(config, *takes)
        else:
            make_scene(config, takes)


def resting_take(label: str, config: Config, data: Data) -> Take:
    """A run that learns nothing, of the network that learns in the end."""
    from pipeline.model.initialization import initialize

    network = initialize(**asdict(config.init))
    trajectory = resting(network, data, config.dynamics.end_time)
    spline = project(trajectory)
    return Take(config, data, trajectory, spline, compute_quantities(config, trajectory, spline), label)


def check_first_step(config: Config, data: Data, network: Network) -> None:
    """InputError where gradient descent's own step, which no key gives, is longer than the run."""
    from pipeline.simulate.pace import safe_rate

    dynamics = config.dynamics
    if dynamics.kind == "gradient_descent" and dynamics.learning_rate is None:
        rate = safe_rate(network, data, dynamics.weight_decay, dynamics.train, dynamics.output_bias)
        if rate > dynamics.end_time:
            raise InputError(f"dynamics.end_time = {dynamics.end_time:g}: less than one step, which is {rate:.3g} here")


def words(config: Config, data: Data) -> dict[str, str]:
    """Every text of the user's that a scene shows, by its key."""
    axes = {"x": data.x_axis, "y": data.y_axis}
    labels = {f"data.{name}_{key}": getattr(axis, key) for name, axis in axes.items() for key in ("label", "unit")}
    scene = {f"scene.{key}": getattr(config.scene, key) for key in ("title", "subtitle")}
    captions = {f"scene.captions.{time:g}": words for time, words in config.scene.captions.items()}
    options = {name: given["text"] for name, given in config.scene.panels.items() if "text" in (given or {})}
    panels = {f"scene.panels.{name}.text": text for name, text in options.items()}
    return {"data.title": data.name, **labels, **scene, **captions, **panels}


def resting(network: Network, data: Data, end_time: float) -> Trajectory:
    """Two frames of a run that learns nothing, with a loss that falls by six decades."""
    w, b, v, c = (np.stack([part, part]) for part in (network.w, network.b, network.v, network.c))
    times, loss = np.array([0.0, end_time]), np.array([1.0, 1e-6])
    return Trajectory(times, w, b, v, c, loss, np.full(w.shape, -1), data.x, data.y)


def simulate(config: Config, data: Data) -> Trajectory:
    """The run that `config` describes on `data`, sampled at the times of the video's frames."""
    from pipeline.model.initialization import initialize

    network = initialize(**asdict(config.init))
    check_first_step(config, data, network)
    first = first_time(config, data, network)
    solve, options = solver(config.dynamics)

    def course(name: str, times: np.ndarray) -> Trajectory:
        with progress.stage(name, config.dynamics.end_time, "t") as update:
            return solve(network, data, times, progress=update, **options)

    return course("simulate", frame_times(config, first, partial(course, "pilot run")))


def solver(dynamics: DynamicsConfig) -> tuple[Callable[..., Trajectory], dict[str, Any]]:
    """The function that simulates a kind of dynamics, and the options it takes from the config."""
    from pipeline.simulate.descent import gradient_descent
    from pipeline.simulate.gradient_flow import gradient_flow

    keys = {"train", "output_bias", "weight_decay", *OWN_KEYS["dynamics"][dynamics.kind]}
    options = {key: getattr(dynamics, key) for key in keys}
    if dynamics.kind == "adam":
        options["adam"] = True
    return gradient_flow if dynamics.kind == "gradient_flow" else gradient_descent, options


def first_time(config: Config, data: Data, network: Network) -> float:
    """Training time at which logarithmic time begins: as configured, or the fastest time scale at the start."""
    from pipeline.simulate.pace import safe_rate

    if config.timing.first_time is not None:
        return config.timing.first_time
    dynamics = config.dynamics
    fastest = safe_rate(network, data, dynamics.weight_decay, dynamics.train, dynamics.output_bias)
    shortest, longest = (share * dynamics.end_time for share in FIRST_SHARES)
    return float(f"{min(max(fastest, dynamics.learning_rate or 0.0, shortest), longest):.0e}")


def frame_times(config: Config, first: float, course: Callable[[np.ndarray], Trajectory]) -> np.ndarray:
    """Training time of every video frame, (F,); timing=arclength asks `course` for a pilot run first."""
    from pipeline.projection.arclength import cumulative_arclength
    from pipeline.render import timing

    settings = asdict(config.timing) | {
        "end_time": config.dynamics.end_time,
        "fps": config.video.fps,
        "first_time": first,
    }
    if config.timing.kind == "arclength":
        pilot = course(timing.frame_times(**settings | PILOT))
        settings["arclength"] = pilot.t, cumulative_arclength(project(pilot), pilot.x[0], pilot.x[-1])
    return timing.frame_times(**settings)


def asked_quantities(config: Config) -> list[str]:
    """Names of the quantities that the config asks for, that the scene's panels draw, and that a sweep looks at."""
    objective = [] if config.objective == FINAL_LOSS else [config.objective]
    return list(dict.fromkeys([*config.projection.quantities, *needed_quantities(config.scene), *objective]))


def compute_quantities(config: Config, trajectory: Trajectory, spline: SplineTrajectory) -> dict[str, np.ndarray]:
    """The asked quantities, (F, …) each, by name; see projection/quantities.py."""
    names = asked_quantities(config)
    if not names:
        return {}
    from pipeline.projection.quantities import compute

    with progress.stage("project", len(names), "quantity") as update:
        return compute(names, trajectory, spline, settings_for(config), update)


def settings_for(config: Config):
    """The pipeline.projection.asked.Settings of quantities of a run of `config`."""
    from pipeline.projection.asked import Settings
    from pipeline.projection.prior import Prior

    wanted, train = config.projection, config.dynamics.train
    return Settings(
        points=wanted.points,
        window=wanted.window,
        neuron=wanted.neuron,
        prior=Prior.of_init(**asdict(config.init)),
        hidden=train != "output",
        output=train != "hidden",
        output_bias=config.dynamics.output_bias,
    )


def draw(config: Config, takes: Sequence[Take], video: Path, comment: str = "", table: Table | None = None) -> None:
    """Render the scene that `config` describes into `video`, with poster.png and last.png beside it."""
    scene = make_scene(config, takes, table)
    encode(scene, frame_numbers(config, len(scene)), video, config.video, comment, ("poster.png", "last.png"))


def encode(
    scene,
    numbers: Sequence[int],
    video: Path,
    settings: VideoConfig,
    comment: str = "",
    pictures: tuple[str, ...] = (),
    name: str = "render",
) -> None:
    """Render frames of a scene, by their numbers, into `video`.

    pictures: names of PNG files beside it of the first and the last of them; name: what progress calls it.
    Memory does not grow with length: a frame goes to the encoder as soon as it is drawn.
    """
    from pipeline.render.png import stills
    from pipeline.render.video import VideoSink

    named = list(zip((numbers[0], numbers[-1]), pictures, strict=False))
    with (
        progress.stage(name, len(numbers), "frame") as update,
        VideoSink(video, settings, comment=comment) as sink,
        stills(video.parent, comment) as keep,
    ):
        for done, (number, frame) in enumerate(zip(numbers, scene.frames(numbers), strict=True), 1):
            sink.write(frame)
            for picture in [picture for shown, picture in named if shown == number]:
                keep(picture, frame)
            update(done)


def draw_preview(config: Config, takes: Sequence[Take], folder: Path, comment: str = "") -> None:
    """Draw the first, middle and last frame of the scene into `folder`, under the names in PREVIEW."""
    from pipeline.render.png import stills

    scene = make_scene(config, takes)
    with stills(folder, comment) as keep:
        for name, number in zip(PREVIEW, (0, len(scene) // 2, len(scene) - 1), strict=True):
            keep(name, scene.frame(number))


def draw_strip(config: Config, take: Take, folder: Path, comment: str = "") -> None:
    """Draw the run at the scene's times side by side, each at the frame nearest to it, under the names in STRIP."""
    strip_scene(config, take).strip(strip_numbers(config, take), [folder / name for name in STRIP], comment)


def strip_scene(config: Config, take: Take):
    """The Scene of a run at the scene's times side by side; InputError, by key, where it has no room in the frame."""
    films = [make_film(config, take) for _ in config.scene.times]
    for film, number in zip(films, strip_numbers(config, take), strict=True):
        film.label = f"$t$ = {film.time.clock(film.t[number])}"
    return scene_of(config, films, clock=False)


def strip_numbers(config: Config, take: Take) -> list[int]:
    """The frames nearest to the scene's times."""
    return [int(np.argmin(np.abs(take.trajectory.t - time))) for time in config.scene.times]


def frame_numbers(config: Config, count: int) -> range:
    """Which of the video's `count` frames are drawn."""
    return range(*config.frames.range) if config.frames.range else range(count)


def make_scene(config: Config, takes: Sequence[Take], table: Table | None = None):
    """The pipeline.render.scene.Scene of finished runs, all of the same training times; table: where each stands.

    Raises InputError, by key, where it has no room in the frame.
    """
    films = [make_film(config, take) for take in takes]
    return scene_of(config, films, "sweep" if table else "video", table=table)


def check_lettering(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> None:
    """InputError, by key, for a font that is not there, and for words of runs, by label, that it cannot set."""
    from pipeline.render.needs import check_font, check_words
    from pipeline.render.theme import style_for

    check_font(config.theme)
    with style_for(config.theme, config.video.width, config.video.height).settings():
        for label, run in runs.items():
            check_words(config.theme, {"compare": label, **words(*run)})


def scene_of(config: Config, films: Sequence, group: str = "video", **options):
    """The Scene of films in the theme and frame of `config`; InputError where it has no room there.

    group: of the keys that set the frame's size; options: of Scene.
    """
    from pipeline.render.needs import in_room
    from pipeline.render.scene import Scene

    def build(width: int, height: int) -> Scene:
        return Scene(films, config.scene, config.theme, width, height, config.video.fps, **options)

    return in_room(config.video.width, config.video.height, build, group)


def make_film(config: Config, take: Take):
    """The pipeline.render.film.Film of a finished run, for the scene and video of `config`."""
    from pipeline.render.film import Film
    from pipeline.render.time_axis import TimeAxis

    trajectory = take.trajectory
    first = first_time(take.config, take.data, trajectory.network(0))
    axis = TimeAxis(take.config.timing.kind, float(trajectory.t[-1]), first)
    trail = round(config.scene.trail_seconds * config.video.fps)
    told = facts(take.config)
    fps = config.video.fps
    return Film(take.data, trajectory, take.spline, axis, trail, take.quantities, take.label, told, fps)


def facts(config: Config) -> dict[str, Any]:
    """What a scene's title may name."""
    return {
        "init": INIT_NAMES.get(config.init.scaling, config.init.scaling),
        "scale": config.init.scale,
        "seed": config.init.seed,
        "dynamics": DYNAMICS_NAMES[config.dynamics.kind],
    }
