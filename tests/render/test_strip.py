"""A film strip for print."""

import imageio.v3 as imageio
import pytest

from pipeline.errors import InputError
from pipeline.make import make
from pipeline.run.asked import STRIP
from tests.conftest import DRAFT, composed

SMALL = ("data=sine", "scene=paper", "scene.times=[0,0.1,1]", *DRAFT, "video.width=960")


def test_a_strip_is_written_in_three_formats_and_is_the_same_again(tmp_path):
    result = make(composed(*SMALL), tmp_path / "a")
    again = make(composed(*SMALL), tmp_path / "b")
    for name in STRIP:
        assert (result.video / name).stat().st_size > 1000
        assert (result.video / name).read_bytes() == (again.video / name).read_bytes()
    assert (result.video / "strip.pdf").read_bytes().startswith(b"%PDF")
    assert b"</svg>" in (result.video / "strip.svg").read_bytes()


def test_its_pictures_are_of_the_times_asked_for(tmp_path):
    strip = imageio.imread(make(composed(*SMALL), tmp_path).video / "strip.png", mode="L").astype(int)
    thirds = [strip[60:-30, k * 320 + 40 : k * 320 + 300] for k in range(3)]
    assert (thirds[0] != thirds[1]).any()
    assert (thirds[1] != thirds[2]).any()


@pytest.mark.parametrize("times", ["[0]", "[0,2]", "[0,-1]", "[]"])
def test_times_out_of_the_run_are_refused(tmp_path, times):
    with pytest.raises(InputError, match=r"scene\.times"):
        make(composed(*SMALL, f"scene.times={times}"), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_histories_are_cut_at_their_time_in_vectors_too(tmp_path):
    """A panel over time, whose past and future differ in ink."""
    config = composed(*SMALL, "scene.wide.mosaic=[[loss]]", "scene.wide.height_ratios=[]")
    text = (make(config, tmp_path).video / "strip.svg").read_text()
    assert config.theme.foreground in text
    assert config.theme.data in text
