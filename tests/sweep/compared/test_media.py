"""Files of runs beneath the page that shows them."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.sweep.compared.entries import read_runs, read_sweep
from pipeline.sweep.compared.media import bring, from_elsewhere, links
from pipeline.sweep.comparison import compare

QUICK = SweepConfig(width=640, height=360, montage=False, times=[0])


pytestmark = pytest.mark.usefixtures("unplotted")


@pytest.fixture
def runs(finished):
    """The folders of finished runs."""
    return [entry.folder for entry in read_sweep(finished) if entry.done]


def test_runs_beneath_the_page_are_only_pointed_to(finished):
    found = links(read_sweep(finished), finished)
    assert found[0]["video"] == "init.scale%3D0.3%2Binit.seed%3D0/video.mp4"
    assert set(found[0]) == {"folder", "video", "poster", "last"}
    assert set(found[4]) == {"folder", "failure"}
    assert from_elsewhere(read_sweep(finished), finished) == {}


def test_links_of_runs_from_elsewhere_are_what_is_brought(finished, tmp_path):
    entries = read_sweep(finished)
    bring(entries, tmp_path / "page", tmp_path / "page")
    addresses = [unquote(address) for each in links(entries, tmp_path / "page") for address in each.values()]
    files = {address for address in addresses if not address.endswith("/")}
    assert files == set(from_elsewhere(entries, tmp_path / "page"))
    assert all((tmp_path / "page" / name).is_file() for name in files)


def test_a_way_round_leads_nowhere_else(finished):
    (entry, *_) = read_sweep(finished)
    round_about = replace(entry, folder=finished / "x" / ".." / entry.folder.name)
    assert links([round_about], finished) == links([entry], finished)


def test_where_links_cannot_be_made_files_are_copied(finished, tmp_path, monkeypatch):
    def unlinkable(*_):
        raise OSError("no links here")

    monkeypatch.setattr("os.link", unlinkable)
    (entry, *_) = read_sweep(finished)
    bring([entry], tmp_path, tmp_path)
    (video,) = tmp_path.glob("media/*/video.mp4")
    assert video.read_bytes() == (entry.folder / "video.mp4").read_bytes()
    assert video.stat().st_nlink == 1


def test_only_what_is_shown_keeps_its_files_and_the_user_s_own_stay(runs, tmp_path):
    compare(read_runs(runs[:2]), tmp_path, QUICK)
    first = {path.parent.name for path in tmp_path.glob("media/*/video.mp4")}
    mine = [tmp_path / "media" / "mine.txt", tmp_path / "media" / "photos" / "a.jpg"]
    mine += [tmp_path / "media" / name / "note.txt" for name in first]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    compare(read_runs(runs[1:3]), tmp_path, QUICK)
    now = {path.parent.name for path in tmp_path.glob("media/*/video.mp4")}
    assert len(now) == 2
    assert len(now & first) == 1
    assert [path.read_text() for path in mine] == ["mine"] * len(mine)


@pytest.mark.parametrize("name", ["media", "media/{run}/video.mp4"])
def test_a_file_in_the_way_is_named_and_stays(runs, tmp_path, name):
    target = next(iter(from_elsewhere(read_runs(runs[:2]), tmp_path)))
    mine = tmp_path / name.format(run=target.split("/")[1])
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(InputError, match="media: stands where a result would"):
        compare(read_runs(runs[:2]), tmp_path, QUICK)
    assert mine.read_text() == "mine"
    assert not (tmp_path / "index.html").exists()
