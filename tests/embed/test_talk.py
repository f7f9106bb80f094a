"""The folder talk/: what is in it, that it shows the run, and that a rerun makes only what is missing."""

import json
import logging
from dataclasses import asdict, replace

import numpy as np
import pytest
from PIL import Image

from pipeline.embed.clip import Clip, names_of
from pipeline.embed.provenance import read_provenance
from pipeline.embed.snippets import SNIPPETS
from pipeline.errors import EncodingError, InputError
from pipeline.make import make
from pipeline.run.asked import STRIP
from pipeline.store.manifest import MANIFEST
from tests.conftest import DRAFT, composed
from tests.embed.conftest import COMMAND, CUTS, SMALL, telling
from tests.render.clips import decode

SECTIONS = {name for number in (1, 2, 3) for name in names_of(number)}
ALWAYS = {"video.mp4", "poster.png", "last.png", MANIFEST, "explore.html", "lab.html", *STRIP, *SNIPPETS}


def pixels(path):
    return np.array(Image.open(path))


def contents(folder):
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_everything_asked_for_is_there(made):
    there = {path.name for path in (made / "talk").iterdir()}
    assert there == ALWAYS | SECTIONS | {"video.gif", "video.webm", "talk.pptx"}


def test_the_video_is_there_as_it_was_encoded(made):
    for name in ("video.mp4", "poster.png", "last.png"):
        assert (made / "talk" / name).read_bytes() == (made / name).read_bytes()


def test_subtitles_lie_beside_the_video(whole):
    assert (whole / "talk" / "video.vtt").read_bytes() == (whole / "video.vtt").read_bytes()
    assert "Loss " in (whole / "video.vtt").read_text()


def test_what_a_clip_says_is_its_alternative_text_and_kept_for_decks(whole):
    record = json.loads((whole / "talk" / MANIFEST).read_text())["clips"][0]
    clip = Clip.of(record)
    assert json.loads(json.dumps(asdict(clip))) == record
    said = [beat["say"] for beat in json.loads((whole / MANIFEST).read_text())["story"]["beats"]]
    assert [cue.words for cue in clip.cues][:-1] == said
    assert all(cue.words in clip.description for cue in clip.cues)


