"""What can go wrong around a sweep: disks, kills, damaged files. It ends, says why in one line, and loses nothing."""

import errno
import hashlib
import json
import os
import signal
import subprocess
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from pipeline.__main__ import outcome
from pipeline.store import atomic
from pipeline.sweep.jobs.record import INDEX, RECORD, read_record
from tests.sweep.multiruns import NUMBERS, VIDEOS, alive, held_after, hidden, spawn
from tests.waiting import REACH, until

command = partial(outcome, "pipeline.sweep.command")


def told_once(said: str) -> str:
    """The one line in which an error is told."""
    (line,) = [line for line in said.splitlines() if line.startswith("error:")]
    assert "Traceback" not in said
    return line


@pytest.mark.parametrize("name", ["job.json", "failure.txt", "0.running", "1.running", "sweep.json"])
def test_a_sweep_that_cannot_keep_account_of_its_jobs_ends(multirun, folder, monkeypatch, name):
    usual = os.replace

    def full(source, target):
        if Path(target).name == name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        usual(source, target)

    monkeypatch.setattr(atomic.os, "replace", full)
    code, outcomes, said = multirun("init.width=0,5,6")  # of which the first fails
    assert (code, outcomes) == (1, {})
    assert "No space left on device" in told_once(said)
    assert hidden(folder) == []
    monkeypatch.undo()
    monkeypatch.chdir(folder.parents[2])
    noted = {job: read_record(folder / job) is not None for job in ("width=5", "width=6")}
    assert multirun("init.width=5,6")[1] == {job: "skipped" if done else "done" for job, done in noted.items()}


def test_a_job_whose_end_is_not_noted_is_no_endless_work(multirun, monkeypatch):
    def unending(path, target):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "rename", unending)
    code, _, said = multirun("init.seed=0,1")
    assert code == 1
    assert "Input/output error" in told_once(said)


@pytest.mark.parametrize("engine", ["basic", pytest.param("joblib", marks=pytest.mark.slow)])
def test_a_file_where_a_job_s_folder_must_be_ends_the_sweep_and_stays(multirun, tmp_path, folder, engine):
    folder.mkdir(parents=True)
    (folder / "seed=1").write_text("mine")
    if engine == "basic":
        code, _, said = multirun("init.seed=range(4)")
    else:
        process = spawn(tmp_path, *NUMBERS, "init.seed=range(4)", f"hydra/launcher={engine}")
        said, code = process.communicate(timeout=REACH)[1], process.returncode
    assert code == 1
    assert "seed=1: cannot note how the job ended" in told_once(said)
    assert (folder / "seed=1").read_text() == "mine"
    assert hidden(folder) == []


