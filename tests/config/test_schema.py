"""The shipped configs: all compose, all keep the rules and say nothing twice; and what breaking a rule says."""

import math
import re
from dataclasses import asdict, fields, is_dataclass

import pytest
import yaml
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from pipeline import InputError
from pipeline.config.check import SIZES, check_values, leaves
from pipeline.config.complaints import complaint
from pipeline.config.fields import choices_of, key_of
from pipeline.config.home import CONF
from pipeline.config.schema.config import Config
from pipeline.config.tables import TABLES
from pipeline.run.check import check
from tests.conftest import composed

GROUPS = "data", "init", "dynamics", "timing", "scene", "theme", "video", "embed", "experiment"
SHIPPED = [(group, path.stem) for group in GROUPS for path in sorted((CONF / group).glob("*.yaml"))]
YAMLS = [CONF / "config.yaml", *(CONF / group / f"{name}.yaml" for group, name in SHIPPED)]
# What some choices do not work without.
NEEDED = {
    ("data", "csv"): ["data.path=my.csv"],
    ("data", "recorded"): ["data.path=run.npz"],
    ("init", "file"): ["init.path=weights.npz"],
    ("init", "knots"): ["init.breakpoints=[0]", "init.jumps=[1]"],
    ("init", "spikes"): ["init.spikes=[0]"],
    ("init", "weights"): ["init.w=[1]", "init.b=[0]", "init.v=[1]"],
    ("dynamics", "recorded"): ["dynamics.path=run.npz"],
}
KEYS = {name: (value, entry) for name, value, entry in leaves(Config())}
BOUNDS = [
    (name, bound)
    for name, (_, entry) in KEYS.items()
    for bound in ("at_least", "above", "at_most", "below")
    if getattr(key_of(entry), bound) is not None
]
CHOICES = [name for name, (_, entry) in KEYS.items() if choices_of(name, key_of(entry))]


@pytest.mark.parametrize(("group", "name"), SHIPPED)
def test_every_shipped_config_composes_and_keeps_the_rules(group, name):
    check(composed(f"{group}={name}", *NEEDED.get((group, name), [])))


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_yaml_starts_with_its_command(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# @package")]
    words = "" if path.name == "config.yaml" else f" {path.parent.name}={path.stem}"
    assert lines[0].startswith(f"# python -m pipeline{words}")


@pytest.mark.parametrize(("group", "name"), [each for each in SHIPPED if each[0] != "experiment"])
def test_a_group_says_only_what_differs_from_the_defaults(group, name):
    said = yaml.safe_load((CONF / group / f"{name}.yaml").read_text(encoding="utf-8")) or {}
    said.pop("defaults", None)  # Hydra's own: what else is chosen with it
    assert list(_repeated(said, asdict(Config())[group])) == []


def _repeated(said, defaults):
    """Keys that a YAML file gives their default again."""
    for key, value in said.items():
        if isinstance(value, dict) and isinstance(defaults[key], dict) and defaults[key]:
            yield from _repeated(value, defaults[key])
        elif value == defaults[key]:
            yield key


def test_every_key_is_explained_and_every_number_bounded():
    for name, (value, entry) in KEYS.items():
        rule = key_of(entry)
        assert rule.meaning, name
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert None not in (rule.at_least if rule.above is None else rule.above, rule.at_most or rule.below), name


def test_defaults_keep_what_their_fields_say():
    check_values(Config())


@pytest.mark.parametrize(
    "override", ["init.foo=1", "foo=1", "init.width=1.5", "init.width=abc", "init.balanced=maybe", "init.scale=[1]"]
)
def test_unknown_keys_and_wrong_types_do_not_compose(override):
    with pytest.raises((HydraException, OmegaConfBaseException)) as fault:
        composed(override)
    links = [fault.value, fault.value.__cause__, fault.value.__context__]
    assert any(isinstance(link, OmegaConfBaseException) for link in links)


BOOLEANS = [name for name, (_, entry) in KEYS.items() if entry.type in (bool, bool | None)]


@pytest.mark.parametrize("name", BOOLEANS)
def test_booleans_are_true_or_false_and_nothing_else(name):
    *groups, last = name.split(".")
    for word in ("true", "false"):
        group = composed(f"{name}={word}")
        for each in groups:
            group = getattr(group, each)
        assert getattr(group, last) is (word == "true")
    for word in ("1", "0", "2", "1.0", "on", "off", "yes", "n", "'true'", "[true]"):
        with pytest.raises((HydraException, OmegaConfBaseException)) as fault:
            composed(f"{name}={word}")
        assert complaint(fault.value).startswith(f"{name} = ")
        assert complaint(fault.value).endswith(": must be true or false")


def changed(name, value):
    """A default config with one key changed."""
    config = Config()
    *groups, last = name.split(".")
    part = config
    for group in groups:
        part = getattr(part, group)
    setattr(part, last, value)
    return config


@pytest.mark.parametrize("name", CHOICES)
def test_values_outside_a_choice_are_refused(name):
    with pytest.raises(InputError, match=re.escape(name) + " = nonsense: unknown; choose one of "):
        check_values(changed(name, "nonsense"))


@pytest.mark.parametrize(("name", "bound"), BOUNDS)
def test_a_bound_is_kept_at_its_edge(name, bound):
    _, entry = KEYS[name]
    limit = getattr(key_of(entry), bound)
    whole, listed = "int" in str(entry.type), "list" in str(entry.type)
    up = bound in ("at_most", "below")
    step = (
        (lambda number: number + (1 if up else -1)) if whole else (lambda n: math.nextafter(n, math.inf * (2 * up - 1)))
    )
    beyond = limit if bound in ("above", "below") else step(limit)
    inside = limit if bound in ("at_least", "at_most") else SIZES[0] if limit == 0 else math.nextafter(limit, 0.0)
    with pytest.raises(InputError, match=rf"^{re.escape(name)} = .*: must be "):
        check_values(changed(name, [beyond] if listed else beyond))
    config = changed(name, [inside] if listed else inside)
    if "kind" in vars(part := getattr(config, name.split(".")[0], config)):
        rows = TABLES.get(f"{name.split('.')[0]}.kind", {})
        part.kind = next((kind for kind in rows if name.split(".")[-1] in getattr(rows[kind], "keys", ())), part.kind)
    check_values(config)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e-300, 1e300, 10**400, True, "1", [1.0], None])
