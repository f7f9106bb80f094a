"""The command as a user meets it: results, reruns, faults, interrupts."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hydra.core.global_hydra import GlobalHydra

from pipeline.command import command
from pipeline.config.flags import flags_first
from pipeline.config.home import CONF
from pipeline.errors import InputError
from pipeline.make import make
from pipeline.store.folder import STAGING
from pipeline.store.manifest import MANIFEST
from tests.conftest import DRAFT, composed
from tests.waiting import REACH, until

PLAIN = "scene=minimal"  # one panel: where what is drawn does not matter
FILES = {"video.mp4", "poster.png", "last.png", "trajectory.npz", "spline.npz", MANIFEST}


@pytest.fixture
def call(monkeypatch, tmp_path, capsys):
    """Run the command in this process; gives (exit code, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["pipeline"])

    def run(*words: str) -> tuple[int, str]:
        GlobalHydra.instance().clear()
        return command([*DRAFT, *words]), capsys.readouterr().err

    return run


def spawn(folder: Path, *overrides: str, **environment: str) -> subprocess.Popen:
    """Start the command as a process of its own, in `folder`."""
    env = os.environ | environment | {"PYTHONPATH": str(Path(__file__).parents[1])}
    words = [sys.executable, "-m", "pipeline", *DRAFT, *overrides]
    return subprocess.Popen(words, cwd=folder, env=env, stderr=subprocess.PIPE, text=True)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def fake_encoder(folder: Path, body: str) -> str:
    """A program that stands in for ffmpeg; returns its path."""
    path = folder / "fake-ffmpeg"
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_one_command_makes_everything(call, tmp_path):
    code, said = call()
    run = tmp_path / "renders" / "default"
    assert code == 0, said
    assert {path.name for path in run.iterdir()} == FILES
    manifest = json.loads((run / MANIFEST).read_text())
    assert manifest["config"]["init"]["width"] == 12
    assert (manifest["frames"], manifest["seconds"]) == (12, 2)
    assert set(manifest["stages"]) == {"simulate", "project", "render"}
    with np.load(run / "trajectory.npz") as trajectory, np.load(run / "spline.npz") as spline:
        shape = manifest["moments"], 12
        assert trajectory["w"].shape == trajectory["held"].shape == spline["breakpoint"].shape == shape
        assert (trajectory["t"][0], trajectory["t"][-1]) == (0, 1)
        assert len(trajectory["x"]) == 133
    assert re.search(r"video\.mp4: 480x270, 2 s, 12 frames, .* MB; simulate, project, render in", said)


def test_a_rerun_does_only_what_is_missing(call, tmp_path):
    call(PLAIN)
    run = tmp_path / "renders" / "default"
    first = contents(run)
    assert "up to date" in call(PLAIN)[1]
    assert contents(run) == first

    (run / "spline.npz").write_bytes(b"damaged")
    assert re.search(r"; project in", call(PLAIN)[1])
    assert {name: file[0] for name, file in contents(run).items() if name != MANIFEST} == {
        name: file[0] for name, file in first.items() if name != MANIFEST
    }

    before = contents(run)
    assert re.search(r"; render in", call(PLAIN, "theme=dark")[1])
    dark = contents(run)
    assert dark["trajectory.npz"] == before["trajectory.npz"]
    assert dark["video.mp4"] != before["video.mp4"]

    assert re.search(r"; simulate, project, render in", call(PLAIN, "theme=dark", "init.seed=1")[1])
    assert re.search(r"; simulate, project, render in", call(PLAIN, "theme=dark", "init.seed=1", "force=true")[1])
    assert {path.name for path in run.iterdir()} == FILES


def test_the_same_command_makes_the_same_bytes(call, tmp_path):
    first, again = ({}, {})
    for kept in (first, again):
        assert call("force=true")[0] == 0
        kept |= {name: file[0] for name, file in contents(tmp_path / "renders").items() if MANIFEST not in name}
    assert len(first) == 5
    assert first == again


