"""From what Hydra composed to a Config: texts on one line and in the language that is chosen, times as numbers."""

from dataclasses import fields, is_dataclass
from typing import Any

from omegaconf import DictConfig, OmegaConf

from pipeline.config.fields import key_of
from pipeline.config.schema.config import Config
from pipeline.config.sentences import translate
from pipeline.console.texts import one_line


def to_config(composed: DictConfig) -> Config:
    """The Config of a composed one, without Hydra's own node. Raises OmegaConfBaseException as OmegaConf does."""
    config = OmegaConf.to_object(composed)
    assert isinstance(config, Config)
    clean_texts(config)
    translate(config)
    return config


def clean_texts(group: Any) -> None:
    """Collapse white space and control characters in a group's texts, and make the times of captions numbers."""
    for entry in fields(group):
        value = getattr(group, entry.name)
        if is_dataclass(value):
            clean_texts(value)
        elif not key_of(entry).verbatim:
            setattr(group, entry.name, _cleaned(value))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {_as_time(key): _cleaned(item) for key, item in value.items()}
    return value


def _as_time(key: Any) -> Any:
    """A key that is a whole number means the same as one with a point; others stay for the rules to judge."""
    return float(key) if isinstance(key, int) and not isinstance(key, bool) and abs(key) < 2**53 else key
