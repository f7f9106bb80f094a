"""Trying a scene before its runs are computed."""

from dataclasses import replace

import pytest

from pipeline.errors import InputError
from pipeline.model.sources import load_data
from pipeline.run import rehearsal
from tests.conftest import DRAFT, composed

CONFIG = composed(*DRAFT)
DATA = load_data(CONFIG.data)


def of(**init):
    """The only run of a scene, of another network."""
    return {"": (replace(CONFIG, init=replace(CONFIG.init, **init)), DATA)}


@pytest.fixture
def built(monkeypatch):
    """The configs whose scenes were built."""
    monkeypatch.setattr(rehearsal, "passed", set())
    seen, build = [], rehearsal._build
    monkeypatch.setattr(rehearsal, "_build", lambda config, takes: (seen.append(config), build(config, takes)))
    return seen


def test_jobs_that_look_alike_are_tried_once(built):
    for init in ({"seed": 0}, {"seed": 1}, {"scale": 0.5}, {"width": 7}):
        rehearsal.rehearse(CONFIG, of(**init))
    assert len(built) == 2


def test_another_loss_and_other_neurons_look_otherwise(built):
    for dynamics in ({}, {"rtol": 1e-3}, {"loss": "huber"}, {"activation": "abs"}):
        run = replace(CONFIG, dynamics=replace(CONFIG.dynamics, **dynamics))
        rehearsal.rehearse(CONFIG, {"": (run, DATA)})
    assert len(built) == 3


def test_what_has_no_room_is_refused_each_time(built):
    small = replace(CONFIG, video=replace(CONFIG.video, width=64, height=64))
    for _ in range(2):
        with pytest.raises(InputError, match="too small"):
            rehearsal.rehearse(small, of())
    assert len(built) == 2


def test_quantities_that_a_job_does_not_have_are_refused_though_another_job_looks_alike(built):
    config = composed(*DRAFT, "dynamics.weight_decay=0.1", "projection.quantities=[optimum_cost]")
    rehearsal.rehearse(config, {"": (config, DATA)})
    without = replace(config, dynamics=replace(config.dynamics, weight_decay=0.0))
    with pytest.raises(InputError, match="weight_decay = 0"):
        rehearsal.rehearse(without, {"": (without, DATA)})
    assert len(built) == 1
