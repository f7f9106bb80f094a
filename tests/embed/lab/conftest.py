"""Shared by the tests of the laboratory: one page of it in one browser, which every test finds as it was opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.embed.lab.command import write
from tests.browser import launched, quiet
from tests.embed.lab.waiting import opened, settled

SIZE = {"width": 1280, "height": 720}


@pytest.fixture(scope="package")
def browser() -> Iterator:
    """A headless Chromium."""
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="package")
def lab_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laboratory of few neurons on few samples."""
    target = tmp_path_factory.mktemp("lab") / "lab.html"
    return write(["data=sine", "data.count=9", "init.width=20", "dynamics.end_time=10"], str(target))


@pytest.fixture(scope="package")
def shared(browser, lab_page) -> Iterator:
    """The page, opened once, the state it began with, and the list of its faults."""
    faults: list[str] = []
    with quiet(browser, faults, viewport=SIZE) as page:
        page.goto(lab_page.as_uri())
        opened(page)
        yield page, page.evaluate("lab.state"), faults


@pytest.fixture
def lab(shared) -> Iterator:
    """The page as it began, its end shown; after the test it must have done nothing of what `quiet` tells."""
    page, start, faults = shared
    page.evaluate("document.activeElement.blur()")  # else a field takes the keys
    page.keyboard.press("Escape")
    page.evaluate("start => { lab.set(start); lab.seek(start.end_time) }", start)
    settled(page)
    yield page
    assert not faults
