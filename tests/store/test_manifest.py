"""Keys, hashes and the manifest."""

import json

import pytest

from pipeline.store.keys import code_version, content_key, file_hash
from pipeline.store.manifest import MANIFEST, intact, read_manifest


def test_keys_tell_inputs_apart_and_nothing_else():
    assert content_key({"a": 1, "b": 2}) == content_key({"b": 2, "a": 1})
    keys = {content_key(*parts) for parts in [(1,), (1.5,), ("1",), (b"1",), ("1", ""), ("", "1"), ([1],)]}
    assert len(keys) == 7


def test_code_version_sees_each_package():
    assert code_version("pipeline.model.network") != code_version("pipeline.projection.spline")
    assert code_version("pipeline.model.data") == code_version("pipeline.model.data")


def test_damage_is_noticed(tmp_path):
    (tmp_path / "frames").mkdir()
    for name in ("a.bin", "frames/0.png", "frames/1.png"):
        (tmp_path / name).write_text(name)
    files = {name: file_hash(tmp_path / name) for name in ("a.bin", "frames")}
    assert intact(tmp_path, files)
    (tmp_path / "frames" / "1.png").unlink()
    assert not intact(tmp_path, files)
    assert not intact(tmp_path, {"none": ""})


def test_folders_in_folders_count_with_their_names(tmp_path):
    (tmp_path / "deck" / "dist").mkdir(parents=True)
    (tmp_path / "deck" / "dist" / "a.js").write_text("a")
    before = file_hash(tmp_path / "deck")
    (tmp_path / "deck" / "dist").rename(tmp_path / "deck" / "other")
    assert file_hash(tmp_path / "deck") != before


def test_templates_are_code():
    assert code_version("pipeline.embed.snippets") != code_version()  # that of nothing


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "\xff", '{"stages": 3}', '{"stages": {"a": {"files": {"../b": ""}}}}']
)
def test_a_manifest_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text, encoding="latin-1")
    assert read_manifest(tmp_path) == {}
    (tmp_path / MANIFEST).write_text(json.dumps({"a": 1}))
    assert read_manifest(tmp_path) == {"a": 1}
