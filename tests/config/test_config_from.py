"""A config as a manifest holds it, of this version or another."""

import json
from dataclasses import asdict

import pytest

from pipeline.config.schema.config import Config, config_from
from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError

WHOLE = json.loads(json.dumps(asdict(Config())))
GROUPS = [name for name, value in WHOLE.items() if isinstance(value, dict) and value]


def test_what_is_missing_has_its_default():
    assert config_from({}) == config_from(WHOLE) == Config()
    for name in WHOLE:
        assert config_from({key: value for key, value in WHOLE.items() if key != name}) == Config()
    for group in GROUPS:
        for name in WHOLE[group]:
            fewer = {key: value for key, value in WHOLE[group].items() if key != name}
            assert config_from(WHOLE | {group: fewer}) == Config()


def test_what_the_schema_does_not_have_is_left_out():
    assert config_from(WHOLE | {"new": 1, "init": WHOLE["init"] | {"new": 1}}) == Config()


@pytest.mark.parametrize("junk", [5, "text", [1], None, True])
def test_a_group_that_is_none_is_one_line(junk):
    with pytest.raises(InputError, match=r"^config = .*: is a group of keys"):
        config_from(junk)
    with pytest.raises(InputError, match=r"^init = .*: is a group of keys"):
        config_from(junk, InitConfig)
    for group in GROUPS:
        with pytest.raises(InputError, match=rf"^{group} = .*: is a group of keys") as fault:
            config_from(WHOLE | {group: junk})
        assert "\n" not in str(fault.value)


@pytest.mark.parametrize("junk", [object(), [1], {"a": {}}, "text", None])
def test_a_value_of_any_kind_is_left_for_the_rules_of_values(junk):
    for group in GROUPS:
        for name, value in WHOLE[group].items():
            if not isinstance(value, dict) or not value:
                config = config_from(WHOLE | {group: WHOLE[group] | {name: junk}})
                assert getattr(getattr(config, group), name) == junk
