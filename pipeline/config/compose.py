"""From overrides to a config, as Hydra composes it, in milliseconds where Hydra takes a fifth of a second.

Hydra reads and merges the chosen files, and then lays the overrides of single values on top, in order. The first part
is kept here by the choices made, so that a sweep pays for it once a process; the second is Hydra's own function.
"""

import pickle
from collections.abc import Sequence
from functools import cache, lru_cache

import hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.types import Override
from omegaconf import DictConfig

from pipeline.config.convert import to_config
from pipeline.config.hydra_private import apply_overrides, parse
from pipeline.config.own_files import PRIMARY
from pipeline.config.schema.config import Config

KEPT = 64  # composed bases in memory: a grid over config groups rarely has more corners


def configs(overrides: Sequence[str]) -> tuple[Config, dict[str, Config]]:
    """The config that overrides make, and those of the runs it compares, by label; raises as compose does."""
    config = to_config(compose(_name(), overrides))
    return config, variants(config, overrides)


def variants(config: Config, overrides: Sequence[str]) -> dict[str, Config]:
    """The configs of the runs that `config`, made by `overrides`, compares, by label; raises as compose does."""
    return {label: to_config(compose(_name(), [*overrides, *more])) for label, more in config.compare.items()}


def sentences(overrides: Sequence[str]) -> dict[str, str]:
    """What the language that overrides choose has for what shipped configs say; raises as compose does."""
    return {str(said): str(other) for said, other in compose(_name(), overrides).language.sentences.items()}


def compose(config_name: str, overrides: Sequence[str]) -> DictConfig:
    """The config that Hydra would compose, without its own node; Hydra must be initialised.

    Raises HydraException or OmegaConfBaseException where it cannot be composed.
    """
    parsed = [parse(text) for text in overrides]
    if any(_is_special(one) for one in parsed):
        return hydra.compose(config_name, list(overrides))
    choices = tuple(text for text, one in zip(overrides, parsed, strict=True) if _is_group(one.key_or_group))
    config: DictConfig = pickle.loads(_base(config_name, choices, _searched()))
    values = [one for one in parsed if not _is_group(one.key_or_group)]
    apply_overrides(values, config)
    return config


def _name() -> str:
    """Of the config that the command composes."""
    return str(HydraConfig.get().job.config_name) if HydraConfig.initialized() else PRIMARY


def _is_special(override: Override) -> bool:
    """Whether an override does more than to choose from a group or to set a value."""
    plain = not (override.is_add() or override.is_force_add() or override.is_delete() or override.is_sweep_override())
    return not plain or override.package is not None or override.is_hydra_override()


@cache
def _is_group(key: str) -> bool:
    return bool(GlobalHydra.instance().config_loader().get_group_options(key))


def _searched() -> tuple[str, ...]:
    """The folders that configs are looked for in: a name may mean another file in others."""
    path = GlobalHydra.instance().config_loader().get_search_path().get_path()
    return tuple(str(each.path) for each in path)


@lru_cache(KEPT)
def _base(config_name: str, choices: tuple[str, ...], searched: tuple[str, ...]) -> bytes:
    """Pickled: OmegaConf loads a copy in less than half the time that it takes to copy one; searched: see _searched."""
    return pickle.dumps(hydra.compose(config_name, list(choices)))
