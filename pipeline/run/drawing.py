"""The last stage: from finished runs to a video, a preview or a film strip."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config.language import flat, language_of
from pipeline.config.schema.config import Config
from pipeline.config.schema.video import VideoConfig
from pipeline.model.data import Data
from pipeline.projection.resample import quantities_between
from pipeline.projection.spline import project
from pipeline.render.drawing.theme import style_for
from pipeline.render.encoding.chapters import Chapter
from pipeline.render.encoding.formats import has_alpha
from pipeline.render.encoding.png import stills
from pipeline.render.encoding.sink import VideoSink, granted_cores
from pipeline.render.film.cues import chapters_of, cues_of
from pipeline.render.film.film import Film
from pipeline.render.film.plain import plain
from pipeline.render.film.story import Story
from pipeline.render.film.storyboard import storyboard_of
from pipeline.render.film.timeline import Timeline
from pipeline.render.scene.feasibility import check_font, check_words, in_room
from pipeline.render.scene.mosaic import RunTable
from pipeline.render.scene.scene import Scene
from pipeline.run.asked import PICTURES, PREVIEW, STRIP, frame_numbers
from pipeline.run.facts import facts
from pipeline.run.forked import forked, idle_processes
from pipeline.run.take import Take
from pipeline.run.timeline import timeline_of
from pipeline.run.track import Track
from pipeline.simulate.resample import Between, resampled


def texts_of(config: Config, data: Data) -> dict[str, str]:
    """Every text of the user's that a scene shows, by its key, and those of a language."""
    axes = {"x": data.x_axis, "y": data.y_axis}
    labels = {f"data.{name}_{key}": getattr(axis, key) for name, axis in axes.items() for key in ("label", "unit")}
    scene = {f"scene.{key}": getattr(config.scene, key) for key in ("title", "subtitle")}
    captions = {f"scene.captions.{time:g}": text for time, text in config.scene.captions.items()}
    told = storyboard_of(config.scene).templates()
    options = {name: given["text"] for name, given in config.scene.panels.items() if "text" in (given or {})}
    panels = {f"scene.panels.{name}.text": text for name, text in options.items()}
    words = {f"language.words.{name}": text for name, text in flat(config.language.words).items()}
    return {"data.title": data.name, **labels, **scene, **captions, **told, **panels, **words}


def check_lettering(config: Config, runs: Mapping[str, tuple[Config, Data]]) -> None:
    """InputError, by key, for a font that is not there, and for words of runs, by label, that it cannot set."""
    check_font(config.theme)
    with style_for(config.theme, config.video.width, config.video.height).settings():
        for label, run in runs.items():
            check_words(config.theme, {"compare": label, **texts_of(*run)})


def draw(
    config: Config, takes: Sequence[Take], video: Path, track: Track, comment: str = "", table: RunTable | None = None
) -> Story:
    """Render the scene that `config` describes into `video`, with PICTURES beside it; the story that it tells."""
    scene = make_scene(config, takes, table)
    encode(scene, frame_numbers(config, len(scene)), video, config.video, track, comment, PICTURES)
    return scene.film.story


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
    """Render frames of a scene, by their numbers, into `video`; the whole clip with chapters, where it tells something.

    pictures: names of PNG files beside it of the first and the last of them; name: what progress calls it.
    On cores that the encoder leaves idle frames are drawn by several processes. Memory does not grow with length: a
    frame goes to the encoder as soon as it is drawn.
    """
    chapters = _chapters(scene) if len(numbers) == len(scene) else []
    with (
        track(name, len(numbers), "frame") as update,
        VideoSink(video, settings, comment=comment, chapters=chapters) as sink,
        frames_for(sink, scene, numbers, idle_processes(granted_cores())) as frames,
        stills(video.parent, comment, has_alpha(settings)) as keep,
    ):
        for picture, number in zip(pictures, (numbers[0], numbers[-1]), strict=False):
            keep(picture, scene.frame(number))
        for done, frame in enumerate(frames, 1):
            sink.take(frame)
            update(done)


