"""An installed wheel works from anywhere, with its configs and data inside."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline import __version__
from tests.conftest import DRAFT
from tests.source_tree import PACKAGE

ROOT = PACKAGE.parent
NO_FFMPEG = "/nonexistent"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built with the backend that is installed beside the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(words, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_is_of_the_version_that_the_code_has(wheel):
    assert wheel.name.split("-")[1] == __version__


def test_wheel_holds_types_configs_and_data(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"pipeline/py.typed", *(path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.pyi"))} <= names
    assert {"pipeline/conf/config.yaml", "pipeline/conf/data/csv.yaml"} <= names
    assert {"pipeline/model/datasets/motorcycle.csv", "pipeline/model/datasets/nile.csv"} <= names
    assert {"pipeline/embed/templates/timing.xml", "pipeline/embed/templates/jupyter.ipynb"} <= names
    assert not [name for name in names if name.startswith(("tests/", "renders/"))]


@pytest.mark.slow
def test_installed_wheel_makes_a_video_in_any_folder(wheel, tmp_path):
    """A clean environment with the wheel alone; its dependencies are lent by this one, to save a download."""
    home, work = tmp_path / "venv", tmp_path / "elsewhere"
    work.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        "--no-compile",
        wheel,
    ]
    subprocess.run(install, check=True, capture_output=True)
    # A path in a .pth file adds modules, but does not run that folder's own .pth files: not our editable install.
    (site_packages(python) / "lent.pth").write_text(str(site_packages(sys.executable)))
    env = {"PATH": NO_FFMPEG, "HOME": str(tmp_path), "LANG": os.environ.get("LANG", "C.UTF-8")}
    console = home / "bin" / "relu-spline-videos"
    # Gradient descent compiles in a tenth of the time of the flow, whose solver would be compiled a second time here.
    words = [console, *DRAFT, "dynamics=gradient_descent"]
    result = subprocess.run(words, cwd=work, env=env, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert (work / "renders" / "default" / "video.mp4").stat().st_size > 1000


def site_packages(python) -> Path:
    """Where an interpreter keeps its packages."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip())
