"""A run's folder: nothing partial under a final name, whatever happens and whoever else is at work there."""

import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.store.folder import STAGING, locked, publish, remove_empty, staging
from pipeline.store.keys import file_hash
from pipeline.store.manifest import MANIFEST, intact, read_manifest
from tests.waiting import until

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals and locks")

# Publishes a file "a", a folder "frames" and a file of its own name, all with the same word in them.
PUBLISH = """
import os, signal, sys
from pathlib import Path
from pipeline.store.keys import file_hash
from pipeline.store.folder import locked, publish, staging

def make(folder, word):
    with locked(folder), staging(folder) as place:
        (place / "frames").mkdir()
        for name in ("a", "frames/0.png", word):
            (place / name).write_text(word)
        files = {name: file_hash(place / name) for name in ("a", "frames", word)}
        publish(place, folder, {"stages": {"s": {"files": files}}})

folder, word = Path(sys.argv[1]), sys.argv[2]
"""


def start(code: str, *words: str) -> subprocess.Popen:
    """A process that runs PUBLISH and then `code`; as a context manager it is waited for."""
    command = [sys.executable, "-c", PUBLISH + code, *words]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True)


def ends(code: str, *words: str) -> int:
    """The exit code of such a process."""
    with start(code, *words) as process:
        return process.wait()


def is_whole(folder: Path) -> bool:
    """Whether the folder holds one publication's files and nothing else."""
    files = read_manifest(folder)["stages"]["s"]["files"]
    return intact(folder, files) and {path.name for path in folder.iterdir()} == {*files, MANIFEST}


def test_publishing_replaces_files_and_folders_and_removes_what_is_no_longer_made(tmp_path, caplog):
    (tmp_path / "mine.txt").touch()
    caplog.set_level(logging.INFO)
    for word in ("old", "new"):
        assert ends("make(folder, word)", str(tmp_path), word) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"a", "frames", "new", "mine.txt", MANIFEST}
    assert (tmp_path / "frames" / "0.png").read_text() == (tmp_path / "a").read_text() == "new"
    (tmp_path / "mine.txt").unlink()
    assert is_whole(tmp_path)


REMEDIES = {"run": "name=", "talk": "options", "deck": "--deck NAME", "comparison": "--out"}


@pytest.mark.parametrize("kind", REMEDIES)
def test_the_user_is_told_what_is_removed_and_what_keeps_it(tmp_path, caplog, kind):
    caplog.set_level(logging.INFO)
    for name in ("video.mp4", "video.gif"):
        with locked(tmp_path), staging(tmp_path) as place:
            (place / name).write_text(name)
            publish(place, tmp_path, {"kind": kind, "stages": {"render": {"files": {name: file_hash(place / name)}}}})
    (told,) = [line for line in caplog.messages if line.startswith(f"{tmp_path / 'video.mp4'}: removed")]
    assert [other for other, word in REMEDIES.items() if word in told] == [kind]
    assert {path.name for path in tmp_path.iterdir()} == {"video.gif", MANIFEST}


KILLED = """
left, rename = int(sys.argv[3]), Path.replace
def kill(self, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return rename(self, target)
Path.replace = kill
make(folder, word)
"""


@posix
def test_a_kill_at_any_rename_costs_nothing(tmp_path):
    """The next run finds the old results whole or the new ones, and no litter; not even the old frames are lost."""
    assert ends("make(folder, word)", str(tmp_path), "old") == 0
    words, kills = [], 0
    while ends(KILLED, str(tmp_path), "new", str(kills)) != 0:
        assert list(tmp_path.glob(STAGING + "*"))
        assert any(path.is_dir() for path in tmp_path.rglob("frames"))
        with locked(tmp_path):
            assert is_whole(tmp_path)
        words.append((tmp_path / "a").read_text())
        assert ends("make(folder, word)", str(tmp_path), "old") == 0
        kills += 1
    assert words == ["old", *["new"] * (kills - 1)]
    assert kills > 6
    assert is_whole(tmp_path)


@posix
def test_many_publishers_at_once_take_turns(tmp_path):
    folder, seen, enough = tmp_path / "run", set(), tmp_path / "enough"
    code = f"while not Path({str(enough)!r}).exists(): make(folder, word)"

    def look() -> set[str]:
        with locked(folder):
            if read_manifest(folder):
                assert is_whole(folder)
                seen.add((folder / "a").read_text())
        return seen

    with ExitStack() as stack:
        makers = [stack.enter_context(start(code, str(folder), word)) for word in "pqr"]
        stack.callback(enough.touch)
        until(look, set("pqr"))
    assert [maker.returncode for maker in makers] == [0, 0, 0]
    assert is_whole(folder)


WAITING = "another run is at work there; waiting for it"


def told_then(caplog, act) -> None:
    """Act once it is told that one waits, while this thread does."""
    threading.Thread(target=lambda: (until(lambda: WAITING in caplog.text), act())).start()


@posix
def test_who_waits_is_told(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    with start("with locked(folder): print('up', flush=True); input()", str(tmp_path), "x") as process:
        assert process.stdout.readline() == "up\n"
        told_then(caplog, process.kill)
        with locked(tmp_path):
            assert process.wait() != 0
    assert f"{tmp_path}: {WAITING}" in caplog.text


@posix
def test_an_interrupt_waits_until_all_is_published(tmp_path, monkeypatch):
    rename, sent = Path.replace, []

    def interrupted(self, target):
        if not sent:
            sent.append(os.kill(os.getpid(), signal.SIGINT))
        return rename(self, target)

    with locked(tmp_path), staging(tmp_path) as place:
        for name in ("a", "b"):
            (place / name).write_text("new")
        monkeypatch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            publish(place, tmp_path, {"n": 1})
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b", MANIFEST]


def test_a_failing_block_leaves_the_folder_as_it_was(tmp_path):
    (tmp_path / "a").write_text("old")

    def interrupted() -> None:
        with locked(tmp_path), staging(tmp_path) as place:
            (place / "a").write_text("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"


@posix
def test_an_empty_folder_is_removed_unless_another_run_holds_it(tmp_path):
    folder = tmp_path / "x" / "y"
    with locked(folder):
        remove_empty(folder, tmp_path)
        assert folder.is_dir()
    remove_empty(folder, tmp_path)
    assert not list(tmp_path.iterdir())


@posix
def test_a_folder_removed_while_one_waits_is_made_again(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    folder = tmp_path / "run"
    with start("with locked(folder): print('up', flush=True); input(); folder.rmdir()", str(folder), "x") as process:
        assert process.stdout.readline() == "up\n"
        told_then(caplog, lambda: print("go", file=process.stdin, flush=True))
        with locked(folder), staging(folder) as place:
            publish(place, folder, {"n": 1})
    assert read_manifest(folder) == {"n": 1}
