"""Sweeps as a user meets them: order on disk, failures that stay in their folder, resume, engines."""

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest
import yaml
from hydra.core.global_hydra import GlobalHydra

from pipeline.command import command
from pipeline.make import make
from pipeline.sweep.jobs.record import FAILURE, INDEX, RECORD, read_record
from tests.conftest import DRAFT, composed
from tests.sweep.multiruns import NUMBERS, ROOT, VIDEOS, held_after, hidden, spawn
from tests.test_command import fake_encoder
from tests.waiting import REACH, until


@pytest.fixture
def sweep(multirun):
    return multirun


def test_a_folder_a_job_and_an_index(sweep, folder):
    code, outcomes, said = sweep("init.scale=0.1,1", "init.seed=range(2)", "sweep.compare=true")
    names = ["scale=0.1+seed=0", "scale=0.1+seed=1", "scale=1+seed=0", "scale=1+seed=1"]
    assert (code, outcomes) == (0, dict.fromkeys(names, "done")), said
    index = json.loads((folder / INDEX).read_text())
    assert index["keys"] == ["init.scale", "init.seed"]
    assert [job["folder"] for job in index["jobs"]] == names
    assert index["jobs"][1]["values"] == {"init.scale": "0.1", "init.seed": "1"}
    assert "init.seed=1" in index["jobs"][1]["overrides"]
    assert "data=sine" in index["jobs"][1]["overrides"]
    manifest = json.loads((folder / names[2] / "manifest.json").read_text())
    assert (manifest["config"]["init"]["scale"], manifest["config"]["init"]["seed"]) == (1, 0)
    assert {"index.html", "summary.csv", "plots.svg"} <= {path.name for path in folder.iterdir()}
    assert hidden(folder) == []


def test_the_command_in_a_job_makes_it_alone(sweep, folder, tmp_path):
    sweep("init.seed=0,1")
    made = json.loads((folder / "seed=1" / "manifest.json").read_text())
    words = made["command"].split()[3:]
    GlobalHydra.instance().clear()
    assert command([*words[:-1], "hydra.run.dir=alone"]) == 0
    for name in ("trajectory.npz", "spline.npz"):
        assert (tmp_path / "alone" / name).read_bytes() == (folder / "seed=1" / name).read_bytes()


def test_nasty_overrides_make_plain_folders(sweep, folder):
    values = ("'a/b'", "'a b'", "'[a]'", "'a,b'", "..", "'ä'")
    code, outcomes, said = sweep("data.title=" + ",".join(values))
    assert (code, set(outcomes.values())) == (0, {"done"}), said
    assert len(outcomes) == len(values)
    assert {path.name for path in folder.iterdir() if path.is_dir()} == set(outcomes)
    titles = {json.loads((folder / name / "manifest.json").read_text())["config"]["data"]["title"] for name in outcomes}
    assert titles == {"a/b", "a b", "[a]", "a,b", "..", "ä"}


def test_a_bad_value_costs_its_own_job_only(sweep, folder):
    code, outcomes, said = sweep("init.width=5,abc,0,6")
    assert code == 1
    assert outcomes == {"width=5": "done", "width=abc": "failed", "width=0": "failed", "width=6": "done"}
    assert "init.width = abc: must be a whole number" in said
    story = (folder / "width=0" / FAILURE).read_text()
    assert "init.width=0" in story
    assert "Traceback" in story
    assert read_record(folder / "width=0").message.startswith("init.width = 0: must be at least 1")


def test_a_bug_costs_its_own_job_only_and_keeps_its_traceback(sweep, folder, monkeypatch):
    from pipeline.run import simulating

    def simulate(config, data, track, record):
        if config.init.seed == 1:
            raise ZeroDivisionError("a bug")
        return right(config, data, track, record)

    right = simulating.simulate
    monkeypatch.setattr(simulating, "simulate", simulate)
    code, outcomes, _ = sweep("init.seed=range(3)")
    assert (code, outcomes) == (1, {"seed=0": "done", "seed=1": "failed", "seed=2": "done"})
    assert "ZeroDivisionError: a bug" in (folder / "seed=1" / FAILURE).read_text()


def test_a_rerun_does_only_what_is_missing_or_failed(sweep, folder, monkeypatch, tmp_path):
    encoder = fake_encoder(tmp_path, "os.kill(os.getpid(), 9)")
    with monkeypatch.context() as patch:
        patch.setenv("IMAGEIO_FFMPEG_EXE", encoder)
        code, outcomes, _ = sweep("init.seed=0,1", common=VIDEOS)
    assert (code, set(outcomes.values())) == (1, {"failed"})
    assert "was killed by signal 9" in read_record(folder / "seed=0").message
    assert hidden(folder) == []

    assert sweep("init.seed=0,1", common=VIDEOS)[:2] == (0, {"seed=0": "done", "seed=1": "done"})
    assert not (folder / "seed=0" / FAILURE).exists()
    code, outcomes, said = sweep("init.seed=0,1,2", common=VIDEOS)
    assert (code, outcomes) == (0, {"seed=0": "skipped", "seed=1": "skipped", "seed=2": "done"})
    assert "2 of 3 jobs are up to date" in said

    (folder / "seed=1" / "video.mp4").write_bytes(b"damaged")
    assert sweep("init.seed=0,1,2", common=VIDEOS)[1] == {"seed=0": "skipped", "seed=1": "done", "seed=2": "skipped"}
    assert set(sweep("init.seed=0,1", "force=true", common=VIDEOS)[1].values()) == {"done"}