BAD = {
    ("init.width=0",): "init.width = 0: must be at least 1",
    ("init.width=x",): "init.width = x: must be a whole number",
    ("init.scale=-1",): "init.scale = -1.0: must be greater than 0",
    ("init.sclae=1",): "init.sclae: no such key, did you mean init.scale?",
    ("init.scale=1" + "0" * 400,): "has a number that is too large",
    ("init.width=1" + "0" * 400,): "init.width = a whole number of 400 digits: must be at most 10000000",
    ("dynamics.max_steps=1" + "0" * 31,): "must be at most 1000000000000000",
    ("scene.captions=5",): "scene.captions = 5: does not fit; `python -m pipeline --explain scene.captions`",
    ("scene.captions={a: hi}",): "scene.captions: a: is no training time",
    ("scene.panels={function: 5}",): "scene.panels.function = 5: give a dictionary",
    ("data.x=${data.x}",): "made of itself",
    ("plugins=[nope.py]",): "plugins: nope.py: no such file",
    ("video=nope",): "video = nope: unknown; choose one of apng, draft, ",
    ("video.width=481",): "video.width = 481",
    ("video.fps=0",): "video.fps = 0",
    ("experiment=nope",): "experiment = nope: unknown",
    ("data=null",): "a config group is no text",
    ("data.x=[1",): "override data.x=[1: cannot be read; close brackets",
    ("=3",): "override '=3': give it as KEY=VALUE",
    ("theme",): "override 'theme': give it as KEY=VALUE",
    ("~init.width",): "override ~init.width: no key can be removed",
    ("+init.foo=1",): "init.foo: no such key",
    ("init.scale=1,2",): "init.scale = 1,2: several values make a video each with -m",
    ("init.scale=${nope}",): "init.scale = ${nope}: there is no key nope",
    ("--nope",): "unrecognized arguments: --nope; `python -m pipeline --help`",
    ("theme.font=Nope",): "theme.font = Nope: not installed; DejaVu Sans always is",
    (r"scene.title='$\frac$'",): r"scene.title = $\frac$: no formula (",
    (r"scene.title='$\frac'",): r"scene.title = $\frac: a $ without a second one starts no formula; write \$",
    ("data.y_unit='漢'",): "data.y_unit = 漢: DejaVu Sans has no '漢'; choose another theme.font",
    ("dynamics=gradient_descent", "dynamics.end_time=1e-9"): "dynamics.end_time = 1e-09: less than one step",
    ("data=csv", "data.path=none.csv"): "data.path = none.csv: No such file",
    ("data=csv", "data.path=empty.csv"): "empty.csv: no row of data",
    ("data=csv", "data.path=text.csv"): "text.csv, row 3, column b: 'x' is not a number",
    ("data=csv", "data.path=nan.csv"): "nan.csv, row 2, column b: 'nan' is not finite",
    ("data=csv", "data.path=one.csv"): "one.csv: there is one sample only",
    ("data=csv", "data.path=same.csv"): "same.csv: all 2 samples have x = 1",
    ("data=csv", "data.path=nan.csv", "data.y=z"): "data.y = z: no such column in nan.csv; its columns are a, b",
    ("hydra.run.dir=/dev/null/run",): "hydra.run.dir = /dev/null",
    ("name=a/b",): "name = 'a/b'",
}
NO_ROOM = {
    ("video.width=64", "video.height=64"): "video.width = 64, video.height = 64: too small for this scene; ",
    ("video.width=64", "video.height=640"): "video.width = 64: too narrow for this scene at video.height = 640; 3",
    ("video.width=1000", "video.height=200"): "video.height = 200: too low for this scene at video.width = 1000; 5",
}
TABLES = {
    "empty.csv": "",
    "text.csv": "a,b\n1,2\n3,x\n",
    "nan.csv": "a,b\n1,nan\n",
    "one.csv": "a,b\n1,2\n",
    "same.csv": "a,b\n1,2\n1,3\n",
}


@pytest.mark.parametrize("overrides", BAD, ids=" ".join)
def test_bad_input_gets_one_line_and_nothing_is_written(call, tmp_path, overrides):
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    code, said = call(*overrides)
    assert code == 2
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert BAD[overrides] in said
    assert {path.name for path in tmp_path.iterdir()} == set(TABLES)


@pytest.mark.parametrize("overrides", NO_ROOM, ids=" ".join)
def test_a_scene_without_room_gets_one_line_and_nothing_is_written(call, tmp_path, overrides):
    code, said = call(*overrides)
    assert code == 2
    (error,) = [line for line in said.splitlines() if line.startswith("error: ")]
    assert error.startswith(f"error: {NO_ROOM[overrides]}")
    assert "simulate: " not in said
    assert list(tmp_path.iterdir()) == []


