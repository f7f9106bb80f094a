"""Chapters of a video, as ffmpeg takes them beside its frames: a second input that holds nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.render.encoding.data_address import data_address

LONGEST_TITLE = 255  # bytes: what an MP4's list of chapters has room for


@dataclass(frozen=True)
class Chapter:
    """The frames [first, end) of a video under a title."""

    first: int
    end: int
    title: str


def chapter_arguments(chapters: Sequence[Chapter], fps: float) -> list[str]:
    """ffmpeg's arguments, behind those of its first input, that put chapters into the result; none for no chapters.

    The list stands in the command line itself, as a data address: there is no file that a killed run would leave.
    """
    if not chapters:
        return []
    listed = data_address("text/plain", as_metadata(chapters, fps).encode())
    return ["-f", "ffmetadata", "-i", listed, "-map", "0:v", "-map_chapters", "1"]


def as_metadata(chapters: Sequence[Chapter], fps: float) -> str:
    """Chapters in ffmpeg's metadata format, in frames of `fps` a second."""
    parts = [
        f"[CHAPTER]\nTIMEBASE=1/{fps:g}\nSTART={chapter.first}\nEND={chapter.end}\ntitle={_escaped(chapter.title)}\n"
        for chapter in chapters
    ]
    return ";FFMETADATA1\n" + "".join(parts)


def _escaped(title: str) -> str:
    """A title of one line as the format takes it, cut where a player would cut it within a letter."""
    whole = title.encode()
    if len(whole) > LONGEST_TITLE:
        title = whole[: LONGEST_TITLE - len("…".encode())].decode(errors="ignore") + "…"
    return re.sub(r"([=;#\\])", r"\\\1", title)
