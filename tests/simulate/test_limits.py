"""What bounds a run: memory, steps, finite numbers, a disk that cannot be written."""

import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from pipeline import compiled
from pipeline.errors import SimulationError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate import gradient_flow as module
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.solver import stepping

ROOT = Path(__file__).parents[2]


def case(scale=1.0, m=20, rows=9):
    rng = np.random.default_rng(3)
    x = np.linspace(-1, 1, rows)
    return Network(rng.normal(size=m), rng.normal(size=m), rng.normal(size=m)), Data(x, scale * np.sin(4 * x))


def peak(end):
    tracemalloc.start()
    gradient_flow(*case(), np.linspace(0, end, 10))
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size


def test_memory_does_not_grow_with_time():
    gradient_flow(*case(), [0.0, 1.0])
    assert abs(peak(100.0) - peak(0.1)) < 20_000


def one_line(caught, *parts):
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("t = ")
    for part in parts:
        assert part in message


def test_step_limit_says_when_and_what_helps():
    with pytest.raises(SimulationError) as caught:
        gradient_flow(*case(), [0.0, 100.0], max_steps=1)
    one_line(caught, "1 steps were not enough", "lower dynamics.end_time", "raise dynamics.rtol")


def test_state_that_is_not_finite_says_when_and_what_helps():
    with pytest.raises(SimulationError) as caught:
        gradient_flow(*case(scale=1e200), [0.0, 1.0])
    one_line(caught, "lower init.scale or the scale of the data")


def test_being_stuck_says_when_and_what_helps(monkeypatch):
    monkeypatch.setattr(module.stepping, "advance", lambda *_: stepping.STUCK)
    with pytest.raises(SimulationError) as caught:
        gradient_flow(*case(), [0.0, 1.0])
    one_line(caught, "no step is short enough", "raise dynamics.rtol")


def test_weight_decay_shrinks_the_invariants_and_agrees_with_small_steps():
    """d/dt (v² − w² − b²) = −2λ(v² − w² − b²); gradient descent with the same penalty converges to the flow."""
    from pipeline.simulate.descent import gradient_descent

    (network, data), decay, times = case(), 0.3, np.array([0.0, 0.5, 1.0, 2.0])
    run = gradient_flow(network, data, times, 1e-8, weight_decay=decay)
    invariant = run.v**2 - run.w**2 - run.b**2
    assert np.allclose(invariant, np.exp(-2 * decay * times)[:, None] * invariant[0], rtol=0, atol=1e-10)
    gaps = [
        np.max(np.abs(gradient_descent(network, data, times, rate, weight_decay=decay).loss - run.loss))
        for rate in (1e-3, 1e-4)
    ]
    assert gaps[1] < 0.2 * gaps[0] < 0.2


DESCENT = """
from pipeline import Data, Network
from pipeline.simulate.descent import gradient_descent
run = gradient_descent(Network([1], [0], [1]), Data([1], [2]), [1])
print(run.w[-1, 0].hex(), run.outcome)
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


@pytest.mark.parametrize("kind", ["NUMBA_CACHE_DIR", "both homes"])
def test_where_no_cache_can_be_written_all_is_compiled_anew(tmp_path, monkeypatch, kind):
    beneath = a_file(tmp_path / "file")
    if kind == "NUMBA_CACHE_DIR":
        monkeypatch.setattr(compiled.config, "CACHE_DIR", str(beneath))
    else:
        monkeypatch.setattr(compiled.config, "CACHE_DIR", "")
        monkeypatch.setattr(compiled, "__file__", str(beneath / "compiled.py"))
        monkeypatch.setenv("XDG_CACHE_HOME", str(beneath))
    assert compiled.cache_folder() is None
    monkeypatch.setattr(compiled, "FOLDER", None)
    assert compiled.compiled(lambda x: x + 1)(1) == 2


def test_beside_sources_that_cannot_be_written_the_cache_is_the_users(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.config, "CACHE_DIR", "")
    monkeypatch.setattr(compiled, "__file__", str(a_file(tmp_path / "file") / "compiled.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert compiled.cache_folder().parent == tmp_path / "cache" / "relu-spline-videos"


@pytest.mark.slow
def test_no_home_and_no_cache_are_needed(tmp_path):
    """Where nothing can be written compiled loops live in memory, and give the same bits."""
    beneath = str(a_file(tmp_path / "file"))
    nowhere = python(DESCENT, NUMBA_CACHE_DIR=beneath, HOME=beneath, XDG_CACHE_HOME=beneath)
    assert nowhere == python(DESCENT)
    assert not os.path.exists(beneath)


def test_stale_compiled_code_is_deleted_and_nothing_else(tmp_path, monkeypatch):
    """Other versions' folders go after a day; fresh ones, in which another process may be writing, and others stay."""
    names = {"compiled-" + "a" * 16: 2, "compiled-" + "b" * 16: 0.5, "compiled-notes": 2, "other": 2}
    for name, days in names.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "code.nbc").write_text("")
        os.utime(tmp_path / name, times=(time.time() - 86_400 * days,) * 2)
    monkeypatch.setattr(compiled.config, "CACHE_DIR", str(tmp_path))
    fresh = compiled.cache_folder()
    assert {path.name for path in tmp_path.iterdir()} == set(names) - {"compiled-" + "a" * 16} | {fresh.name}


def test_another_version_of_any_module_has_another_cache(tmp_path, monkeypatch):
    """What a function calls is compiled into it, so that a change anywhere makes all of it stale."""
    for name in ("compiled.py", "kernels.py"):
        (tmp_path / name).write_text("from pipeline.compiled import inner  # 1")
    monkeypatch.setattr(compiled, "__file__", str(tmp_path / "compiled.py"))
    before = compiled.hash_of_sources()
    (tmp_path / "kernels.py").write_text("from pipeline.compiled import inner  # 2")
    assert compiled.hash_of_sources() != before
