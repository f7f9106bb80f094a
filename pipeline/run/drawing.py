"""The last stage: from finished runs to a video, a preview or a film strip."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config.schema.config import Config
from pipeline.config.schema.video import VideoConfig
from pipeline.model.data import Data
from pipeline.model.initialization import SCALINGS
from pipeline.render.drawing.theme import style_for
from pipeline.render.encoding.png import stills
from pipeline.render.encoding.sink import VideoSink
from pipeline.render.film.film import Film
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.scene.feasibility import check_font, check_words, in_room
from pipeline.render.scene.mosaic import RunTable
from pipeline.render.scene.scene import Scene
from pipeline.run.asked import PICTURES, PREVIEW, STRIP, frame_numbers
from pipeline.run.simulating import first_time
from pipeline.run.take import Take
from pipeline.run.track import Track
from pipeline.simulate.optimisers.table import OPTIMISERS


def texts_of(config: Config, data: Data) -> dict[str, str]:
    """Every text of the user's that a scene shows, by its key."""
    axes = {"x": data.x_axis, "y": data.y_axis}
    labels = {f"data.{name}_{key}": getattr(axis, key) for name, axis in axes.items() for key in ("label", "unit")}
    scene = {f"scene.{key}": getattr(config.scene, key) for key in ("title", "subtitle")}
    captions = {f"scene.captions.{time:g}": text for time, text in config.scene.captions.items()}
    options = {name: given["text"] for name, given in config.scene.panels.items() if "text" in (given or {})}
    panels = {f"scene.panels.{name}.text": text for name, text in options.items()}
    return {"data.title": data.name, **labels, **scene, **captions, **panels}


def check_lettering(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> None:
    """InputError, by key, for a font that is not there, and for words of runs, by label, that it cannot set."""
    check_font(config.theme)
    with style_for(config.theme, config.video.width, config.video.height).settings():
        for label, run in runs.items():
            check_words(config.theme, {"compare": label, **texts_of(*run)})


def draw(
    config: Config, takes: Sequence[Take], video: Path, track: Track, comment: str = "", table: RunTable | None = None
) -> None:
    """Render the scene that `config` describes into `video`, with PICTURES beside it."""
    scene = make_scene(config, takes, table)
    encode(scene, frame_numbers(config, len(scene)), video, config.video, track, comment, PICTURES)


def encode(
    scene: Scene,
    numbers: Sequence[int],
    video: Path,
    settings: VideoConfig,
    track: Track,
    comment: str = "",
    pictures: tuple[str, ...] = (),
    name: str = "render",
) -> None:
    """Render frames of a scene, by their numbers, into `video`.

    pictures: names of PNG files beside it of the first and the last of them; name: what progress calls it.
    Memory does not grow with length: a frame goes to the encoder as soon as it is drawn.
    """
    named = list(zip((numbers[0], numbers[-1]), pictures, strict=False))
    with (
        track(name, len(numbers), "frame") as update,
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
    scene = make_scene(config, takes)
    with stills(folder, comment) as keep:
        for name, number in zip(PREVIEW, (0, len(scene) // 2, len(scene) - 1), strict=True):
            keep(name, scene.frame(number))


def draw_strip(config: Config, take: Take, folder: Path, comment: str = "") -> None:
    """Draw the run at the scene's times side by side, each at the frame nearest to it, under the names in STRIP."""
    strip_scene(config, take).strip(strip_numbers(config, take), [folder / name for name in STRIP], comment)


def strip_scene(config: Config, take: Take) -> Scene:
    """The scene of a run at the scene's times side by side; InputError, by key, where it has no room in the frame."""
    clock, times = make_film(config, take).time.clock, take.trajectory.t
    labels = [f"$t$ = {clock(times[number])}" for number in strip_numbers(config, take)]
    films = [make_film(config, replace(take, label=label)) for label in labels]
    return scene_of(config, films, clock=False)


def strip_numbers(config: Config, take: Take) -> list[int]:
    """The frames nearest to the scene's times."""
    return [int(np.argmin(np.abs(take.trajectory.t - time))) for time in config.scene.times or ()]


def make_scene(config: Config, takes: Sequence[Take], table: RunTable | None = None) -> Scene:
    """The scene of finished runs, all of the same training times; table: where each stands.

    Raises InputError, by key, where it has no room in the frame.
    """
    films = [make_film(config, take) for take in takes]
    return scene_of(config, films, "sweep" if table else "video", table=table)


def scene_of(config: Config, films: Sequence[Film], group: str = "video", **options: Any) -> Scene:
    """The Scene of films in the theme and frame of `config`; InputError where it has no room there.

    group: of the keys that set the frame's size; options: of Scene.
    """

    def build(width: int, height: int) -> Scene:
        return Scene(films, config.scene, config.theme, width, height, config.video.fps, **options)

    return in_room(config.video.width, config.video.height, build, group)


def make_film(config: Config, take: Take) -> Film:
    """The film of a finished run, for the scene and video of `config`."""
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
        "init": SCALINGS[config.init.scaling].spoken,
        "scale": config.init.scale,
        "seed": config.init.seed,
        "dynamics": OPTIMISERS[config.dynamics.kind].spoken,
    }
