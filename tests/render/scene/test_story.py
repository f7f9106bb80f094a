"""What a clip tells: where words stand, what arrows point at, how long it stands; fast frames are plain ones."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.errors import InputError
from pipeline.render.cells import TALL, WIDE
from pipeline.render.film.storyboard import clip_frames, tells
from pipeline.render.film.telling import told
from pipeline.render.film.timing import Stand, with_stands
from tests.conftest import composed
from tests.render.runs import awkward_run, film_of, told_scene

FPS = 10
TIMING = TimingConfig("log", 4.0, 0.2, 0.4)
BEATS = [
    {"at": "first_catch", "say": "now a sample holds it, {loss:.2g}", "point_at": {"knot": "caught"}, "hold": 1.0},
    {"at": "30 %", "say": "this one at $x_2$", "point_at": {"sample": 2}, "dim": True, "hold": 0.7},
    {"at": 9, "say": "the curve ends here", "point_at": {"x": 6.0}, "hold": 0.5},
]
TOLD = SceneConfig(
    opening=True,
    beats=BEATS,
    ending={
        "say": "It is what it is",
        "measured": "{loss:.2f}",
        "predicted": "0.1",
        "source": "nobody 2019",
        "hold": 1,
    },
    evidence={"quantity": "loss", "format": ".2f", "target": 0.1, "say": "the loss"},
)


def timeline_of(scene: SceneConfig, **facts):
    """The moments of a run, and a clip's timeline."""
    film = film_of(*awkward_run(frames=40), **facts)
    return film, told(scene, [film], TIMING, FPS, film.time)


@pytest.fixture(scope="module", params=[(640, 360), (360, 640)], ids=["wide", "upright"])
def clip(request):
    """A clip that tells all that can be told."""
    return told_scene(*awkward_run(frames=40), *request.param, scene=TOLD, timing=TIMING, fps=FPS)


def test_fast_frames_are_plain_frames_whatever_is_told(clip):
    story = clip.story
    frames = {*range(0, story.opening[1], 6), *(k for beat in story.beats for k in (beat.start, beat.stop - 1))}
    for k in (*sorted(frames, reverse=True), story.ending[0] - 1, story.ending[0], len(clip) - 1):
        np.testing.assert_array_equal(clip.frame(k), clip.still(k), err_msg=str(k))


def test_what_is_told_follows_its_target_from_frame_to_frame(clip):
    """As in a frame that one comes to from elsewhere."""
    size = clip.style.width, clip.style.height
    other = told_scene(*awkward_run(frames=40), *size, scene=TOLD, timing=TIMING, fps=FPS)
    moved = 0
    for beat in clip.story.beats:
        arrows = set()
        for k in range(beat.start, beat.stop):
            clip.frame(k)
            arrows.add(b"".join(shape.vertices.tobytes() for shape in clip.telling.words.arrow.shapes))
        other.frame(beat.start - 1)
        np.testing.assert_array_equal(clip.frame(beat.stop - 1), other.frame(beat.stop - 1))
        moved += len(arrows) > 1
    assert moved


def test_what_changes_from_frame_to_frame_is_in_cells_that_are_told(clip):
    story = clip.story
    frames = [*range(0, story.opening[1], 6), *(k for beat in story.beats for k in (beat.start, beat.stop - 1)), 3]
    before = clip.frame(frames[-1]).copy()
    clip.canvas.take_changed()
    for k in (*frames, story.ending[0]):
        if k % 2:
            clip.still(k)  # draws into the same buffer
        frame = clip.frame(k)
        changed = clip.canvas.take_changed().repeat(TALL, axis=0).repeat(WIDE, axis=1)
        assert changed[: len(frame), : frame.shape[1]][(frame != before).any(axis=2)].all(), k
        before = frame.copy()


def test_without_subtitles_only_the_words_of_beats_are_gone(clip):
    size = clip.style.width, clip.style.height
    quiet = told_scene(*awkward_run(frames=40), *size, scene=TOLD, timing=TIMING, fps=FPS, subtitles=False)
    story = clip.story
    for k in (0, story.opening[1] - 1, story.beats[0].start - 1, story.beats[-1].stop, len(clip) - 1):
        np.testing.assert_array_equal(quiet.frame(k), clip.frame(k), err_msg=str(k))
    for beat in story.beats:
        k = beat.start + 1
        assert (quiet.frame(k) != clip.frame(k)).any()
        assert quiet.film.shown(k) == clip.film.shown(k)


def test_an_arrow_ends_beside_what_it_points_at_in_every_frame(clip):
    near = clip.style.text
    for beat in clip.story.beats:
        placed = clip.telling.words.placed[beat.start]
        for k in range(beat.start, beat.stop):
            clip.frame(k)
            shown = clip.film.shown(k)
            way = np.hypot(*np.subtract(clip.telling.words.tip, placed.target.tip(shown)))
            assert way <= placed.target.radius(shown) + 0.5 * near
            assert way >= min(placed.target.radius(shown), near)


