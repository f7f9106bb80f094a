"""Rules of the `embed` group, told before any work."""

from importlib.util import find_spec
from itertools import pairwise

from pipeline.config.schema.config import Config
from pipeline.config.schema.embed import EmbedConfig
from pipeline.errors import InputError
from pipeline.render.film.narration import EVENTS

TALK = "talk"  # the folder that it fills, inside the run's
# What leaves no whole video to embed: key, whether it is set, and what to write instead.
HINDRANCES = (
    ("render = false", lambda config: not config.render, "leave it out"),
    ("preview = true", lambda config: config.preview, "leave it out"),
    ("frames.range", lambda config: config.frames.range is not None, "leave it out; embed.cuts makes sections"),
    ("scene.times", lambda config: config.scene.times is not None, "leave it out; a film strip is made anyway"),
    ("video.format", lambda config: config.video.format != "mp4", "slides take mp4; embed.gif and embed.webm add more"),
)


def check_embed(config: Config) -> None:
    """Raise InputError at the first rule that the group breaks."""
    embed = config.embed
    for name in embed.events:
        if name not in EVENTS:
            raise InputError(f"embed.events = {embed.events}: {name} is no event; choose of {', '.join(EVENTS)}")
    _check_cuts(embed, config.dynamics.end_time)
    if embed.slides and find_spec("pptx") is None:
        remedy = "pip install 'relu-spline-videos[slides]', or leave it out"
        raise InputError(f"embed.slides = true: python-pptx is not installed; {remedy}")
    if embed.make and (found := hindrance(config)):
        raise InputError("{}: embed.make=true needs the whole video; {}".format(*found))


def hindrance(config: Config) -> tuple[str, str] | None:
    """The first key that leaves no whole video to embed, and what to write instead; None where there is none."""
    return next(((key, remedy) for key, hinders, remedy in HINDRANCES if hinders(config)), None)


def _check_cuts(embed: EmbedConfig, end: float) -> None:
    ascending = all(earlier < later for earlier, later in pairwise(embed.cuts))
    if not ascending or not all(0 < time < end for time in embed.cuts):
        remedy = f"give ascending training times between 0 and dynamics.end_time = {end:g}"
        raise InputError(f"embed.cuts = {embed.cuts}: {remedy}")
