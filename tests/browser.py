"""A real browser for tests: fixtures `browser` and `page`, over the Chromium that the system has.

`.ci/run` installs it. Where it is missing, tests that ask for it are skipped, but with CI=true they fail.
"""

import os
import re
import shutil
from collections.abc import Iterator

import pytest

NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
OWN = re.compile(r"(file|data|blob|about):")


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """A headless Chromium, a playwright.sync_api.Browser.

    One a module: while it is there the thread has an event loop, which other tests need not meet.
    """
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        absent = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        absent("no Chromium: `apt-get install chromium`, or any other way that puts it on the PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program)
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in `page`, one line each; a test that provokes some looks at them and clears the list."""
    return []


@pytest.fixture
def page(browser, faults: list[str]) -> Iterator:
    """A new page, a playwright.sync_api.Page, 1280 x 720 pixels.

    After the test there must be no error or warning on its console, no exception, and no request that leaves the
    machine; such requests are refused.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if OWN.match(request.url) else faults.append(f"asks for {request.url}"))
    context.route(lambda url: not OWN.match(url), lambda route: route.abort())
    yield page
    context.close()
    assert not faults
