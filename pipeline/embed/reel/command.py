"""`python -m pipeline.embed --reel …`: a film of finished clips, or of a list whose experiments are made first."""

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.embed.reel.alike import check_alike
from pipeline.embed.reel.cards import TitleCard, check_cards
from pipeline.embed.reel.listing import ReelList, read_reel
from pipeline.embed.reel.making import Planned, in_its_language, plan
from pipeline.embed.reel.reel import FILM, Reel, ReelClip
from pipeline.store.folder import kept_if_filled
from pipeline.store.manifest import read_manifest

log = logging.getLogger(__name__)


def make_reel(asked: argparse.Namespace, words: str, started: float) -> None:
    """Make, or bring up to date, the reel that is asked for, and say so. Raises InputError or EncodingError.

    words: the command line; started: time.perf_counter() from which the time that is reported counts.
    """
    listed = in_its_language(read_reel(asked.folders))
    clips = plan(listed.clips)
    check_alike(clips)
    check_cards(clips[0].config, _words(listed))
    opening = TitleCard(listed.title, listed.source) if listed.title else None
    folder = Path(getattr(asked, "out", listed.name))
    Reel.check_place(folder)
    with kept_if_filled(folder):  # before clips are made, which may take minutes
        reel = Reel(folder, _made(clips), opening, _command(clips, words))
        reel.force = asked.force
        _, done = reel.bring_up_to_date()
    log.info("%s", report(reel, done, time.perf_counter() - started))


def _made(clips: Sequence[Planned]) -> list[ReelClip]:
    """Clips, of which those are made first whose list says how, one after another."""
    runs = [clip.made(f"{number} of {len(clips)}") for number, clip in enumerate(clips, 1)]
    return [ReelClip.of(run, clip.wanted) for run, clip in zip(runs, clips, strict=True)]


def report(reel: Reel, done: Sequence[str], seconds: float) -> str:
    """One line: what stands in the folder, how much of it was drawn, and how long that took."""
    film, video, frames = reel.folder / FILM, reel.config.video, reel.starts[-1]
    length = f"{video.width}x{video.height}, {len(reel.clips)} clips, {frames / reel.fps:.1f} s, {frames} frames"
    facts = f"{film}: {length}, {film.stat().st_size / 1e6:.1f} MB"
    if not done:
        return f"{facts}; up to date, nothing to do ({seconds:.1f} s)"
    return f"{facts}, {reel.drawn} of them cards and fades, the others copied; {seconds:.1f} s"


def _words(listed: ReelList) -> dict[str, str]:
    """What cards say, by its key."""
    own = {"title": listed.title, "source": listed.source}
    cards = {
        f"clips[{k}].{key}": getattr(clip, key) for k, clip in enumerate(listed.clips) for key in ("say", "source")
    }
    return own | cards


def _command(clips: Sequence[Planned], words: str) -> str:
    """What makes the film from nothing: also the clips that its list does not make."""
    there = [read_manifest(clip.folder).get("command") for clip in clips if not clip.wanted.overrides]
    return " && ".join(filter(None, [*dict.fromkeys(there), words]))
