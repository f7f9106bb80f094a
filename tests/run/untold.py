"""Clips without what they tell: what they show must be in sight, and must not drag, by itself."""

from dataclasses import replace

from pipeline.config.schema.config import Config


def untold(config: Config) -> Config:
    """A config without opening, beats, evidence and ending, for which its clip would stand still."""
    return replace(config, scene=replace(config.scene, opening=False, beats=[], ending=None, evidence=None))
