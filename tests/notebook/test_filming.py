"""A film of a trajectory is the command line's of the same run; what cannot be filmed is told, and no file is lost."""

import errno
import os
from dataclasses import replace

import imageio.v3 as imageio
import numpy as np
import pytest
from hydra.core.global_hydra import GlobalHydra

from pipeline import InputError, Trajectory, film, project, still
from pipeline.config.complaints import complaint
from pipeline.config.language import language_of
from pipeline.embed.describe import description, subtitle_of
from pipeline.embed.provenance import read_provenance
from pipeline.errors import EncodingError
from pipeline.notebook.showing import showing
from pipeline.run.check import check
from pipeline.run.drawing import make_films
from tests.conftest import composed
from tests.notebook.conftest import SMALL
from tests.render.clips import decode

MOMENTS = "t", "w", "b", "v", "c", "loss", "held"  # arrays of a trajectory with a row a moment


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_its_frames_are_those_of_the_command_line(made, run, elsewhere):
    GlobalHydra.instance().clear()
    first = film(run, "talk.mp4", **SMALL)
    assert not GlobalHydra.instance().is_initialized()
    assert os.getcwd() == str(elsewhere)
    np.testing.assert_array_equal(decode(first.path), decode(made.video))
    assert first.frames == made.manifest["frames"] == len(decode(first.path))
    before = first.path.stat().st_ino
    assert film(run, "talk.mp4", **SMALL) == first  # twice in a process, and over its own film
    assert first.path.stat().st_ino != before
    assert [path.name for path in elsewhere.iterdir()] == ["talk.mp4"]
    assert read_provenance(first.path)["config"]["data"]["kind"] == "points"


def test_it_works_inside_another_hydra_app(run, elsewhere):
    composed()
    theirs = GlobalHydra.instance().hydra
    film({"one": run, "other": run}, "two.gif", **{**SMALL, "video": "gif", "seconds": 1, "hold_end": 0.1})
    assert GlobalHydra.instance().hydra is theirs
    assert imageio.improps("two.gif", plugin="pillow").shape[0] == 6


@pytest.mark.parametrize(
    ("keywords", "override"),
    [
        ({"scene": "boar"}, "scene=boar"),
        ({"theme": "darc"}, "theme=darc"),
        ({"titel": "It"}, "titel=It"),
        ({"scene": {"titel": "It"}}, "scene.titel=It"),
        ({"fps": "fast"}, "video.fps=fast"),
        ({"fps": 0}, "video.fps=0"),
        ({"width": np.int64(7)}, "video.width=7"),
        ({"seconds": [1, 2]}, "timing.seconds=[1,2]"),
        ({"seconds": None}, "timing.seconds=null"),
        ({"beats": "none"}, "scene.beats=none"),
        ({"beats": ({"at": "start"},)}, "scene.beats=[{at: start}]"),
        ({"wide": {"mosaic": [["function", "los"]]}}, "scene.wide.mosaic=[[function,los]]"),
        ({"theme": {"background": "red"}}, "theme.background=red"),
        ({"video.crf": 99}, "video.crf=99"),
        ({"title": "${nothing}"}, "scene.title='${nothing}'"),
    ],
)
def test_what_a_keyword_may_be_is_said_as_on_the_command_line(run, elsewhere, keywords, override):
    with pytest.raises(InputError) as said:
        film(run, "talk.mp4", **keywords)
    with pytest.raises(Exception) as told:  # noqa: PT011 Hydra's, OmegaConf's or ours
        check(composed(override))
    assert str(said.value) == complaint(told.value)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "keywords", "words"),
    [
        ("talk.mkv", {}, "talk.mkv: no video has this suffix; give one of .mp4, .webm"),
        ("talk", {}, "talk: video.format = mp4 makes a file that ends in .mp4"),
        ("talk.gif", {"video": "draft"}, "talk.gif: video.format = mp4 makes a file that ends in .mp4"),
        ("no/talk.mp4", {}, "the folder no does not exist"),
        ("talk.mp4", {"init": {"width": 3}}, "init.width: says how a run is made"),
        ("talk.mp4", {"data": "nile"}, "data: says how a run is made, and this one is there; data takes title"),
        ("talk.mp4", {"times": [0, 1]}, "scene.times: makes a strip"),
        ("talk.mp4", {"theme": 3}, "theme = 3: is a group of keys"),
        (3, {}, "`path` = 3: is a int"),
        ("a\0.mp4", {}, "names no file; give names of at most 255 bytes"),
        (300 * "a" + ".mp4", {}, "names no file; give names of at most 255 bytes"),
    ],
)
def test_what_cannot_be_filmed_is_told(run, elsewhere, path, keywords, words):
    with pytest.raises(InputError) as said:
        film(run, path, **keywords)
    assert words in str(said.value)
    assert "\n" not in str(said.value)
    assert list(elsewhere.iterdir()) == []


