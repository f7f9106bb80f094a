"""Documents that play clips, and work as they are: templates/ filled in, one for every tool."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from pipeline.embed.clip import Clip
from pipeline.embed.escape import json_anywhere, markdown, markup, python_in_json, tex

TEMPLATES = Path(__file__).parent / "templates"
REVEAL = "https://cdn.jsdelivr.net/npm/reveal.js@6.0.2"
# Room for a clip on a slide below its title: of 1280x720 pixels, and of Beamer's page in widths of the paper.
SLIDE_ROOM = 1220.0, 610.0
PAGE_ROOM = 0.92, 0.44


@dataclass(frozen=True)
class Language:
    """How plain text is written in a document, and what stands between two clips."""

    escape: Callable[[str], str]
    between: str = "\n"


LANGUAGES = {
    "plain.html": Language(markup),
    "reveal.html": Language(markup),
    "quarto.qmd": Language(markup),
    "marp.md": Language(markup, "\n---\n\n"),
    "beamer.tex": Language(tex),
    "beamer-pdfpc.tex": Language(tex),
    "figure.tex": Language(tex),
    "jupyter.ipynb": Language(python_in_json, ",\n"),
}


def document(kind: str, title: str, clips: Sequence[Clip], provenance: str, **values: str) -> str:
    """The text of a document, by its kind, a key of LANGUAGES, which plays clips that lie beside it.

    provenance: JSON; values: further fields of its template.
    """
    language = LANGUAGES[kind]
    stem, dot, suffix = kind.partition(".")
    part = TEMPLATES / f"{stem}_clip{dot}{suffix}"
    shown = [fill(part, clip_values(clip, language)) for clip in clips] if part.exists() else []
    made = json_anywhere(provenance)
    resources = "\n".join(f"  - {file}" for clip in clips for file in (clip.video, clip.poster))
    common = {"clips": language.between.join(shown).rstrip("\n"), "resources": resources, "reveal": REVEAL}
    common |= {"provenance": made, "provenance_attribute": markup(provenance)}
    paper, ink = clips[0].background, clips[0].foreground
    common |= {"background": paper, "foreground": ink, "paper": paper[1:].upper(), "ink": ink[1:].upper()}
    return fill(TEMPLATES / kind, texts(title, clips[0].description, language) | common | values)


def fill(template: Path, values: Mapping[str, object]) -> str:
    """A template with every $name replaced."""
    return Template(template.read_text(encoding="utf-8")).substitute(values)


def clip_values(clip: Clip, language: Language) -> dict[str, object]:
    """What the template of a clip may name."""
    width, height = fit(clip, *SLIDE_ROOM)
    tex_width, tex_height = fit(clip, *PAGE_ROOM)
    return (
        asdict(clip)
        | texts(clip.title, clip.description, language)
        | {
            "loop": " loop" if clip.loop else "",
            "tex_loop": ",loop" if clip.loop else "",
            "pdfpc_loop": "&loop" if clip.loop else "",
            "shown_width": round(width),
            "shown_height": round(height),
            "tex_width": f"{tex_width:.4f}",
            "tex_height": f"{tex_height:.4f}",
            "cell": Path(clip.video).stem,
        }
    )


def texts(title: str, description: str, language: Language) -> dict[str, str]:
    """Title and description as a document takes them, and as Markdown and YAML."""
    return {
        "title": language.escape(title),
        "description": language.escape(description),
        "title_markdown": markdown(title),
        "description_markdown": markdown(description),
        "title_yaml": json.dumps(title, ensure_ascii=False)[1:-1],
    }


def fit(clip: Clip, width: float, height: float) -> tuple[float, float]:
    """The largest size of the clip's shape within a room."""
    scale = min(width / clip.width, height / clip.height)
    return scale * clip.width, scale * clip.height
