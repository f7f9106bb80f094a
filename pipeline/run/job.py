"""Jobs: the stages of a run, bound to a config and a folder.

Stages are imported where they are done: that nothing is to do must be known before Numba and Matplotlib are there.
"""

import json
import logging
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.config import plugins
from pipeline.config.language import language_of
from pipeline.config.schema.config import Config
from pipeline.config.sentences import OF_DATA
from pipeline.console import progress
from pipeline.model.data import Data
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.film.cues import cues_of, web_vtt
from pipeline.render.film.story import Story
from pipeline.render.film.storyboard import clip_frames, tells
from pipeline.run.asked import PARTS, PICTURES, PREVIEW, STRIP, SUBTITLES, frame_numbers, has_subtitles, part_of
from pipeline.run.provenance import as_comment, provenance
from pipeline.run.take import Take
from pipeline.store.folder import kept_if_filled, withdraw
from pipeline.store.keys import content_key, made_by
from pipeline.store.manifest import read_manifest
from pipeline.store.stage import Stage, StagedFolder

log = logging.getLogger(__name__)

SIMULATED = "data", "init", "dynamics", "compare"  # parts of the config that say which simulation it is
# Parts, runs side by side and jobs of sweeps, inside a run; jobs of a sweep that was compared.
WITHIN = {"run": r"strip|(preview|part_\d+_\d+)(/runs/.+)?|(runs|sweep)/.+", "comparison": "(?!media(/|$)).+"}