def test_words_stand_over_nothing_that_is_drawn_as_long_as_they_stand(clip):
    """Neither the curve nor samples, nor what they are about, nor an edge of the frame."""
    for beat in clip.story.beats:
        placed = clip.telling.words.placed[beat.start]
        box, axes, film = placed.box, placed.panel.axes, clip.film
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= clip.style.width and box.y1 <= clip.style.height  # noqa: PT018
        x = np.linspace(*placed.panel.limits.x, 400)
        for k in sorted({film.shown(k) for k in range(beat.start, beat.stop)}):
            points = np.concatenate(
                [np.column_stack([x, film.evaluate(k, x)]), np.column_stack([film.x, film.y]), [placed.target.at(k)]]
            )
            assert not inside(axes.transData.transform(points), box).any(), beat.say


def inside(points, box):
    """(P,) which points (P, 2) lie in a box."""
    return (points[:, 0] > box.x0) & (points[:, 0] < box.x1) & (points[:, 1] > box.y0) & (points[:, 1] < box.y1)


def test_words_are_legible_and_take_three_lines_at_most(clip):
    for placed in clip.telling.words.placed.values():
        assert 1 <= len(placed.lines) <= 3
        assert clip.telling.words.size >= 1.1 * clip.style.text
    for text, words, _, _ in clip.telling.card.texts:
        assert text.size >= clip.style.height / 25, words


def test_an_opening_builds_up_and_an_ending_covers(clip):
    start, stop = clip.story.opening
    inked = [np.count_nonzero((clip.frame(k) != clip.frame(k)[0, 0]).any(axis=2)) for k in (start, stop - 1)]
    assert inked[0] < inked[1]
    steps = [clip.telling.opening.step(k) for k in range(start, stop)]
    assert sorted(set(steps)) == [0, 1, 2, 3]
    assert steps == sorted(steps)
    before, ended = np.array(clip.frame(clip.story.ending[0] - 1)), clip.frame(clip.story.ending[0])
    assert (before != ended).any()


def test_a_beat_stands_as_long_as_it_holds_and_the_clip_is_that_much_longer():
    film, timeline = timeline_of(TOLD)
    times, story = timeline.times, timeline.story
    bare = timeline_of(SceneConfig())[1].times
    added = 30 + round(sum(beat["hold"] for beat in BEATS) * FPS) + 10
    assert len(times) == len(bare) + added == clip_frames(TIMING.seconds, TOLD, FPS)
    assert (np.diff(times) >= 0).all()
    assert (times[0], times[-1]) == (0.0, film.t[-1])
    for beat in story.beats:
        hold = next(given["hold"] for given in BEATS if given["say"][:8] == beat.say[:8])
        assert np.count_nonzero(times == beat.time) == round(hold * FPS) + 1  # the one with which it arrives
        assert times[beat.start - 1] < beat.time
        assert times[beat.start] == beat.time
        assert beat.start < beat.stop
    assert [a.stop <= b.start for a, b in zip(story.beats, story.beats[1:], strict=False)] == [True] * 2
    assert story.record(FPS)["beats"][0]["seconds"] == [story.beats[0].start / FPS, story.beats[0].stop / FPS]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 30)), max_size=6), st.integers(2, 200))
def test_stands_make_a_clip_longer_by_themselves_alone(given_stands, moving):
    stands = [Stand(*each) for each in sorted(given_stands)]
    shares, spans = with_stands(moving, stands, 25)
    assert len(shares) == moving + sum(stand.frames for stand in stands)
    assert (np.diff(shares) >= -1e-12).all()
    assert (shares[0], shares[-1]) == (0, 1)
    for stand, (first, stop) in zip(stands, spans, strict=True):
        np.testing.assert_array_equal(shares[first:stop], stand.share)
        assert stop - first in (stand.frames, stand.frames + 1)
    assert all(one[1] <= other[0] + 1 for one, other in pairwise(spans))


def beat_at(at, **more):
    """When the only beat of a clip comes."""
    _, timeline = timeline_of(SceneConfig(beats=[{"at": at, "say": "x", **more}]))
    return timeline.story.beats[0].time


def test_moments_are_found_in_every_form():
    film, timeline = timeline_of(SceneConfig())
    caught = float(film.t[20])
    assert beat_at("start") == 0
    assert beat_at(0) == 0
    assert beat_at("end") == beat_at(10) == beat_at("100 %") == 10
    assert beat_at("first_catch") == beat_at("last_catch") == caught
    assert beat_at("0%") == 0
    assert beat_at("40 %") == pytest.approx(float(film.time.time([0.4])[0]))
    assert beat_at("2.5") == 2.5
    found = beat_at("loss < 1")
    assert np.exp(np.interp(found, film.t, np.log(film.loss))) == pytest.approx(1)
    assert beat_at("loss >= 1") == 0
    assert 0 < beat_at("converged") <= 10
    assert timeline.story.beats == ()


