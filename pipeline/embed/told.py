"""What a clip tells, as talks and pages say it: from the cues of its story, and nothing else."""

from collections.abc import Sequence

from pipeline.config.language import Language
from pipeline.render.encoding.data_address import data_address
from pipeline.render.film.cues import Cue, web_vtt


def spoken(cues: Sequence[Cue], say: Language) -> str:
    """A sentence for those who do not see the clip; empty for one that tells nothing."""
    return say("talk.said", words="; ".join(cue.words.rstrip(".") for cue in cues)) if cues else ""


def to_say(cues: Sequence[Cue], claim: str, say: Language) -> list[str]:
    """What a speaker says while the clip plays, a line each: all that it says, or else what it claims, if anything."""
    return [say("talk.to_say", words=words) for words in [cue.words for cue in cues] or [claim] if words]


def as_address(cues: Sequence[Cue]) -> str:
    """The subtitles in an address of their own, for pages: one that is opened as a file may load no other file.

    Empty for a clip that tells nothing.
    """
    return data_address("text/vtt", web_vtt(cues).encode()) if cues else ""
