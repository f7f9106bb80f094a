"""What a clip tells, as talks and pages say it: from the cues of its story, and nothing else."""

import base64
from collections.abc import Sequence

from pipeline.render.film.cues import Cue, web_vtt


def spoken(cues: Sequence[Cue]) -> str:
    """A sentence for those who do not see the clip; empty for one that tells nothing."""
    return f"It says, in turn: {'; '.join(cue.words.rstrip('.') for cue in cues)}." if cues else ""


def lines_to_say(cues: Sequence[Cue]) -> list[str]:
    """What a speaker says while the clip plays, a line each."""
    return [f"Say: {cue.words}" for cue in cues]


def as_address(cues: Sequence[Cue]) -> str:
    """The subtitles in an address of their own, for pages: one that is opened as a file may load no other file.

    Empty for a clip that tells nothing.
    """
    return f"data:text/vtt;base64,{base64.b64encode(web_vtt(cues).encode()).decode()}" if cues else ""
