"""What a montage says: the keys of `sweep.scene`, which tell as those of a scene do."""

from dataclasses import replace

from pipeline.config.inner_groups import inner_group
from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.sweep import SweepConfig, SweepSceneConfig


def with_story(scene: SceneConfig, options: SweepConfig) -> SceneConfig:
    """A montage's scene with what the options have it say. Raises InputError, by key, for what is none."""
    told = inner_group("sweep.scene", options.scene, SweepSceneConfig)
    titles = {name: words for name in ("title", "subtitle") if (words := getattr(told, name))}
    return replace(scene, **titles, opening=told.opening, missed=told.missed, beats=told.beats, ending=told.ending)
