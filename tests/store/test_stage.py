"""A folder takes results of one kind, and no file that is not ours is ever changed or removed."""

import json
import re
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.store.manifest import MANIFEST, read_manifest
from pipeline.store.stage import Stage, StagedFolder


class Results(StagedFolder):
    """Writes files, each with its stage's key in it; a name with a slash is a file in a folder."""

    kind = "run"

    def __init__(self, folder: Path, key: str, *files: str):
        self.folder, self._key, self._files = folder, key, files

    @property
    def stages(self):
        tops = tuple(dict.fromkeys(name.split("/")[0] for name in self._files))
        return (Stage("all", self._key, tops, self._write),)

    def _write(self, place: Path) -> None:
        for name in self._files:
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(self._key)

    def manifest(self, stages):
        return {"command": "", "version": "", "stages": stages}


class Others(Results):
    kind = "deck"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


FOREIGN = {
    "a file of that name": {"a.txt": "mine"},
    "a manifest of another program": {MANIFEST: '{"name": "my app", "stages": []}'},
    "a manifest that is no JSON": {MANIFEST: "name: my app"},
    "a file in the folder of that name": {"frames/0.png": "mine"},
    "a folder in the place of a file": {"a.txt/inside": "mine"},
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
def test_files_that_are_not_ours_stay_and_one_line_names_one(tmp_path, files):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    before = contents(tmp_path)
    with pytest.raises(InputError) as refused:
        Results(tmp_path, "1", "a.txt", "frames/0.png").bring_up_to_date()
    assert "\n" not in str(refused.value)
    assert any(str(tmp_path / name.split("/")[0]) in str(refused.value) for name in files)
    assert contents(tmp_path) == before


def test_results_of_another_kind_stay(tmp_path):
    Results(tmp_path, "1", "a.txt").bring_up_to_date()
    before = contents(tmp_path)
    with pytest.raises(InputError, match="holds a run, where a deck would be written"):
        Others(tmp_path, "1", "b.txt").bring_up_to_date()
    assert contents(tmp_path) == before


def test_what_lies_beside_results_and_in_their_folders_outlives_every_rerun(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    Results(tmp_path, "1", "a.txt", "frames/0.png", "frames/1.png").bring_up_to_date()
    (tmp_path / "frames" / "photo.jpg").write_text("mine")
    assert Results(tmp_path, "1", "a.txt", "frames/0.png", "frames/1.png").bring_up_to_date()[1] == ()
    Results(tmp_path, "2", "a.txt", "frames/0.png").bring_up_to_date()
    assert contents(tmp_path).keys() == {"notes.txt", "a.txt", "frames/0.png", "frames/photo.jpg", MANIFEST}
    Results(tmp_path, "3", "b.txt").bring_up_to_date()
    assert contents(tmp_path).keys() == {"notes.txt", "b.txt", "frames/photo.jpg", MANIFEST}
    assert contents(tmp_path)["frames/photo.jpg"] == b"mine"


def test_a_folder_that_only_results_were_in_goes_with_them(tmp_path):
    Results(tmp_path, "1", "frames/0.png").bring_up_to_date()
    Results(tmp_path, "2", "b.txt").bring_up_to_date()
    assert {path.name for path in tmp_path.iterdir()} == {"b.txt", MANIFEST}


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95], ids=lambda cut: f"cut at {cut}")
def test_a_damaged_manifest_of_ours_is_mended(tmp_path, cut):
    """It still says of most files that they are ours; of the others it is not known, and they stay."""
    Results(tmp_path, "1", "a.txt").bring_up_to_date()
    text = (tmp_path / MANIFEST).read_text()
    keep = text.index('"a.txt"') if cut < 0.5 else text.index('"a.txt"') + 80
    (tmp_path / MANIFEST).write_text(text[:keep] if cut < 0.9 else text.replace('"files": {', '"files": [', 1))
    before = contents(tmp_path)
    if cut < 0.5:
        with pytest.raises(InputError):
            Results(tmp_path, "1", "a.txt").bring_up_to_date()
        assert contents(tmp_path) == before
    else:
        assert Results(tmp_path, "1", "a.txt").bring_up_to_date()[1] == ("all",)
        assert json.loads((tmp_path / MANIFEST).read_text())["kind"] == "run"


def test_a_manifest_cannot_make_us_touch_what_lies_elsewhere(tmp_path):
    (tmp_path / "outside.txt").write_text("mine")
    folder = tmp_path / "results"
    Results(folder, "1", "a.txt").bring_up_to_date()
    manifest = read_manifest(folder)
    manifest["stages"]["all"]["files"]["../outside.txt"] = "0" * 64
    (folder / MANIFEST).write_text(json.dumps(manifest))
    Results(folder, "2", "b.txt").bring_up_to_date()
    assert (tmp_path / "outside.txt").read_text() == "mine"


PLACES = "talk", "preview", "a", "a/b", "sweep", "talk/x", "..sub/talk"


class Parts(Results):
    kind = "talk"
    within = {"run": "talk", "deck": "a/.+"}  # noqa: RUF012, a constant


@pytest.mark.parametrize("outer", [Results, Others])
@pytest.mark.parametrize("inner", [Results, Others, Parts])
@pytest.mark.parametrize("place", PLACES)
def test_results_lie_in_others_only_where_these_keep_a_place(tmp_path, outer, inner, place):
    outer(tmp_path / "out", "1", "a.txt").bring_up_to_date()
    folder, before = tmp_path / "out" / place, contents(tmp_path)
    kept = inner is Parts and re.fullmatch(Parts.within[outer.kind], place)
    results = inner(folder, "2", "b.txt")
    if kept:
        results.bring_up_to_date()
        assert (folder / "b.txt").read_text() == "2"
    else:
        with pytest.raises(InputError, match=f"^{re.escape(str(folder))}: lies inside .* which holds a {outer.kind}; "):
            results.bring_up_to_date()
        assert contents(tmp_path) == before


def test_where_the_user_stands_is_no_result_around(tmp_path, monkeypatch):
    Results(tmp_path, "1", "a.txt").bring_up_to_date()
    monkeypatch.chdir(tmp_path)
    Results(Path("renders", "b"), "1", "a.txt").bring_up_to_date()
    assert (tmp_path / "renders" / "b" / "a.txt").exists()
