"""What is read of a sweep's folder, and of runs from anywhere."""

import json
import shutil

import pytest
from matplotlib.figure import Figure

from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.sweep.compared.entries import differing, read, read_runs, read_sweep
from pipeline.sweep.comparison import compare
from pipeline.sweep.jobs.record import INDEX, RECORD

pytestmark = pytest.mark.usefixtures("unplotted")


def test_jobs_come_in_their_order_with_typed_values_and_states(finished):
    entries = read_sweep(finished)
    assert [tuple(entry.values.values()) for entry in entries] == [(0.3, 0), (0.3, 1), (3, 0), (3, 1), (-1, 0), (-1, 1)]
    assert [entry.state for entry in entries] == ["done"] * 4 + ["failed"] * 2
    assert entries[0].seconds == 0.25
    assert entries[0].config.init.scale == 0.3
    assert "init.scale = -1" in entries[4].message


def test_a_job_that_left_nothing_is_missing_and_a_damaged_record_hides_no_result(sweep):
    folders = [entry.folder for entry in read_sweep(sweep)]
    for file in folders[0].iterdir():
        file.unlink()
    (folders[1] / RECORD).write_text("{")
    states = [entry.state for entry in read_sweep(sweep)]
    assert states[:2] == ["missing", "done"]
    assert read_sweep(sweep)[1].seconds > 0  # of its stages


def test_runs_are_told_apart_by_what_differs_in_their_configs(finished):
    folders = [entry.folder for entry in read_sweep(finished) if entry.done]
    entries = read_runs(folders)
    assert [dict(entry.values) for entry in entries] == [
        {"init.scale": scale, "init.seed": seed} for scale in (0.3, 3) for seed in (0, 1)
    ]
    assert [entry.values for entry in read([finished, finished])] == [entry.values for entry in entries]
    assert len(read([finished])) == 6


def test_runs_that_do_not_differ_are_told_apart_by_their_folders(sweep, tmp_path):
    name = "init.scale=3+init.seed=0"
    folders = [sweep / name, shutil.copytree(sweep / name, tmp_path / "again" / name)]
    assert [dict(entry.values) for entry in read_runs(folders)] == [{"run": f"sweep/{name}"}, {"run": f"again/{name}"}]
    renamed = folders[1].rename(tmp_path / "other")
    assert [entry.values["run"] for entry in read_runs([folders[0], renamed])] == [name, "other"]


def test_data_sets_that_differ_are_one_key():
    one, other = ({"data": {"kind": kind, "title": kind, "path": None, "x": [n]}} for n, kind in enumerate(["a", "b"]))
    assert differing([one, other]) == [{"data": "a"}, {"data": "b"}]
    other["data"] |= {"title": "a", "kind": "a"}
    assert differing([one, other]) == [{"data": "[0]"}, {"data": "[1]"}]


def test_what_is_no_sweep_and_no_run_is_refused(tmp_path, finished):
    with pytest.raises(InputError, match=r"sweep\.json: No such file"):
        read_sweep(tmp_path)
    (tmp_path / INDEX).write_text(json.dumps({"keys": [], "jobs": [{}]}))
    with pytest.raises(InputError, match="not the index of a sweep"):
        read_sweep(tmp_path)
    with pytest.raises(InputError, match="holds no finished run"):
        read_runs([finished.parent])
    with pytest.raises(InputError, match="no folder"):
        read_runs([])


QUICK = SweepConfig(width=640, height=360, montage=False, times=[0])


def refused(work) -> str | None:
    """The message with which some work is refused, None where it is done."""
    try:
        work()
    except InputError as error:
        return str(error)
    return None


FOREIGN = ["", "{", "null", "[]", "5", '"x"', "{}", '{"stages": 3}', '{"stages": {}, "config": {}, "final_loss": 1}']
FOREIGN += ['{"stages": {"simulate": {"files": {}}}, "config": {"data": 3}, "final_loss": 1}']


@pytest.fixture
def unprinted(monkeypatch):
    """Sheets of multiples have all that they would show, but are not drawn."""

    def quick(scene, numbers, paths, book):
        for path in paths:
            path.write_text(str(numbers))
        book.savefig(Figure())

    monkeypatch.setattr("pipeline.render.scene.scene.Scene.strip", quick)


@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize("text", [*FOREIGN, '{"state": 5, "overrides": [], "seconds": 1}'])
@pytest.mark.parametrize("name", [RECORD, "manifest.json", INDEX])
def test_files_of_another_program_are_no_runs_of_ours(sweep, tmp_path, name, text):
    """Each of our files, replaced by something else: what is there is read, or refused in one line."""
    folder = read_sweep(sweep)[0].folder
    path = sweep / INDEX if name == INDEX else folder / name
    path.write_text(text)
    refusal = refused(lambda: compare(read_sweep(sweep), tmp_path / "out", QUICK))
    assert (refusal is None) == (tmp_path / "out").exists()
    if refusal is None:
        assert name != INDEX
        assert (tmp_path / "out" / "index.html").exists()
    else:
        assert str(path) in refusal
        assert len(refusal.splitlines()) == 1


@pytest.mark.parametrize("name", ["trajectory.npz", "spline.npz"])
def test_a_truncated_file_of_a_run_is_one_line(sweep, tmp_path, name):
    path = read_sweep(sweep)[0].folder / name
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(InputError, match=f"{name}: cannot be read .*remove it"):
        compare(read_sweep(sweep), tmp_path / "out", QUICK)
    assert not (tmp_path / "out").exists()
