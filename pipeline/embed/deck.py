"""One reveal.js deck of several runs: deck.html, the same for Quarto, and the clips beside them."""

import logging
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config.language import language_of
from pipeline.embed.clip import Clip
from pipeline.embed.snippets import document
from pipeline.embed.talk import Talk
from pipeline.errors import InputError
from pipeline.run.finished import Finished
from pipeline.run.provenance import as_comment
from pipeline.store.keys import content_key, file_hash, library_versions
from pipeline.store.manifest import intact, read_manifest
from pipeline.store.stage import Stage, StagedFolder

log = logging.getLogger(__name__)

DOCUMENTS = {"deck.html": "reveal.html", "deck.qmd": "quarto.qmd"}
LOCAL = "reveal.js"  # the folder in the deck's own that a given reveal.js is copied into


@dataclass
class Deck(StagedFolder):
    """A folder with a deck of the clips of runs: their sections, where a run's talk/ has them, or else the videos.

    reveal: an address of reveal.js, or a folder that has its dist/. Raises InputError where it has none.
    """

    kind = "deck"

    folder: Path
    runs: Sequence[Finished]
    reveal: str
    command: str

    def __post_init__(self) -> None:
        if not is_address(self.reveal) and not (Path(self.reveal) / "dist" / "reveal.js").is_file():
            raise InputError(f"--reveal {self.reveal}: has no dist/reveal.js; give reveal.js's folder or its address")

    @cached_property
    def sources(self) -> dict[str, Path]:
        """Name in the deck's folder of each file of the clips, and where it stands."""
        return {name: path for number, run in enumerate(self.runs, 1) for name, path in _files(number, run).items()}

    @cached_property
    def clips(self) -> list[Clip]:
        """The slides."""
        return [_renamed(clip, number, run) for number, run in enumerate(self.runs, 1) for clip, _ in _shown(run)]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The clips, a given reveal.js, and the documents."""
        hashes = {name: file_hash(path) for name, path in self.sources.items()}
        address = self.reveal.rstrip("/") if is_address(self.reveal) else LOCAL
        title = (
            self.clips[0].title
            if len(self.runs) == 1
            else language_of(self.runs[0].config.language)("talk.networks", count=len(self.runs))
        )
        texts = {
            name: document(template, title, self.clips, as_comment(self._provenance), reveal=address)
            for name, template in DOCUMENTS.items()
        }
        stages = [
            Stage("clips", content_key(hashes), tuple(hashes), self._copy),
            Stage("deck", content_key(texts), tuple(texts), partial(_write, texts), editable=True),
        ]
        if address == LOCAL:
            version = file_hash(Path(self.reveal) / "dist")
            stages.append(Stage("reveal.js", content_key(version), (LOCAL,), self._copy_reveal))
        return tuple(stages)

    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """Provenance of the deck."""
        return {**self._provenance, "clips": [asdict(clip) for clip in self.clips], "stages": stages}

    @cached_property
    def _provenance(self) -> dict[str, Any]:
        """The config of each run, by its folder."""
        configs = {str(run.folder): asdict(run.config) for run in self.runs}
        commands = list(dict.fromkeys(run.manifest["command"] for run in self.runs if run.manifest["command"]))
        libraries = library_versions("matplotlib", "imageio-ffmpeg")
        command = " && ".join([*commands, self.command])
        return {"command": command, "version": __version__, "libraries": libraries, "config": configs}

    def _copy(self, place: Path) -> None:
        for name, path in self.sources.items():
            shutil.copyfile(path, place / name)

    def _copy_reveal(self, place: Path) -> None:
        shutil.copytree(Path(self.reveal) / "dist", place / LOCAL / "dist")


def is_address(reveal: str) -> bool:
    """Whether a page finds it by itself, and not we in a folder."""
    return re.match(r"https?://", reveal) is not None


def _write(texts: dict[str, str], place: Path) -> None:
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")


def _shown(run: Finished) -> list[tuple[Clip, Path]]:
    """The clips of a run and the folder that they lie in."""
    talk = Talk(run, "")
    earlier = read_manifest(talk.folder)
    files = {name: sha for stage in earlier.get("stages", {}).values() for name, sha in stage["files"].items()}
    made = [Clip.of(clip) for clip in earlier.get("clips", [])]
    wanted = {name: files.get(name, "") for clip in made for name in (clip.video, clip.poster, clip.still)}
    if made and intact(talk.folder, wanted):
        return [(clip, talk.folder) for clip in made]
    return [(talk.whole, run.folder)]


def _files(number: int, run: Finished) -> dict[str, Path]:
    clips = [(_renamed(clip, number, run), clip, folder) for clip, folder in _shown(run)]
    return {
        getattr(new, part): folder / getattr(clip, part)
        for new, clip, folder in clips
        for part in ("video", "poster", "still")
    }


def _renamed(clip: Clip, number: int, run: Finished) -> Clip:
    """The clip under names that no other run has: its number in the deck, and its folder's name."""
    start = f"{number}-{re.sub(r'[^a-zA-Z0-9.-]+', '-', run.folder.resolve().name)}"
    video, poster, still = (f"{start}-{name}" for name in (clip.video, clip.poster, clip.still))
    return replace(clip, video=video, poster=poster, still=still)
