"""What a result depends on is derived from imports: keys follow every module that a stage reaches, and no other."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.config.schema.sweep import SweepConfig
from pipeline.embed.talk import Talk
from pipeline.run.finished import Finished, read_finished
from pipeline.run.single_run import SingleRun
from pipeline.store import keys, sources
from pipeline.store.stage import StagedFolder
from pipeline.sweep.compared.entries import read_sweep
from pipeline.sweep.comparison import Comparison
from pipeline.sweep.jobs.receipt import signature
from tests.source_tree import MODULES, PACKAGE, imports
from tests.sweep.made import make_sweep

OURS = [path for path in PACKAGE.rglob("*.*") if path.is_file() and "__pycache__" not in path.parts]
SIZE = SweepConfig(width=960, height=540)

SIMULATED = ("pipeline.run.simulating",)
PROJECTED = *SIMULATED, "pipeline.projection.spline"
COMPUTED = *SIMULATED, "pipeline.run.computing"
DRAWN = *COMPUTED, "pipeline.run.drawing"
CUT = ("pipeline.embed.media",)  # of a finished run, whose own key its manifest has
REACHED = {
    "simulate": SIMULATED,
    "project without quantities": PROJECTED,
    "project": COMPUTED,
    "render": DRAWN,
    "gif": CUT,
    "webm": CUT,
    "section 1": CUT,
    "strip": CUT,
    "slides": (*CUT, "pipeline.embed.slides"),
    "explore": ("pipeline.embed.explore.assemble",),
    "lab": ("pipeline.embed.lab.assemble",),
    "summary": ("pipeline.sweep.compared.summary",),
    "plots": ("pipeline.sweep.compared.summary", "pipeline.sweep.compared.plots"),
    "multiples": ("pipeline.sweep.compared.multiples",),
    "montage": ("pipeline.sweep.compared.montage",),
    "sliders": ("pipeline.sweep.compared.sliders",),
    "page": tuple(f"pipeline.sweep.{part}" for part in (
        "gallery", "compared.summary", "compared.plots", "compared.multiples", "compared.montage", "compared.sliders",
    )),
    "receipt": ("pipeline.make",),
}  # fmt: skip
# Keyed by the bytes or texts that they write, whatever made these.
BY_CONTENT = {"copy", "snippets"}
# Those that only keep stages in folders, say where files come from and show how far they are: a stage does not call
# them for what it makes.
KEEPERS = (
    "console/",
    "store/",
    "run/job.py",
    "run/provenance.py",
    "run/single_run.py",
    "run/track.py",
    "embed/talk.py",
    "sweep/comparison.py",
)


@pytest.fixture(scope="module")
def executed() -> dict[str, set[Path]]:
    """By stage, our files whose functions ran while it was made; filled by `observed`."""
    return {}


@pytest.fixture(scope="module")
def observed(executed, tmp_path_factory) -> Path:
    """Two small runs of a sweep, their comparison, and a talk of the first, each stage made under observation."""
    folder = tmp_path_factory.mktemp("dependencies") / "sweep"
    usual = StagedFolder.make

    def observed(self, todo, earlier):
        watched = tuple(replace(stage, make=observing(stage.make, executed, stage.name)) for stage in todo)
        return usual(self, watched, earlier)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StagedFolder, "make", observed)
        make_sweep(folder, {"init.scale": [0.3, 3]}, "scene=minimal", "projection.quantities=[roughness]")
        Talk(talked_of(folder), "").bring_up_to_date()
        Comparison(read_sweep(folder), folder, SIZE).bring_up_to_date()
    return folder


def observing(make, executed, name: str):
    def made(place: Path) -> None:
        with calls_of_ours() as files:
            make(place)
        executed.setdefault(name, set()).update(files)

    return made


@contextmanager
def calls_of_ours():
    """Files of the package whose Python functions are called in the block, in any thread."""
    codes = set()

    def note(frame, event, _):
        if event == "call":
            codes.add(frame.f_code.co_filename)

    found: set[Path] = set()
    usual = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(usual)
        threading.setprofile(usual)
        found |= {path for code in codes if PACKAGE in (path := Path(code)).parents}


def talked_of(folder: Path) -> Finished:
    """The sweep's first run, with all that can be asked for talks."""
    run = read_finished(folder / "init.scale=0.3")
    embed = replace(run.config.embed, gif=True, webm=True, slides=True, cuts=[0.1])
    return replace(run, config=replace(run.config, embed=embed))


