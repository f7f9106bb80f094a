"""What is compiled: kept on disk by the version of its own sources, found there, and told of while it takes time."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import compiled

ROOT = Path(__file__).parents[1]
DAY = 86_400
DESCENT = """
from pipeline import Data, Network
from pipeline.simulate.optimisers.gradient_descent import gradient_descent
run = gradient_descent(Network([1], [0], [1]), Data([1], [2]), [1])
print(run.w[-1, 0].hex(), run.outcome)
"""
IMPORTS = """
from pipeline.compiled import compiling_told_to
with compiling_told_to(print):
    import pipeline.simulate.gradient_flow, pipeline.simulate.descent, pipeline.render.drawing.raster
"""


def python(code, **environment):
    """Run code in a new process of this project's Python; what it printed."""
    settings = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"} | environment
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def a_file(path):
    """A file where a folder would have to be: nothing can be written beneath it, by root either."""
    path.write_text("")
    return path / "folder"


def test_importing_compiles_and_writes_nothing(tmp_path):
    assert python(IMPORTS, NUMBA_CACHE_DIR=str(tmp_path / "cache")) == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["NUMBA_CACHE_DIR", "both homes"])
def test_where_no_cache_can_be_written_there_is_none(tmp_path, monkeypatch, kind):
    beneath = a_file(tmp_path / "file")
    if kind == "NUMBA_CACHE_DIR":
        monkeypatch.setattr(compiled.config, "CACHE_DIR", str(beneath))
    else:
        monkeypatch.setattr(compiled.config, "CACHE_DIR", "")
        monkeypatch.setattr(compiled, "__file__", str(beneath / "compiled.py"))
        monkeypatch.setenv("XDG_CACHE_HOME", str(beneath))
    assert compiled.cache_folder("a" * 16) is None


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is Linux's")
def test_beside_sources_that_cannot_be_written_the_cache_is_the_users(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.config, "CACHE_DIR", "")
    monkeypatch.setattr(compiled, "__file__", str(a_file(tmp_path / "file") / "compiled.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert compiled.cache_folder("a" * 16).parent == tmp_path / "cache" / "relu-spline-videos"


@pytest.mark.slow
def test_no_home_and_no_cache_are_needed(tmp_path):
    """Where nothing can be written compiled loops live in memory, and give the same bits."""
    beneath = str(a_file(tmp_path / "file"))
    nowhere = python(DESCENT, NUMBA_CACHE_DIR=beneath, HOME=beneath, XDG_CACHE_HOME=beneath)
    assert nowhere == python(DESCENT)
    assert not os.path.exists(beneath)


@pytest.mark.slow
def test_what_was_compiled_is_found_again_and_only_compiling_is_told_of(tmp_path):
    telling = "from pipeline.compiled import compiling_told_to\nwith compiling_told_to(print):\n"
    code = telling + DESCENT.strip().replace("\n", "\n    ").join(["    ", ""])
    first, second = (python(code, NUMBA_CACHE_DIR=str(tmp_path)).splitlines() for _ in range(2))
    assert first[:-1] == ["True", "False"] * (len(first) // 2)
    assert len(first) > 1
    assert second == first[-1:]


LOSSES = """
import sys
import numpy as np
from pipeline.compiled import is_kept
from pipeline.simulate.sampling import fill_losses
print(is_kept(fill_losses), flush=True)
input()
row, one = np.ones((1, 1)), np.ones(1)
fill_losses(row, row, row, one, one, one, None, None, np.zeros((4, 2)), one, one)
print(sum(fill_losses.stats.cache_misses.values()), "numba.np.arraymath" in sys.modules)
"""


@pytest.mark.skipif(compiled.fcntl is None, reason="no locks")
def test_of_processes_that_begin_at_once_one_compiles(tmp_path):
    """The others wait until it has, and find that on disk; they import nothing of what only compiling needs."""
    settings = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen([sys.executable, "-c", LOSSES], cwd=ROOT, env=settings, **pipes) for _ in range(2)]
    assert [process.stdout.readline() for process in started] == ["False\n"] * 2
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    assert sorted(process.communicate()[0] for process in started) == ["0 False\n", "1 True\n"]
    assert python(LOSSES.partition("input")[0], NUMBA_CACHE_DIR=str(tmp_path)) == "True\n"


UPDATE = """
import sys
from pipeline.simulate.descent import compiled_update
from pipeline.simulate.optimisers.adam import ADAM
made = compiled_update(ADAM.update)
print(made.cache_hits, "numba.np.arraymath" in sys.modules)
"""


def test_an_update_is_found_again_without_what_only_compiling_needs(tmp_path):
    said = [python(UPDATE, NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2)]
    assert said == ["0 True\n", "1 False\n"]


def test_functions_of_others_are_compiled_without_a_cache():
    told = []
    with compiled.compiling_told_to(told.append):
        function = compiled.compiled(lambda x: x + 1)
        assert told == []
        assert function(1) == 2
        assert function(1) == 2
    assert told == [True, False]


def test_unused_compiled_code_is_deleted_and_nothing_else(tmp_path, monkeypatch):
    """Folders that no process has used for a month go; others, and what is not ours, stay."""
    names = {"compiled-" + "a" * 16: 40, "compiled-" + "b" * 16: 20, "compiled-notes": 40, "other": 40}
    for name, days in names.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "code.nbc").write_text("")
        os.utime(tmp_path / name, times=(time.time() - DAY * days,) * 2)
    monkeypatch.setattr(compiled.config, "CACHE_DIR", str(tmp_path))
    fresh = compiled.cache_folder("c" * 16)
    assert {path.name for path in tmp_path.iterdir()} == set(names) - {"compiled-" + "a" * 16} | {fresh.name}
    os.utime(fresh, times=(0, 0))
    assert time.time() - compiled.cache_folder("c" * 16).stat().st_mtime < DAY


LOOPS = {  # by module that compiles, others that it must be compiled anew with, and that it must not
    "pipeline.simulate.solver.stepping": (
        {"simulate/solver/kernels.py", "simulate/solver/held.py", "simulate/solver/flow.py", "compiled.py"},
        {"simulate/descent.py", "render/drawing/raster.py", "render/encoding/yuv.py"},
    ),
    "pipeline.simulate.descent": ({"simulate/solver/kernels.py", "compiled.py"}, {"simulate/solver/step.py"}),
    "pipeline.render.drawing.raster": ({"compiled.py"}, {"simulate/solver/kernels.py", "render/encoding/yuv.py"}),
}


@pytest.mark.parametrize("module", LOOPS)
def test_a_cache_is_by_the_sources_that_its_functions_reach(module):
    """What a function calls is compiled into it, so that a change there makes it stale, and one elsewhere does not."""
    with_it, without = LOOPS[module]
    paths = {path.relative_to(ROOT / "pipeline").as_posix() for path in compiled.compiled_sources(module)}
    assert with_it <= paths
    assert not without & paths


def test_any_change_of_a_source_is_another_version(tmp_path, monkeypatch):
    source = tmp_path / "kernels.py"
    monkeypatch.setattr(compiled, "compiled_sources", lambda module: [source])

    def version_of(text):
        source.write_text(text)
        compiled.hash_of_sources.cache_clear()
        return compiled.hash_of_sources("pipeline.kernels")

    assert version_of("x = 1") == version_of("x = 1") != version_of("x = 2")
    compiled.hash_of_sources.cache_clear()
