"""What a run's video tells is told anew without computing anything again, and stands in its manifest."""

import pytest

from pipeline.errors import InputError
from pipeline.make import make
from pipeline.run.check import check
from pipeline.run.finished import read_finished
from tests.conftest import DRAFT, composed

SMALL = "data=sine", "data.count=6", "init.scale=0.1", *DRAFT, "dynamics.end_time=30"
BEAT = 'scene.beats=[{at: "loss < 1.3", say: "%s", point_at: {knot: largest}, hold: 1}]'


def test_a_change_of_words_is_drawn_and_nothing_else(tmp_path):
    first = make(composed(*SMALL, BEAT % "now"), tmp_path)
    assert first.done == ("simulate", "project", "render")
    story = first.manifest["story"]
    (beat,) = story["beats"]
    assert (story["opening"], story["ending"], beat["say"]) == (None, None, "now")
    assert 0 <= beat["seconds"][0] < beat["seconds"][1] <= first.manifest["seconds"]
    assert first.manifest["frames"] == 12 + 6
    other = make(
        composed(*SMALL, BEAT % "at {loss:.2f}", "scene.opening=true", "scene.ending={say: done, hold: 1}"), tmp_path
    )
    assert other.done == ("render",)
    assert other.manifest["story"]["beats"][0]["say"] == "at 1.30"
    assert other.manifest["story"]["beats"][0]["at"] == beat["at"]
    assert other.manifest["story"]["opening"] == [0, 3]
    assert other.manifest["story"]["ending"] == [6, 7]
    assert other.manifest["frames"] == 12 + 6 + 18 + 6 == len(read_finished(tmp_path).films[0].t)


def test_quantities_that_words_name_are_asked_of_the_projection(tmp_path):
    make(composed(*SMALL), tmp_path)
    told = make(composed(*SMALL, BEAT % "bends {path_norm:.1f}"), tmp_path)
    assert told.done == ("project", "render")
    assert "{" not in told.manifest["story"]["beats"][0]["say"]


def test_a_moment_that_never_comes_is_told_before_drawing(tmp_path):
    with pytest.raises(InputError, match=r"beats\[0\]\.at = loss < 1e-30: never comes; the least loss is .*, at t = "):
        make(composed(*SMALL, 'scene.beats=[{at: "loss < 1e-30", say: x}]'), tmp_path)
    assert not list(tmp_path.glob("video*"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("scene.beats=[{at: 31, say: x}]", "never comes; the run ends at dynamics.end_time = 30"),
        ("scene.beats=[{at: 1, say: '{los}'}]", "there is no quantity los"),
        ("scene.beats=[{at: 1, say: '{path_nrm:.2f}'}]", r"there is no quantity path_nrm, did you mean path_norm\?"),
        ("scene.beats=[{at: 1, say: '{knot}'}]", "knot is no single number a frame"),
        ("scene.beats=[{at: 1, say: '{loss:.2q}'}]", "'.2q' is no format"),
        ("scene.beats=[{at: 1, say: '{loss:>99999}'}]", "'>99999' is no format"),
        ("scene.beats=[{at: 1, say: x, point_at: {knot: near nan}}]", "knot = near nan: give largest, second, third"),
        ("scene.beats=[{at: 1, say: x, point_at: {panel: plane}}]", "panel = plane: is not in this scene"),
        ("scene.beats=[{at: 1, say: x, point_at: {curve: cubic}}]", "curve = cubic: is not in this scene"),
        ("scene.beats=[{at: 1, say: x, point_at: {panel: threads, x: 1}}]", "x is in no function panel"),
        ("scene.ending={say: x, sorce: y}", r"scene\.ending\.sorce: no such key, did you mean source\?"),
        ("scene.ending={source: x}", r"scene\.ending\.say: must be given"),
        ("scene.evidence={quantity: pth_norm}", "there is no quantity pth_norm"),
        ("scene.evidence={quantity: path_norm, target: true}", "target = true: give a number"),
    ],
)
def test_what_is_no_storyboard_is_refused_before_any_work(given, message):
    with pytest.raises(InputError, match=message) as refused:
        check(composed(*SMALL, given))
    assert "\n" not in str(refused.value)