def frames_for(
    sink: VideoSink, scene: Scene, numbers: Sequence[int], processes: int
) -> AbstractContextManager[Iterable[np.ndarray]]:
    """Frames of a scene, as the sink takes them, drawn by that many processes; the same bytes by any number."""

    def drawn(share: Sequence[int], slots: Iterator[np.ndarray] | None = None) -> Iterator[np.ndarray]:
        if slots:
            sink.convert_into(slots)
        for frame in scene.frames(share):
            yield sink.converted(frame, scene.canvas.take_changed())

    like = next(drawn(numbers)) if processes > 1 else np.empty(0)  # also draws, and loads, what all of them need
    return forked(drawn, numbers, like, processes)


def _chapters(scene: Scene) -> list[Chapter]:
    """The chapters of the whole clip of a scene; none where it tells nothing."""
    fps = scene.film.fps
    return chapters_of(cues_of(scene.film.story.record(fps)), plain(scene.title), len(scene), fps)


def draw_preview(config: Config, takes: Sequence[Take], folder: Path, comment: str = "") -> None:
    """Draw the first, middle and last frame of the scene into `folder`, under the names in PREVIEW."""
    films = make_films(config, takes)
    count = len(films[0].t)
    numbers = 0, count // 2, count - 1
    scene = scene_of(config, films, drawn=numbers)
    with stills(folder, comment, has_alpha(config.video)) as keep:
        for name, number in zip(PREVIEW, numbers, strict=True):
            keep(name, scene.frame(number))


def draw_strip(config: Config, take: Take, folder: Path, comment: str = "") -> None:
    """Draw the run at the scene's times side by side, each at the frame nearest to it, under the names in STRIP."""
    numbers = strip_numbers(config, timeline_of(config, [take]))
    strip_scene(config, take).strip(numbers, [folder / name for name in STRIP], comment)


def strip_scene(config: Config, take: Take, drawn: Collection[int] | None = None) -> Scene:
    """The scene of a run at the scene's times side by side; drawn: see Scene.

    Raises InputError, by key, where it has no room in the frame.
    """
    timeline = timeline_of(config, [take])
    clock, numbers = timeline.axis.clock, strip_numbers(config, timeline)
    say = language_of(config.language)
    labels = [say("axes.time_is", time=clock(timeline.times[number])) for number in numbers]
    films = [make_film(config, replace(take, label=label), timeline) for label in labels]
    return scene_of(config, films, clock=False, drawn=drawn)


def strip_numbers(config: Config, timeline: Timeline) -> list[int]:
    """The frames nearest to the scene's times."""
    return [int(np.argmin(np.abs(timeline.times - time))) for time in config.scene.times or ()]


def make_scene(
    config: Config, takes: Sequence[Take], table: RunTable | None = None, drawn: Collection[int] | None = None
) -> Scene:
    """The scene of finished runs, on one timeline; table: where each stands; drawn: see Scene.

    Raises InputError, by key, where it has no room in the frame.
    """
    return scene_of(config, make_films(config, takes), "sweep" if table else "video", table=table, drawn=drawn)


def scene_of(config: Config, films: Sequence[Film], group: str = "video", **options: Any) -> Scene:
    """The Scene of films in the theme and frame of `config`; InputError where it has no room there.

    group: of the keys that set the frame's size; options: of Scene.
    """
    asked = {"transparent": has_alpha(config.video), "subtitles": config.video.subtitles}
    extras = asked | {"language": language_of(config.language)} | options

    def build(width: int, height: int) -> Scene:
        return Scene(films, config.scene, config.theme, width, height, **extras)

    return in_room(config.video.width, config.video.height, build, group)


def make_films(config: Config, takes: Sequence[Take]) -> list[Film]:
    """The films of finished runs on one timeline."""
    timeline = timeline_of(config, takes)
    return [make_film(config, take, timeline) for take in takes]


def make_film(config: Config, take: Take, timeline: Timeline | None = None) -> Film:
    """The film of a finished run, for the scene and video of `config`: at the frames of a timeline, its own by default.

    Its moments are told anew: the network and its spline form between them are exact, quantities change evenly.
    """
    timeline = timeline or timeline_of(config, [take])
    trajectory = resampled(take.trajectory, timeline.times)
    quantities = quantities_between(take.quantities, Between(take.trajectory.t, timeline.times))
    fps = config.video.fps
    trail = round(config.scene.trail_seconds * fps)
    settings = trail, quantities, take.label, facts(take.config), fps, timeline.story, config.scene.over_margin
    return Film(take.data, trajectory, project(trajectory), timeline.axis, *settings)