LATE = (
    ("video.width=64", "video.height=64", "preview=true"),
    ("video.width=64", "video.height=64", "frames.range=[0,3]"),
    ("video.width=64", "video.height=64", "scene=paper", "scene.times=[0,1]"),
    ("video.width=64", "video.height=64", "compare={small: ['init.scale=0.1'], large: ['init.scale=2']}"),
    ("dynamics=gradient_descent", "dynamics.end_time=1e-9", "preview=true"),
)


@pytest.mark.parametrize("overrides", LATE, ids=" ".join)
def test_what_is_refused_late_leaves_nothing_either(call, tmp_path, overrides):
    code, said = call(*overrides)
    assert code == 2
    assert re.match(r"error: (video\.|dynamics\.end_time = )", said.splitlines()[-1])
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_is_left_no_folder_either(tmp_path):
    with pytest.raises(InputError, match="too small"):
        make(composed("data=sine", *DRAFT, "video.width=64", "video.height=64"), tmp_path / "renders" / "run")
    assert list(tmp_path.iterdir()) == []


ENCODERS = {
    "fails at the start": ("sys.stderr.write('no such codec\\n'); sys.exit(3)", "exit code 3: no such codec"),
    "fails in the middle": ("sys.stdin.buffer.read(500000); sys.exit('disk is full')", "disk is full"),
    "hangs": ("time.sleep(600)", "made no progress for 0.5 s"),
    "writes nothing": ("sys.stdin.buffer.read()", "video.mp4"),
    "writes garbage": (
        "sys.stdin.buffer.read(); sys.argv[-1] == '-' or open(sys.argv[-1], 'wb').write(os.urandom(9999))",
        "0 of 12 frames",
    ),
}


