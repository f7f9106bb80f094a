"""Files of runs beneath the page that shows them."""

from dataclasses import replace
from urllib.parse import quote

from pipeline.sweep.compared.entries import read_sweep
from pipeline.sweep.compared.media import bring, links


def test_runs_beneath_the_page_are_only_pointed_to(finished):
    found = links(read_sweep(finished), finished)
    assert found[0]["video"] == "init.scale%3D0.3%2Binit.seed%3D0/video.mp4"
    assert set(found[0]) == {"folder", "video", "poster", "last"}
    assert set(found[4]) == {"folder", "failure"}
    assert not (finished / "media").exists()


def test_only_what_is_shown_keeps_its_files(finished, tmp_path):
    entries = read_sweep(finished)
    links(entries[:2], tmp_path)
    found = links(entries[1:3], tmp_path)
    there = [f"media/{quote(path.name)}/" for path in (tmp_path / "media").iterdir()]
    assert sorted(there) == sorted(one["folder"] for one in found)


def test_a_way_round_leads_nowhere_else(finished):
    (entry, *_) = read_sweep(finished)
    round_about = replace(entry, folder=finished / "x" / ".." / entry.folder.name)
    assert links([round_about], finished) == links([entry], finished)


def test_where_links_cannot_be_made_files_are_copied_once(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("one")

    def unlinkable(*_):
        raise OSError("no links here")

    monkeypatch.setattr("os.link", unlinkable)
    bring(tmp_path / "a", tmp_path / "deep" / "b")
    first = (tmp_path / "deep" / "b").stat()
    bring(tmp_path / "a", tmp_path / "deep" / "b")
    assert (tmp_path / "deep" / "b").stat().st_ino == first.st_ino
    (tmp_path / "a").write_text("other")
    bring(tmp_path / "a", tmp_path / "deep" / "b")
    assert (tmp_path / "deep" / "b").read_text() == "other"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["b"]
