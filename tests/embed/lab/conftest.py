"""Shared by the tests of the laboratory: a page of it."""

from pathlib import Path

import pytest

from pipeline.embed.lab.command import write


@pytest.fixture(scope="package")
def lab_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laboratory of few neurons on few samples."""
    target = tmp_path_factory.mktemp("lab") / "lab.html"
    return write(["data=sine", "data.count=9", "init.width=20", "dynamics.end_time=10"], str(target))