@pytest.fixture
def small_disk(tmp_path):
    """A function that mounts a file system with such options, where that is allowed."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        with suppress(OSError):
            if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=False).returncode == 0:
                return place
        pytest.skip("no file system may be mounted here")

    yield mount
    with suppress(OSError):
        subprocess.run(["umount", place], check=False, stderr=subprocess.DEVNULL)


@pytest.mark.slow
@pytest.mark.parametrize("options", ["size=120k", "size=10m,nr_inodes=20"])
def test_a_sweep_on_a_disk_that_runs_full_ends(multirun, small_disk, options):
    code, _, said = multirun("init.seed=range(40)", f"hydra.sweep.dir={small_disk(options) / 'sweep'}")
    assert code == 1
    assert "No space left on device" in told_once(said)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up as Linux lists them")
def test_workers_end_with_their_sweep_and_the_same_command_goes_on(tmp_path, folder):
    words = (*VIDEOS, "init.seed=range(3)", "hydra/launcher=joblib", "sweep.bunch=1", "video.timeout=1000")
    process = spawn(tmp_path, *words, **held_after(1, tmp_path))
    until(lambda: len(list(folder.glob(f"*/{RECORD}"))), 1)
    assert len(alive(process.pid)) > 2  # its workers
    process.kill()
    process.communicate()
    until(lambda: alive(process.pid), [])
    assert len(list(folder.glob(f"*/{RECORD}"))) == 1
    again = spawn(tmp_path, *words)
    table, said = again.communicate(timeout=REACH)
    assert again.returncode == 0, said
    assert table.count("seed=") == 3
    assert table.count("skipped") == 1
    assert hidden(folder) == []


def test_a_narrower_sweep_joins(multirun, folder):
    multirun("init.seed=range(3)")
    code, outcomes, said = multirun("init.seed=1,7")
    assert (code, outcomes) == (0, {"seed=1": "skipped", "seed=7": "done"})
    index = json.loads((folder / INDEX).read_text())
    assert [job["folder"] for job in index["jobs"]] == ["seed=0", "seed=1", "seed=2", "seed=7"]
    assert "compared with 2 earlier jobs" in said


@pytest.mark.parametrize("words", [["init.width=5,6"], ["init.seed=5,6", "dynamics.end_time=2"]])
def test_an_unlike_sweep_is_refused(multirun, folder, words):
    multirun("init.seed=range(2)")
    before = (folder / INDEX).read_bytes()
    code, outcomes, said = multirun(*words)
    assert (code, outcomes) == (2, {})
    assert "has 2 jobs of another sweep, such as seed=0" in told_once(said)
    assert (folder / INDEX).read_bytes() == before
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"seed=0", "seed=1"}


def test_all_jobs_made_anew_in_another_way_are_no_unlike_sweep(multirun, folder):
    multirun("init.seed=range(2)")
    assert multirun("init.seed=range(2)", "dynamics.end_time=2")[1] == {"seed=0": "done", "seed=1": "done"}


@pytest.mark.parametrize("word", ["init.seed=range(0,0)", "theme=glob(zz*)"])
def test_a_sweep_without_jobs_is_refused(multirun, folder, word):
    multirun("init.seed=range(2)")
    before = (folder / INDEX).read_bytes()
    code, outcomes, said = multirun(word)
    assert (code, outcomes) == (2, {})
    assert "there is no job" in told_once(said)
    assert (folder / INDEX).read_bytes() == before


def test_a_byte_flipped_in_a_trajectory_is_one_line_and_its_remedy_works(multirun, folder, capsys):
    multirun("init.seed=0,1")
    path = folder / "seed=1" / "trajectory.npz"
    times, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert multirun("init.seed=0,1")[1] == {"seed=0": "skipped", "seed=1": "skipped"}
    assert command(["compare", str(folder)]) == 2
    line = told_once(capsys.readouterr().err)
    assert "seed=1/trajectory.npz: cannot be read" in line
    assert "remove it" in line
    path.unlink()
    assert multirun("init.seed=0,1")[1] == {"seed=0": "skipped", "seed=1": "done"}


@pytest.mark.parametrize("place", ["talk", "preview", "strip", "a/b", "runs/a"])
def test_no_comparison_is_made_inside_a_run(sweep, capsys, place):
    runs = sorted(path.parent for path in sweep.glob("*/manifest.json"))
    before = sorted(sweep.rglob("*"))
    assert command(["compare", *map(str, runs), "--out", str(runs[0] / place)]) == 2
    assert told_once(capsys.readouterr().err).endswith("which holds a run; choose a folder outside of it")
    assert sorted(sweep.rglob("*")) == before


JOB = {"folder": "a", "values": {}, "overrides": ["x=1"]}
INDICES = {
    "not of ours": {"jobs": 5},
    "a job outside of the sweep": {"keys": [], "jobs": [JOB | {"folder": ".."}]},
    "a job without a folder": {"keys": [], "jobs": [JOB | {"folder": ""}]},
    "a job elsewhere": {"keys": [], "jobs": [JOB | {"folder": "/tmp"}]},
}
DEEP = "[" * 100_000


@pytest.mark.parametrize("text", [*map(json.dumps, INDICES.values()), DEEP], ids=[*INDICES, "deep"])
def test_an_index_that_is_none_of_ours_is_one_line(tmp_path, capsys, text):
    (tmp_path / INDEX).write_text(text)
    for words in (["status", str(tmp_path)], ["compare", str(tmp_path)]):
        assert command(words) == 2
        assert "not the index of a sweep" in told_once(capsys.readouterr().err)


RUN = {"final_loss": 1.0, "stages": {}, "command": "", "config": {}}


@pytest.mark.parametrize(
    "text",
    [DEEP, *(json.dumps(RUN | {"config": {group: 5}}) for group in ("data", "init", "dynamics")), json.dumps([RUN])],
    ids=["deep", "data", "init", "dynamics", "list"],
)
def test_a_manifest_that_is_none_of_ours_is_one_line(tmp_path, capsys, text):
    (tmp_path / "manifest.json").write_text(text)
    assert command(["compare", str(tmp_path), "--out", str(tmp_path.parent / "out")]) == 2
    assert "holds no finished run" in told_once(capsys.readouterr().err)


@pytest.mark.parametrize("edited", range(4))
def test_a_sweep_knows_which_bytes_its_jobs_read(multirun, folder, tmp_path, monkeypatch, edited):
    """Whenever a table is edited, before or after it is read, its hash is that of what was read."""
    from pipeline.model import sources
    from pipeline.sweep.jobs import receipt

    table, usual, read = tmp_path / "a.csv", sources.read_file, []
    own = ("data=csv", f"data.path={table}", "data.x=x", "data.y=y", "init.seed=0,1")
    table.write_text("x,y\n0,0\n1,1\n2,0\n")

    def amid_edits(path):
        for moment in ("before", "after"):
            if 2 * len(read) + (moment == "after") == edited:
                table.write_text("x,y\n0,0\n1,1\n2,5\n")
            if moment == "before":
                content = usual(path)
        read.append(hashlib.sha256(content).hexdigest())
        return content

    with monkeypatch.context() as patch:
        patch.setattr(sources, "read_file", amid_edits)
        multirun(*own)
    names = "seed=0", "seed=1"
    assert [read_record(folder / name).receipt["inputs"] for name in names] == [{str(table): sha} for sha in read]
    receipt._hash.cache_clear()  # as in a new process
    present = hashlib.sha256(table.read_bytes()).hexdigest()
    outcomes = ["skipped" if sha == present else "done" for sha in read]
    assert list(multirun(*own)[1].values()) == outcomes
    losses = [read_record(folder / name).final_loss for name in names]
    multirun(*own, "force=true")
    assert losses == [read_record(folder / name).final_loss for name in names]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_comparison_leaves_what_stood(sweep, number):
    before = {path: path.stat().st_mtime_ns for path in sweep.rglob("*") if path.is_file()}
    process = spawn(sweep.parent, str(sweep), command=("pipeline.sweep", "compare"), **held_after(0, sweep.parent))
    until(lambda: bool(hidden(sweep)))
    process.send_signal(number)
    said = process.communicate(timeout=REACH)[1]
    assert process.returncode == 130, said
    assert "interrupted" in said
    assert "Traceback" not in said
    assert {path: path.stat().st_mtime_ns for path in sweep.rglob("*") if path.is_file()} == before
