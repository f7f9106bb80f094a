"""The schema as OmegaConf takes it: a config that holds each key to the type of its field."""

from omegaconf import DictConfig, OmegaConf

from pipeline.config.booleans import make_strict
from pipeline.config.schema.config import Config


def structured() -> DictConfig:
    """A new config of defaults, which refuses unknown keys and values of another type."""
    schema: DictConfig = OmegaConf.structured(Config)
    make_strict(schema)
    scene = schema.scene
    free = schema.compare, scene.panels, scene.captions, scene.ending, scene.evidence
    for node in (*free, schema.language.words, schema.language.sentences):  # checked by other rules
        OmegaConf.set_struct(node, False)
    return schema
