"""One deck of several runs."""

import json
import logging
import shutil
from functools import partial

import pytest

from pipeline.__main__ import outcome
from tests.embed.conftest import COMMAND
from tests.embed.test_snippets import PLAYS, VIDEOS, reveal  # noqa: F401

command = partial(outcome, "pipeline.embed.command")


@pytest.fixture
def deck(made, whole, reveal, tmp_path):  # noqa: F811
    """A folder with a deck of a run in three sections and one of a whole video, with its own reveal.js."""
    folder = tmp_path / "deck"
    assert command(["--deck", "both", str(made), str(whole), "--out", str(folder), "--reveal", str(reveal)]) == 0
    return folder


def test_slides_play_when_shown_without_a_network(page, deck, tmp_path):
    moved = deck.rename(tmp_path / "stick")  # to another computer
    page.goto((moved / "deck.html").as_uri())
    assert page.locator(".slides > section").count() == 4
    for number in range(4):
        page.wait_for_function(f"({PLAYS})({VIDEOS}[{number}])")
        page.wait_for_function(f"{VIDEOS}.filter(video => !video.paused).length === 1")
        page.keyboard.press("ArrowRight")


def test_its_clips_are_those_of_the_runs(deck, made, whole):
    for number in (1, 2, 3):
        clip = (deck / f"1-small-section-{number}.mp4").read_bytes()
        assert clip == (made / "talk" / f"section-{number}.mp4").read_bytes()
    assert (deck / "2-small-video.mp4").read_bytes() == (whole / "video.mp4").read_bytes()
    text = (deck / "deck.qmd").read_text(encoding="utf-8")
    assert all(clip["video"] in text for clip in json.loads((deck / "manifest.json").read_text())["clips"])


def test_it_names_the_commands_of_its_runs(deck, capsys):
    capsys.readouterr()
    assert command(["--from", str(deck / "deck.html")]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert line.startswith(f"{COMMAND} && python -m pipeline.embed --deck both ")


def test_a_rerun_does_nothing_and_what_was_changed_by_hand_is_kept(deck, made, whole, reveal, caplog):  # noqa: F811
    caplog.set_level(logging.INFO)
    words = ["--deck", "both", str(made), str(whole), "--out", str(deck), "--reveal", str(reveal)]
    before = {path.name: path.stat().st_mtime_ns for path in deck.iterdir()}
    assert command(words) == 0
    assert {path.name: path.stat().st_mtime_ns for path in deck.iterdir()} == before
    (deck / "deck.html").write_text("my own words")
    assert command([*words, "--force"]) == 0
    assert f"{deck / 'deck.html'}: was changed by hand and stays; delete it to have it made anew" in caplog.text
    assert (deck / "deck.html").read_text() == "my own words"


def test_reveal_is_taken_from_an_address_too(whole, tmp_path):
    words = ["--deck", "one", str(whole), "--out", str(tmp_path / "deck"), "--reveal", "https://example.org/reveal/"]
    assert command(words) == 0
    text = (tmp_path / "deck" / "deck.html").read_text(encoding="utf-8")
    assert 'src="https://example.org/reveal/dist/reveal.js"' in text
    assert not (tmp_path / "deck" / "reveal.js").exists()


BAD = {
    ("--reveal", "/none"): "--reveal /none: has no dist/reveal.js; give reveal.js's folder or its address",
    ("--out", "/dev/null/deck"): "/dev/null/deck: Not a directory; give a folder that can be written",
    ("--gif",): "--gif: is of talks, whose clips a deck takes",
    ("--deck", "a/b"): "--deck a/b: name it by letters, digits and .+=-_; --out FOLDER says where it goes",
    ("--deck", ""): "--deck : name it by letters",
}


@pytest.mark.parametrize("more", BAD, ids=" ".join)
def test_a_deck_that_cannot_be_made_gets_one_line(whole, tmp_path, monkeypatch, capsys, more):
    monkeypatch.chdir(tmp_path)
    assert command(["--deck", "one", str(whole), *more]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert BAD[more] in said
    assert list(tmp_path.iterdir()) == []


def test_a_talk_that_is_damaged_gives_way_to_the_whole_video(made, tmp_path):
    run = shutil.copytree(made, tmp_path / "small")
    (run / "talk" / "section-1.mp4").unlink()
    assert command(["--deck", "one", str(run), "--out", str(tmp_path / "deck")]) == 0
    assert (tmp_path / "deck" / "1-small-video.mp4").exists()


def test_a_second_deck_leaves_the_first(whole, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command(["--deck", "monday", str(whole)]) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "deck-monday").iterdir()}
    assert command(["--deck", "tuesday", str(whole), str(whole)]) == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "deck-monday").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"deck-monday", "deck-tuesday"}


def test_a_deck_without_a_name_is_told_how_it_is_named(whole, made, capsys):
    assert command(["--deck", str(whole), str(made)]) == 2
    said = capsys.readouterr().err
    assert said.endswith(f"takes the deck's name before the runs: --deck NAME {whole} {made}\n")
    assert said.count("\n") == 1


@pytest.mark.parametrize(("option", "owner"), [("--out", "a deck, reel or atlas"), ("--reveal", "a deck")])
def test_options_of_decks_are_refused_without_one(whole, capsys, option, owner):
    before = (whole / "talk" / "manifest.json").read_bytes()
    assert command([str(whole), option, "place"]) == 2
    remedy = f"name it, --deck NAME, or leave {option} out"
    assert capsys.readouterr().err == f"error: {option}: belongs to {owner}; {remedy}\n"
    assert (whole / "talk" / "manifest.json").read_bytes() == before
