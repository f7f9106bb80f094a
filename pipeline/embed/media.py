"""Clips and pictures of a finished run, drawn once more: sections, GIF, WebM, film strip."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config.schema.config import Config
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.video import VideoConfig
from pipeline.console import progress
from pipeline.embed.clip import names_of
from pipeline.embed.sections import Section
from pipeline.render.film.film import Film
from pipeline.render.scene.scene import Scene
from pipeline.run.drawing import draw_strip, encode
from pipeline.run.take import Take

GIF_RATE = 15  # frames/s, at most about: a GIF of more is large, and no smoother in most programs
WEBM_CRF = 30  # VP9's loss of quality, as in conf/video/webm.yaml
STRIP_SIZE = 1000, 300  # px: one row of pictures
STRIP_TEXT = 15.0  # px: 7 points where the strip is as wide as the text of an A4 page
STRIP_PICTURES = 4


def draw_gif(config: Config, scene: Scene, path: Path, comment: str) -> None:
    """The whole clip as a GIF, of every second frame where it has 30 a second."""
    step = max(1, round(config.video.fps / GIF_RATE))
    rate: Any = config.video.fps / step  # of ours it need not be whole
    settings = replace(config.video, format="gif", fps=rate)
    encode(scene, range(0, len(scene), step), path, settings, progress.track, comment, name="gif")


def draw_webm(config: Config, scene: Scene, path: Path, comment: str) -> None:
    """The whole clip in VP9."""
    settings = replace(config.video, format="webm", crf=WEBM_CRF)
    encode(scene, range(len(scene)), path, settings, progress.track, comment, name="webm")


def draw_section(video: VideoConfig, scene: Scene, number: int, section: Section, folder: Path, comment: str) -> None:
    """A section as a clip of its own, with pictures of its first and last frame.

    It is drawn, not cut out: a cut elsewhere than at a keyframe would have to be encoded again, and lose.
    """
    name, *stills = names_of(number)
    numbers = range(section.first, section.end)
    encode(scene, numbers, folder / name, video, progress.track, comment, tuple(stills), name=f"section {number}")


def draw_film_strip(
    config: Config, take: Take, film: Film, sections: Sequence[Section], folder: Path, comment: str
) -> None:
    """The function at the sections' starts and at the end, or at even distances, side by side: PDF, SVG, PNG."""
    width, height = STRIP_SIZE
    panels = {"function": config.scene.panels["function"]} if "function" in config.scene.panels else {}
    scene = SceneConfig(
        title="",  # the caption says it
        subtitle="",
        wide=LayoutConfig([["function"]]),
        narrow=LayoutConfig([["function"]]),
        panels=panels,
        times=film.t[strip_frames(film, sections)].tolist(),
    )
    video = replace(config.video, width=width, height=height)
    theme = replace(config.theme, smallest_text=STRIP_TEXT)
    draw_strip(replace(config, scene=scene, theme=theme, video=video), take, folder, comment)


def strip_frames(film: Film, sections: Sequence[Section]) -> np.ndarray[Any, Any]:
    """Frames of the strip: where the sections begin and the last, or STRIP_PICTURES of even distance in the video."""
    if 2 <= len(sections) < STRIP_PICTURES:
        return np.array([*(section.first for section in sections), len(film.t) - 1])
    places = np.linspace(0, len(film.moments) - 1, STRIP_PICTURES).round().astype(int)
    frames: np.ndarray[Any, Any] = film.moments[places]
    return frames
