"""`python -m pipeline.embed --atlas`: the page of all claims; clips that are missing are made first, as drafts."""

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.config.home import CONF, composing
from pipeline.embed.atlas.atlas import Atlas
from pipeline.embed.atlas.claims import Claim, claims, names_of
from pipeline.embed.gallery.cards import PAGE
from pipeline.errors import InputError
from pipeline.run.finished import Finished
from pipeline.store.folder import kept_if_filled

log = logging.getLogger(__name__)

FOLDER = "atlas"


def make_atlas(asked: argparse.Namespace, words: str, started: float) -> None:
    """Make, or bring up to date, the atlas that is asked for, and say so. Raises PipelineError where it cannot be made.

    words: the command line; started: time.perf_counter() from which the time that is reported counts.
    """
    own = Path(asked.config_dir) if "config_dir" in asked else None
    if own is not None and not own.is_dir():
        raise InputError(f"--config-dir {own}: no such folder; give the one that your configs lie in")
    names = [word for word in asked.folders if "=" not in word]
    overrides = [word for word in asked.folders if "=" in word]
    if any(word.partition("=")[0] == "name" for word in overrides):
        raise InputError("--atlas: name: clips of an atlas are named by their experiments; leave it out")
    with composing(own):
        found = claims(names_of([CONF, *([own] if own else [])], names), overrides, own)
        if not found:
            raise InputError(
                "--atlas: none of these experiments has a scene.ending, which says its claim; give one that has"
            )
        shown = made(found)
    atlas = Atlas(Path(getattr(asked, "out", FOLDER)), shown, words)
    atlas.force = asked.force
    with kept_if_filled(atlas.folder):
        _, done = atlas.bring_up_to_date()
    log.info("%s", report(atlas, done, time.perf_counter() - started))


def made(found: Sequence[Claim]) -> list[tuple[Claim, Finished]]:
    """Claims with their clips, of which the missing ones are made, one after another."""
    missing = [claim for claim in found if claim.missing]
    if missing:
        log.info("%d of %d clips are missing, and are made", len(missing), len(found))
    shown = []
    for claim in found:
        place = f"{missing.index(claim) + 1} of {len(missing)}" if claim.missing else ""
        shown.append((claim, claim.clip.made(place)))
    return shown


def report(atlas: Atlas, done: Sequence[str], seconds: float) -> str:
    """One line: what stands in the folder, and how long that took."""
    size = sum(file.stat().st_size for file in atlas.folder.rglob("*") if file.is_file())
    count = f"{len(atlas.shown)} {'claim' if len(atlas.shown) == 1 else 'claims'}"
    facts = f"{atlas.folder / PAGE}: {count}, {size / 1e6:.1f} MB with their clips"
    return f"{facts}; {seconds:.1f} s" if done else f"{facts}; up to date, nothing to do ({seconds:.1f} s)"
