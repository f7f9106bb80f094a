"""Documents that play clips, and work as they are: templates/ filled in, one for every tool."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config.tables import Table
from pipeline.console.texts import one_line
from pipeline.embed.clip import Clip
from pipeline.embed.templating import fill
from pipeline.embed.told import as_address
from pipeline.run.asked import STRIP, SUBTITLES, VIDEO
from pipeline.store.manifest import MANIFEST

TEMPLATES = Path(__file__).parent / "templates"
REVEAL = "https://cdn.jsdelivr.net/npm/reveal.js@6.0.2"
# A clip fills its slide, for it has its own title: of pixels, and of Beamer's page in widths of the paper.
SLIDE = 1280, 720
PAGE = 1.0, 9 / 16
# Further files of a talk, beside those of its sections.
OTHERS = {*VIDEO, SUBTITLES, *STRIP, "video.gif", "video.webm", "talk.pptx", "explore.html", "lab.html", MANIFEST}
SECTIONS = re.compile(r"section-\d+(-poster)?\.\w+")


def unfit(name: str) -> str:
    """What is wrong with the name of a file in talk/, in which some file systems do not tell capitals apart."""
    if not re.fullmatch(r"[^\W_][\w.-]*", name):
        return "names a file in talk/; use letters, digits, '_', '-' and '.'"
    if name.casefold() in OTHERS or SECTIONS.fullmatch(name.casefold()):
        return "a talk has a file of that name already"
    return ""


@dataclass(frozen=True)
class Snippet:
    """A kind of document: its template, a file, and the language it is written in, a key of templating.LANGUAGES.

    The template is Jinja's, and may name: `title`, `lang` (the tag of its language), `clips` (each with the fields of
    Clip, `shown_width` and `shown_height` in px of a slide, `tex_width` and `tex_height` in widths of the paper,
    `cell`, a name for it, and `track`, the address of its subtitles, empty where there are none), `slide` (its width
    and height), `pages` (files of interactive pages, for frames), `provenance` (JSON), `reveal` (where reveal.js is),
    `figure` (name of a picture), `caption` and `name` (the run's).
    """

    template: Path
    language: str


# By the name of the file in talk/.
SNIPPETS: Table[Snippet] = Table(
    "snippet",
    {
        "plain.html": Snippet(TEMPLATES / "plain.html", "html"),
        "reveal.html": Snippet(TEMPLATES / "reveal.html", "html"),
        "quarto.qmd": Snippet(TEMPLATES / "quarto.qmd", "markdown"),
        "marp.md": Snippet(TEMPLATES / "marp.md", "markdown"),
        "beamer.tex": Snippet(TEMPLATES / "beamer.tex", "tex"),
        "beamer-pdfpc.tex": Snippet(TEMPLATES / "beamer-pdfpc.tex", "tex"),
        "figure.tex": Snippet(TEMPLATES / "figure.tex", "tex"),
        "jupyter.ipynb": Snippet(TEMPLATES / "jupyter.ipynb", "notebook"),
    },
    unfit=unfit,
)


def document(
    kind: str, title: str, clips: Sequence[Clip], provenance: str, pages: Sequence[str] = (), **values: str
) -> str:
    """The text of a document, by its kind, a key of SNIPPETS, which plays clips that lie beside it.

    provenance: JSON; pages: files of interactive pages beside it; values: further ones that its template may name.
    """
    snippet = SNIPPETS[kind]
    common = {
        "lang": clips[0].lang,
        "title": one_line(title),
        "clips": [shown(clip) for clip in clips],
        "pages": list(pages),
        "reveal": REVEAL,
        "slide": SLIDE,
    }
    lines = {name: one_line(text) for name, text in values.items()}
    return fill(snippet.template, snippet.language, common | lines | {"provenance": provenance})


def shown(clip: Clip) -> dict[str, Any]:
    """What a template may say of a clip."""
    width, height = fit(clip, *SLIDE)
    tex_width, tex_height = fit(clip, *PAGE)
    return vars(clip) | {
        "title": one_line(clip.title),
        "description": one_line(clip.description),
        "shown_width": round(width),
        "shown_height": round(height),
        "tex_width": f"{tex_width:.4f}",
        "tex_height": f"{tex_height:.4f}",
        "cell": Path(clip.video).stem,
        "notes": [one_line(line) for line in clip.notes],
        "track": as_address(clip.cues),
    }


def fit(clip: Clip, width: float, height: float) -> tuple[float, float]:
    """The largest size of the clip's shape within a room."""
    scale = min(width / clip.width, height / clip.height)
    return scale * clip.width, scale * clip.height