def test_changed_data_and_configs_are_noticed(sweep, tmp_path):
    (tmp_path / "mine").mkdir()
    theme = tmp_path / "mine" / "theme"
    table = tmp_path / "a.csv"
    table.write_text("x,y\n0,0\n1,1\n2,0\n")
    own = ("--config-dir", "mine", "data=csv", f"data.path={table}", "data.x=x", "data.y=y", "init.seed=0,1")
    for expected in ("done", "skipped"):
        assert set(sweep(*own)[1].values()) == {expected}
    table.write_text("x,y\n0,0\n1,1\n2,1\n")
    from pipeline.sweep.jobs import receipt

    receipt._hash.cache_clear()  # as in a new process
    before = [read_record(tmp_path / "renders/default/sweep" / name).final_loss for name in ("seed=0", "seed=1")]
    assert set(sweep(*own)[1].values()) == {"done"}
    after = [read_record(tmp_path / "renders/default/sweep" / name).final_loss for name in ("seed=0", "seed=1")]
    assert before != after
    theme.mkdir()
    (theme / "own.yaml").write_text("defaults: [light]\n")
    assert set(sweep(*own)[1].values()) == {"done"}  # looked at, as the configs changed
    assert set(sweep(*own)[1].values()) == {"skipped"}


def test_a_bad_word_for_all_jobs_is_one_line_and_leaves_nothing(sweep, tmp_path):
    code, outcomes, said = sweep("init.seed=0,1", "init.sclae=3")
    assert (code, outcomes) == (2, {})
    assert said.startswith("error: init.sclae: no such key")
    assert not (tmp_path / "renders").exists()


def test_what_cannot_be_compared_is_refused_before_any_job(sweep, tmp_path):
    code, outcomes, said = sweep("init.seed=0,1", "sweep.rows=width")
    assert (code, outcomes) == (2, {})
    assert said.startswith("error: sweep.rows = width: is not swept; choose of init.seed")
    assert not (tmp_path / "renders").exists()


def test_an_experiment_can_be_a_sweep(sweep, tmp_path):
    own = tmp_path / "mine" / "experiment"
    own.mkdir(parents=True)
    sweep_of = "  mode: MULTIRUN\n  sweeper:\n    params:\n      init.scale: 0.1,1\n      init.seed: range(2)\n"
    (own / "scales.yaml").write_text(f"# @package _global_\nhydra:\n{sweep_of}")
    code, outcomes, said = sweep("--config-dir", "mine", "experiment=scales")
    assert code == 0, said
    assert list(outcomes) == ["scale=0.1+seed=0", "scale=0.1+seed=1", "scale=1+seed=0", "scale=1+seed=1"]


@pytest.mark.slow
def test_a_sweeper_is_told_the_objective(tmp_path, folder):
    if find_spec("optuna") is None:
        pytest.skip("the extra `optuna` is not installed")
    search = ("hydra/sweeper=optuna", "hydra.sweeper.n_trials=8", "hydra.sweeper.n_jobs=1")
    space = "init.scale=choice(0.1,1,-1)"  # of which one fails
    words = (*NUMBERS, *search, space, "objective=roughness")
    process = spawn(tmp_path, *words)
    table, said = process.communicate(timeout=REACH)
    assert process.returncode == 1, said
    assert table.splitlines()[0].split() == ["job", "outcome", "seconds", "final", "loss", "roughness"]
    best = yaml.safe_load((folder / "optimization_results.yaml").read_text())
    rough = {}
    for scale in ("0.1", "1"):
        with np.load(folder / f"scale={scale}" / "spline.npz") as spline:
            rough[float(scale)] = spline["roughness"][-1]
    assert best["best_value"] == min(rough.values())
    assert rough[best["best_params"]["init.scale"]] == min(rough.values())
    assert "init.scale = -1.0: must be greater than 0" in said
    again = spawn(tmp_path, *words).communicate(timeout=REACH)[0]  # tries the same values
    assert [row.split()[0] for row in again.splitlines()] == [row.split()[0] for row in table.splitlines()]
    assert "done" not in again


def test_an_objective_must_be_a_number_a_frame(sweep):
    for name, words in {"kernel": "no single number a frame", "nope": "there is no quantity nope"}.items():
        code, outcomes, said = sweep("init.seed=0,1", f"objective={name}")
        assert (code, set(outcomes.values())) == (1, {"failed"})
        assert words in said


