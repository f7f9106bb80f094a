"""`python -m pipeline.embed` as a user meets it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from pipeline.__main__ import outcome
from pipeline.config.schema.embed import EmbedConfig
from pipeline.embed.command import given as options_given, parser, words_of
from pipeline.make import make
from tests.conftest import composed
from tests.embed.conftest import COMMAND, SMALL

ROOT = Path(__file__).parents[2]
command = partial(outcome, "pipeline.embed.command")


@pytest.fixture
def finished(whole, tmp_path):
    """A run without a talk that a test may change."""
    folder = shutil.copytree(whole, tmp_path / "small")
    shutil.rmtree(folder / "talk")
    return folder


def test_a_finished_run_gets_the_talk_that_embed_talk_gives(finished, whole):
    words = [sys.executable, "-m", "pipeline.embed", str(finished)]
    result = subprocess.run(words, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert result.returncode == 0, result.stderr
    assert {path.name for path in (finished / "talk").iterdir()} == {path.name for path in (whole / "talk").iterdir()}
    made = len(list((finished / "talk").iterdir())) - 1  # the manifest comes besides
    assert f"{finished}/talk: {made} files, " in result.stderr
    assert "copy, strip, snippets, slides, explore, lab in " in result.stderr
    one, other = [json.loads((run / "talk" / "manifest.json").read_text())["clips"][0] for run in (finished, whole)]
    commands = [clip["notes"].pop() for clip in (one, other)]
    assert commands[0].startswith(f"{commands[1]} && ")
    assert one == other


def test_options_are_those_of_the_config_group(finished):
    assert command([str(finished), "--cuts", "0.01,0.5", "--no-slides", "--no-loop", "--alt", "a test"]) == 0
    manifest = json.loads((finished / "talk" / "manifest.json").read_text())
    embed = manifest["config"]["embed"]
    assert (embed["make"], embed["cuts"], embed["slides"], embed["loop"]) == (True, [0.01, 0.5], False, False)
    assert [clip["description"][-6:] for clip in manifest["clips"]] == ["a test"] * 3
    assert " loop" not in (finished / "talk" / "plain.html").read_text()
    assert manifest["command"].startswith(f"{COMMAND} && python -m pipeline.embed ")


def test_a_talk_keeps_the_options_it_was_made_with_until_they_are_given_anew(finished, capsys):
    def made(*words: str) -> dict:
        assert command([str(finished), "--no-slides", *words]) == 0
        return json.loads((finished / "talk" / "manifest.json").read_text())

    first = made("--cuts", "0.01,0.5", "--gif", "--alt", "a test")
    assert made() == first
    assert "--cuts=0.01,0.5" in first["command"]
    assert "--gif" in first["command"]
    other = made("--no-gif", "--cuts", "0.2")["config"]["embed"]
    assert (other["gif"], other["cuts"], other["alt"]) == (False, [0.2], "a test")
    assert not (finished / "talk" / "video.gif").exists()
    for empty in ("none", ""):
        assert made("--cuts", empty)["config"]["embed"]["cuts"] == []


OPTIONS_GIVEN = {
    "gif": st.booleans(),
    "loop": st.booleans(),
    "slides": st.booleans(),
    "cuts": st.lists(st.floats(0, 1e50)),
    "events": st.lists(st.sampled_from(["catch", "release"])),
    "shortest": st.floats(0.1, 3600),
    "alt": st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])),
}


@given(st.fixed_dictionaries({}, optional=OPTIONS_GIVEN), st.fixed_dictionaries({}, optional=OPTIONS_GIVEN))
def test_the_options_that_a_talk_tells_give_the_same_talk(values, before):
    wanted, own = EmbedConfig(**values), EmbedConfig(**before)
    wanted = replace(wanted, slides=own.slides) if wanted.slides is None else wanted
    told = options_given(parser().parse_args(words_of(wanted, own)))
    assert replace(own, **told) == wanted


BAD = {
    (): "give the folder of a finished run",
    ("none",): "none: no manifest.json of a finished run; make one with `python -m pipeline name=NAME`",
    ("--nope",): "unrecognized arguments: --nope; `python -m pipeline.embed --help` lists the options",
    ("--cuts", "x"): "--cuts: x: give numbers, such as 0,0.1,30",
    ("RUN", "--cuts", "5"): "embed.cuts = [5.0]: give ascending training times between 0 and dynamics.end_time = 1",
    ("RUN", "--events", "crash"): "crash is no event",
    ("RUN", "--most-sections", "1"): "embed.most_sections = 1: must be at least 2",
}


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_what_cannot_be_done_gets_one_line_and_nothing_is_written(finished, capsys, words):
    assert command([str(finished) if word == "RUN" else word for word in words]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert BAD[words] in said
    assert not (finished / "talk").exists()


DAMAGES = {
    "video.mp4": "its files changed since they were made; make the video again",
    "trajectory.npz": "trajectory.npz: cannot be read",
    "manifest.json": "no manifest.json of a finished run",
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_run_is_refused(finished, capsys, name):
    (finished / name).write_bytes(b"damaged")
    assert command([str(finished)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert DAMAGES[name] in said
    assert not (finished / "talk").exists()


def test_numbers_without_a_video_are_refused(tmp_path, capsys):
    make(composed(*SMALL, "render=false"), tmp_path / "small")
    capsys.readouterr()
    assert command([str(tmp_path / "small")]) == 2
    assert "render = false: embed.make=true needs the whole video" in capsys.readouterr().err


NOT_OURS = {
    "a list": [],
    "a number": 5,
    "a config that is none": {"config": 3},
    "stages that are none": {"stages": 5},
    "stages without keys": {"stages": {"render": {"files": {}}}},
    "a width in words": {"width": "wide"},
    "a value of another type": {"config": {"init": {"width": []}}},
    "groups that are none": {"config": {"dynamics": 5}},
    "no command": {"command": None},
    "runs that are none": {"runs": 5},
    "runs without folders": {"runs": {"a": {}}},
    "axes that are none": {"axes": []},
}


@pytest.mark.parametrize("change", NOT_OURS.values(), ids=NOT_OURS)
@pytest.mark.parametrize("module", ["pipeline.embed.command", "pipeline.embed.explore.command"])
def test_a_manifest_that_is_json_but_not_ours_is_one_line(finished, capsys, module, change):
    path = finished / "manifest.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(whole | change if isinstance(change, dict) else change), encoding="utf-8")
    before = {place: place.stat().st_mtime_ns for place in finished.rglob("*")}
    if outcome(module, [str(finished)]) == 0:  # the page shows no video, and needs nothing that is said of one
        assert (module, *change) == ("pipeline.embed.explore.command", "width")
        return
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert str(finished) in said
    assert {place: place.stat().st_mtime_ns for place in finished.rglob("*")} == before


@pytest.mark.parametrize("name", ["video.mp4", "trajectory.npz", "spline.npz"])
def test_truncated_results_are_one_line(finished, capsys, name):
    content = (finished / name).read_bytes()
    (finished / name).write_bytes(content[: len(content) // 2])
    assert command([str(finished)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith(f"error: {finished}")
    assert not (finished / "talk").exists()


def test_a_talk_whose_folder_cannot_be_made_is_one_line(finished, capsys):
    (finished / "talk").write_text("mine")
    assert command([str(finished)]) == 2
    assert capsys.readouterr().err == f"error: {finished}/talk: File exists; give a folder that can be written\n"
    assert (finished / "talk").read_text() == "mine"


# A module's command, to which a signal comes while it reads the run's numbers.
INTERRUPTED = """
import runpy, signal, sys
from pipeline.simulate.trajectory import Trajectory
Trajectory.load = lambda path: signal.raise_signal({number})
module = sys.argv.pop(1)
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize(
    ("module", "sent"),
    [
        ("pipeline.embed", signal.SIGINT),
        ("pipeline.embed", signal.SIGHUP),
        ("pipeline.embed.explore", signal.SIGTERM),
    ],
)
def test_an_interrupt_is_one_line_and_leaves_nothing(finished, module, sent):
    before = {path.name for path in finished.iterdir()}
    words = [sys.executable, "-c", INTERRUPTED.format(number=int(sent)), module, str(finished)]
    result = subprocess.run(words, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert result.returncode == 130, result.stderr
    assert result.stderr == "interrupted: earlier results stand as they were\n"
    assert {path.name for path in finished.iterdir()} == before
