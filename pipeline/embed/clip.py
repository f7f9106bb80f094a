"""A clip as a slide shows it: the whole video, or a section of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.embed.sections import Section
from pipeline.render.film.cues import Cue, within


@dataclass(frozen=True)
class Clip:
    """Names of the video, of the picture of its first frame and of that of its last, beside the page that shows it.

    width, height: px; seconds: of video; title, description: plain text; loop: whether it starts again;
    background, foreground: colours of its frames, #rrggbb, so that a slide can match; cues: what it says;
    subtitled: whether its frames show them; facts: lines of plain text, its parameters and command.
    """

    video: str
    poster: str
    still: str
    width: int
    height: int
    seconds: float
    title: str
    description: str
    loop: bool
    background: str
    foreground: str
    cues: tuple[Cue, ...] = ()
    subtitled: bool = True
    facts: tuple[str, ...] = ()

    @staticmethod
    def of(record: Mapping[str, Any]) -> "Clip":
        """The clip that a manifest lists."""
        cues = tuple(Cue(**cue) for cue in record.get("cues", ()))
        return Clip(**{**record, "cues": cues, "facts": tuple(record.get("facts", ()))})


def names_of(section: int) -> tuple[str, str, str]:
    """Names of the files of a section, numbered from 1: video, first frame, last frame. No '_', which TeX minds."""
    return f"section-{section}.mp4", f"section-{section}-poster.png", f"section-{section}.png"


def clips(whole: Clip, sections: Sequence[Section], fps: float, about: str) -> list[Clip]:
    """A clip for every section, or the whole video where there are none; about: the description of what all show."""
    if not sections:
        return [whole]
    return [
        replace(
            whole,
            video=video,
            poster=poster,
            still=still,
            seconds=(section.end - section.first) / fps,
            title=section.title,
            description=f"Section {number} of {len(sections)}, {section.title}. {about}",
            cues=within(whole.cues, section.first / fps, section.end / fps),
        )
        for number, section in enumerate(sections, 1)
        for video, poster, still in [names_of(number)]
    ]
