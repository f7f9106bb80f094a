"""All that is made of finished jobs: what is up to date, what stands where, and what is refused."""

import shutil
from functools import partial
from urllib.parse import unquote

import pytest

from pipeline.__main__ import outcome
from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import EncodingError, InputError
from pipeline.make import make
from pipeline.store.manifest import read_manifest
from pipeline.sweep.compared.entries import read_runs, read_sweep
from pipeline.sweep.compared.media import links
from pipeline.sweep.compared.summary import read_numbers
from pipeline.sweep.comparison import Comparison, compare
from pipeline.sweep.jobs.record import Record, SweptJob, write_index, write_record
from tests.conftest import DRAFT, composed
from tests.sweep.made import make_sweep

command = partial(outcome, "pipeline.sweep.command")

SMALL = SweepConfig(width=960, height=540)
MADE = {
    "summary.csv", "plots.pdf", "plots.png", "plots.svg", "plots_dark.svg", "multiples.pdf", "montage.mp4",
    "montage.png", "montage_last.png", "index.html", "sweep.html", *(f"multiples_{k}.png" for k in (1, 2, 3, 4)),
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("unplotted")


def done(sweep, options=SMALL):
    """The stages that bringing a sweep's comparison up to date does now."""
    return Comparison(read_sweep(sweep), sweep, options).bring_up_to_date()[1]


def test_a_rerun_makes_only_what_is_missing_or_outdated(sweep):
    made = compare(read_sweep(sweep), sweep, SMALL)
    assert {path.name for path in made} == MADE
    assert all(path.stat().st_size > 100 for path in made)
    assert done(sweep) == ()
    (sweep / "montage.mp4").unlink()
    assert done(sweep) == ("montage",)
    (sweep / "index.html").write_text("damaged")
    assert done(sweep) == ("page",)
    assert done(sweep, SweepConfig(width=960, height=540, times=[0, 1])) == ("multiples", "page")
    write_record(sweep / "init.scale=3+init.seed=1", Record("failed", [], 0.0, "out of luck"))
    assert set(done(sweep)) == {"summary", "plots", "multiples", "montage", "sliders", "page"}
    assert "out of luck" in (sweep / "index.html").read_text()


def test_what_fails_leaves_what_stood_and_no_litter(sweep, monkeypatch):
    compare(read_sweep(sweep), sweep, SweepConfig(width=960, height=540, montage=False))
    before = {path.name: path.stat().st_mtime_ns for path in sweep.iterdir() if path.is_file()}

    def broken(*_, **__):
        raise EncodingError("the encoder is gone")

    monkeypatch.setattr("pipeline.sweep.compared.montage.draw", broken)
    with pytest.raises(EncodingError, match="gone"):
        compare(read_sweep(sweep), sweep, SMALL)
    assert {path.name: path.stat().st_mtime_ns for path in sweep.iterdir() if path.is_file()} == before
    assert not list(sweep.glob(".*"))


def test_a_sweep_of_numbers_has_a_table_and_plots_and_no_pictures(tmp_path):
    sweep = make_sweep(tmp_path / "numbers", {"init.scale": [0.3, 1, 3]}, "render=false")
    names = {path.name for path in compare(read_sweep(sweep), sweep)}
    assert names == {"summary.csv", "plots.pdf", "plots.png", "plots.svg", "plots_dark.svg", "index.html", "sweep.html"}
    assert set(read_manifest(sweep)["stages"]) == {"summary", "plots", "sliders", "page"}


@pytest.mark.parametrize("common", [["preview=true"], ["frames.range=[2,5]"], ["scene=paper", "scene.times=[0,1]"]])
def test_previews_parts_and_strips_are_compared_too(tmp_path, common):
    sweep = make_sweep(tmp_path / "parts", {"init.scale": [0.3, 3]}, *common)
    entries = read_sweep(sweep)
    names = {path.name for path in compare(entries, sweep, SweepConfig(width=640, height=360, montage=False))}
    assert {entry.state for entry in entries} == {"done"}
    assert "multiples.pdf" in names
    for files in links(entries, sweep):
        assert (sweep / unquote(files["poster"])).exists()


def test_jobs_that_show_several_runs_each_have_their_videos_and_losses(tmp_path):
    for scale in (1, 2):
        base = composed("data=sine", "scene=compare", *DRAFT)
        runs = {name: composed("data=sine", "scene=compare", *DRAFT, f"init.scale={scale}", f"init.seed={name}")
                for name in "01"}  # fmt: skip
        make(base, tmp_path / f"init.scale={scale}", runs=runs)
        write_record(tmp_path / f"init.scale={scale}", Record("done", [f"init.scale={scale}"], 1.0))
    jobs = [SweptJob(f"init.scale={scale}", {"init.scale": str(scale)}, [f"init.scale={scale}"]) for scale in (1, 2)]
    write_index(tmp_path, {"command": "", "version": ""}, jobs)
    entries = read_sweep(tmp_path)
    names = {path.name for path in compare(entries, tmp_path)}
    assert "montage.mp4" not in names
    rows = read_numbers(tmp_path / "summary.csv", entries)
    assert [row.numbers for row in rows] == [{"final_loss": entry.manifest["final_loss"]} for entry in entries]
    assert all("video" in files for files in links(entries, tmp_path))


def test_runs_from_elsewhere_are_brought_beneath_the_page_and_taken_away_again(sweep, tmp_path):
    options = SweepConfig(width=960, height=540, montage=False)
    folders = [entry.folder for entry in read_sweep(sweep) if entry.done]
    out = tmp_path / "out"
    compare(read_runs(folders), out, options)
    brought = sorted(out.glob("media/*/video.mp4"))
    assert len(brought) == 4
    assert {path.stat().st_ino for path in brought} == {(folder / "video.mp4").stat().st_ino for folder in folders}
    page = (out / "index.html").read_text()
    brought[0].unlink()
    compare(read_runs(folders), out, options)
    shutil.rmtree(sweep)
    assert all(path.read_bytes() for path in brought)  # the folder is whole in itself
    assert str(sweep) not in page
    assert "../" not in page


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["{sweep}", "--rows", "nonsense"], "sweep.rows = nonsense: is not swept; choose of init.scale, init.seed"),
        (["{sweep}", "--rows", "scale", "--columns", "scale"], "sweep.columns = scale: is that of the rows"),
        (["{sweep}", "--times", "-1"], "sweep.times = [-1.0]: give 1 to 9 training times"),
        (["{sweep}", "--times", "0,5"], "sweep.times = [0.0, 5.0]: the last run ends at 1"),
        (["{sweep}/nothing"], "holds no finished run"),
        (["{sweep}/init.scale=-1+init.seed=0"], "holds no finished run"),
    ],
)
def test_the_command_refuses_in_one_line(sweep, capsys, words, message):
    before = sorted(path.name for path in sweep.iterdir())
    assert command(["compare", *(word.format(sweep=sweep) for word in words)]) == 2
    fault = capsys.readouterr().err
    assert message in fault
    assert len(fault.splitlines()) == 1
    assert sorted(path.name for path in sweep.iterdir()) == before


def test_the_command_takes_what_the_sweep_was_told(tmp_path):
    told = "render=false", "sweep.montage=false", "sweep.columns=seed"
    sweep = make_sweep(tmp_path / "a", {"init.seed": [0, 1]}, *told)
    assert command(["compare", str(sweep), "--times", "0,1"]) == 0
    asked = read_manifest(sweep)["sweep"]
    assert (asked["montage"], asked["columns"], asked["times"]) == (False, "seed", [0, 1])


def test_nothing_to_compare_is_refused(tmp_path):
    with pytest.raises(InputError, match="no run is given"):
        compare([], tmp_path / "out")
    assert not (tmp_path / "out").exists()
