"""Texts of users where they enter and where they are shown: nothing that terminals and pages act on or that hides."""

import re

# Control characters, line and paragraph separators, and halves of characters, which no file can hold.
CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
# Format characters that are not seen: they turn the direction of what follows, or make two texts look the same. Those
# that only join or part the letters beside them belong to how Persian, Hindi and others are written, and stay.
FORMAT = (
    r"\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)


def one_line(text: str) -> str:
    """A text on one line: no format characters, single spaces for white space and controls, none at its ends."""
    return re.sub(f"[ {CONTROL}]+", " ", re.sub(f"[{FORMAT}]", "", text)).strip(" ")


def printable(text: str) -> str:
    """A text as a terminal may get it: tabs and line ends stay, other controls and format characters become '?'."""
    return re.sub(f"(?![\t\n])[{CONTROL}{FORMAT}]", "?", text)
