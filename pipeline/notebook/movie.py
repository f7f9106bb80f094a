"""A finished film as a notebook shows it: playing, in the page itself."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from pipeline.embed.told import as_address
from pipeline.render.encoding.data_address import data_address
from pipeline.render.film.cues import Cue, web_vtt

VIDEOS = {".mp4": "video/mp4", ".webm": "video/webm"}
PICTURES = {".gif": "image/gif", ".webp": "image/webp", ".png": "image/png"}
LARGEST = 24_000_000  # bytes that a notebook takes along; a larger film stays in its file, which the page plays


@dataclass(frozen=True)
class Movie:
    """A film that stands at `path`: `frames` of them, `fps` a second, width × height px.

    title, description: what it shows, in plain words; cues: what it says, in a language; subtitled: whether its
    frames show them.
    """

    path: Path
    frames: int
    fps: int
    width: int
    height: int
    title: str
    description: str
    cues: tuple[Cue, ...] = ()
    language: str = "en"
    subtitled: bool = True

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.frames / self.fps

    @property
    def subtitles(self) -> str:
        """What it says as a file of subtitles, WebVTT."""
        return web_vtt(self.cues)

    def __repr__(self) -> str:
        facts = f"{self.width}x{self.height}, {self.seconds:g} s, {self.frames} frames"
        return f"Movie({str(self.path)!r}, {facts})"

    def _repr_html_(self) -> str:
        """The film, playing; a link to it where browsers show no such files."""
        suffix, label = self.path.suffix.lower(), escape(self.description)
        size = f'style="width: {self.width}px; max-width: 100%; height: auto"'
        if suffix in VIDEOS:
            marks = f'aria-label="{label}" width="{self.width}" height="{self.height}" {size}'
            source = self._source(VIDEOS[suffix])
            return f'<video src="{source}" controls autoplay loop muted playsinline {marks}>{self._track()}</video>'
        if suffix in PICTURES:
            return f'<img src="{self._source(PICTURES[suffix])}" alt="{label}" {size}/>'
        return f'<a href="{quote(self.path.as_posix())}">{escape(str(self))}</a>'

    def _track(self) -> str:
        if not self.cues:
            return ""
        shown = "" if self.subtitled else " default"
        return f'<track kind="subtitles" srclang="{escape(self.language)}" src="{as_address(self.cues)}"{shown}>'

    def _source(self, kind: str) -> str:
        """The file's bytes, or where they are too many its address, seen from the notebook."""
        if not self.path.is_file() or self.path.stat().st_size > LARGEST:
            return quote(self.path.as_posix())
        return data_address(kind, self.path.read_bytes())
