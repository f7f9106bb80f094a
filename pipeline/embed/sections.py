"""Where a video is cut into sections: at chosen training times, and at what the solver reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.config.language import Language
from pipeline.config.schema.embed import EmbedConfig
from pipeline.errors import InputError
from pipeline.render.encoding.chapters import Chapter
from pipeline.render.film.clip_limits import limits_of
from pipeline.render.film.film import Film
from pipeline.render.film.narration import Event, events
from pipeline.render.film.words import SEPARATOR


@dataclass(frozen=True)
class Section:
    """The frames from `first` on and before `end`.

    title: its training times and what begins it, or where it is `told` what it tells.
    """

    first: int
    end: int
    title: str
    told: bool = False


def find_sections(
    films: Sequence[Film], embed: EmbedConfig, say: Language, chapters: Sequence[Chapter] = ()
) -> tuple[Section, ...]:
    """The sections of a video of films of the same times, which together are all of it; none where nothing cuts it.

    chapters: of what it tells. They are the sections where nothing else is asked for, but for those that are too short
    or too many. Else a section begins with the first frame that is not before its time. Raises InputError where two
    would begin at one frame.
    """
    film = films[0]
    if embed.beats and not (embed.cuts or embed.events):
        return _told(chapters, film.fps, embed)
    words = dict.fromkeys(_chosen_frames(film, embed), "")
    for event in _strongest(films, embed, list(words), say):
        words[event.frame] = event.words
    if not words:
        return ()
    bounds = [0, *sorted(words), len(film.t)]
    return tuple(Section(a, b, _title(film, a, b, words.get(a, ""), say)) for a, b in pairwise(bounds))


def _told(chapters: Sequence[Chapter], fps: int, embed: EmbedConfig) -> tuple[Section, ...]:
    """A section for every chapter, where the shortest joins the one before it until none is too short or too many."""
    parts = [Section(chapter.first, chapter.end, chapter.title, told=True) for chapter in chapters]
    while len(parts) > 1:
        lengths = [part.end - part.first for part in parts]
        if len(parts) <= embed.most_sections and min(lengths) >= embed.shortest * fps:
            return tuple(parts)
        k = max(1, lengths.index(min(lengths)))
        before, joined = parts[k - 1], parts.pop(k)
        parts[k - 1] = Section(before.first, joined.end, SEPARATOR.join([before.title, joined.title]), told=True)
    return ()


def _chosen_frames(film: Film, embed: EmbedConfig) -> list[int]:
    frames = [int(np.searchsorted(film.t, time)) for time in embed.cuts]
    for one, other, frame, following in zip(embed.cuts, embed.cuts[1:], frames, frames[1:], strict=False):
        if frame == following:
            raise InputError(f"embed.cuts: {one:g} and {other:g} fall on the same frame; leave one out")
    return frames


def _strongest(films: Sequence[Film], embed: EmbedConfig, taken: list[int], say: Language) -> list[Event]:
    """The events with the largest jumps that stand apart from each other, from the cuts taken and from both ends."""
    apart = max(1, round(embed.shortest * films[0].fps))
    bounds, chosen = [0, *taken, len(films[0].t)], []
    for event in sorted(_all_events(films, embed.events, say), key=lambda event: (-event.jump, event.frame)):
        if len(bounds) > embed.most_sections:
            break
        if all(abs(event.frame - bound) >= apart for bound in bounds):
            bounds.append(event.frame)
            chosen.append(event)
    return chosen


def _all_events(films: Sequence[Film], kinds: Sequence[str], say: Language) -> list[Event]:
    """Those of all films; jumps as shares of each one's largest, and the film's label where there are several."""
    return [
        Event(
            event.frame, f"{film.label}: {event.words}" if film.label else event.words, event.jump / limits.largest_jump
        )
        for film, limits in [(film, limits_of([film])) for film in films]
        for kind in kinds
        for event in events(film, limits.largest_jump, kind, say)
    ]


def _title(film: Film, first: int, end: int, words: str, say: Language) -> str:
    start, last = (film.time.clock(film.t[frame]) for frame in (first, end - 1))
    return say("talk.section_times", first=start, last=last) + (f": {words}" if words else "")
