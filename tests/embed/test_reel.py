"""A reel: finished clips in one film, of which only cards and fades are encoded."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import imageio.v3 as imageio
import numpy as np
import pytest

from pipeline.__main__ import outcome
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.schema.video import VideoConfig
from pipeline.embed.reel.cards import Lead, TitleCard, card_picture, fade, shown
from pipeline.embed.reel.listing import LISTS, read_list
from pipeline.embed.reel.making import plan
from pipeline.render.film.storyboard import clip_frames
from tests.embed.conftest import COMMAND
from tests.render.clips import decode
from tests.render.encoding.decoded import decoded

ROOT = Path(__file__).parents[2]
MINUTES = 4  # that all shipped reels take together
command = partial(outcome, "pipeline.embed.command")

LIST = """
title: Two clips
source: Someone 2019
clips:
  - {{folder: {made}, say: "The first, of $\\\\mu$"}}
  - {{folder: {whole}, say: The second, source: Someone else}}
"""


@pytest.fixture(scope="module")
def listed(made, whole, tmp_path_factory):
    """A list of the two clips, to be read only."""
    path = tmp_path_factory.mktemp("lists") / "two.yaml"
    path.write_text(LIST.format(made=made, whole=whole), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reel(listed, tmp_path_factory):
    """Its reel, to be read only."""
    folder = tmp_path_factory.mktemp("reels") / "reel"
    assert command(["--reel", str(listed), "--out", str(folder)]) == 0
    return folder


def manifest_of(folder):
    """What a folder's manifest says."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_a_player_decodes_the_clips_as_they_are(reel, made, whole):
    frames, told = decoded(reel / "reel.mp4"), manifest_of(reel)
    assert len(frames) == told["frames"]
    copied = 0
    for chapter, run in zip(told["chapters"], (made, whole), strict=True):
        clip = decoded(run / "video.mp4")
        assert frames[chapter["end"] - len(clip) : chapter["end"]] == clip
        copied += len(clip)
    assert told["drawn"] == told["frames"] - copied


def test_it_fades_from_the_last_picture_of_a_clip_to_the_first_of_the_next(reel, made, whole):
    told = manifest_of(reel)
    film = decode(reel / "reel.mp4").astype(float)
    second = told["chapters"][1]["first"]
    begins = told["frames"] - manifest_of(whole)["frames"]
    for frame, picture in ((second, made / "last.png"), (begins - 1, whole / "poster.png")):
        wanted = imageio.imread(picture, mode="RGB").astype(float)
        ground = np.abs(wanted - 255).mean()
        assert np.abs(film[frame] - wanted).mean() < 0.5 * ground


def test_its_subtitles_and_chapters_say_what_cards_and_clips_say(reel, whole):
    told, fps = manifest_of(reel), manifest_of(reel)["fps"]
    assert [chapter["title"] for chapter in told["chapters"]] == ["The first, of μ", "The second"]
    cues = timed((reel / "reel.vtt").read_text(encoding="utf-8"))
    assert [words for *_, words in cues[:3]] == ["Two clips", "The first, of μ", "The second"]
    first, second = (chapter["first"] / fps for chapter in told["chapters"])
    assert first <= cues[0][0] < cues[1][0] < second < cues[2][0] < cues[3][0]
    later = told["seconds"] - manifest_of(whole)["seconds"]
    own = timed((whole / "video.vtt").read_text(encoding="utf-8"))
    assert [words for *_, words in cues[3:]] == [words for *_, words in own]
    np.testing.assert_allclose([cue[:2] for cue in cues[3:]], np.array([cue[:2] for cue in own]) + later, atol=2e-3)


def timed(text):
    """Start, stop and words of every cue of WebVTT, in seconds, of less than a minute."""
    found = re.findall(r"^00:00:([\d.]+) --> 00:00:([\d.]+)\n(.*)$", text, re.MULTILINE)
    return [(float(start), float(stop), words) for start, stop, words in found]