def test_sections_are_the_frames_of_the_video_with_their_first_and_last_as_pictures(made):
    talk = made / "talk"
    frames = decode(made / "video.mp4")
    parts = [decode(talk / names_of(number)[0]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [3, 3, 6]
    apart = np.abs(np.concatenate(parts).astype(int) - frames).mean(axis=(1, 2, 3))
    np.testing.assert_array_less(apart, 1.5)  # both are drafts; frames that differ at all are 4 and more apart
    for number, part in enumerate(parts, 1):
        _, poster, still = names_of(number)
        for name, frame in ((poster, part[0]), (still, part[-1])):
            assert np.abs(pixels(talk / name).astype(int) - frame).mean() < 2
    np.testing.assert_array_equal(pixels(talk / "section-1-poster.png"), pixels(made / "poster.png"))
    np.testing.assert_array_equal(pixels(talk / "section-3.png"), pixels(made / "last.png"))


def test_gif_and_webm_last_as_long_as_the_video(made):
    with Image.open(made / "talk" / "video.gif") as gif:
        durations = []
        for frame in range(gif.n_frames):
            gif.seek(frame)
            durations.append(gif.info["duration"])
        assert sum(durations) == pytest.approx(2000, abs=20)
        assert gif.info["loop"] == 0
    assert len(decode(made / "talk" / "video.webm")) == 12


def test_a_rerun_does_only_what_is_missing(copied):
    config = composed(*SMALL, "embed=talk", CUTS, "embed.slides=true")
    assert {"snippets", "slides"} <= set(make(config, copied, COMMAND).done)  # another title; neither GIF nor WebM
    first = contents(copied / "talk")
    assert first.keys() == ALWAYS | SECTIONS | {"talk.pptx"}
    assert make(config, copied, COMMAND).done == ()
    assert contents(copied / "talk") == first

    (copied / "talk" / "section-2.png").write_bytes(b"damaged")
    assert make(config, copied, COMMAND).done == ("section 2",)
    assert {name: file[0] for name, file in contents(copied / "talk").items() if name != MANIFEST} == {
        name: file[0] for name, file in first.items() if name != MANIFEST
    }

    config.embed.cuts = [0.01]
    assert "section 1" not in make(config, copied, COMMAND).done
    assert not (copied / "talk" / "section-3.mp4").exists()


def test_two_talks_of_one_run_are_the_same_bytes(whole, tmp_path):
    make(telling(), tmp_path / "small", COMMAND)
    for path in (whole / "talk").iterdir():
        if path.name not in (MANIFEST, "talk.pptx"):  # these hold times of day
            assert (tmp_path / "small" / "talk" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_comparison_has_a_talk_too(tmp_path):
    config = composed(*SMALL, "scene=compare", "embed=talk", "embed.slides=false")
    runs = {label: composed(*SMALL, "scene=compare", f"init.scale={scale}") for label, scale in (("a", 1), ("b", 3))}
    for part in runs.values():
        part.compare = config.compare
    make(config, tmp_path / "two", COMMAND, runs=runs)
    clip = json.loads((tmp_path / "two" / "talk" / MANIFEST).read_text())["clips"][0]
    assert "2 runs side by side. a: A shallow ReLU network of 12 neurons" in clip["description"]
    assert "scale 3" in clip["description"]
    assert "last.png" in (tmp_path / "two" / "talk" / "figure.tex").read_text()


def test_what_fails_leaves_the_video_and_no_litter(tmp_path, monkeypatch):
    def broken(*_, **__):
        raise EncodingError("disk is full")

    monkeypatch.setattr("pipeline.embed.talk.draw_film_strip", broken)
    with pytest.raises(EncodingError, match="disk is full"):
        make(composed(*SMALL, "embed=talk"), tmp_path / "small", COMMAND)
    assert (tmp_path / "small" / "video.mp4").exists()
    assert not (tmp_path / "small" / "talk").exists()


BAD = {
    "embed.cuts=[0.5,0.1]": r"embed\.cuts = \[0\.5, 0\.1\]: give ascending training times",
    "embed.cuts=[2]": r"embed\.cuts = .*dynamics\.end_time = 1",
    "embed.events=[crash]": "crash is no event; choose of catch, release",
    "embed.most_sections=1": r"embed\.most_sections = 1: must be at least 2",
    "embed.shortest=0": r"embed\.shortest = 0",
    "preview=true": "preview = true: embed.make=true needs the whole video",
    "frames.range=[0,4]": "frames.range: embed.make=true needs the whole video",
    "video.format=gif": "video.format: embed.make=true needs the whole video; slides take mp4",
}


@pytest.mark.parametrize("override", BAD)
def test_what_cannot_be_made_is_refused_before_any_work(tmp_path, override):
    with pytest.raises(InputError, match=BAD[override]):
        make(composed("data=sine", *DRAFT, "embed=talk", override), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_slides_without_python_pptx_are_refused_only_where_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.embed.check.find_spec", lambda name: None)
    monkeypatch.setattr("pipeline.embed.talk.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"python-pptx is not installed; pip install 'relu-spline-videos\[slides\]'"):
        make(composed(*SMALL, "embed=talk", "embed.slides=true"), tmp_path / "small")
    make(composed(*SMALL, "embed=talk"), tmp_path / "small")
    assert not (tmp_path / "small" / "talk" / "talk.pptx").exists()


def changed(folder, names):
    """Append to files what a user might; their bytes then."""
    for name in names:
        with (folder / name).open("ab") as file:
            file.write(b"my own words")
    return {name: (folder / name).read_bytes() for name in names}


EDITABLE = {*SNIPPETS, *STRIP, "talk.pptx", "explore.html", "lab.html"}


def test_whatever_file_was_changed_by_hand_stays_and_is_named_while_all_others_follow(copied, caplog):
    caplog.set_level(logging.INFO)
    talk = copied / "talk"
    edited = changed(talk, EDITABLE)
    config = composed(*SMALL, "embed=talk", "embed.cuts=[0.2]", "embed.slides=true", "force=true")
    make(config, copied, "ANOTHER COMMAND")
    assert {name: (talk / name).read_bytes() for name in EDITABLE} == edited
    for name in EDITABLE:
        assert f"{talk / name}: was changed by hand and stays; delete it to have it made anew" in caplog.text
    assert not (talk / "section-3.mp4").exists()
    assert make(replace(config, force=False), copied, "ANOTHER COMMAND").done == ()

    for name in EDITABLE:
        (talk / name).unlink()
    make(replace(config, force=False), copied, "ANOTHER COMMAND")
    assert "my own words" not in "".join((talk / name).read_text("utf-8", "replace") for name in EDITABLE)
    assert "ANOTHER COMMAND" in (talk / "beamer.tex").read_text(encoding="utf-8")


def test_edited_files_outlive_the_video_that_their_talk_showed(copied):
    edited = changed(copied / "talk", ["beamer.tex", "talk.pptx"])
    make(composed(*SMALL, "theme=dark"), copied, COMMAND)
    assert {path.name for path in (copied / "talk").iterdir()} == {*edited, MANIFEST}
    make(composed(*SMALL, "theme=dark", "embed=talk", "embed.slides=false"), copied, COMMAND)
    assert {name: (copied / "talk" / name).read_bytes() for name in edited} == edited
    assert "#" in (copied / "talk" / "quarto.qmd").read_text(encoding="utf-8")


def test_the_interactive_page_takes_the_alternative_text(copied):
    words = "what I say & mean"
    assert words not in (copied / "talk" / "explore.html").read_text(encoding="utf-8")
    config = composed(*SMALL, "embed=talk", CUTS, "embed.slides=true", f"embed.alt='{words}'")
    assert "explore" in make(config, copied, COMMAND).done
    page = (copied / "talk" / "explore.html").read_text(encoding="utf-8")
    assert '<meta name="description" content="what I say &amp; mean">' in page
    assert read_provenance(copied / "talk" / "explore.html")["config"]["embed"]["alt"] == words
