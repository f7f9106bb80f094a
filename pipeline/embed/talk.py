"""The folder talk/ of a finished run: stages like those of the run, so that only what is missing is made again."""

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config.language import Language, language_of
from pipeline.config.schema.config import Config
from pipeline.embed.check import TALK
from pipeline.embed.clip import Clip, names_of
from pipeline.embed.clips_of_run import clips_of_run, whole_clip
from pipeline.embed.describe import description, title_of
from pipeline.embed.lab.scope import has_laboratory
from pipeline.embed.media import draw_film_strip, draw_gif, draw_section, draw_webm, strip_frames
from pipeline.embed.sections import Section, find_sections
from pipeline.embed.snippets import SNIPPETS, document
from pipeline.errors import InputError
from pipeline.render.film.cues import chapters_of, web_vtt
from pipeline.render.scene.scene import Scene
from pipeline.run.asked import STRIP, VIDEO
from pipeline.run.drawing import make_scene
from pipeline.run.finished import Finished
from pipeline.run.provenance import as_comment
from pipeline.store.folder import remove_empty
from pipeline.store.keys import content_key, made_by
from pipeline.store.manifest import files_of, intact
from pipeline.store.stage import Stage, StagedFolder

log = logging.getLogger(__name__)


def make_talk(run: Finished, command: str, started: float) -> tuple[str, ...]:
    """Make, or bring up to date, the folder talk/ of a run, and say so; the names of the stages done.

    Its options are those of the run's config; ones that a talk there was made with are for the caller to keep.
    started: time.perf_counter() from which the time that is reported counts. Raises InputError or EncodingError.
    """
    talk = Talk(run, command)
    try:
        manifest, done = talk.bring_up_to_date()
    finally:
        remove_empty(talk.folder, run.folder.absolute())
    log.info("%s", report(talk, manifest, done, time.perf_counter() - started))
    return done


def report(talk: "Talk", manifest: dict[str, Any], done: tuple[str, ...], seconds: float) -> str:
    """One line: what stands in the folder, how large it is, and how long that took."""
    files = [talk.folder / name for name in files_of(manifest)]
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    parts = f"{len(talk.sections)} sections, " if talk.sections else ""
    facts = f"{talk.folder}: {parts}{len(files)} files, {megabytes:.1f} MB"
    if talk.config.embed.events and not talk.sections:
        facts += ", whole: no breakpoint that bends the curve is caught or released"
    work = f"{', '.join(done)} in {seconds:.1f} s" if done else f"up to date, nothing to do ({seconds:.1f} s)"
    return f"{facts}; {work}"