def test_it_names_the_commands_that_make_it_from_nothing(reel, listed, capsys):
    capsys.readouterr()
    assert command(["--from", str(reel / "reel.mp4")]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith(f"{COMMAND} && python -m pipeline.embed --reel {listed} ")


def test_a_rerun_does_only_what_is_missing(reel, listed, made, whole, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    reel, listed = Path(shutil.copytree(reel, tmp_path / "reel")), Path(shutil.copyfile(listed, tmp_path / "two.yaml"))

    def again():
        assert command(["--reel", str(listed), "--out", str(reel)]) == 0
        return {path.name: path.stat().st_mtime_ns for path in reel.iterdir()}

    first = again()  # in a folder of its own only the film is joined anew
    assert again() == first
    assert "up to date, nothing to do" in caplog.text
    listed.write_text(LIST.format(made=made, whole=whole).replace("The second", "Another"), encoding="utf-8")
    changed = again()
    kept = {name for name, time in changed.items() if first.get(name) == time}
    assert [name.partition("-")[0] for name in kept] == ["card"]
    assert len(changed) == len(first) == 5


def test_folders_alone_make_a_reel(whole, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command(["--reel", str(whole), str(whole)]) == 0
    told = manifest_of(tmp_path / "reel")
    assert [chapter["title"] for chapter in told["chapters"]] == ["A ReLU network of 12 neurons learns a sine"] * 2


def test_a_clip_that_differs_is_named_with_what_makes_it_agree(whole, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    other = Path(shutil.copytree(whole, tmp_path / "other"))
    told = manifest_of(other)
    crf = told["config"]["video"]["crf"]
    told["config"]["video"] |= {"crf": crf + 2, "width": 640}
    (other / "manifest.json").write_text(json.dumps(told))
    assert command(["--reel", str(whole), str(other)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{other}: video.width = 640, where {whole} has 480; " in said
    assert said.endswith(f"make it again with video.width=480 video.crf={crf}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_a_missing_experiment_is_made_first(tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yaml").write_text("clips: [{experiment: nile, say: It fell}]", encoding="utf-8")
    small = "video=draft", "video.fps=6", "timing.seconds=2", "init.width=12", "dynamics.end_time=1", "scene.beats=[]"
    assert command(["--reel", "one.yaml", *small]) == 0
    (run,) = (tmp_path / "renders").iterdir()
    assert manifest_of(run)["command"].startswith("python -m pipeline experiment=nile video=draft ")
    clip = decoded(run / "video.mp4")
    assert decoded(tmp_path / "reel-one" / "reel.mp4")[-len(clip) :] == clip
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    caplog.clear()
    assert command(["--reel", "one.yaml", *small]) == 0
    assert ["up to date, nothing to do" in record.getMessage() for record in caplog.records] == [True]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


BAD = {
    "clips: []": "clips: has none",
    "clip: []": "reel.clip: no such key, did you mean clips?; there are title, source, overrides, clips",
    "clips: [{experiment: niel}]": "clips[0].experiment = niel: unknown, did you mean nile?; choose one of adaptive, ",
    "clips: [{experiment: regime_map}]": "clips[0].experiment = regime_map: is a sweep",
    "clips: [{say: A}]": "give an experiment, or the folder of a finished run",
    "clips: [{folder: none}]": "none: no manifest.json of a finished run",
    "clips: [{experiment: nile, says: A}]": "clips[0].says: no such key, did you mean say?",
    "clips: [{experiment: nile, say: 5}]": "clips[0].say = 5: must be a text",
    "{clips: [{experiment: nile}], overrides: [theme=drak]}": "theme = drak: unknown, did you mean dark?",
    "{clips: [{experiment: nile}], overrides: [video=gif]}": "video.format: a reel takes the whole video as mp4",
    "clips: [{experiment: nile, say: 'costs $5'}]": "clips[0].say = costs $5: a $ without a second one",
    "clips: [": "mine.yaml, line 1, column 9: ",
}


@pytest.mark.parametrize("text", BAD)
def test_a_list_with_a_mistake_is_one_line_and_nothing_is_made(tmp_path, monkeypatch, capsys, text):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert command(["--reel", "mine.yaml"]) == 2
    said = capsys.readouterr().err
    assert BAD[text] in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]


WORDS = {
    ("sahs", "theme=[,"): "override theme=[,: cannot be read; close brackets",
    (): "--reel: give folders of finished runs, a list FILE.yaml, or one of ours; there are ",
    ("saphs",): "--reel saphs: no folder, and no list, did you mean sahs?; there are ",
    ("sahs", "williams"): "--reel sahs williams: a list takes overrides, such as theme=dark",
    ("none.yaml",): "none.yaml: No such file or directory; give a list of clips in YAML",
    ("sahs", "--gif"): "--gif: is of talks, and a reel takes whole videos; leave it out",
    ("sahs", "--deck", "one"): "--deck: is of decks, and a reel is a film; ask for one of them",
}


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_words_that_ask_for_no_reel_are_one_line(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    assert command(["--reel", *words]) == 2
    said = capsys.readouterr().err
    assert WORDS[words] in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


# A signal comes while the second card is drawn.
INTERRUPTED = """
import runpy, signal, sys
import pipeline.embed.reel.reel as reel
draw, drawn = reel.draw_lead, []
def interrupted(*given, **named):
    drawn.append(draw(*given, **named))
    if len(drawn) == 2:
        signal.raise_signal(signal.SIGINT)
reel.draw_lead = interrupted
runpy.run_module("pipeline.embed", run_name="__main__", alter_sys=True)
"""


def test_an_interrupt_leaves_no_litter(listed, tmp_path):
    words = [sys.executable, "-c", INTERRUPTED, "--reel", str(listed), "--out", str(tmp_path / "reel")]
    result = subprocess.run(words, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert result.returncode == 130, result.stderr
    assert result.stderr.endswith("interrupted: earlier results stand as they were\n")
    assert list(tmp_path.iterdir()) == []
    assert list(listed.parent.iterdir()) == [listed]


@pytest.mark.parametrize(("words", "follows", "fps"), [("a", False, 1), ("a", True, 7), (["a", "b c d"], True, 30)])
def test_a_lead_has_the_frames_that_it_says(tmp_path, words, follows, fps):
    video, black = VideoConfig(width=64, height=64, fps=fps), tmp_path / "black.png"
    imageio.imwrite(black, np.zeros((64, 64, 3), np.uint8))
    cards = tuple(TitleCard(say) for say in words)
    lead = Lead(black if follows else None, cards, black)
    frames = list(shown(lead, ThemeConfig(), video))
    assert len(frames) == lead.frames(fps)
    for card, (first, stop) in zip(cards, lead.stands(fps), strict=True):
        assert (np.array(frames[first:stop]) == card_picture(card, ThemeConfig(), 64, 64)).all()


def test_a_fade_goes_over_the_ground_without_a_leap():
    before, after, white = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 4), np.uint8)
    white[...], ground, count = 255, np.array([255] * 4, np.uint16), 18
    steps = np.array([before, *fade(before, after, ground, count), after]).astype(int)
    assert np.abs(np.diff(steps, axis=0)).max() <= 3 * 255 / count
    goes = np.array([before, *fade(before, white, ground, count)]).astype(int)
    comes = np.array([*fade(white, after, ground, count), after]).astype(int)
    assert (np.diff(goes, axis=0) >= 0).all()
    assert (np.diff(comes, axis=0) <= 0).all()
    assert (goes[2 * count // 3 :] == 255).all()  # so that no more than a fifth of the time shows both
    assert (comes[: count // 3] == 255).all()


def shipped_seconds(path):
    """The length of a shipped reel, by its clips' timing and stories."""
    listed = read_list(path)
    clips = plan(listed.clips)
    fps = clips[0].config.video.fps
    cards = [TitleCard(listed.title, listed.source), *(TitleCard(clip.say, clip.source) for clip in listed.clips)]
    leads = [Lead(None, tuple(cards[:2]), path), *(Lead(path, (card,), path) for card in cards[2:])]
    told = sum(clip_frames(clip.config.timing.seconds, clip.config.scene, fps) for clip in clips)
    return (sum(lead.frames(fps) for lead in leads) + told) / fps


def test_the_shipped_reels_are_of_clips_that_agree_and_of_less_than_four_minutes():
    paths = sorted(LISTS.glob("*.yaml"))
    assert {path.stem for path in paths} >= {"sahs", "williams"}
    assert sum(map(shipped_seconds, paths)) < 60 * MINUTES
