"""From overrides to a config, as Hydra composes it, in milliseconds where Hydra takes a fifth of a second.

Hydra reads and merges the chosen files, and then lays the overrides of single values on top, in order. The first part
is kept here by the choices made, so that a sweep pays for it once a process; the second is Hydra's own function.
"""

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache

import hydra
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from omegaconf import DictConfig, OmegaConf

from pipeline.config.schema.config import Config

KEPT = 64  # composed bases in memory: a grid over config groups rarely has more corners


@contextmanager
def once() -> Iterator[None]:
    """While the block runs, a command's config is composed once, where it does not set Hydra's mode itself.

    Hydra composes it twice, first only to learn the mode, which it then adds to the overrides.
    """
    load = ConfigLoaderImpl.load_configuration
    first: dict[tuple, DictConfig] = {}

    def load_once(self, config_name, overrides, run_mode, from_shell=True, validate_sweep_overrides=True):
        *words, last = overrides or [""]
        if last == f"hydra.mode={run_mode.name}" and (config_name, *words) in first:
            config = first.pop((config_name, *words))
            self.validate_sweep_overrides_legal([parse(word) for word in words], run_mode, from_shell)
            self._apply_overrides_to_config([parse(last)], config)
            config.hydra.overrides.hydra.append(last)
            return config
        config = load(self, config_name, overrides, run_mode, from_shell, validate_sweep_overrides)
        # A choice that is still to be made, "???", is refused the second time only.
        if not validate_sweep_overrides and "???" not in config.hydra.runtime.choices.values():
            first[config_name, *overrides] = config
        return config

    ConfigLoaderImpl.load_configuration = load_once
    try:
        yield
    finally:
        ConfigLoaderImpl.load_configuration = load


def configs(overrides: Sequence[str]) -> tuple[Config, dict[str, Config]]:
    """The config that overrides make, and those of the runs that it compares, by label; raises as compose does."""
    config = OmegaConf.to_object(compose(HydraConfig.get().job.config_name, overrides))
    return config, variants(config, overrides)


def variants(config: Config, overrides: Sequence[str]) -> dict[str, Config]:
    """The configs of the runs that `config`, made by `overrides`, compares, by label; raises as compose does."""
    name = HydraConfig.get().job.config_name
    return {label: OmegaConf.to_object(compose(name, [*overrides, *more])) for label, more in config.compare.items()}


def compose(config_name: str, overrides: Sequence[str]) -> DictConfig:
    """The config that Hydra would compose, without its own node; Hydra must be initialised.

    Raises HydraException or OmegaConfBaseException where it cannot be composed.
    """
    parsed = [parse(text) for text in overrides]
    if any(_is_special(one) for one in parsed):
        return hydra.compose(config_name, list(overrides))
    choices = tuple(text for text, one in zip(overrides, parsed, strict=True) if _is_group(one.key_or_group))
    config = pickle.loads(_base(config_name, choices))
    values = [one for one in parsed if not _is_group(one.key_or_group)]
    ConfigLoaderImpl._apply_overrides_to_config(values, config)
    return config


@cache
def parse(text: str) -> Override:
    """An override taken apart. Raises HydraException where that fails."""
    return OverridesParser.create().parse_overrides([text])[0]


def _is_special(override: Override) -> bool:
    """Whether an override does more than to choose from a group or to set a value."""
    plain = not (override.is_add() or override.is_force_add() or override.is_delete() or override.is_sweep_override())
    return not plain or override.package is not None or override.is_hydra_override()


@cache
def _is_group(key: str) -> bool:
    return bool(GlobalHydra.instance().config_loader().get_group_options(key))


@lru_cache(KEPT)
def _base(config_name: str, choices: tuple[str, ...]) -> bytes:
    """Pickled: OmegaConf loads a copy in less than half the time that it takes to copy one."""
    return pickle.dumps(hydra.compose(config_name, list(choices)))
