"""A real browser for tests: fixtures `browser` and `page`, over the Chromium that the system has.

`.ci/run` installs it. Where it is missing, tests that ask for it are skipped, but with CI=true they fail.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.waiting import REACH

NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
OWN = re.compile(r"(file|data|blob|about):")
PATIENCE = 1000 * REACH  # milliseconds
# A size that changes with a frame is told to the page after it, and drawn with the next.
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def launched() -> Iterator:
    """A headless Chromium, a playwright.sync_api.Browser."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        absent = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        absent("no Chromium: `apt-get install chromium`, or any other way that puts it on the PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, timeout=PATIENCE)
        yield chromium
        chromium.close()


@contextmanager
def quiet(browser, faults: list[str], **options) -> Iterator:
    """A new page, a playwright.sync_api.Page, that tells into `faults` of what it must not do.

    That is an error or warning on its console, an exception, or a request that leaves the machine, which is refused;
    options: of the browser's context.
    """
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if OWN.match(request.url) else faults.append(f"asks for {request.url}"))
    context.route(lambda url: not OWN.match(url), lambda route: route.abort())
    yield page
    context.close()


def drawn(page) -> None:
    """Wait until a page, or a frame of one, has drawn what was changed in it."""
    page.evaluate(DRAWN)


def passed(page, milliseconds: int) -> None:
    """Wait until a page's own timers of that length, set before, have run: their order is certain, not their time."""
    page.evaluate("length => new Promise((done) => setTimeout(done, length))", milliseconds)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """A headless Chromium; one a module: while it is there the thread has an event loop, which others need not meet."""
    with launched() as chromium:
        yield chromium


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in `page`, one line each; a test that provokes some looks at them and clears the list."""
    return []


@pytest.fixture
def page(browser, faults: list[str]) -> Iterator:
    """A new page of 1280 x 720 pixels; after the test it must have done nothing of what `quiet` tells."""
    with quiet(browser, faults, viewport={"width": 1280, "height": 720}) as page:
        yield page
    assert not faults