@dataclass
class Talk(StagedFolder):
    """What is made of a finished run for talks, as the group `embed` of its config says.

    command: the command line that asks for it. Raises InputError where the run has no video to embed, or it was
    changed since.
    """

    kind = "talk"
    within = {"run": TALK}  # noqa: RUF012, a constant

    run: Finished
    command: str

    def __post_init__(self) -> None:
        self.folder = self.run.folder / TALK
        self.force = self.config.force
        if not intact(self.run.folder, self.run.pictures):
            raise InputError(f"{self.run.folder}: its files changed since they were made; make the video again")

    @property
    def config(self) -> Config:
        """The run's."""
        return self.run.config

    @cached_property
    def say(self) -> Language:
        """The language of the run."""
        return language_of(self.config.language)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Where the clip is cut."""
        run, films = self.run, self.run.films
        chapters = chapters_of(run.cues, title_of(self.config, films), run.manifest["frames"], run.manifest["fps"])
        return find_sections(films, self.config.embed, self.say, chapters)

    @cached_property
    def whole(self) -> Clip:
        """The video as a clip."""
        return whole_clip(self.run, self.command)

    @cached_property
    def clips(self) -> list[Clip]:
        """What slides show."""
        return clips_of_run(self.run, self.command, self.sections)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Each with the key of all that it depends on; those that are not asked for are left out."""
        embed = self.config.embed
        return (
            Stage("copy", content_key(self.run.pictures), tuple(self.run.pictures), self._copy),
            *([self._drawn("gif", ("video.gif",), draw_gif)] if embed.gif else []),
            *([self._drawn("webm", ("video.webm",), draw_webm)] if embed.webm else []),
            *self._cut,
            *([self._strip()] if len(self.run.takes) == 1 else []),
            self._snippets(),
            *([self._slides()] if self._wants_slides() else []),
            *map(self._page, self._pages),
        )

    def _copy(self, place: Path) -> None:
        for name in self.run.pictures:
            shutil.copyfile(self.run.folder / name, place / name)

    def _key(self, *parts: Any) -> str:
        """Of what is drawn: from the same run, by the same code."""
        before = self.run.manifest["stages"]["render"]["key"]
        return content_key(before, made_by("pipeline.embed.media"), *parts)

    def _drawn(self, name: str, files: tuple[str, ...], draw: Callable[..., None]) -> Stage:
        def make(place: Path) -> None:
            draw(self.config, self._scene, place / files[0], self._comment)

        return Stage(name, self._key(name), files, make)

    @cached_property
    def _cut(self) -> tuple[Stage, ...]:
        return tuple(self._section(number, section) for number, section in enumerate(self.sections, 1))

    def _section(self, number: int, section: Section) -> Stage:
        frames = {"frames": {"range": [section.first, section.end]}}
        comment = as_comment(self._provenance | {"config": self._provenance["config"] | frames})
        draw = partial(draw_section, self.config.video, number=number, section=section, comment=comment)
        cues = self.clips[number - 1].cues
        subtitles = [f"section-{number}.vtt"] if cues else []

        def make(place: Path) -> None:
            draw(self._scene, folder=place)
            for name in subtitles:
                (place / name).write_text(web_vtt(cues), encoding="utf-8")

        names = *names_of(number), *subtitles
        return Stage(f"section {number}", self._key(section.first, section.end), names, make)

    def _strip(self) -> Stage:
        take, film = self.run.takes[0], self.run.films[0]

        def make(place: Path) -> None:
            draw_film_strip(self.config, take, film, self.sections, place, self._comment)

        starts = [section.first for section in self.sections]
        return Stage("strip", self._key("strip", starts), STRIP, make, editable=True)

    def _snippets(self) -> Stage:
        figure = STRIP[0] if len(self.run.takes) == 1 else VIDEO[2]
        values = {"figure": figure, "name": self.run.folder.resolve().name}
        title = self.whole.title
        values["caption"] = self._caption()
        pages = [f"{name}.html" for name in self._pages]
        texts = {name: document(name, title, self.clips, self._comment, pages, **values) for name in SNIPPETS}

        def make(place: Path) -> None:
            for name, text in texts.items():
                (place / name).write_text(text, encoding="utf-8")

        return Stage("snippets", content_key(texts), tuple(texts), make, editable=True)

    def _caption(self) -> str:
        """Of the figure, which shows whatever the clip says."""
        about = description(self.config, self.run.films)
        if len(self.run.takes) > 1:
            return about
        film = self.run.films[0]
        times = ", ".join(film.time.clock(film.t[frame]) for frame in strip_frames(film, self.sections))
        return f"{about} {self.say('talk.at_times', times=times)}"

    def _wants_slides(self) -> bool:
        wanted = self.config.embed.slides
        return find_spec("pptx") is not None if wanted is None else wanted

    def _slides(self) -> Stage:
        shown = [self.run.pictures, [stage.key for stage in self._cut], [asdict(clip) for clip in self.clips]]

        def make(place: Path) -> None:
            from pipeline.embed.slides import write_slides

            write_slides(place / "talk.pptx", self.clips, self.place_of, self._comment)

        key = content_key(*shown, self._comment, made_by("pipeline.embed.slides"))
        return Stage("slides", key, ("talk.pptx",), make, editable=True)

    @cached_property
    def _pages(self) -> tuple[str, ...]:
        """Of explore and lab, those that there are: both show one run."""
        embed, single = self.config.embed, len(self.run.takes) == 1
        wanted = {"explore": embed.explore, "lab": embed.lab and has_laboratory(self.config)}
        return tuple(name for name in wanted if single and wanted[name])

    def _page(self, name: str) -> Stage:
        def make(place: Path) -> None:
            if name == "lab":
                from pipeline.embed.lab.assemble import lab_page as page
            else:
                from pipeline.embed.explore.assemble import page
            text = page(self.config, self.run.takes[0], self._provenance)
            (place / f"{name}.html").write_text(text, encoding="utf-8")

        project = self.run.manifest["stages"]["project"]["key"]
        # The page holds its provenance, and with it the whole config.
        told = self._provenance, self.run.manifest["axes"], made_by(f"pipeline.embed.{name}.assemble")
        return Stage(name, content_key(project, told), (f"{name}.html",), make, editable=True)

    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """Provenance, and the clips in the order in which slides show them."""
        return {**self._provenance, "clips": [asdict(clip) for clip in self.clips], "stages": stages}

    @cached_property
    def _scene(self) -> Scene:
        return make_scene(self.config, self.run.takes)

    @cached_property
    def _provenance(self) -> dict[str, Any]:
        libraries = self.run.manifest["libraries"]
        config = asdict(replace(self.config, force=False))
        return {"command": self.command, "version": __version__, "libraries": libraries, "config": config}

    @cached_property
    def _comment(self) -> str:
        return as_comment(self._provenance)
