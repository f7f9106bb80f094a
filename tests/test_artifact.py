"""Keys, staging and publication: nothing partial under a final name, whatever happens."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.artifact import (
    MANIFEST,
    STAGING,
    code_version,
    content_key,
    file_hash,
    intact,
    publish,
    read_manifest,
    staging,
)


def test_keys_tell_inputs_apart_and_nothing_else():
    assert content_key({"a": 1, "b": 2}) == content_key({"b": 2, "a": 1})
    keys = {content_key(*parts) for parts in [(1,), (1.5,), ("1",), (b"1",), ("1", ""), ("", "1"), ([1],)]}
    assert len(keys) == 7


def test_code_version_sees_each_package():
    assert code_version("model") != code_version("projection")
    assert code_version("model", "run.py") != code_version("model")


def test_publishing_replaces_files_and_folders_and_writes_the_manifest_last(tmp_path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "old.png").write_text("old")
    (tmp_path / "a").write_text("old")
    with staging(tmp_path) as place:
        (place / "frames").mkdir()
        (place / "frames" / "new.png").write_text("new")
        (place / "a").write_text("new")
        publish(place, tmp_path, {"n": 1})
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "frames", MANIFEST]
    assert [file.name for file in (tmp_path / "frames").iterdir()] == ["new.png"]
    assert read_manifest(tmp_path) == {"n": 1}


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_an_interrupt_waits_until_all_is_published(tmp_path, monkeypatch):
    rename, sent = Path.replace, []

    def interrupted(self, target):
        if not sent:
            sent.append(os.kill(os.getpid(), signal.SIGINT))
        return rename(self, target)

    with staging(tmp_path) as place:
        for name in ("a", "b"):
            (place / name).write_text("new")
        monkeypatch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            publish(place, tmp_path, {"n": 1})
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b", MANIFEST]


def test_a_failing_block_leaves_the_folder_as_it_was(tmp_path):
    (tmp_path / "a").write_text("old")

    def interrupted() -> None:
        with staging(tmp_path) as place:
            (place / "a").write_text("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"


@pytest.mark.skipif(os.name != "posix", reason="locks of dead processes are known on POSIX only")
def test_what_a_killed_process_left_is_swept_and_a_living_one_is_not(tmp_path):
    code = (
        "import sys, os, signal\nfrom pathlib import Path\nfrom pipeline.artifact import staging\n"
        "with staging(Path(sys.argv[1])) as place:\n"
        "    (place / 'video.mp4').write_text('half')\n    print('up', flush=True)\n    signal.pause()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"up\n"
    with staging(tmp_path):
        assert len(list(tmp_path.glob(STAGING + "*"))) == 2
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with staging(tmp_path):
        assert len(list(tmp_path.glob(STAGING + "*"))) == 1
    assert list(tmp_path.iterdir()) == []


def test_damage_is_noticed(tmp_path):
    (tmp_path / "frames").mkdir()
    for name in ("a.bin", "frames/0.png", "frames/1.png"):
        (tmp_path / name).write_text(name)
    files = {name: file_hash(tmp_path / name) for name in ("a.bin", "frames")}
    assert intact(tmp_path, files)
    (tmp_path / "frames" / "1.png").unlink()
    assert not intact(tmp_path, files)
    assert not intact(tmp_path, {"none": ""})


@pytest.mark.parametrize("text", ["", "{", "[1", "\xff"])
def test_a_manifest_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text, encoding="latin-1")
    assert read_manifest(tmp_path) == {}
    (tmp_path / MANIFEST).write_text(json.dumps({"a": 1}))
    assert read_manifest(tmp_path) == {"a": 1}