@pytest.mark.parametrize("fault", ENCODERS)
def test_a_failing_encoder_leaves_the_earlier_video(call, tmp_path, monkeypatch, fault):
    assert call(PLAIN)[0] == 0
    before = contents(tmp_path / "renders")
    body, words = ENCODERS[fault]
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", fake_encoder(tmp_path, body))
    patience = ["video.timeout=0.5"] if fault == "hangs" else []  # others may take long to start
    code, said = call(PLAIN, "theme=dark", "init.seed=5", *patience)
    assert code == 1
    lines = [line for line in said.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1
    assert words in lines[0]
    assert STAGING not in lines[0]
    assert "Traceback" not in said
    assert contents(tmp_path / "renders") == before
    monkeypatch.delenv("IMAGEIO_FFMPEG_EXE")
    assert "up to date" in call(PLAIN)[1]


def test_a_full_disk_leaves_the_earlier_video(call, tmp_path, monkeypatch):
    """For the arrays; /dev/full stands in for the disk under the encoder's output in test_video.py."""
    assert call(PLAIN)[0] == 0
    before = contents(tmp_path / "renders")

    def save(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipeline.projection.spline.SplineTrajectory.save", save)
    code, said = call(PLAIN, "init.seed=5")
    assert code == 1
    assert "error: renders/default: No space left on device; make room" in said
    assert "Traceback" not in said
    assert contents(tmp_path / "renders") == before


def test_a_failing_encoder_leaves_no_litter_in_a_new_folder(call, tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", fake_encoder(tmp_path, "sys.exit(1)"))
    assert call()[0] == 1
    assert not (tmp_path / "renders").exists()


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_an_interrupt_leaves_the_earlier_video(call, tmp_path, sent):
    assert call(PLAIN)[0] == 0
    before = contents(tmp_path / "renders")
    started = tmp_path / "started"
    body = f"sys.stdin.buffer.read(999999); open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    slow = fake_encoder(tmp_path, body)
    process = spawn(tmp_path, PLAIN, "init.seed=9", IMAGEIO_FFMPEG_EXE=slow)
    run = tmp_path / "renders" / "default"
    until(lambda: started.exists() and started.read_text() != "")
    process.send_signal(sent)
    said = process.communicate(timeout=REACH)[1]
    kept = {name: file for name, file in contents(tmp_path / "renders").items() if STAGING not in name}
    assert kept == before
    if sent == signal.SIGKILL:  # nobody could clean up then; the next run does
        os.kill(int(started.read_text()), signal.SIGKILL)
        assert call(PLAIN)[0] == 0
    else:
        assert process.returncode == 130
        assert "interrupted" in said
        assert "Traceback" not in said
    assert not list(run.glob(STAGING + "*"))


def test_an_interrupt_while_the_job_imports_leaves_no_folder(call, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pipeline.make", Interrupting("pipeline.make"))
    with pytest.raises(KeyboardInterrupt):
        call()
    assert not (tmp_path / "renders").exists()


class Interrupting(ModuleType):
    """A module during whose import Ctrl-C is pressed."""

    def __getattr__(self, name):
        raise KeyboardInterrupt


def test_the_time_counts_from_the_start_of_the_process(call, capsys):
    GlobalHydra.instance().clear()
    assert command([*DRAFT, "render=false"], started=time.perf_counter() - 1000) == 0
    assert float(re.search(r"project in (\S+) s", capsys.readouterr().err)[1]) >= 1000


def test_a_bug_keeps_its_traceback(call, monkeypatch):
    def broken(*_):
        raise RuntimeError("a bug")

    monkeypatch.setattr("pipeline.run.simulating.simulate", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        call()


def test_flags_may_stand_anywhere():
    words = ["name=x", "-m", "init.scale=1,2", "--config-dir", "mine", "data=vee"]
    assert flags_first(words, CONF) == ["-m", "--config-dir", "mine", "name=x", "init.scale=1,2", "data=vee"]
    with pytest.raises(InputError, match="--config-dir"):
        flags_first(["name=x", "--config-dir"], CONF)


def test_a_folder_of_ones_own_configs(call, tmp_path):
    (tmp_path / "mine" / "data").mkdir(parents=True)
    (tmp_path / "mine" / "data" / "vee.yaml").write_text("kind: points\ntitle: a vee\nx: [-1, 0, 1]\ny: [1, 0, 1]\n")
    code, said = call("--config-dir", "mine", "data=vee")
    assert code == 0, said


YAMLS = {
    b"kind: points\nwidht: 3\n": "widht",
    b"a: [1\n": "vee.yaml, line 2, column 1: expected ',' or ']'",
    b"\tkind: csv\n": "vee.yaml, line 1, column 1: found character",
    b"kind: \xff\n": "vee.yaml: not UTF-8 text (byte 6)",
    b"[1, 2]\n": "data/vee.yaml: has [1, 2] where keys belong",
    b"defaults: [vee]\n": "refer to themselves in a circle",
    b"x: &x [1, *x]\n": "refer to themselves in a circle",
    b"low: 1" + b"0" * 400 + b"\n": "too large",
}


REFUSED = {
    "hydra.run.dir=renders/a=b": "a value with = needs quotes; write hydra.run.dir='\"value\"'",
    'compare={a: "init.scale=3"}': "compare.a = init.scale=3: must be a list of words",
    "--config-dir nowhere": "nowhere: no such folder",
    "--config-name nowhere": "--config-name nowhere: no such config",
    f"hydra.run.dir={'x' * 300}": "File name too long",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_hydra_refuses_is_one_line_that_says_what_to_mend(call, tmp_path, recwarn, words):
    code, said = call(*(words.split() if words.startswith("--") else [words]))
    assert (code, said.count("\n")) == (2, 1)
    assert REFUSED[words] in said
    assert [str(warning.message) for warning in recwarn if "Callback" in str(warning.message)] == []
    assert list(tmp_path.iterdir()) == []


def test_a_config_of_a_shipped_name_is_not_passed_over(call, tmp_path):
    path = tmp_path / "mine" / "data" / "nile.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("title: my own\n")
    code, said = call("--config-dir", "mine", "data=nile")
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("error: mine/data/nile.yaml: a config of this name is shipped")


@pytest.mark.parametrize("text", YAMLS)
def test_a_broken_config_is_named(call, tmp_path, text):
    path = tmp_path / "mine" / "data" / "vee.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(text)
    code, said = call("--config-dir", "mine", "data=vee")
    assert code == 2
    assert YAMLS[text] in said
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert not (tmp_path / "renders").exists()


@pytest.mark.parametrize("folder", ["renders/default", "renders", "mine/deep"])
def test_empty_folders_of_the_user_outlive_what_is_refused(call, tmp_path, folder):
    (tmp_path / folder).mkdir(parents=True)
    place = () if folder.startswith("renders") else (f"hydra.run.dir={folder}/new",)
    before = set(tmp_path.rglob("*"))
    for override in ("init.width=0", "data=csv data.path=none.csv", "video.width=64 video.height=640"):
        assert call(*override.split(), *place)[0] == 2
        assert set(tmp_path.rglob("*")) == before
