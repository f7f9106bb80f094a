"""What a run makes besides a whole video: previews, parts, numbers; and that these take nothing's place."""

import logging

import imageio.v3 as imageio
import numpy as np
import pytest

from pipeline.errors import InputError
from pipeline.make import make
from tests.conftest import DRAFT, composed

SMALL = ("data=sine", *DRAFT)


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def made(tmp_path):
    """A folder with a finished run, and its files."""
    make(composed(*SMALL), tmp_path)
    return tmp_path, files(tmp_path)


def test_a_preview_is_three_frames_of_the_video(made):
    folder, before = made
    result = make(composed(*SMALL, "preview=true"), folder)
    assert result.video == folder / "preview"
    first, middle, last = (imageio.imread(folder / f"preview/{name}.png") for name in ("first", "middle", "last"))
    np.testing.assert_array_equal(first, imageio.imread(folder / "poster.png"))
    np.testing.assert_array_equal(last, imageio.imread(folder / "last.png"))
    assert (middle != first).any()
    assert before.items() <= files(folder).items()
    assert make(composed(*SMALL, "preview=true"), folder).done == ()


def test_a_part_has_the_frames_asked_for(made):
    folder, before = made
    result = make(composed(*SMALL, "frames.range=[6,12]"), folder)
    assert result.manifest["frames"] == 6
    assert before.items() <= files(folder).items()
    poster, last = (imageio.imread(result.video.parent / name) for name in ("poster.png", "last.png"))
    np.testing.assert_array_equal(last, imageio.imread(folder / "last.png"))
    assert (poster != imageio.imread(folder / "poster.png")).any()


@pytest.mark.parametrize("bad", ["[6,13]", "[4,4]", "[-1,3]", "[1,2,3]"])
def test_a_part_that_there_is_not_is_refused(tmp_path, bad):
    with pytest.raises(InputError, match=r"frames\.range = .*(12 frames|at least 0)"):
        make(composed(*SMALL, f"frames.range={bad}"), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_numbers_only(tmp_path):
    result = make(composed(*SMALL, "render=false"), tmp_path)
    assert result.done == ("simulate", "project")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "spline.npz", "trajectory.npz"]
    assert make(composed(*SMALL), tmp_path).done == ("render",)


def test_numbers_leave_the_video_that_shows_them(made):
    folder, before = made
    assert make(composed(*SMALL, "render=false"), folder).done == ()
    assert files(folder) == before


def test_quantities_are_stored_where_they_are_asked_for(made):
    folder, _ = made
    result = make(composed(*SMALL, "projection.quantities=[roughness,natural_cubic_spline]"), folder)
    assert result.done == ("project", "render")
    with np.load(folder / "spline.npz") as stored:
        np.testing.assert_allclose(stored["roughness"], np.sum(stored["delta_slope"] ** 2, axis=1), rtol=1e-12)
        assert stored["natural_cubic_spline"].shape == (1, 256)


def test_another_simulation_under_a_name_says_what_it_replaces_and_leaves_nothing_stale(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    make(composed(*SMALL), tmp_path)
    make(composed(*SMALL, "preview=true"), tmp_path)
    make(composed(*SMALL, "theme=dark"), tmp_path, "COMMAND")
    assert "replaces another simulation" not in caplog.text
    assert (tmp_path / "preview").is_dir()
    make(composed(*SMALL, "init.seed=7", "render=false"), tmp_path)
    assert f"{tmp_path}: replaces another simulation; `COMMAND` makes that one again" in caplog.text
    assert not (tmp_path / "preview").exists()


def test_a_talk_never_tells_of_another_video_than_its_run(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    make(composed(*SMALL, "embed=talk", "embed.slides=false"), tmp_path)
    (tmp_path / "talk" / "notes.txt").write_text("mine")
    make(composed(*SMALL, "theme=dark"), tmp_path)
    assert [path.name for path in (tmp_path / "talk").iterdir()] == ["notes.txt"]
    assert f"`python -m pipeline.embed {tmp_path}` makes it of the present one" in caplog.text