def test_nothing_is_said_of_a_start_that_is_not_known(run):
    shown = showing(run, {"subtitle": "{init} init · {samples} samples"})
    (film,) = make_films(shown.config, shown.takes)
    assert "network of 12 neurons learns the data, 20 samples of y over x, in a recorded run" in description(
        shown.config, [film]
    )
    assert subtitle_of(shown.config, film) == "20\u00a0samples"
    with pytest.raises(InputError, match="law of the initialisation is not known of a recorded run"):
        showing(run, {"quantities": ["breakpoint_density"]})


def test_runs_may_end_at_different_times(run):
    short = Trajectory(**{**vars(run), **{name: getattr(run, name)[:-9] for name in MOMENTS}})
    shown = showing({"whole": run, "short": short}, {"hold_end": 0})
    films = make_films(shown.config, shown.takes)
    np.testing.assert_array_equal(films[0].t, films[1].t)
    assert films[1].t[-1] == run.t[-1] > short.t[-1]
    np.testing.assert_array_equal(films[1].beta[-1], project(short).breakpoint[-1])


def test_runs_that_are_none_are_told(run):
    for runs, words in (
        (3, "`trajectory` = 3: is a int"),
        ({"one": run}, "compare: 1 runs; give 2 to 9"),
        ({"one": run, "other": 3}, "`trajectory['other']` = 3: is a int"),
    ):
        with pytest.raises(InputError) as said:
            film(runs, "talk.mp4")
        assert words in str(said.value)


def test_a_file_of_another_is_kept(made, run, elsewhere):
    theirs = elsewhere / "talk.mp4"
    for content in (b"mine", made.video.read_bytes()):
        theirs.write_bytes(content)
        if content == b"mine":
            with pytest.raises(InputError, match="is there, and no film that film"):
                film(run, theirs, **SMALL)
            assert theirs.read_bytes() == content
    with pytest.raises(InputError, match="is there, and no film that film"):
        film(run, made.video, **SMALL)
    assert film(run, theirs, overwrite=True, **SMALL).frames == made.manifest["frames"]


@pytest.mark.parametrize(
    "error",
    [KeyboardInterrupt(), EncodingError("it broke"), OSError(errno.ENOSPC, "No space left on device")],
    ids=repr,
)
def test_a_film_that_breaks_leaves_what_stood(run, elsewhere, monkeypatch, error):
    def broken(scene, numbers, place, *_, **__):
        place.write_bytes(b"half")
        raise error

    monkeypatch.setattr("pipeline.notebook.filming.encode", broken)
    monkeypatch.setattr("pipeline.notebook.filming.make_scene", lambda *_: range(12))  # which takes a second
    (elsewhere / "talk.mp4").write_bytes(b"mine")
    with pytest.raises((KeyboardInterrupt, EncodingError)) as said:
        film(run, "talk.mp4", overwrite=True, **SMALL)
    assert [(path.name, path.read_bytes()) for path in elsewhere.iterdir()] == [("talk.mp4", b"mine")]
    if isinstance(error, OSError):
        assert str(said.value) == "talk.mp4: No space left on device; give a path that can be written"


def test_axes_are_named_and_times_counted(run):
    later = replace(run, t=run.t * 1000 + 500)
    shown = showing(later, {"x_label": "height", "y_unit": "m", "time_label": "step"})
    (film,) = make_films(shown.config, shown.takes)
    assert (film.data.x_axis.label, film.data.y_axis.unit) == ("height", "m")
    assert (film.t[0], film.t[-1]) == (500, 1500)
    assert language_of(shown.config.language)("axes.time_is", time="7") == "step 7"
    with pytest.raises(InputError, match="`t` = 3: the run goes from 500 to 1500"):
        still(later, 3)
    with pytest.raises(InputError, match="begins and ends at t = 500; give one of two moments at least"):
        showing(Trajectory(**{**vars(later), **{name: getattr(later, name)[:1] for name in MOMENTS}}), {})
