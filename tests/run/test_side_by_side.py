"""Several runs in one video."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import InputError
from pipeline.make import make
from pipeline.render.film.timing import PACES
from pipeline.run.drawing import make_films
from pipeline.run.finished import read_take
from pipeline.run.side_by_side import check_runs
from pipeline.simulate.trajectory import Trajectory
from tests.conftest import DRAFT, composed

SMALL = ("data=sine", "scene=compare", *DRAFT)


def runs_of(*overrides: str, base=SMALL):
    """A config and one run for each override, under its value."""
    return composed(*base), {override.partition("=")[2]: composed(*base, override) for override in overrides}


def test_runs_share_their_timeline_and_stand_in_folders_of_their_own(tmp_path):
    config, runs = runs_of("init.scale=3", "init.scale=0.1", "dynamics=gradient_descent")
    result = make(config, tmp_path, runs=runs)
    assert result.done == ("render",)
    assert result.video.stat().st_size > 1000
    folders = [tmp_path / one["folder"] for one in result.manifest["runs"].values()]
    stored = [Trajectory.load(folder / "trajectory.npz") for folder in folders]
    assert list(result.manifest["runs"]) == ["3", "0.1", "gradient_descent"]
    assert result.manifest["frames"] == 12
    takes = [read_take(folder) for folder in folders]
    for kind in PACES:
        films = make_films(replace(config, timing=replace(config.timing, kind=kind)), takes)
        for film in films:
            np.testing.assert_array_equal(film.t, films[0].t)
            assert film.t[[0, -1]].tolist() == [0, config.dynamics.end_time]
    assert result.manifest["final_loss"] == max(trajectory.loss[-1] for trajectory in stored)


def test_a_rerun_does_only_what_is_missing(tmp_path):
    config, runs = runs_of("init.scale=3", "init.scale=0.1")
    make(config, tmp_path, runs=runs)
    assert make(config, tmp_path, runs=runs).done == ()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("trajectory.npz")}
    dark, runs = runs_of("init.scale=3", "init.scale=0.1", base=(*SMALL, "theme=dark"))
    assert make(dark, tmp_path, runs=runs).done == ("render",)
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("trajectory.npz")}
    dark, runs = runs_of("init.scale=3", "init.scale=0.2", base=(*SMALL, "theme=dark"))
    assert make(dark, tmp_path, runs=runs).done == ("render",)
    make(replace(dark, preview=True), tmp_path, runs=runs)
    assert (tmp_path / "preview" / "last.png").stat().st_size > 1000
    assert make(dark, tmp_path, runs=runs).done == ()


@pytest.mark.parametrize("labels", [("A", "a"), ("He", "hE"), ("3.e", "3.E")])
def test_runs_whose_folders_are_one_on_some_file_systems_are_refused(labels):
    run = composed(*SMALL)
    with pytest.raises(InputError, match="differ in capitals only or not at all") as refused:
        check_runs(run, dict.fromkeys(labels, run))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("overrides", "base", "message"),
    [
        (["init.scale=3"], (), "compare: 1 runs; give 2 to 9"),
        (["init.scale=3", "init.scale=4"], ("render=false",), "render = false"),
        (["init.scale=3", "timing.seconds=4"], (), "compare.4: overrides timing"),
        (["init.scale=3", "dynamics.end_time=4"], (), "dynamics.end_time = 4"),
        (["init.scale=3", "init.scale=-1"], (), "init.scale = -1"),
    ],
)
def test_runs_that_cannot_share_frames_are_refused(tmp_path, overrides, base, message):
    config, runs = runs_of(*overrides, base=(*SMALL, *base))
    with pytest.raises(InputError, match=message):
        make(config, tmp_path / "new", runs=runs)
    assert not (tmp_path / "new").exists()
