"""Folder names: safe, short, unique."""

import re

import pytest
from hypothesis import given, strategies as st

from pipeline.store.names import LONGEST, name_of, safe_name


@pytest.mark.parametrize(
    ("overrides", "name"),
    [("init.scale=0.1", "init.scale=0.1"), ("init.scale=0.1,video=draft", "init.scale=0.1+video=draft")],
)
def test_plain_overrides_stay_readable(overrides, name):
    assert safe_name(overrides) == name


@given(st.text(max_size=300))
def test_names_are_safe(overrides):
    name = safe_name(overrides)
    assert re.fullmatch(r"[\w.=+\-]+", name, re.ASCII)
    assert len(name) <= LONGEST
    assert name not in {".", ".."}


@given(st.text(max_size=20), st.text(max_size=20))
def test_names_are_unique(a, b):
    assert (safe_name(a) == safe_name(b)) == (a == b)


keys = st.sampled_from(["init.scale", "dynamics.seed", "init.seed", "data.path"])
values = st.dictionaries(keys, st.text(), min_size=1)


def test_a_name_says_what_differs_in_few_words():
    assert name_of({"init.scale": "0.1", "init.seed": "0"}) == "scale=0.1+seed=0"
    assert name_of({"init.seed": "0", "dynamics.seed": "1"}) == "init.seed=0+dynamics.seed=1"


def test_numbers_of_an_optimiser_are_cut_and_stay_apart():
    close = [name_of({"init.scale": text}) for text in ("0.18662266976517972", "0.18662266976517973")]
    assert all(name.startswith("scale=0.186623-") for name in close)
    assert close[0] != close[1]


def test_names_that_differ_in_capitals_only_can_be_told_apart():
    assert name_of({"data.path": "A"}).casefold() == name_of({"data.path": "a"}).casefold()
    assert name_of({"data.path": "A"}, unlike=True).casefold() != name_of({"data.path": "a"}).casefold()


@given(values)
def test_names_of_values_are_safe(chosen):
    name = name_of(chosen)
    assert re.fullmatch(r"[\w.=+\-]+", name, re.ASCII)
    assert len(name) <= LONGEST
    assert not name.startswith(".")


@given(st.data(), st.lists(st.sampled_from(["init.scale", "dynamics.seed", "init.seed", "data.path"]), unique=True))
def test_names_of_values_of_the_same_keys_are_unique(data, chosen):
    a, b = ({key: data.draw(st.text()) for key in chosen} for _ in range(2))
    assert (name_of(a) == name_of(b)) == (a == b)
