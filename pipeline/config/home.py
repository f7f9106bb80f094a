"""What is made of the shipped configs by name, and how Hydra learns the types of their keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hydra import initialize_config_dir
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from omegaconf import OmegaConf

from pipeline.config.hydra_private import search_also
from pipeline.config.run_name import run_name
from pipeline.config.schema.data import DataConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.shipped import CONF as CONF, shipped_keys
from pipeline.config.structure import structured


def shipped_theme(name: str) -> ThemeConfig:
    """A theme that comes with the package, by name."""
    return ThemeConfig(**shipped_keys("theme", name))


def shipped_data(name: str) -> DataConfig:
    """A data set that comes with the package, by name, in English."""
    return DataConfig(**shipped_keys("data", name))


def shipped_sentences(code: str) -> dict[str, str]:
    """What a language that comes with the package has for what shipped configs say; {} for any other language."""
    there = (CONF / "language" / f"{code}.yaml").is_file()
    sentences: dict[str, str] = shipped_keys("language", code).get("sentences", {}) if there else {}
    return sentences


@contextmanager
def composing(own: Path | None = None) -> Iterator[None]:
    """Within the block, configs can be composed of the shipped ones, and those in the folder `own`, without the
    command's Hydra.
    """
    register()
    GlobalHydra.instance().clear()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        if own is not None:
            search_also(CONF, own)
        yield


@cache
def register() -> None:
    """Tell Hydra the types of all keys, once a process: it takes longer than to compose a config."""
    ConfigStore.instance().store("schema", structured())
    OmegaConf.register_new_resolver("run_name", run_name, replace=True)  # hydra.run.dir is made of it