@pytest.mark.parametrize(
    ("beat", "message"),
    [
        ({"at": "frist_catch"}, r"at = frist_catch: unknown, did you mean first_catch\?"),
        ({"at": True}, "at = true: unknown"),
        ({"at": -1}, "is no training time"),
        ({"at": "120 %"}, "share from 0 % to 100 %"),
        ({"at": "loss < 1e-9"}, r"at = loss < 1e-9: never comes; the least loss is 0\.349, at t = 10"),
        ({"at": 11}, "never comes; the run ends at t = 10"),
        ({"at": "first_release"}, "never comes; no knot is released"),
        ({"at": 1, "sya": "x"}, r"sya: no such key; there are at, say"),
        ({"at": 1, "hold": "long"}, "hold = long: must be a number"),
        ({"at": 1, "dim": 3}, "dim = 3: must be true or false"),
        ({"at": 1, "point_at": {"smaple": 1}}, r"smaple: no such target, did you mean sample\?"),
        ({"at": 1, "point_at": {"sample": 99}}, "sample = 99: there are 6; give 1 to 6"),
        ({"at": 1, "point_at": {"knot": "near here"}}, "knot = near here: give largest"),
        ({"at": 1, "point_at": {"knot": "largest", "x": 1}}, "points at knot and x; give one"),
        ({"at": 1, "run": "b"}, "there is no such run"),
        ({"say": "x"}, "at: must be given"),
    ],
)
def test_what_makes_no_beat_is_refused_in_one_line(beat, message):
    with pytest.raises(InputError, match=message) as refused:
        timeline_of(SceneConfig(beats=[{"say": "x", **beat}]))
    assert "\n" not in str(refused.value)
    assert "beats[0]" in str(refused.value)


@pytest.mark.parametrize("holds", [(0, 0), (1.0, 0)])
def test_words_that_nobody_would_see_are_refused_or_told_of(holds):
    beats = [{"at": "end", "say": str(k), "hold": hold} for k, hold in enumerate(holds)]
    with pytest.raises(InputError, match=r"beats\[1\]\.at: begins in the same frame as scene\.beats\[0\]"):
        timeline_of(SceneConfig(beats=beats))
    _, timeline = timeline_of(SceneConfig(beats=beats, missed="skip"))
    assert len(timeline.story.missed) == 1
    timeline_of(SceneConfig(beats=[{**beat, "hold": 0.5} for beat in beats]))


def test_a_beat_that_never_comes_can_be_left_out_of_a_clip_as_long():
    scene = replace(TOLD, beats=[*BEATS, {"at": "loss < 1e-9", "say": "x"}], missed="skip")
    _, timeline = timeline_of(scene)
    assert [beat.say for beat in timeline.story.beats] == [beat.say for beat in timeline_of(TOLD)[1].story.beats]
    assert len(timeline.times) == clip_frames(TIMING.seconds, scene, FPS)
    assert timeline.story.record(FPS)["missed"] == [
        "scene.beats[3].at = loss < 1e-9: never comes; the least loss is 0.349, at t = 10"
    ]


def test_of_several_runs_the_first_in_which_it_comes_is_spoken_of():
    slow, fast = (film_of(*awkward_run(frames=40, seed=seed), label=f"run {seed}") for seed in (0, 1))
    fast.loss = 0.5 * fast.loss

    def first(**more):
        scene = SceneConfig(beats=[{"at": "loss < 2", "say": "{loss:.1f}", **more}])
        return told(scene, [slow, fast], TIMING, FPS, slow.time).story.beats[0]

    assert (first().run, first(run="run 0").run) == (1, 0)
    assert first().time < first(run="run 0").time
    assert first().say == first(run="run 0").say == "2.0"
    both = SceneConfig(beats=[{"at": 10, "say": "{loss@run 1:.2f} of {loss@run 0:.2f}"}])
    assert told(both, [slow, fast], TIMING, FPS, slow.time).story.beats[0].say == "0.17 of 0.35"
    with pytest.raises(InputError, match="say = run 2: there is no such run; choose of run 0, run 1"):
        told(SceneConfig(beats=[{"at": 1, "say": "{loss@run 2}"}]), [slow, fast], TIMING, FPS, slow.time)
    with pytest.raises(InputError, match=r"never comes; run 0: the least loss .*; run 1: the least loss"):
        told(replace(TOLD, beats=[{"at": "loss < 1e-9", "say": "x"}]), [slow, fast], TIMING, FPS, slow.time)


def test_what_an_experiment_tells_can_be_switched_off():
    told_off = "scene.opening=false", "scene.beats=[]", "scene.ending=null", "scene.evidence=null"
    scene = composed("experiment=adaptive", *told_off).scene
    assert not tells(scene)
    assert not scene.evidence
