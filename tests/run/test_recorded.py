"""A recorded run is shown as one of ours is."""

import logging

import numpy as np
import pytest

from pipeline.config.language import language_of
from pipeline.errors import InputError
from pipeline.make import make
from pipeline.run.finished import read_finished
from pipeline.run.timeline import timeline_of
from tests.conftest import DRAFT, composed
from tests.render.clips import decode

SMALL = tuple(one for one in DRAFT if not one.startswith(("init", "dynamics")))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished run of ours, its folder, and the record that it leaves."""
    folder = tmp_path_factory.mktemp("ours")
    make(composed("data=sine", "scene.subtitle=''", *DRAFT), folder)
    return folder, str(folder / "trajectory.npz")


def recorded(path, *more):
    return composed("dynamics=recorded", f"dynamics.path={path}", *SMALL, *more)


def test_a_copy_of_our_own_run_gives_the_same_frames(made, tmp_path):
    folder, path = made
    result = make(recorded(path, "data=sine", "scene.subtitle=''"), tmp_path)
    ours, theirs = (read_finished(place) for place in (folder, tmp_path))
    for key in ("t", "w", "b", "v", "c", "loss", "held", "x", "y"):
        np.testing.assert_array_equal(
            getattr(ours.takes[0].trajectory, key), getattr(theirs.takes[0].trajectory, key), err_msg=key
        )
    first, second = (decode(place / "video.mp4") for place in (folder, tmp_path))
    np.testing.assert_array_equal(first, second)
    assert list(result.manifest["record"]["files"]) == [path]
    assert make(recorded(path, "data=sine", "scene.subtitle=''"), tmp_path).done == ()


def test_its_own_samples_are_the_default_and_others_are_told(made, tmp_path, caplog):
    _, path = made
    caplog.set_level(logging.INFO)
    make(recorded(path, "render=false"), tmp_path / "own")
    assert "its own" not in caplog.text
    own = make(recorded(path, "data=step", "render=false"), tmp_path / "step")
    assert "trajectory.npz: its own 20 samples are shown, for those of `data` are others" in caplog.text
    with np.load(path) as ours, np.load(own.folder / "trajectory.npz") as shown:
        np.testing.assert_array_equal(ours["y"], shown["y"])


def test_samples_that_it_does_not_have_are_asked_for(made, tmp_path):
    with np.load(made[1]) as ours:
        np.savez(tmp_path / "bare.npz", **{key: ours[key] for key in "twbv"})
    with pytest.raises(InputError, match=r"bare\.npz: has no samples x and y; choose those"):
        make(recorded(tmp_path / "bare.npz"), tmp_path / "none")
    result = make(recorded(tmp_path / "bare.npz", "data=sine", "render=false"), tmp_path / "with")
    assert result.manifest["final_loss"] == pytest.approx(read_finished(made[0]).manifest["final_loss"], rel=1e-9)


def test_other_bytes_are_another_run(made, tmp_path):
    path = tmp_path / "run.npz"
    with np.load(made[1]) as ours:
        arrays = dict(ours)
    np.savez(path, **arrays)
    assert make(recorded(path, "render=false"), tmp_path / "run").done == ("simulate", "project")
    assert make(recorded(path, "render=false"), tmp_path / "run").done == ()
    np.savez(path, **arrays | {"v": 2 * arrays["v"]})
    assert make(recorded(path, "render=false"), tmp_path / "run").done == ("simulate", "project")


@pytest.mark.parametrize("key", ["init.scale=2", "init.width=7", "dynamics.end_time=5", "dynamics.rtol=1e-3"])
def test_keys_that_would_do_nothing_are_refused(made, tmp_path, key):
    with pytest.raises(InputError, match=rf"^{key.split('=')[0]} = .*; leave it out$"):
        make(recorded(made[1], key), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_it_stands_beside_a_run_of_ours(made, tmp_path):
    with np.load(made[1]) as ours:
        np.savez(tmp_path / "run.npz", **{key: ours[key] for key in "wbvxy"}, t=10 * ours["t"])
    overrides = {"ours": ["dynamics.end_time=10"], "theirs": ["dynamics=recorded", f"dynamics.path={tmp_path}/run.npz"]}
    base = "data=sine", "scene=compare", *SMALL
    runs = {label: composed(*base, *more) for label, more in overrides.items()}
    result = make(composed(*base), tmp_path / "both", runs=runs)
    assert [take.trajectory.t[-1] for take in read_finished(result.folder).takes] == [10, 10]


def test_its_times_may_begin_and_be_called_as_one_likes(made, tmp_path):
    with np.load(made[1]) as ours:
        np.savez(tmp_path / "run.npz", **{key: ours[key] for key in "wbvxy"}, t=500 + np.arange(len(ours["t"])))
    for kind in ("even", "log", "linear", "arclength"):
        config = recorded(tmp_path / "run.npz", "dynamics.time_label=step", f"timing={kind}", "render=false")
        folder = make(config, tmp_path / kind).folder
        take = read_finished(folder).takes[0]
        axis = timeline_of(take.config, [take]).axis
        end = float(take.trajectory.t[-1])
        shares = np.linspace(0, 1, 9)
        times = axis.time(shares)
        assert (times[0], times[-1]) == (500, end)
        assert (np.diff(times) > 0).all()  # no rest before the first record
        np.testing.assert_allclose(axis.position(times), shares, atol=1e-3)
        places, names = axis.ticks(5)
        assert 0 <= min(places) < 0.1
        assert 0.9 < max(places) <= 1
        assert kind == "linear" or names[0] == "500"
    say = language_of(take.config.language)
    assert say("axes.time_paced", pace="log") == "step (log)"
    assert say("axes.time_is", time=7) == "step 7"
    assert say("talk.section_times", first=1, last=2) == "step 1 to 2"
    assert "from step 0 to 9." in say("talk.described", end=9)


def test_runs_that_count_different_things_are_not_put_side_by_side(made, tmp_path):
    runs = {label: recorded(made[1], f"dynamics.time_label={label}", "scene=compare") for label in ("step", "epoch")}
    with pytest.raises(InputError, match="compare: times count epoch and step; give all"):
        make(composed("data=sine", "scene=compare", *SMALL), tmp_path / "both", runs=runs)