@pytest.fixture
def keys_now(observed) -> Callable[[], dict[str, str]]:
    """Gives, by name, the keys of all stages as the code stands when it is called."""
    run, entries = talked_of(observed), read_sweep(observed)
    plain = replace(run.config, projection=replace(run.config.projection, quantities=[]))
    data = run.takes[0].data
    snippets = cache(Talk(run, "")._snippets)  # by content: written once

    def keys_now() -> dict[str, str]:
        talk = Talk(run, "")
        talk._snippets = snippets
        staged = SingleRun(run.config, observed, "", data), talk, Comparison(entries, observed, SIZE)
        found = {stage.name: stage.key for each in staged for stage in each.stages}
        without = SingleRun(plain, observed, "", data).stages[1].key
        return found | {"project without quantities": without, "receipt": signature([], [], [])}

    return keys_now


@pytest.fixture
def change(monkeypatch):
    """A function after which a file of ours counts as changed, and the one before as itself again."""
    usual = keys.source_hash

    def change(path: Path) -> None:
        keys.code_version.cache_clear()
        changed = {path: "changed"}
        monkeypatch.setattr(keys, "source_hash", lambda file: changed.get(file) or usual(file))

    yield change
    keys.code_version.cache_clear()


def test_a_key_follows_what_its_stage_reaches_and_nothing_else(keys_now, change):
    before = keys_now()
    assert {name for name in before if not name.startswith("section")} - BY_CONTENT == set(REACHED) - {"section 1"}
    for path in OURS:
        change(path)
        after = keys_now()
        for name, roots in REACHED.items():
            assert (after[name] != before[name]) == (path in sources.reached(*roots)), f"{name}: {path}"
    assert all(set(OURS) - set(sources.reached(*roots)) for roots in REACHED.values())


def test_what_a_stage_runs_is_what_it_reaches(observed, executed):
    assert set(REACHED) - {"project without quantities", "receipt"} <= set(executed)
    for name, files in executed.items():
        if name in REACHED:
            kept = {path for path in files if path.relative_to(PACKAGE).as_posix().startswith(KEEPERS)}
            assert files - kept, name
            assert files - kept <= set(sources.reached(*REACHED[name])), name


def test_sources_are_read_as_python_reads_them():
    """The regular expressions that find imports, which keys can afford, against the syntax tree."""
    for name, path in MODULES.items():
        assert {MODULES[imported] for imported in imports(name)} <= set(sources.reached(name)), path


IMPORT_EACH = """
import importlib, os, sys
import matplotlib.pyplot, numba, scipy.interpolate
for root in sys.argv[1:]:
    if os.fork() == 0:
        importlib.import_module(root)
        print(root, *(name for name in sys.modules if name.partition(".")[0] == "pipeline"), flush=True)
        os._exit(0)
    assert os.wait()[1] == 0
"""


def test_what_a_module_imports_is_what_it_reaches():
    roots = sorted({root for roots in REACHED.values() for root in roots})
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EACH, *roots], cwd=PACKAGE.parent, check=True, capture_output=True, text=True
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [root for root, *_ in lines] == roots
    for root, *loaded in lines:
        reached = {os.path.relpath(path, PACKAGE.parent) for path in sources.reached(root)}
        assert {os.path.relpath(MODULES[name], PACKAGE.parent) for name in loaded} <= reached, root


@pytest.mark.parametrize("stage", ["simulate", "project"])
def test_numbers_do_not_depend_on_how_they_are_drawn(stage):
    """A change of a panel or scene must not simulate again. Of `render` they reach the frames' times only."""
    drawn = [path.relative_to(PACKAGE).as_posix() for path in sources.reached(*REACHED[stage])]
    assert [name for name in drawn if name.startswith(("render/scene/", "render/panels/", "render/encoding/"))] == []
