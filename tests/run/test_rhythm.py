"""No shipped experiment drags or leaps, as its video will show it."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.render.film.rhythm import DEAD, LEAP, rhythm
from pipeline.run.drawing import make_film
from pipeline.run.timeline import timeline_of
from tests.claims.played import taken
from tests.conftest import composed
from tests.run.untold import untold
from tests.test_experiments import EXPERIMENTS

TIMED = "plateaus", "spectral_bias"  # which show how long things take


def rhythm_of(experiment: str, *overrides: str):
    config = untold(composed(f"experiment={experiment}", *overrides))
    takes = [taken(experiment, *more) for more in config.compare.values()] or [taken(experiment)]
    timeline = timeline_of(config, takes)
    return rhythm([make_film(config, take, timeline) for take in takes], timeline)


@pytest.mark.parametrize("experiment", sorted({*EXPERIMENTS} - {*TIMED}))
def test_something_happens_all_the_time_and_never_too_much_at_once(experiment):
    found = rhythm_of(experiment)
    assert found.least >= DEAD
    assert found.largest <= LEAP
    assert found.is_steady


@pytest.mark.parametrize("experiment", TIMED)
def test_clips_about_time_are_paced_by_it(experiment):
    assert composed(f"experiment={experiment}").timing.kind == "log"


def test_dead_time_and_leaps_are_seen():
    assert rhythm_of("lonely_pieces", "timing=log").least < DEAD  # its last two decades
    assert rhythm_of("hessian", "timing=linear").largest > LEAP  # all that it learns, at once


def test_a_run_in_which_nothing_changes_is_steady():
    take = taken("hessian")
    rests = {name: np.repeat(getattr(take.trajectory, name)[:1], 2, axis=0) for name in ("w", "b", "v", "c", "loss")}
    held = take.trajectory.held[[0, 0]]
    still = replace(take, trajectory=replace(take.trajectory, t=np.array([0.0, 1.0]), held=held, **rests))
    config = untold(take.config)
    timeline = timeline_of(config, [still])
    assert rhythm([make_film(config, still, timeline)], timeline).is_steady
    assert np.diff(timeline.times[timeline.shares < 1]).min() >= 0
