"""The folder of an atlas: index.html, and of every claim a folder with its clip, its pictures and its laboratory.

It needs nothing beside itself: it can be copied, zipped and sent.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config.language import Language, language_of
from pipeline.embed.atlas.claims import Claim
from pipeline.embed.atlas.page import atlas_page
from pipeline.embed.gallery.cards import PAGE
from pipeline.embed.lab.assemble import write_lab
from pipeline.embed.lab.scope import has_laboratory
from pipeline.render.film.storyboard import storyboard_of
from pipeline.run.asked import PICTURES, VIDEO
from pipeline.run.finished import Finished
from pipeline.run.take import Take
from pipeline.store.keys import content_key, made_by
from pipeline.store.stage import Stage, StagedFolder

LAB = "lab.html"


@dataclass
class Atlas(StagedFolder):
    """A folder with a page of claims, whose clips are finished."""

    kind = "atlas"

    folder: Path
    shown: Sequence[tuple[Claim, Finished]]
    command: str

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """One a claim, and the page."""
        laboratory = made_by("pipeline.embed.lab.assemble")
        claims = [
            Stage(
                claim.name, content_key(run.pictures, laboratory), (claim.name,), partial(self._show, claim.name, run)
            )
            for claim, run in self.shown
        ]
        said = [[claim.command, run.story, claim.config.scene.ending] for claim, run in self.shown]
        words = self._say.code, dict(self._say.words)
        page = content_key([stage.key for stage in claims], said, *words, made_by("pipeline.embed.atlas.page"))
        return (*claims, Stage("page", page, (PAGE,), self._page))

    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """Where it comes from, and what was made."""
        names = [claim.name for claim, _ in self.shown]
        return {"command": self.command, "version": __version__, "claims": names, "stages": stages}

    @cached_property
    def _say(self) -> Language:
        return language_of(self.shown[0][1].config.language)

    def _show(self, name: str, run: Finished, place: Path) -> None:
        """Bring what is shown of a claim to its folder."""
        (place / name).mkdir()
        for file in (VIDEO[0], *PICTURES):
            shutil.copy2(run.folder / file, place / name / file)
        if take := in_laboratory(run):
            alone = replace(take.config.scene, beats=[], ending=None)  # which name the runs that it stood beside
            write_lab(replace(take.config, scene=alone), take, run.provenance, place / name / LAB)

    def _page(self, place: Path) -> None:
        first, last = PICTURES
        media = {"video": VIDEO[0], "poster": first, "last": last}
        links = [
            {what: f"{claim.name}/{file}" for what, file in media.items()}
            | ({"laboratory": f"{claim.name}/{LAB}"} if in_laboratory(run) else {})
            for claim, run in self.shown
        ]
        (place / PAGE).write_text(atlas_page(self.shown, links, self.command, self._say), encoding="utf-8")


def in_laboratory(run: Finished) -> Take | None:
    """The run with which a laboratory begins, the one that the ending speaks of if it can; None if none has one."""
    ending = storyboard_of(run.config.scene).ending
    spoken = ending.run if ending else None
    takes = sorted(run.takes, key=lambda take: take.label != spoken)
    return next((take for take in takes if has_laboratory(take.config)), None)
