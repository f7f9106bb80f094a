"""Texts that try to leave their place in a document stay in it, in every language, and so do addresses."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import yaml
from hypothesis import example, given, strategies as st

from pipeline.console.texts import one_line
from pipeline.embed.clip import Clip
from pipeline.embed.snippets import SNIPPETS, document
from pipeline.embed.templating import fill
from pipeline.errors import InputError
from pipeline.render.film.cues import cues_of

CLIP = Clip("a.mp4", "a.png", "b.png", 1920, 1080, 2.0, "title", "words", True, "#ffffff", "#000000")
MARKS = [
    "\n", "\n\n", "\r", "\x00", "\x1b", "\u2028", "```", "```{python}\n", "---", ":::", "'", '"', "\\", "{", "}", "$",
    "%", "#", "&", "~", "^", "_", "<", ">", "</script>", "<script>alert(1)</script>", "-->", "[x](javascript:alert(1))",
    "![x](y)", "&#60;", "&lt;b&gt;", "{{< include x >}}", "{{ clips }}", "{% raw %}", "((( clips )))", "|", "1. ", "- ",
    "\\end{document}", "\\input{x}", "^^5c", "β", "ϐ", "⁸", "″", "\ud800", "import os",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=8).map("".join)


def written(kind: str, title: str, words: str) -> str:
    """A document of two clips whose texts are all given."""
    silent = replace(CLIP, title=title, description=words, notes=(words, title, words))
    cues = cues_of({"beats": [{"seconds": [0, 1], "say": f"It says {words}"}]})
    clips = [silent, replace(silent, cues=cues)]
    made = json.dumps({"command": f"{title}{words}"}, ensure_ascii=False)
    return document(kind, title, clips, made, figure="strip.pdf", name=title, caption=words)


class Elements(HTMLParser):
    """The elements, attributes' names and comments of a page, and what its texts are."""

    def __init__(self, page: str):
        super().__init__()
        self.shape, self.texts = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.shape.append((tag, [name for name, _ in attributes]))
        self.texts += [value for name, value in attributes if name == "aria-label"]

    def handle_comment(self, text):
        self.shape.append(text)


@pytest.mark.parametrize("kind", ["plain.html", "reveal.html"])
@given(HOSTILE, HOSTILE)
def test_a_page_gets_no_other_element(kind, title, words):
    page, plain = Elements(written(kind, title, words)), Elements(written(kind, "title", "words"))
    assert page.shape == plain.shape
    assert page.texts == [one_line(words)] * 2


@given(HOSTILE, HOSTILE)
@example("", "```\n\n```{python}\nimport os\n```")
def test_a_document_of_quarto_keeps_its_blocks_and_its_front_matter(title, words):
    text, plain = written("quarto.qmd", title, words), written("quarto.qmd", "title", "words")
    assert len(text.splitlines()) == len(plain.splitlines())
    fences = [line for line in text.splitlines() if re.match(r"\s*(```|~~~|:::|---)", line)]
    assert fences == [line for line in plain.splitlines() if re.match(r"\s*(```|~~~|:::|---)", line)]
    front, bare = (yaml.safe_load(document.split("\n---\n")[0]) for document in (text, plain))
    assert front.keys() == bare.keys()
    assert front["resources"] == bare["resources"]
    assert "{{<" not in text.partition("\n---\n")[2]
    raw = re.findall(r"```\{=html\}\n(.*?)```", text, re.DOTALL)
    assert [Elements(block).shape[0][0] for block in raw] == ["video", "video"]


@given(HOSTILE, HOSTILE)
def test_slides_of_marp_get_no_other_element(title, words):
    text, plain = written("marp.md", title, words), written("marp.md", "title", "words")
    assert len(text.splitlines()) == len(plain.splitlines())
    assert text.count("\n---\n") == plain.count("\n---\n")
    body, bare = (document.partition("\n---\n")[2] for document in (text, plain))
    tags, comments = told_apart(body)
    assert (tags, len(comments)) == (told_apart(bare)[0], len(told_apart(bare)[1]))
    assert [body.count(mark) for mark in ("<!--", "-->")] == [len(comments)] * 2  # notes end where they should


