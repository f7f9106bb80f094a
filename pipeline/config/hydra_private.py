"""The functions of Hydra that are not its public interface, each with why it is needed: nobody else touches them.

`parse`: launchers and names of runs need overrides taken apart, and `compose` has to know which choose from a group.
`apply_overrides`: `hydra.compose` reads and merges all files again for every job, a fifth of a second each.
`flag_parser`: `hydra.main` parses the command line itself, and takes a flag after an override for one more override.
`search_also`: folders to search beside one are a flag of Hydra's command, and of no function that composes.
`composed_once`: `hydra.main` composes every command's config twice, a fifth of a second of the start.
`makers_wrapped`: a sweeper and a launcher are chosen by the config, of plugins that may be unknown here; the only place
through which all of them pass are two methods of Hydra's list of plugins.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.hydra import Hydra
from hydra._internal.utils import create_config_search_path, get_args_parser
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.core.plugins import Plugins
from hydra.plugins.launcher import Launcher
from hydra.plugins.sweeper import Sweeper
from hydra.types import RunMode
from omegaconf import DictConfig

T = TypeVar("T")
Wrapper = Callable[[Callable[..., T]], Callable[..., T]]  # takes what makes something, gives what is called instead


@cache
def parse(text: str) -> Override:
    """An override taken apart. Raises HydraException where that fails."""
    return OverridesParser.create().parse_overrides([text])[0]


def apply_overrides(overrides: Sequence[Override], config: DictConfig) -> None:
    """Lay overrides of single values on a config, in place. Raises HydraException where one does not fit."""
    ConfigLoaderImpl._apply_overrides_to_config(list(overrides), config)


def flag_parser() -> argparse.ArgumentParser:
    """The parser of Hydra's flags and of overrides."""
    return get_args_parser()


def search_also(shipped: Path, own: Path) -> None:
    """Have Hydra, anew, look for configs in one folder and in another after it, as its flag --config-dir does."""
    searched = create_config_search_path(str(shipped))
    searched.prepend("command-line", f"file://{own.absolute()}", "schema")  # which has to stay the last
    GlobalHydra.instance().clear()
    Hydra.create_main_hydra2("app", searched)


@contextmanager
def composed_once() -> Iterator[None]:
    """While the block runs, a command's config is composed once, where it does not set Hydra's mode itself.

    Hydra composes it twice, first only to learn the mode, which it then adds to the overrides.
    """
    load = ConfigLoaderImpl.load_configuration
    first: dict[tuple[str | None, ...], DictConfig] = {}

    def load_once(
        self: ConfigLoaderImpl,
        config_name: str | None,
        overrides: list[str],
        run_mode: RunMode,
        from_shell: bool = True,
        validate_sweep_overrides: bool = True,
    ) -> DictConfig:
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

    ConfigLoaderImpl.load_configuration = load_once  # type: ignore[method-assign]  # what the block is for
    try:
        yield
    finally:
        ConfigLoaderImpl.load_configuration = load  # type: ignore[method-assign]  # as it was


@contextmanager
def makers_wrapped(sweeper: Wrapper[Sweeper], launcher: Wrapper[Launcher]) -> Iterator[None]:
    """While the block runs, Hydra makes sweepers and launchers, all by keywords, through these wrappers."""
    plugins = Plugins.instance()
    made = sweeper(plugins.instantiate_sweeper), launcher(plugins.instantiate_launcher)
    vars(plugins).update(instantiate_sweeper=made[0], instantiate_launcher=made[1])
    try:
        yield
    finally:
        del plugins.instantiate_sweeper, plugins.instantiate_launcher
