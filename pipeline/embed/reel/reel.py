"""The folder of a reel: reel.mp4, its subtitles, and what leads from clip to clip, by which a rerun saves its work.

Clips begin and end at rest. So what is drawn anew fades from the last picture of one to the first of the next, and the
clips themselves are copied whole, packet by packet.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config.schema.config import Config
from pipeline.embed.describe import title_of
from pipeline.embed.reel.cards import Lead, TitleCard, draw_lead
from pipeline.embed.reel.listing import Wanted
from pipeline.errors import InputError
from pipeline.render.encoding.chapters import Chapter
from pipeline.render.encoding.join import Part, join
from pipeline.render.film.cues import Cue, web_vtt
from pipeline.render.film.plain import plain
from pipeline.run.asked import PICTURES, VIDEO
from pipeline.run.finished import Finished
from pipeline.run.provenance import as_comment
from pipeline.store.keys import content_key, library_versions, made_by
from pipeline.store.manifest import intact
from pipeline.store.stage import Stage, StagedFolder

FILM, SUBTITLES = "reel.mp4", "reel.vtt"
MARK = 12  # letters of a key in the name of a file


@dataclass(frozen=True)
class ReelClip:
    """A finished run and the card before it. Raises InputError where its video is not there, or was changed."""

    run: Finished
    card: TitleCard

    def __post_init__(self) -> None:
        if not intact(self.run.folder, self.run.pictures):
            raise InputError(f"{self.run.folder}: its files changed since they were made; make the video again")

    @classmethod
    def of(cls, run: Finished, wanted: Wanted) -> "ReelClip":
        """With the clip's own title where nothing is to be said."""
        return cls(run, TitleCard(wanted.say or title_of(run.config, run.films), wanted.source))

    @property
    def video(self) -> Part:
        """As it was encoded."""
        return Part(self.run.folder / VIDEO[0], int(self.run.manifest["frames"]))

    @property
    def cues(self) -> Sequence[Cue]:
        """What it says."""
        return self.run.cues


@dataclass
class Reel(StagedFolder):
    """A folder with a film of clips, which are alike (alike.py); opening: what its first card says, if it has one."""

    kind = "reel"

    folder: Path
    clips: Sequence[ReelClip]
    opening: TitleCard | None
    command: str

    @property
    def config(self) -> Config:
        """That of the first clip, whose theme and encoding are those of all."""
        return self.clips[0].run.config

    @property
    def fps(self) -> int:
        """Frames/s."""
        return self.config.video.fps

    @cached_property
    def leads(self) -> list[Lead]:
        """What stands before each clip."""
        firsts, lasts = ([clip.run.folder / name for clip in self.clips] for name in PICTURES)
        leads = [
            Lead(before, (clip.card,), after)
            for before, clip, after in zip([None, *lasts], self.clips, firsts, strict=False)
        ]
        if self.opening:
            leads[0] = replace(leads[0], cards=(self.opening, *leads[0].cards))
        return leads

    @cached_property
    def names(self) -> list[str]:
        """Of the leads' files."""
        return [f"card-{self._key(lead)[:MARK]}.mp4" for lead in self.leads]

    def _key(self, lead: Lead) -> str:
        hashes = {clip.run.folder / name: clip.run.pictures[name] for clip in self.clips for name in PICTURES}
        pictures = [hashes.get(lead.before) if lead.before else None, hashes[lead.after]]
        look = asdict(self.config.theme), asdict(self.config.video)
        return content_key(pictures, [*map(asdict, lead.cards)], look, made_by("pipeline.embed.reel.cards"))

    @cached_property
    def starts(self) -> list[int]:
        """The film's frame with which each lead begins, and the number of all frames."""
        lengths = [lead.frames(self.fps) + clip.video.frames for lead, clip in zip(self.leads, self.clips, strict=True)]
        return list(accumulate(lengths, initial=0))

    @property
    def drawn(self) -> int:
        """Frames of it that are drawn and encoded; the others are copied."""
        return sum(lead.frames(self.fps) for lead in self.leads)

    @cached_property
    def chapters(self) -> list[Chapter]:
        """One a clip, which begins with what leads to it."""
        titles = [plain(clip.card.say) for clip in self.clips]
        return [Chapter(*each) for each in zip(self.starts[:-1], self.starts[1:], titles, strict=True)]

    @cached_property
    def cues(self) -> list[Cue]:
        """What the cards and the clips say, each at its place in the film."""
        return [
            cue
            for start, lead, clip in zip(self.starts[:-1], self.leads, self.clips, strict=True)
            for cue in self._said(start, lead, clip)
        ]

    def _said(self, start: int, lead: Lead, clip: ReelClip) -> list[Cue]:
        """What a lead that begins with a frame says, and the clip behind it."""
        cards = [
            Cue((start + first) / self.fps, (start + stop) / self.fps, plain(card.say), plain(card.say))
            for card, (first, stop) in zip(lead.cards, lead.stands(self.fps), strict=True)
        ]
        later = (start + lead.frames(self.fps)) / self.fps
        return cards + [replace(cue, start=cue.start + later, stop=cue.stop + later) for cue in clip.cues]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """What leads to the clips, and the film."""
        drawn = [self._drawn(number, *each) for number, each in enumerate(zip(self.names, self.leads, strict=True), 1)]
        stages = {stage.name: stage for stage in drawn}
        words = [*map(asdict, self.chapters), *map(asdict, self.cues)]
        videos = [clip.run.pictures[VIDEO[0]] for clip in self.clips]
        key = content_key([stage.key for stage in drawn], videos, words, made_by("pipeline.render.encoding.join"))
        return (*stages.values(), Stage("film", key, (FILM, SUBTITLES), self._join))

    def _drawn(self, number: int, name: str, lead: Lead) -> Stage:
        theme, video, comment = self.config.theme, self.config.video, as_comment(self._provenance)
        draw = partial(draw_lead, lead, theme, video, comment=comment, name=f"card {number} of {len(self.leads)}")
        return Stage(name, self._key(lead), (name,), lambda place: draw(path=place / name))

    def _join(self, place: Path) -> None:
        drawn = [
            Part(self.place_of(name), lead.frames(self.fps)) for name, lead in zip(self.names, self.leads, strict=True)
        ]
        parts = [part for pair in zip(drawn, self.clips, strict=True) for part in (pair[0], pair[1].video)]
        join(parts, place / FILM, self.chapters, self.fps, as_comment(self._provenance), self.config.video.timeout)
        (place / SUBTITLES).write_text(web_vtt(self.cues), encoding="utf-8")

    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """Provenance, chapters and format of the film."""
        video = self.config.video
        return {
            **self._provenance,
            "chapters": [asdict(chapter) for chapter in self.chapters],
            "width": video.width,
            "height": video.height,
            "fps": video.fps,
            "frames": self.starts[-1],
            "drawn": self.drawn,
            "seconds": self.starts[-1] / video.fps,
            "stages": stages,
        }

    @cached_property
    def _provenance(self) -> dict[str, Any]:
        """How the film was made; what its clips were made from stands in them, and in their folders."""
        return {
            "command": self.command,
            "version": __version__,
            "libraries": library_versions("matplotlib", "imageio-ffmpeg"),
            "config": {str(clip.run.folder): plain(clip.card.say) for clip in self.clips},
        }
