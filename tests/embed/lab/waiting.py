"""Waiting for a page that solves, by what it says of itself: its policy lets no test put code into it that waits."""

from tests.waiting import until


def opened(page) -> None:
    """Wait until a page shows its first solution."""
    until(lambda: page.evaluate("Boolean(window.lab) && lab.drawings > 0"))


def settled(page) -> None:
    """Wait until a page has shown what it solves."""
    opened(page)
    until(lambda: not page.evaluate("document.body.ariaBusy"))
    drawings = page.evaluate("lab.drawings")
    page.evaluate("lab.seek(lab.time)")  # draws anew, and with it all that was waiting
    until(lambda: page.evaluate("lab.drawings") > drawings)
