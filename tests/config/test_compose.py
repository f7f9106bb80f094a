"""Composing quickly: what Hydra would compose, for overrides of any kind, and its errors."""

import pytest
from hydra import compose as by_hydra, initialize_config_dir
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf import OmegaConf

from pipeline.config import compose as module, hydra_private
from pipeline.config.home import CONF, register

CASES = (
    [],
    ["init.scale=0.1"],
    ["video=draft", "init.scale=0.1", "data=nile"],
    ["init.scale=0.1", "init=ntk", "init.scale=0.2"],
    ["experiment=adaptive", "init.width=7", "theme=dark"],
    ["data=points", "data.x=[-1,0,1]", "data.y=[0,1,0]"],
    ["compare={lazy: ['init.scale=2'], rich: ['init.scale=0.1']}", "scene=compare"],
    ["+compare.lazy=['init.scale=2']"],
    ["name=${init.scale}", "init.scale=3"],
    ["projection.quantities=[roughness]", "scene.captions={1.0: one}"],
)


@pytest.fixture(autouse=True)
def hydra():
    """Hydra as the command line has it, with nothing kept from another test."""
    register()
    GlobalHydra.instance().clear()
    module._base.cache_clear()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        yield


@pytest.mark.parametrize("overrides", CASES, ids=" ".join)
def test_composes_what_hydra_composes(overrides):
    for _ in range(2):  # the second time from what is kept
        mine = OmegaConf.to_object(module.compose("config", overrides))
        assert mine == OmegaConf.to_object(by_hydra("config", overrides))


def test_what_is_kept_is_not_changed_by_what_is_made_of_it():
    first = module.compose("config", ["init.scale=5", "scene.captions={1.0: one}"])
    OmegaConf.update(first, "init.width", 3)
    assert OmegaConf.to_object(module.compose("config", [])) == OmegaConf.to_object(by_hydra("config", []))


@pytest.mark.parametrize("override", ["init.sclae=1", "init.width=x", "video=nope", "init.scale=1,2", "data.x=[1"])
def test_refuses_what_hydra_refuses(override):
    with pytest.raises(HydraException):
        module.compose("config", [override])


def twice(overrides, mode):
    """What Hydra's main does: compose to learn the mode, then compose for it."""
    loader = GlobalHydra.instance().config_loader()
    loader.load_configuration("config", overrides, RunMode.MULTIRUN, validate_sweep_overrides=False)
    return loader.load_configuration("config", [*overrides, f"hydra.mode={mode.name}"], mode)


@pytest.mark.parametrize("mode", RunMode)
def test_a_command_that_composes_once_has_hydras_config(mode):
    overrides = ["experiment=adaptive", "init.width=7", "hydra.run.dir=here"]
    wanted = twice(overrides, mode)
    with hydra_private.composed_once():
        made = twice(overrides, mode)
    assert made == wanted
    assert OmegaConf.to_yaml(made) == OmegaConf.to_yaml(wanted)


def test_a_command_composes_once(monkeypatch):
    calls = []
    load = ConfigLoaderImpl._load_configuration_impl
    monkeypatch.setattr(ConfigLoaderImpl, "_load_configuration_impl", lambda *a, **k: calls.append(1) or load(*a, **k))
    with hydra_private.composed_once():
        twice(["init.scale=0.1"], RunMode.RUN)
    assert len(calls) == 1


def test_a_command_that_composes_once_refuses_a_sweep_without_multirun():
    with hydra_private.composed_once(), pytest.raises(HydraException, match="multirun"):
        twice(["init.scale=1,2"], RunMode.RUN)
    with hydra_private.composed_once():
        assert twice(["init.scale=1,2"], RunMode.MULTIRUN).hydra.mode == RunMode.MULTIRUN
