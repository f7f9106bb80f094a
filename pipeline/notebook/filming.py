"""A film of trajectories in one line of Python, and whether it may take its file's place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.config.home import CONF
from pipeline.config.keywords import Overrides
from pipeline.config.own_files import choices
from pipeline.config.schema.config import Config
from pipeline.config.schema.video import VideoConfig
from pipeline.console import progress
from pipeline.embed.describe import description, title_of
from pipeline.embed.provenance import read_provenance
from pipeline.errors import EncodingError, InputError
from pipeline.model.arguments import check_is, check_path
from pipeline.notebook.movie import Movie
from pipeline.notebook.showing import Runs, showing
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.film.cues import cues_of
from pipeline.render.scene.scene import Scene
from pipeline.run.asked import frame_numbers
from pipeline.run.drawing import encode, make_scene
from pipeline.run.provenance import as_comment, provenance
from pipeline.store.atomic import put_in_place
from pipeline.store.manifest import files_of, read_manifest


def film(trajectory: Runs, path: str | os.PathLike[str], *, overwrite: bool = False, **keys: Any) -> Movie:
    """Make a video of a run that is there, or of several side by side, given by label; it shows itself in a notebook.

        film(trajectory, "talk.mp4", theme="dark", title="It finds the step", seconds=8)

    path: of the video, whose suffix says the format where no keyword does; of a folder with `video="frames"`. An
    earlier film that stands there is replaced, any other file only with overwrite.
    keys: of the config, see `python -m pipeline --explain`. Choices of groups, `scene="board"`; keys of scene, video,
    timing, theme, projection and frames by their last part, `fps=60`, and also x_label, x_unit, y_label, y_unit,
    time_label; any by its group, `video={"fps": 60}`, or by its whole name, `**{"video.fps": 60}`. `data` also takes
    the Data that was learnt, for its name and axes.
    Raises InputError, by key, for what cannot be filmed, EncodingError where the encoder fails: what stood at the path
    then stands there still.
    """
    check_path("path", path)
    check_is("overwrite", overwrite, bool, "True or False")
    target = Path(path)
    show = showing(trajectory, keys, _by_suffix(target))
    config = show.config
    _check_target(target, config.video, overwrite)
    scene = make_scene(config, show.takes)
    numbers = frame_numbers(config, len(scene))
    with _in_place(target) as aside:
        encode(scene, numbers, aside, config.video, progress.track, as_comment(provenance("", config)))
    return movie_of(target, config, scene, len(numbers))


def movie_of(target: Path, config: Config, scene: Scene, frames: int) -> Movie:
    """What is told of the film of a scene that stands at a path."""
    settings, films = config.video, scene.films
    width, height = FORMATS[settings.format].output_size(settings.width, settings.height)
    cues = () if config.frames.range else cues_of(scene.film.story.record(settings.fps))
    said = title_of(config, films), description(config, films, cues)
    return Movie(target, frames, settings.fps, width, height, *said, cues, config.language.code, settings.subtitles)


def _by_suffix(target: Path) -> Overrides:
    """The video that a path asks for by its suffix, where keywords choose none; InputError for one that none has."""
    if not target.suffix:
        return Overrides({}, {})
    formats = [name for name, row in FORMATS.items() if row.suffix == target.suffix.lower()]
    if not formats:
        known = ", ".join(dict.fromkeys(row.suffix for row in FORMATS.values() if row.suffix))
        raise InputError(f"{target}: no video has this suffix; give one of {known}")
    name = formats[0]
    return Overrides({"video": name}, {}) if name in choices("video", [CONF]) else Overrides({}, {"video.format": name})


def _check_target(target: Path, settings: VideoConfig, overwrite: bool) -> None:
    """Raise InputError where the video cannot stand at its path, or something stands there that is no film of ours."""
    suffix = FORMATS[settings.format].suffix
    if target.suffix.lower() != suffix:
        named = f"a file that ends in {suffix}" if suffix else "a folder, whose name has no dot"
        raise InputError(f"{target}: video.format = {settings.format} makes {named}; change the one or the other")
    if not target.parent.is_dir():
        raise InputError(f"{target}: the folder {target.parent} does not exist; make it, or give another path")
    if target.is_dir() and (suffix or any(target.iterdir())):
        raise InputError(f"{target}: is a folder{'' if suffix else ' that is not empty'}; give another path")
    if os.path.lexists(target) and not target.is_dir() and not overwrite and not _is_film(target):
        raise InputError(f"{target}: is there, and no film that film() made; give another path, or overwrite=True")


def _is_film(target: Path) -> bool:
    """Whether a file says of itself that it was made from Python, and is no part of a run's folder."""
    try:
        made = read_provenance(target)
    except InputError:
        return False
    return made.get("command") == "" and target.name not in files_of(read_manifest(target.parent))


@contextmanager
def _in_place(target: Path) -> Iterator[Path]:
    """Where a video is made before it takes its place; EncodingError, which names the target, where the disk fails."""
    try:
        with put_in_place(target) as aside:
            try:
                yield aside
            except EncodingError as error:
                raise EncodingError(str(error).replace(str(aside.absolute()), str(target))) from None
    except OSError as error:
        raise EncodingError(f"{target}: {error.strerror}; give a path that can be written") from None
