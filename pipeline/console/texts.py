"""Texts of users where they enter and where they are shown: no control characters, which terminals and pages act on."""

import re

# Control characters, line and paragraph separators, and halves of characters, which no file can hold.
CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"


def one_line(text: str) -> str:
    """A text with white space and control characters collapsed to single spaces, none at its ends."""
    return re.sub(f"[ {CONTROL}]+", " ", text).strip(" ")


def printable(text: str) -> str:
    """A text as a terminal may get it: tabs and line ends stay, other control characters become question marks."""
    return re.sub(f"(?![\t\n])[{CONTROL}]", "?", text)
