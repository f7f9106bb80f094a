"""What a page shows of each run: files beneath the page's own folder, brought there if they stand elsewhere."""

import os
import shutil
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from pipeline.store.names import safe_name
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.jobs.record import FAILURE

MEDIA = "media"
# Pictures of the first and of the last frame, by what a run made: a video, a preview, a strip.
POSTERS = {"poster": ("poster.png", "first.png", "strip.png"), "last": ("last.png", "strip.png")}


def links(entries: Sequence[Entry], root: Path) -> list[dict[str, str]]:
    """For every entry the addresses, relative to `root`, of its folder, video, posters and failure, as far as they are.

    Files of runs outside `root` are linked, or copied where that cannot be, into a folder media/ of it, where those of
    runs that are no longer shown are removed.
    """
    root = Path(os.path.abspath(root))
    kept, found = set(), []
    for entry in entries:
        folder, names = Path(os.path.abspath(entry.folder)), files_of(entry)
        if not folder.is_relative_to(root):
            folder = root / MEDIA / safe_name(str(folder).lstrip(os.sep))
            kept.add(folder.name)
            for name in names.values():
                bring(entry.folder / name, folder / name)
        base = folder.relative_to(root).as_posix()
        found.append({"folder": quote(base) + "/", **{what: quote(f"{base}/{name}") for what, name in names.items()}})
    with suppress(FileNotFoundError):
        for stale in (root / MEDIA).iterdir():
            if stale.name not in kept:
                shutil.rmtree(stale)
    return found


def files_of(entry: Entry) -> dict[str, str]:
    """Names of what there is to show: video, poster, last; of a run that failed its failure."""
    if not entry.done:
        return {"failure": FAILURE} if (entry.folder / FAILURE).exists() else {}
    files = entry.manifest.get("stages", {}).get("render", {}).get("files", {})
    there = {what: [name for name in names if name in files] for what, names in POSTERS.items()}
    there["video"] = [name for name in files if name.startswith("video.")]
    return {what: names[0] for what, names in there.items() if names}


def bring(source: Path, target: Path) -> None:
    """Let the bytes of a file stand under another name, whole from the first moment: linked, or else copied."""
    with suppress(FileNotFoundError):
        if os.path.samefile(source, target) or _alike(source, target):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".new-{uuid.uuid4().hex[:8]}")
    try:
        try:
            os.link(source, new)
        except OSError:  # another file system, or one without links
            shutil.copy2(source, new)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def _alike(one: Path, other: Path) -> bool:
    """Whether a copy is that of the present file: by size and time."""
    a, b = one.stat(), other.stat()
    return (a.st_size, a.st_mtime_ns) == (b.st_size, b.st_mtime_ns)
