"""Keys of a reel's list, a YAML file in conf/reel/ or of the user's."""

from dataclasses import dataclass
from typing import Any

from pipeline.config.fields import config_key


@dataclass
class ReelConfig:
    """A list of clips that become one film."""

    title: str = config_key("", "what the film's first card says; without one it begins with that of the first clip")
    source: str = config_key("", "where it is from")
    overrides: list[str] = config_key([], "what all experiments of the list are made with, as in [theme=dark]")
    clips: list[dict[str, Any]] = config_key([], "in order, each with what the card before it says")


@dataclass
class ReelClipConfig:
    """An entry of `clips`: an experiment, which is made where it is missing, or the folder of a finished run."""

    experiment: str = config_key("", "one of conf/experiment/")
    folder: str = config_key("", "of a finished run, as in renders/nile", verbatim=True)
    say: str = config_key("", "one sentence; by default the clip's title")
    source: str = config_key("", "where it is from")