def told_apart(page: str) -> tuple[list[tuple], list[str]]:
    """The elements and the comments of a page."""
    shape = Elements(page).shape
    return [part for part in shape if isinstance(part, tuple)], [part for part in shape if isinstance(part, str)]


@pytest.mark.parametrize("kind", ["beamer.tex", "beamer-pdfpc.tex", "figure.tex"])
@given(HOSTILE, HOSTILE)
def test_tex_is_balanced_and_runs_no_command_of_a_texts(kind, title, words):
    text, plain = written(kind, title, words), written(kind, "title", "words")
    assert len(text.splitlines()) == len(plain.splitlines())
    ours = r"\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|ensuremath|text(super|sub)script)\b"
    places = re.findall(r"\\(?:note\[item\]|caption)\{(.*)\}$", text, re.MULTILINE)
    assert len(places) == (1 if kind == "figure.tex" else 6)
    for place in places:
        left = re.sub(r"\\ensuremath\{(\\[a-zA-Z]+|-)\}", "", place)
        left = re.sub(r"\\[&%$#_{}]|\\,", "", re.sub(ours, "", left))
        assert not set(left) & set("\\~^$%#&_")
        depths = [left[:end].count("{") - left[:end].count("}") for end in range(len(left) + 1)]
        assert min(depths) == depths[-1] == 0
    label = re.search(r"\\label\{fig:(.*)\}$", text, re.MULTILINE)
    assert label is None or re.fullmatch(r"[\w.:+=-]*", label[1], re.ASCII)


@given(HOSTILE, HOSTILE)
def test_a_notebook_is_json_whose_cells_are_the_same_statements(title, words):
    text, plain = (json.loads(written("jupyter.ipynb", *texts)) for texts in ((title, words), ("title", "words")))
    assert len(text["cells"]) == len(plain["cells"])
    for cell, bare in zip(text["cells"], plain["cells"], strict=True):
        names = {}
        exec("".join(cell["source"][2:3]), names)  # the text stands in a string of Python's
        assert Elements(f"<video {names['attributes']}>").shape == [
            ("video", ["autoplay", "loop", "muted", "playsinline", "aria-label"])
        ]
        assert [line for line in cell["source"] if "aria" not in line] == [
            line for line in bare["source"] if "aria" not in line
        ]


@pytest.mark.parametrize("kind", SNIPPETS)
def test_provenance_is_found_again_in_every_document(kind, tmp_path):
    from pipeline.embed.provenance import read_provenance

    made = {"command": "".join(MARKS[:-2]), "config": {}}
    path = tmp_path / kind
    path.write_text(document(kind, "t", [CLIP], json.dumps(made), figure="a", name="b", caption="c"), encoding="utf-8")
    assert read_provenance(path) == made


def test_an_address_of_reveal_js_is_no_more_than_an_address():
    address = 'https://x"><script>alert(1)</script>'
    text = document("reveal.html", "t", [CLIP], "{}", reveal=address)
    assert Elements(text).shape == Elements(document("reveal.html", "t", [CLIP], "{}")).shape
    assert "&#34;&gt;" in text or "&quot;&gt;" in text


def test_what_is_wrong_with_a_template_is_said_in_one_line(tmp_path):
    with pytest.raises(InputError, match=r"figure\.tex: 'caption' is undefined"):
        document("figure.tex", "t", [CLIP], "{}", figure="a", name="b")
    with pytest.raises(InputError, match=r"none\.html: there is no template"):
        fill(tmp_path / "none.html", "html", {})
    (tmp_path / "bad.html").write_text("fine\n{% for %}", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.html:2: "):
        fill(tmp_path / "bad.html", "html", {})
    with pytest.raises(InputError, match="'latin'; give one of html, markdown, tex, notebook"):
        fill(tmp_path / "bad.html", "latin", {})
