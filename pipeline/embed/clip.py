"""A clip as a slide shows it: the whole video, or a section of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.config.language import Language
from pipeline.embed.sections import Section
from pipeline.render.film.cues import Cue, within


@dataclass(frozen=True)
class Clip:
    """Names of the video, of the picture of its first frame and of that of its last, beside the page that shows it.

    width, height: px; seconds: of video; title, description: plain text; loop: whether it starts again;
    background, foreground: colours of its frames, #rrggbb, so that a slide can match; cues: what it says;
    subtitled: whether its frames show them; notes: lines for the speaker; lang: tag of the language of its words.
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
    notes: tuple[str, ...] = ()
    lang: str = "en"

    @staticmethod
    def of(record: Mapping[str, Any]) -> "Clip":
        """The clip that a manifest lists."""
        cues = tuple(Cue(**cue) for cue in record.get("cues", ()))
        return Clip(**{**record, "cues": cues, "notes": tuple(record.get("notes", ()))})


def names_of(section: int) -> tuple[str, str, str]:
    """Names of the files of a section, numbered from 1: video, first frame, last frame. No '_', which TeX minds."""
    return f"section-{section}.mp4", f"section-{section}-poster.png", f"section-{section}.png"


# Lines for the speaker, from what a clip says, what it claims, and its description.
Notes = Callable[[Sequence[Cue], str, str], tuple[str, ...]]


def clips(whole: Clip, sections: Sequence[Section], fps: float, about: str, notes: Notes, say: Language) -> list[Clip]:
    """A clip for every section, or the whole video where there are none; about: the description of what all show."""

    def clip(number: int, section: Section) -> Clip:
        video, poster, still = names_of(number)
        cues = within(whole.cues, section.first / fps, section.end / fps)
        description = f"{say('talk.section', number=number, count=len(sections), title=section.title)} {about}"
        return replace(
            whole,
            video=video,
            poster=poster,
            still=still,
            seconds=(section.end - section.first) / fps,
            title=section.title,
            description=description,
            cues=cues,
            notes=notes(cues, section.title if section.told else "", description),
        )

    return [clip(number, section) for number, section in enumerate(sections, 1)] or [whole]
