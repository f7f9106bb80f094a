"""Runs without a name: named by what differs, and never as another run."""

import pytest
from hypothesis import given, strategies as st

from pipeline.config.run_name import run_name

OVERRIDES = (
    "data=sine",
    "data=nile",
    "init.scale=0.3",
    "init.seed=1",
    "data.seed=1",
    "dynamics.seed=1",
    "video.width=640",
    "init.width=640",
    "theme=dark",
    "experiment=nile",
)


@pytest.mark.parametrize(
    ("overrides", "name"),
    [
        ([], "default"),
        (["data=sine", "init.scale=0.3"], "data=sine+scale=0.3"),
        (["init.scale=0.3", "data=sine"], "data=sine+scale=0.3"),
        (["init.scale=0.1,1", "data=sine"], "data=sine"),
        (["init.seed=1"], "init.seed=1"),
        (["force=true", "embed=talk", "frames.range=[0,3]", "preview=true", "hydra.run.dir=x"], "default"),
        (["experiment=nile"], "experiment=nile"),
    ],
)
def test_a_run_is_named_by_what_differs(overrides, name):
    assert run_name(None, overrides) == name
    assert run_name("mine", overrides) == "mine"


@given(st.sets(st.sampled_from(OVERRIDES)), st.sets(st.sampled_from(OVERRIDES)))
def test_other_overrides_give_another_name(one, other):
    one, other = (dict(override.split("=") for override in sorted(each)) for each in (one, other))
    names = [run_name(None, [f"{key}={value}" for key, value in each.items()]) for each in (one, other)]
    assert (names[0] == names[1]) == (one == other)