def test_what_is_no_usable_number_is_refused(value):
    for name in (name for name, (_, entry) in KEYS.items() if entry.type is float):
        with pytest.raises(InputError, match=rf"^{re.escape(name)} = [^\n]{{1,80}}: must be ") as fault:
            check_values(changed(name, value))
        assert len(str(fault.value)) < 200


SHAPES = (3, "a", [1, math.nan], [[1]], {"a": 1}, [None], {1: [2]}, [True])


@pytest.mark.parametrize("name", [name for name, (_, e) in KEYS.items() if re.search(r"list|dict", str(e.type))])
def test_values_of_another_shape_are_refused(name):
    for value in SHAPES:
        if isinstance(value, dict) and "Any" in str(KEYS[name][1].type):
            continue  # what panels are told is checked with the panels
        with pytest.raises(InputError, match=rf"^{re.escape(name)} = .*: must be "):
            check_values(changed(name, value))


def test_every_group_of_the_schema_is_a_dataclass_with_words():
    for entry in fields(Config):
        if is_dataclass(entry.type):
            assert entry.type.__doc__
            assert not entry.type.__doc__.startswith(entry.type.__name__)


RULES = {
    ("dynamics.learning_rate=0.1",): "dynamics.learning_rate = 0.1: not used by dynamics of kind gradient_flow",
    ("dynamics=adam", "dynamics.learning_rate=31"): "dynamics.learning_rate = 31: .* dynamics.end_time = 30",
    ("dynamics=adam", "dynamics.momentum=0.5"): "dynamics.momentum = 0.5: not used by dynamics of kind adam",
    ("dynamics=momentum", "dynamics.momentum=1"): "dynamics.momentum = 1.0: must be less than 1",
    ("dynamics=sgd", "dynamics.batch_size=0"): "dynamics.batch_size = 0: must be at least 1",
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
    ("data=points", "data.x=[0,nan]", "data.y=[0,1]"): "finite numbers",
    ("data=points", "data.x=3"): "list of finite numbers",
    ("data=points", "data.x=[true,false]", "data.y=[0,1]"): "list of finite numbers",
    ("timing.seconds=0.04",): "timing.seconds = 0.04: 1 frames at 30 a second leave",
    ("timing.seconds=3600", "video.fps=120", "init.width=1000"): "timing.seconds = 3600: 432000 frames of 1000 neurons",
    ("video.width=1921",): "video.width = 1921: video needs an even size; give 1920 or 1922",
    ("video.height=1081",): "video.height = 1081",
    ("init.scale=inf",): "init.scale = inf: must be a finite number",
    ("dynamics.end_time=nan",): "dynamics.end_time = nan",
    ("scene.times=[nan,1]",): r"scene.times = \[nan, 1.0\]: must be finite numbers",
    ("name=a/b",): "name = 'a/b': names a folder",
    ("name=..",): "names a folder",
    ("scene.wide.mosaic=[[function,nope],[plane,loss]]",): "nope.* is no panel",
    ("scene.panels={function: 5}",): "scene.panels.function = 5: give a dictionary of options",
    ("scene.wide.width_ratios=[1,nan]",): "scene.wide.width_ratios = .*: must be finite numbers",
    ("theme.background=white",): "theme.background = white: not a colour",
}


@pytest.mark.parametrize("overrides", RULES, ids=" ".join)
def test_broken_rules_are_named(overrides):
    with pytest.raises(InputError, match=RULES[overrides]) as fault:
        check(composed(*overrides))
    assert "\n" not in str(fault.value)
