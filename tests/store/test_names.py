"""Folder names: safe, short, unique."""

import re

import pytest
from hypothesis import given, strategies as st

from pipeline.store.names import LONGEST, safe_name


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
