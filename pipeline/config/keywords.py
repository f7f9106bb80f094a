"""A config from the keywords of a call in Python: what Hydra composes from overrides, without its state.

A keyword is a group, `theme="dark"` for a choice of it or `video={"fps": 60}` for keys in it, or a key by its last
part, `title="…"`, or by its whole name, `**{"video.fps": 60}`. Choices come first, keys on top of them.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from pipeline.config.check import shown
from pipeline.config.complaints import COMPOSING, no_such_key, worded
from pipeline.config.convert import to_config
from pipeline.config.home import CONF
from pipeline.config.own_files import choices, unknown_choice
from pipeline.config.schema.config import Config
from pipeline.config.structure import structured
from pipeline.errors import InputError
from pipeline.store.names import last_part

# Groups whose keys a keyword may name by their last part, which no two of them share.
SHORT = "scene", "video", "timing", "theme", "projection", "frames"
# Other keys that a keyword may name so.
OTHERS = "data.x_label", "data.x_unit", "data.y_label", "data.y_unit", "dynamics.time_label", "embed.alt"


@dataclass(frozen=True)
class Overrides:
    """What keywords ask for: choices by group, and values by dotted key."""

    choices: Mapping[str, str]
    values: Mapping[str, Any]

    def over(self, others: "Overrides") -> "Overrides":
        """These and, where they say nothing, others."""
        return Overrides({**others.choices, **self.choices}, {**others.values, **self.values})


def overrides(keywords: Mapping[str, Any]) -> Overrides:
    """Keywords taken apart. Raises InputError for one that names no key, and for a group that gets neither."""
    chosen: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, value in keywords.items():
        key = key_named(name)
        if key not in _groups():
            values[key] = as_yaml(value)
        elif isinstance(value, str):
            chosen[key] = value
        elif isinstance(value, Mapping):
            values |= {f"{key}.{inner}": as_yaml(each) for inner, each in value.items()}
        else:
            raise InputError(f"{key} = {shown(value)}: is a group of keys; give {{KEY: value}}, or one of its choices")
    return Overrides(chosen, values)


def key_named(keyword: str) -> str:
    """The group or dotted key that a keyword names. Raises InputError where there is none."""
    if keyword in {entry.name for entry in fields(Config)}:
        return keyword
    group, dot, _ = keyword.partition(".")
    if dot and group in _groups():
        return keyword
    if keyword not in _short_names():
        raise InputError(no_such_key(keyword))
    return _short_names()[keyword]


@cache
def _groups() -> dict[str, type]:
    """The groups of a config, by name."""
    kinds = {entry.name: entry.type for entry in fields(Config)}
    return {name: kind for name, kind in kinds.items() if isinstance(kind, type) and is_dataclass(kind)}


@cache
def _short_names() -> dict[str, str]:
    """The keys of the groups SHORT, and OTHERS, by their last part."""
    keys = [f"{group}.{entry.name}" for group in SHORT for entry in fields(_groups()[group])]
    return {last_part(key): key for key in (*keys, *OTHERS)}


def config_of(asked: Overrides) -> Config:
    """The config of defaults, choices and values. Raises InputError, as the command line words it, for what is none."""
    try:
        config = structured()
        for group, name in asked.choices.items():
            _lay(config, group, _chosen(group, name))
        for key, value in asked.values.items():
            _lay(config, key, value)
        return to_config(config)
    except COMPOSING as error:
        raise worded(error, [CONF]) from error


def _lay(config: DictConfig, key: str, value: Any) -> None:
    try:
        OmegaConf.update(config, key, value, merge=True)
    except OmegaConfBaseException as error:  # in Hydra's words, which are worded for all alike
        raise HydraException(f"Error merging override {key}={shown(value)}") from error


def _chosen(group: str, name: str) -> dict[str, Any]:
    """What a choice of a group differs by from the defaults; name: of a shipped one, or the path of a YAML file."""
    path = Path(name) if name.endswith(".yaml") else CONF / group / f"{name}.yaml"
    names = choices(group, [CONF])
    if path.parent == CONF / group and name not in names:
        raise InputError(unknown_choice(group, name, names))
    differs: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return differs


def as_yaml(value: Any) -> Any:
    """A value as a YAML file would hold it: arrays as lists, numbers of NumPy as Python's, paths as texts."""
    if isinstance(value, np.ndarray | np.generic):
        return as_yaml(value.tolist())
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return {as_yaml(key): as_yaml(each) for key, each in value.items()}
    return [as_yaml(each) for each in value] if isinstance(value, list | tuple) else value
