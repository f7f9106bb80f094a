"""A clip as a slide shows it: the whole video, or a section of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.embed.sections import Section


@dataclass(frozen=True)
class Clip:
    """Names of the video, of the picture of its first frame and of that of its last, beside the page that shows it.

    width, height: px; seconds: of video; title, description: plain text; loop: whether it starts again;
    background, foreground: colours of its frames, #rrggbb, so that a slide can match.
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


def names_of(section: int) -> tuple[str, str, str]:
    """Names of the files of a section, numbered from 1: video, first frame, last frame. No '_', which TeX minds."""
    return f"section-{section}.mp4", f"section-{section}-poster.png", f"section-{section}.png"


def clips(whole: Clip, sections: Sequence[Section], fps: float) -> list[Clip]:
    """A clip for every section, or the whole video where there are none."""
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
            description=f"Section {number} of {len(sections)}, {section.title}. {whole.description}",
        )
        for number, section in enumerate(sections, 1)
        for video, poster, still in [names_of(number)]
    ]
