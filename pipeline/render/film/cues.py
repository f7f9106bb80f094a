"""What a clip says, as subtitles and chapters: from the manifest's record of its story, and nothing else."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.console.texts import one_line
from pipeline.render.encoding.chapters import Chapter
from pipeline.render.film.plain import plain
from pipeline.render.film.words import SEPARATOR

ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # of WebVTT; so that no cue holds an arrow, which would end it


@dataclass(frozen=True)
class Cue:
    """Plain words, of one line, that stand in a video from one second to another; title: the same in short."""

    start: float
    stop: float
    words: str
    title: str


def cues_of(story: Mapping[str, Any]) -> tuple[Cue, ...]:
    """What a story's record says: its beats in order, then its ending; none for {}."""
    told = [(beat["seconds"], said := _line(beat["say"]), said) for beat in story.get("beats", ())]
    card = story.get("card")
    if card and story.get("ending"):
        told.append((story["ending"], card_words(card), _line(card["say"]) or card_words(card)))
    return tuple(Cue(start, stop, words, title) for (start, stop), words, title in told if words)


def card_words(card: Mapping[str, Any]) -> str:
    """All that an ending's card says, in one line: its claim, its numbers by their names, its source."""
    numbers = zip(card["names"], (card["measured"], card["predicted"]), strict=True)
    named = ", ".join(f"{name} {_line(number)}" for name, number in numbers if number)
    said = ": ".join(filter(None, [_line(card["say"]), named]))
    return " ".join(filter(None, [said, card["source"] and f"({_line(card['source'])})"]))


def _line(words: str) -> str:
    return one_line(plain(words))


def within(cues: Iterable[Cue], start: float, stop: float) -> tuple[Cue, ...]:
    """The cues of a section [start, stop) of a video, in seconds of the section."""
    return tuple(
        Cue(max(cue.start, start) - start, min(cue.stop, stop) - start, cue.words, cue.title)
        for cue in cues
        if cue.start < stop and cue.stop > start
    )


def web_vtt(cues: Sequence[Cue]) -> str:
    """A file of subtitles (W3C WebVTT), times to a millisecond."""
    parts = [f"{_clock(cue.start)} --> {_clock(cue.stop)}\n{_escaped(cue.words)}\n" for cue in cues]
    return "\n".join(["WEBVTT\n", *parts])


def chapters_of(cues: Iterable[Cue], title: str, frames: int, fps: float) -> list[Chapter]:
    """Chapters that together are all of a clip: one from each of its cues to the next, after one of its title.

    Cues that begin with the same frame share one. No chapters for a clip that tells nothing.
    """
    titles: dict[int, str] = {}
    for cue in cues:
        first = round(cue.start * fps)
        titles[first] = SEPARATOR.join(filter(None, [titles.get(first), cue.title]))
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
