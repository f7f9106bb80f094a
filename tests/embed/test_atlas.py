"""The atlas: one page of claims, ours and a stranger's, with clips that are made where they are missing."""

import json
import re
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.__main__ import outcome
from pipeline.config import tables
from pipeline.config.home import CONF
from pipeline.embed.atlas.atlas import in_laboratory
from pipeline.embed.atlas.claims import names_of
from pipeline.errors import InputError
from pipeline.render.film.verdict import kind_of
from tests.conftest import composed

command = partial(outcome, "pipeline.embed.command")

# What a stranger writes: one quantity, and one experiment that claims something of it.
PLUGIN = """
import numpy as np

from pipeline.projection.quantities import QUANTITIES, Quantity
from pipeline.projection.units import SLOPE

QUANTITIES.add("largest", Quantity("F", SLOPE, "largest |μ|", lambda run: np.abs(run.spline.delta_slope).max(axis=1)))
"""
CLAIM = """# @package _global_
defaults:
  - override /data: sine
plugins: [{plugin}]
data: {{count: 5}}
init: {{width: 8}}
dynamics: {{end_time: 0.2}}
scene:
  opening: false
  ending:
    say: "No slope jump is larger than it was"
    measured: "{{largest:.3f}}"
    predicted: "below 9"
    source: "largest slope jump · A. Stranger 2031"
    verdict: "holds only if the clip is short"
    seeds: [0, 1]
    holds: [largest < 9]
"""
SMALL = "video=draft", "video.fps=2", "timing.seconds=3"


@pytest.fixture(scope="module")
def strange(tmp_path_factory):
    """A folder with a stranger's configs and plugin, in which the atlas of the claim was made; then forgotten."""
    place = tmp_path_factory.mktemp("strange")
    (place / "mine.py").write_text(PLUGIN, encoding="utf-8")
    experiments = place / "configs" / "experiment"
    experiments.mkdir(parents=True)
    (experiments / "theirs.yaml").write_text(CLAIM.format(plugin=place / "mine.py"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert command(["--atlas", "theirs", "--config-dir", "configs", *SMALL]) == 0
    yield place
    with tables.adding(str(place / "mine.py")):
        pass  # nothing is added, and what was there goes


def data_of(page) -> dict:
    """What a page's script works on."""
    found = re.search(r"^const DATA = (.*);$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return json.loads(found[1])


def test_a_stranger_s_claim_stands_on_the_page_with_all_that_is_asked_of_one(strange):
    data = data_of(strange / "atlas" / "index.html")
    (told,) = data["runs"]
    assert told["label"] == "No slope jump is larger than it was"
    assert told["claim"]["kind"] == "only_if"
    assert told["claim"]["verdict"] == "holds only if the clip is short"
    (measured, number), (_, predicted) = told["claim"]["numbers"]
    assert measured == "measured"
    assert 0 < float(number) < 9
    assert predicted == "below 9"
    assert dict(zip([key["key"] for key in data["keys"]], told["values"], strict=True)) == {
        "verdict": "holds only if",
        "paper": "A. Stranger 2031",
        "quantity": "largest slope jump",
        "seeds": "0, 1",
        "experiment": "theirs",
    }
    assert told["command"].startswith("python -m pipeline --config-dir=configs experiment=theirs")
    for name in ("video", "poster", "last", "laboratory"):
        assert (strange / "atlas" / told[name]).stat().st_size > 0


def test_a_second_time_nothing_is_to_do(strange, monkeypatch, caplog):
    caplog.set_level("INFO")
    monkeypatch.chdir(strange)
    before = {path: path.stat().st_mtime_ns for path in (strange / "atlas").rglob("*")}
    assert command(["--atlas", "theirs", "--config-dir", "configs", *SMALL]) == 0
    assert "up to date, nothing to do" in caplog.messages[-1]
    assert {path: path.stat().st_mtime_ns for path in (strange / "atlas").rglob("*")} == before


def test_all_claims_of_ours_are_on_it_but_sweeps():
    ours = {path.stem for path in (CONF / "experiment").glob("*.yaml")}
    assert set(names_of([CONF], [])) == ours - {"regime_map"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--atlas", "scale", "name=mine"], "name: clips of an atlas are named by their experiments"),
        (["--atlas", "adaptiv"], "--atlas: experiment = adaptiv: unknown, did you mean adaptive?"),
        (["--atlas", "--gif"], "--gif: is of talks, and an atlas takes whole videos"),
        (["--atlas", "--reel"], "--reel: is of decks and reels"),
        (["--atlas", "--config-dir", "nowhere"], "--config-dir nowhere: no such folder"),
        (["--config-dir", "conf", "renders/x"], "--config-dir: belongs to an atlas"),
        (["--atlas", "adaptive", "video=gif"], "video.format"),
    ],
)
def test_what_is_wrong_is_told_in_a_line_and_nothing_is_made(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert command(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert said in line
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["--atlas", "adaptive"], ["--reel", "sahs"]])
@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("file", "file: File exists; give a folder that can be written"),
        ("file/in", "file/in: Not a directory"),
        ("held", "held: holds a run, where a"),
        ("held/in", "held/in: lies inside "),
    ],
)
def test_where_it_cannot_stand_is_told_before_a_clip_is_made(words, out, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine", encoding="utf-8")
    Path("held").mkdir()
    Path("held/manifest.json").write_text('{"kind": "run", "stages": {}}', encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert command([*words, "--out", out]) == 2
    assert said in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before  # no renders/


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [("holds", "holds"), ("holds only if m is large", "only_if"), ("fails: half of the seeds stop", "fails")],
)
def test_a_verdict_is_one_of_three(verdict, kind):
    assert kind_of(verdict) == kind


def test_no_other_verdict_is_taken():
    with pytest.raises(InputError, match=r"scene.ending.verdict = perhaps: give holds, holds only if …, or fails"):
        kind_of("perhaps")


def test_a_laboratory_begins_with_a_run_that_it_solves():
    """The one that the ending speaks of, or another; where there is none the page has no link to one."""
    squares, logistic = (
        SimpleNamespace(label=loss, config=composed(f"dynamics.loss={loss}")) for loss in ("squared", "logistic")
    )
    run = SimpleNamespace(config=squares.config, takes=[logistic, squares])
    assert in_laboratory(run) is squares
    assert in_laboratory(SimpleNamespace(config=squares.config, takes=[logistic])) is None
