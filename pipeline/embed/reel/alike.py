"""Whether clips can stand in one film: on one ground, of one size and rate, and told to a decoder in the same words."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pipeline.config.check import shown
from pipeline.config.home import CONF, shipped_theme
from pipeline.config.own_files import choices
from pipeline.config.schema.config import Config
from pipeline.embed.reel.making import Planned
from pipeline.errors import InputError

ENCODED = "width", "height", "fps", "crf", "preset", "keyframe_seconds"  # what a decoder is told comes of them
RULE = "a reel takes clips of one theme, size, rate and encoding"


def check_alike(clips: Sequence[Planned]) -> None:
    """Raise InputError for the first clip whose config differs from that of the first in what all of a film share."""
    first = clips[0]
    for clip in clips[1:]:
        own, other = _look(clip.config), _look(first.config)
        differing = [key for key in own if own[key] != other[key]]
        if differing:
            key = differing[0]
            words = f"{key} = {shown(own[key])}, where {first.folder} has {shown(other[key])}"
            remedy = " ".join(_remedies(differing, other, first.config))
            raise InputError(f"{clip.folder}: {words}; {RULE}: make it again with {remedy}")


def _look(config: Config) -> dict[str, Any]:
    theme = {f"theme.{key}": value for key, value in asdict(config.theme).items()}
    return theme | {f"video.{key}": getattr(config.video, key) for key in ENCODED}


def _remedies(keys: Sequence[str], values: dict[str, Any], config: Config) -> list[str]:
    """The overrides that give keys these values; one for a whole theme that is shipped."""
    theme = next((f"theme={name}" for name in choices("theme", [CONF]) if shipped_theme(name) == config.theme), "")
    words = [theme if theme and key.startswith("theme.") else f"{key}={values[key]}" for key in keys]
    return [f"'{word}'" if "#" in word else word for word in dict.fromkeys(words)]
