"""The shipped configs: all compose, all are documented, all keep the rules; and what breaking a rule says."""

import re

import pytest
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from pipeline import InputError
from pipeline.config.home import CONF
from pipeline.model.initialization import DISTRIBUTIONS, SCALINGS
from pipeline.run.check import CHOICES, LIMITS, OWN_KEYS, check
from tests.conftest import composed

GROUPS = "data", "init", "dynamics", "timing", "scene", "theme", "video", "experiment"
SHIPPED = [(group, path.stem) for group in GROUPS for path in sorted((CONF / group).glob("*.yaml"))]
YAMLS = [CONF / "config.yaml", *(CONF / group / f"{name}.yaml" for group, name in SHIPPED)]


@pytest.mark.parametrize(("group", "name"), SHIPPED)
def test_every_shipped_config_composes_and_keeps_the_rules(group, name):
    config = composed(f"{group}={name}", *(["data.path=my.csv"] if (group, name) == ("data", "csv") else []))
    check(config)


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_yaml_starts_with_its_command_and_explains_every_key(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# @package")]
    group = path.parent.name
    words = "" if path.name == "config.yaml" else f" {group}={path.stem}"
    assert lines[0].startswith(f"# python -m pipeline{words}")
    if group in {"experiment", "conf"}:
        return
    for line in lines:
        if re.match(r"\s*[\w]+: *[^#\s]", line):
            assert " # " in line, f"{path.name}: no comment on {line!r}"


def test_choices_are_those_of_the_code():
    assert set(CHOICES["init.scaling"]) == set(SCALINGS)
    assert set(CHOICES["init.distribution"]) == set(DISTRIBUTIONS)


@pytest.mark.parametrize(
    "override", ["init.foo=1", "foo=1", "init.width=1.5", "init.width=abc", "init.balanced=maybe", "init.scale=[1]"]
)
def test_unknown_keys_and_wrong_types_do_not_compose(override):
    with pytest.raises((HydraException, OmegaConfBaseException)) as fault:
        composed(override)
    links = [fault.value, fault.value.__cause__, fault.value.__context__]
    assert any(isinstance(link, OmegaConfBaseException) for link in links)


@pytest.mark.parametrize("key", CHOICES)
def test_values_outside_a_choice_are_refused(key):
    with pytest.raises(InputError, match=re.escape(key) + " = nonsense: unknown; choose one of "):
        check(composed(f"{key}=nonsense"))


DESCENT = OWN_KEYS["dynamics"]["gradient_descent"]


@pytest.mark.parametrize("key", LIMITS)
def test_values_beyond_a_limit_are_refused(key):
    least, most = LIMITS[key]
    beyond = [] if least is None else [float(least[1:])] if isinstance(least, str) else [least - 1]
    beyond += [] if most is None else [most + 1]
    assert beyond
    for value in beyond:
        kind = ["dynamics=momentum"] if key.split(".")[-1] in DESCENT else []
        with pytest.raises(InputError, match=rf"{re.escape(key)} = {re.escape(str(value))}"):
            check(composed(*kind, f"{key}={value}"))


RULES = {
    ("dynamics.learning_rate=0.1",): "dynamics.learning_rate = 0.1: not used by dynamics of kind gradient_flow",
    ("dynamics=adam", "dynamics.learning_rate=31"): "dynamics.learning_rate = 31: .* dynamics.end_time = 30",
    ("dynamics=adam", "dynamics.momentum=0.5"): "dynamics.momentum = 0.5: not used by dynamics of kind adam",
    ("dynamics=sgd", "dynamics.rtol=1e-3"): "dynamics.rtol = 0.001: not used",
    ("init.width=7", "init.antisymmetric=true"): "init.width = 7.*even",
    ("init.balanced=true", "init.layer_ratio=2"): "init.layer_ratio = 2",
    ("data.count=30",): "data.count = 30: not used by data of kind csv",
    ("data=sine", "data.path=a.csv"): "data.path = a.csv: not used by data of kind sine",
    ("data=sine", "data.low=2"): "data.low = 2: must be less than data.high = 1",
    ("data=csv",): "data.path = null: give the path",
    ("data=csv", "data.path=a.csv", "data.x=[1]"): r"data.x = \[1\]: give a column",
    ("data=points", "data.x=[0,1]"): "has 5 values and data.x has 2",
    ("data=points", "data.x=[0]", "data.y=[0]"): "two or more different x",
    ("data=points", "data.x=[0,nan]", "data.y=[0,1]"): "list of finite numbers",
    ("data=points", "data.x=3"): "list of finite numbers",
    ("timing.seconds=0.04",): "timing.seconds = 0.04: 1 frames at 30 a second leave",
    ("timing.seconds=3600", "video.fps=120", "init.width=1000"): "timing.seconds = 3600: 432000 frames of 1000 neurons",
    ("video.width=1921",): "video.width = 1921: video needs an even size; give 1920 or 1922",
    ("video.height=1081",): "video.height = 1081",
    ("init.scale=inf",): "init.scale = inf: must be a finite number",
    ("dynamics.end_time=nan",): "dynamics.end_time = nan",
    ("name=a/b",): "name = 'a/b': names a folder",
    ("name=..",): "names a folder",
    ("scene.wide.mosaic=[[function,nope],[plane,loss]]",): "nope.* is no panel",
    ("theme.background=white",): "theme.background = white: not a colour",
}


@pytest.mark.parametrize("overrides", RULES, ids=" ".join)
def test_broken_rules_are_named(overrides):
    with pytest.raises(InputError, match=RULES[overrides]) as fault:
        check(composed(*overrides))
    assert "\n" not in str(fault.value)
