"""What a montage says: the keys of `sweep.scene`, which tell as those of a scene do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.config.inner_groups import inner_group
from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.sweep import SweepConfig, SweepSceneConfig


def with_story(scene: SceneConfig, options: SweepConfig) -> SceneConfig:
    """A montage's scene with what the options have it say. Raises InputError, by key, for what is none."""
    told = inner_group("sweep.scene", options.scene, SweepSceneConfig)
    titles = {name: words for name in ("title", "subtitle") if (words := getattr(told, name))}
    return replace(scene, **titles, opening=told.opening, missed=told.missed, beats=told.beats, ending=told.ending)


def calling(told: Any, names: Mapping[str, str]) -> Any:
    """What a montage says, with the runs that it names by a key of `names` called as that says."""
    if isinstance(told, Mapping):
        return {key: calling(value, names) for key, value in told.items()}
    if isinstance(told, list):
        return [calling(each, names) for each in told]
    if not isinstance(told, str):
        return told
    if told in names:
        return names[told]
    for name in sorted(names, key=len, reverse=True):  # one may begin as another does
        told = told.replace(f"@{name}", f"@{names[name]}")
    return told
