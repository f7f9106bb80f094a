"""What a page shows of each run: files beneath the page's own folder, brought there if they stand elsewhere."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from pipeline.config.language import language_of
from pipeline.embed.told import as_address, spoken
from pipeline.errors import InputError
from pipeline.render.film.cues import cues_of
from pipeline.run.asked import SUBTITLES
from pipeline.store.keys import file_hash
from pipeline.store.manifest import hash_of
from pipeline.store.names import safe_name
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.jobs.record import FAILURE

MEDIA = "media"
# Pictures of the first and of the last frame, by what a run made: a video, a preview, a strip.
POSTERS = {"poster": ("poster.png", "first.png", "strip.png"), "last": ("last.png", "strip.png")}


def links(entries: Sequence[Entry], root: Path) -> list[dict[str, str]]:
    """For every entry the addresses, relative to `root`, of its folder, video, posters and failure, and what it says.

    Each as far as it is there. Files of runs outside `root` are those that `bring` brings there.
    """
    found = []
    for entry in entries:
        base = shown_in(entry, root).as_posix()
        names = files_to_show(entry)
        files = {what: quote(f"{base}/{name}") for what, name in names.items()}
        found.append({"folder": quote(base) + "/", **files, **_told(entry)})
    return found


def _told(entry: Entry) -> dict[str, str]:
    """What the video of a run says: its subtitles as an address of their own, a sentence, and their language."""
    cues = cues_of(entry.manifest.get("story", {}))
    if not cues:
        return {}
    say = language_of(entry.config.language)
    return {"track": as_address(cues), "spoken": spoken(cues, say), "lang": say.code}


def shown_in(entry: Entry, root: Path) -> Path:
    """The folder with what is shown of an entry, as seen from `root`: its own, or one in media/ for it."""
    folder = Path(os.path.abspath(entry.folder))
    if _is_inside(folder, root):
        return folder.relative_to(os.path.abspath(root))
    return Path(MEDIA, safe_name(str(folder).lstrip(os.sep)))


def from_elsewhere(entries: Sequence[Entry], root: Path) -> dict[str, str]:
    """By where it is to stand, seen from `root`, the hash of every file that is shown and lies outside of it."""
    return {target: _hash(entry, source.name) for entry, source, target in _brought(entries, root)}


def bring(entries: Sequence[Entry], root: Path, place: Path) -> None:
    """Let what is shown from outside `root` stand in `place` as it will in `root`: linked, or copied where need be.

    Raises InputError for a file that is gone.
    """
    for _, source, target in _brought(entries, root):
        new = place / target
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, new)
        except OSError:  # another file system, or one without links
            _copy(source, new)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copy2(source, target)
    except FileNotFoundError:
        raise InputError(f"{source}: is missing; make the run again") from None


def _brought(entries: Sequence[Entry], root: Path) -> Iterator[tuple[Entry, Path, str]]:
    """(entry, source, target) of every file that is shown and lies outside `root`."""
    for entry in entries:
        if not _is_inside(entry.folder, root):
            for name in dict.fromkeys(files_to_show(entry).values()):  # a strip is its first and last picture
                yield entry, entry.folder / name, (shown_in(entry, root) / name).as_posix()


def _is_inside(folder: Path, root: Path) -> bool:
    return Path(os.path.abspath(folder)).is_relative_to(os.path.abspath(root))


def files_to_show(entry: Entry) -> dict[str, str]:
    """Names of what there is to show: video, poster, last; of a run that failed its failure."""
    if not entry.done:
        return {"failure": FAILURE} if (entry.folder / FAILURE).exists() else {}
    files = entry.manifest.get("stages", {}).get("render", {}).get("files", {})
    there = {what: [name for name in names if name in files] for what, names in POSTERS.items()}
    there["video"] = [name for name in files if name.startswith("video.") and name != SUBTITLES]
    return {what: names[0] for what, names in there.items() if names}


def _hash(entry: Entry, name: str) -> str:
    return hash_of(entry.manifest, name) or file_hash(entry.folder / name)