@dataclass
class Job(StagedFolder):
    """A config bound to its folder: knows its stages, their keys, and how to make them.

    command: the command line that asked for it, kept in the manifest and the video.
    """

    kind = "run"
    within = WITHIN

    config: Config
    folder: Path
    command: str

    def __post_init__(self) -> None:
        self.force = self.config.force

    @abstractmethod
    def subjects(self) -> dict[str, tuple[Config, Data]]:
        """By label, config and data of the runs that its scene shows."""

    @abstractmethod
    def takes(self) -> Sequence[Take]:
        """Those runs, finished."""

    @abstractmethod
    def inputs(self) -> Iterable[tuple[str, str]]:
        """The files that were read, each with SHA-256 of its bytes."""

    @abstractmethod
    def results(self) -> dict[str, Any]:
        """What the manifest says of them: outcome, final_loss and moments at least."""

    @property
    def video_name(self) -> str:
        """Name of the video in the folder."""
        suffix = FORMATS[self.config.video.format].suffix
        return f"video{suffix}" if suffix else "frames"

    def bring_up_to_date(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Do what is missing: the folder's manifest then, and the names of the stages done."""
        earlier = read_manifest(self.folder)
        todo = self.todo(earlier)
        if not todo:
            return super().bring_up_to_date()
        from pipeline.compiled import compiling_told_to

        with compiling_told_to(progress.compiling):
            if self.config.render:
                self._check_drawing(todo)
            with kept_if_filled(self.folder), self._ahead(todo):
                result = super().bring_up_to_date()
        if self._replaces(earlier):
            self._tell_replaced(earlier)
        return result

    def _replaces(self, earlier: Mapping[str, Any]) -> bool:
        """Whether an earlier manifest of the folder is that of another simulation."""
        present = json.loads(json.dumps(asdict(self.config)))
        before = earlier.get("config", present)
        return any(_unsaid(before.get(group)) != _unsaid(present[group]) for group in SIMULATED)

    def _tell_replaced(self, earlier: Mapping[str, Any]) -> None:
        """Say what is gone and how to have it again; what had been made from it inside the folder goes too."""
        again = f"`{earlier['command']}` makes that one again; " if earlier.get("command") else ""
        log.info("%s: replaces another simulation; %sgive one of them another name=", self.folder, again)
        for place in sorted(place for pattern in PARTS for place in self.folder.glob(pattern)):
            if self._replaces(read_manifest(place)):
                withdraw(place)
                log.info("%s: removed, as it was made from the simulation that is replaced", place)

    def _check_drawing(self, todo: Sequence[Stage]) -> None:
        """InputError for what would be refused once all is computed."""
        from pipeline.run.drawing import check_lettering

        check_lettering(self.config, self.subjects())
        if self._computes(todo) and not self.config.preview:  # which is a trial itself
            from pipeline.run.rehearsal import rehearse

            rehearse(self.config, self.subjects())

    def _ahead(self, todo: Sequence[Stage]) -> AbstractContextManager[None]:
        if not (self.config.render and self._computes(todo)):
            return nullcontext()
        from pipeline.run.ahead import loops_compiled_beside

        return loops_compiled_beside(self.config, self.subjects())

    def _computes(self, todo: Sequence[Stage]) -> bool:
        """Whether there is work before the drawing, of which a scene without room should be told first."""
        return any(stage.name != "render" for stage in todo)

    def wanted(self) -> tuple[Stage, ...]:
        """All stages, or those that draw nothing."""
        return tuple(stage for stage in self.stages if self.config.render or stage.name != "render")

    def _render_stage(self, before: str) -> Stage:
        """The last stage, which follows what has the key `before`."""
        config = self.config
        axes = [[asdict(data.x_axis), asdict(data.y_axis), data.name] for _, data in self.subjects().values()]
        key = content_key(
            before,
            [asdict(part) for part in (config.timing, config.scene, config.theme, config.video, config.frames)],
            [axes, list(self.subjects()), config.preview],
            dict(language_of(config.language).words),
            made_by("pipeline.run.drawing"),
            plugins.version(config.plugins),
        )
        return Stage("render", key, self._pictures(), self._render)

    def _pictures(self) -> tuple[str, ...]:
        """Names of what the last stage makes."""
        if self.config.scene.times:
            return STRIP
        if self.config.preview:
            return PREVIEW
        return self.video_name, *PICTURES, *([SUBTITLES] if has_subtitles(self.config) else [])

    def _render(self, place: Path) -> None:
        from pipeline.run.drawing import draw, draw_preview, draw_strip

        if self.config.scene.times:
            draw_strip(self.config, self.takes()[0], place, self._comment())
        elif self.config.preview:
            draw_preview(self.config, self.takes(), place, self._comment())
        else:
            story = draw(self.config, self.takes(), place / self.video_name, progress.track, self._comment())
            if has_subtitles(self.config):
                told = cues_of(story.record(self.config.video.fps))
                (place / SUBTITLES).write_text(web_vtt(told), encoding="utf-8")

    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """Provenance, results and format of what was made."""
        video, results = self.config.video, self.results()
        frames = len(frame_numbers(self.config, clip_frames(self.config.timing.seconds, self.config.scene, video.fps)))
        width, height = FORMATS[video.format].output_size(video.width, video.height)
        return {
            **self._provenance(),
            **results,
            "story": self._story(),
            "width": width,
            "height": height,
            "fps": video.fps,
            "frames": frames,
            "seconds": frames / video.fps,
            "stages": stages,
        }

    def _story(self) -> dict[str, Any]:
        """When the whole video tells what; empty for what tells nothing."""
        config = self.config
        if not config.render or part_of(config) or not tells(config.scene):
            return Story().record(config.video.fps)
        from pipeline.run.timeline import timeline_of

        story = timeline_of(config, self.takes()).story
        for missed in story.missed:
            log.info("left out: %s", missed)
        return story.record(config.video.fps)

    def _provenance(self) -> dict[str, Any]:
        return provenance(self.command, self.config)

    def _comment(self) -> str:
        return as_comment(self._provenance())


def _unsaid(group: Any) -> Any:
    """A group of a config without the words of its data, which change with the language."""
    return {key: value for key, value in group.items() if key not in OF_DATA} if isinstance(group, Mapping) else group