@pytest.mark.slow
def test_after_a_kill_the_same_command_goes_on(sweep, tmp_path, folder):
    words = (*VIDEOS, "video.timeout=1000")
    process = spawn(tmp_path, *words, "init.seed=range(4)", **held_after(2, tmp_path))
    until(lambda: (folder / "seed=1" / RECORD).exists())
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    kept = {path: path.stat().st_mtime_ns for path in folder.glob(f"*/{RECORD}")}
    assert [path.parent.name for path in sorted(kept)] == ["seed=0", "seed=1"]
    code, outcomes, said = sweep("init.seed=range(4)", common=words)
    assert code == 0, said
    assert [*outcomes.values()] == ["skipped", "skipped", "done", "done"]
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert hidden(folder) == []


@pytest.mark.slow
def test_an_interrupt_leaves_no_litter_and_keeps_what_is_done(tmp_path, folder):
    words = (*VIDEOS, "video.timeout=1000", "init.seed=range(4)", "hydra/launcher=joblib")
    process = spawn(tmp_path, *words, **held_after(1, tmp_path))
    until(lambda: bool(list(folder.glob(f"*/{RECORD}"))))
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=REACH)[1]
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert list(folder.glob(f"*/{RECORD}"))
    until(lambda: hidden(folder), [])


@pytest.mark.slow
def test_a_killed_worker_takes_no_other_job_with_it(tmp_path, folder):
    """The process of one job is killed each time it is tried; with joblib that ends every worker of the pool."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal\n"
        "from pathlib import Path\n"
        "import pipeline.sweep.jobs.work as work\n"
        "right = work._make\n"
        "def make(item, compose):\n"
        "    if item.folder.endswith('seed=2'):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return right(item, compose)\n"
        "work._make = make\n"
    )
    env = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    words = [sys.executable, "-m", "pipeline", "-m", *NUMBERS, "init.seed=range(5)", "hydra/launcher=joblib"]
    ended = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=REACH, check=False)
    assert ended.returncode == 1, ended.stderr
    outcomes = {row.split()[0]: row.split()[1] for row in ended.stdout.splitlines()[1:]}
    assert outcomes == {f"seed={seed}": "failed" if seed == 2 else "done" for seed in range(5)}
    assert "was killed" in (folder / "seed=2" / FAILURE).read_text()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["joblib", "submitit_local"])
def test_engines_make_what_one_process_makes(engine, sweep, tmp_path):
    if find_spec(engine.partition("_")[0]) is None:
        pytest.skip(f"the launcher {engine} is not installed")
    assert sweep("name=one", "init.seed=0,1")[0] == 0
    process = spawn(tmp_path, *NUMBERS, "name=many", "init.seed=0,1", f"hydra/launcher={engine}")
    said = process.communicate(timeout=REACH)[1]
    assert process.returncode == 0, said
    for seed in range(2):
        one, many = (tmp_path / "renders" / name / "sweep" / f"seed={seed}" for name in ("one", "many"))
        assert (one / "trajectory.npz").read_bytes() == (many / "trajectory.npz").read_bytes()


@pytest.mark.slow
def test_a_local_ray_makes_what_one_process_makes(sweep, tmp_path):
    python = ROOT / ".venv-ray" / "bin" / "python"
    if not python.exists():
        pytest.skip("Ray wants an environment of its own, .venv-ray, which .ci/nightly makes")
    assert sweep("name=one", "init.seed=0,1")[0] == 0
    process = spawn(tmp_path, *NUMBERS, "name=many", "init.seed=0,1", "hydra/launcher=ray_local", python=str(python))
    said = process.communicate(timeout=REACH)[1]
    assert process.returncode == 0, said
    one, many = (tmp_path / "renders" / name / "sweep" / "seed=1" for name in ("one", "many"))
    with np.load(one / "trajectory.npz") as mine, np.load(many / "trajectory.npz") as other:
        np.testing.assert_allclose(mine["w"], other["w"], rtol=1e-9)  # libraries may differ there


@pytest.mark.slow
def test_two_sweeps_of_one_folder_do_not_meet(tmp_path, folder):
    words = (*DRAFT, "data=sine", "render=false", "init.seed=range(3)")
    both = [spawn(tmp_path, *words) for _ in range(2)]
    told = [process.communicate(timeout=REACH) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sorted(table.count("skipped") for table, _ in told) == [0, 3]
    assert hidden(folder) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("manifest.json", '{"name": "an app"}'), ("sweep.json", "[]"), ("seed=0/job.json", "{}"), ("multirun.yaml", "")],
)
def test_a_sweep_touches_nothing_that_is_not_ours(sweep, folder, name, text):
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(text)
    code, outcomes, said = sweep("init.seed=0,1")
    assert (code, outcomes) == (2, {})
    assert f"{name}: is not" in said
    assert said.count("\n") == 1
    assert (folder / name).read_text() == text
    assert {path for path in folder.rglob("*") if path.is_file()} <= {folder / name, folder / "multirun.yaml"}


def test_a_sweep_does_not_go_into_a_runs_folder(sweep, tmp_path):
    run = make(composed(*NUMBERS), tmp_path / "one").folder
    before = {path: path.read_bytes() for path in run.iterdir()}
    code, _, said = sweep("init.seed=0,1", f"hydra.sweep.dir={run}")
    assert code == 2
    assert "one: holds a run, where a comparison would be written; choose another folder" in said
    assert {path: path.read_bytes() for path in run.iterdir()} == before
