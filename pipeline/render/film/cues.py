"""What a clip says, as subtitles and chapters: from the manifest's record of its story, and nothing else."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.render.encoding.chapters import Chapter
from pipeline.render.film.plain import plain
from pipeline.render.film.words import SEPARATOR

ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # of WebVTT; so that no cue holds an arrow, which would end it


@dataclass(frozen=True)
class Cue:
    """Plain words that stand in a video from one second to another."""

    start: float
    stop: float
    words: str


def cues_of(story: Mapping[str, Any]) -> tuple[Cue, ...]:
    """What a story's record says: its beats in order, then its ending; none for {}."""
    told = [(beat["seconds"], plain(beat["say"])) for beat in story.get("beats", ())]
    if story.get("ending") and story.get("card"):
        told.append((story["ending"], card_words(story["card"])))
    return tuple(Cue(start, stop, words) for (start, stop), words in told)


def card_words(card: Mapping[str, str]) -> str:
    """All that an ending's card says, in one line."""
    return SEPARATOR.join(plain(words) for words in card.values() if words)


def within(cues: Iterable[Cue], start: float, stop: float) -> tuple[Cue, ...]:
    """The cues of a section [start, stop) of a video, in seconds of the section."""
    return tuple(
        Cue(max(cue.start, start) - start, min(cue.stop, stop) - start, cue.words)
        for cue in cues
        if cue.start < stop and cue.stop > start
    )


def web_vtt(cues: Sequence[Cue]) -> str:
    """A file of subtitles (W3C WebVTT), times to a millisecond."""
    parts = [f"{_clock(cue.start)} --> {_clock(cue.stop)}\n{_escaped(cue.words)}\n" for cue in cues]
    return "\n".join(["WEBVTT\n", *parts])


def chapters_of(story: Mapping[str, Any], title: str, frames: int, fps: float) -> list[Chapter]:
    """Chapters that together are all of a clip: one from each cue of its story to the next, after one of its title.

    Cues that begin with the same frame share one. No chapters for a clip that tells nothing.
    """
    titles: dict[int, str] = {}
    for cue in cues_of(story):
        first = round(cue.start * fps)
        titles[first] = SEPARATOR.join(filter(None, [titles.get(first), cue.words]))
    if not titles:
        return []
    titles = {0: title} | titles
    firsts = sorted(titles)
    return [Chapter(first, end, titles[first]) for first, end in zip(firsts, [*firsts[1:], frames], strict=True)]


def _clock(seconds: float) -> str:
    milliseconds = round(1000 * seconds)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(words: str) -> str:
    return re.sub("[&<>]", lambda mark: ESCAPED[mark[0]], words)
