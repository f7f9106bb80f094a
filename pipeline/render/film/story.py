"""What a clip tells, resolved: which words stand in which video frames, and what they point at."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.config.language import Language, english

Stretch = tuple[int, int]  # the first video frame, and the one behind the last
NONE: Stretch = (0, 0)


@dataclass(frozen=True)
class Beat:
    """Words that stand in the frames [start, stop) of a clip, about a training time.

    target: as the user gave it, empty where nothing is pointed at; dim: whether all else steps back; run: index of the
    run that is spoken of; aside: whether it stands under the title, where captions do, and not in a panel.
    """

    start: int
    stop: int
    time: float
    say: str
    target: Mapping[str, Any] = field(default_factory=dict)
    dim: bool = False
    run: int = 0
    aside: bool = False


@dataclass(frozen=True)
class Card:
    """The ending's words: the claim, the measured number beside the predicted one, the source; each may be empty.

    names: what the two numbers are called.
    """

    say: str
    measured: str = ""
    predicted: str = ""
    source: str = ""
    names: tuple[str, str] = field(default_factory=lambda: numbers_called(english()))

    @property
    def what(self) -> str:
        """What was measured, with which the source begins before its first ·; empty where it names papers alone."""
        what, _, papers = self.source.partition(" · ")
        return what if papers else ""

    @property
    def papers(self) -> str:
        """Where the claim is from."""
        return self.source.partition(" · ")[2] or self.source


def numbers_called(say: Language) -> tuple[str, str]:
    """The names of an ending's numbers."""
    return say("story.measured"), say("story.predicted")


@dataclass(frozen=True)
class Story:
    """The beats of a clip in order, the frames of its opening and of its ending, and what the ending says.

    missed: of each beat whose moment never comes, why.
    """

    beats: tuple[Beat, ...] = ()
    opening: Stretch = NONE
    ending: Stretch = NONE
    card: Card | None = None
    missed: tuple[str, ...] = ()

    def beat(self, frame: int, aside: bool = False) -> Beat | None:
        """The beat whose words stand in a frame, in a panel or aside."""
        return next((beat for beat in self.beats if beat.aside == aside and beat.start <= frame < beat.stop), None)

    def record(self, fps: int) -> dict[str, Any]:
        """What others read: everything in seconds of the video; card: what the ending says."""
        opening, ending = (
            [k / fps for k in part] if part[1] > part[0] else None for part in (self.opening, self.ending)
        )
        beats = [
            {"at": beat.time, "seconds": [beat.start / fps, beat.stop / fps], "say": beat.say} for beat in self.beats
        ]
        card = asdict(self.card) if self.card else None
        return {"opening": opening, "ending": ending, "card": card, "beats": beats, "missed": list(self.missed)}
