"""Overrides as values and as words."""

import pytest

from pipeline.config.language import english, language_of
from pipeline.config.schema.config import Config
from pipeline.store.names import short_names
from pipeline.sweep.compared.spoken import label_of, spoken_names
from pipeline.sweep.compared.values import in_order, parse_override, value_words
from tests.conftest import composed


@pytest.mark.parametrize(
    ("override", "key", "value"),
    [
        ("init.scale=1e-2", "init.scale", 0.01),
        ("init.seed=3", "init.seed", 3),
        ("+init.balanced=true", "init.balanced", True),
        ("data=nile", "data", "nile"),
        ("data.path='a=b,c.csv'", "data.path", "a=b,c.csv"),
        ("timing.first_time=null", "timing.first_time", None),
        ("data.x=[1,2]", "data.x", "[1,2]"),
        ("name='it'", "name", "it"),
    ],
)
def test_an_override_is_read_as_its_type(override, key, value):
    assert parse_override(override) == (key, value)
    assert type(parse_override(override)[1]) is type(value)


def test_words_are_short_and_names_unambiguous():
    assert value_words(0.1) == "0.1"
    assert value_words(True) == "true"
    assert value_words(None) == "null"
    assert len(value_words("x" * 99)) < 30
    assert short_names(["init.scale", "init.seed"]) == {"init.scale": "scale", "init.seed": "seed"}
    assert short_names(["data.seed", "init.seed"]) == {"data.seed": "data.seed", "init.seed": "init.seed"}
    assert label_of({"init.scale": 0.1, "data": "nile"}, english()) == "initial scale 0.1 · nile"
    assert label_of({"init.width": 60, "dynamics.weight_decay": 2e-7}, english()) == "60 neurons · weight decay 2×10⁻⁷"


@pytest.mark.parametrize("code", ["en", "de", "fr"])
def test_keys_are_told_apart_by_their_names(code):
    flat = [f"{group}.{key}" for group in ("data", "init", "dynamics") for key in vars(getattr(Config(), group))]
    say = language_of(composed(f"language={code}").language)
    said = {*say.part("swept"), *say.part("swept_names")}
    assert said <= {key.replace(".", "_") for key in [*flat, "run", "data", "init", "dynamics"]}
    names = spoken_names(flat, say)
    assert len(set(names.values())) == len(flat)
    assert not any("_" in name for name in names.values())


def test_numbers_are_put_in_order_and_words_are_not():
    assert in_order([10, 0.1, 1, 0.1]) == [0.1, 1, 10]
    assert in_order(["nile", "cubic", "nile"]) == ["nile", "cubic"]
    assert in_order([True, 1]) == [True, 1]
