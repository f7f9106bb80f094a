"""Plain text survives the languages that it is written in."""

import ast
import html
import json
import shutil
import subprocess

import pytest
from hypothesis import given, strategies as st

from pipeline.embed.escape import json_anywhere, markdown, markup, python_in_json, tex

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")))


@given(TEXT)
def test_an_attribute_of_html_gives_the_text_back(text):
    assert html.unescape(markup(text)) == text
    assert not set(markup(text)) & set("<>\"'")


@given(TEXT)
def test_a_line_of_a_notebook_gives_the_text_back(text):
    line = json.loads(f'"{python_in_json(text)}"')
    assert html.unescape(ast.literal_eval(f"'{line}'")) == text


@given(st.dictionaries(TEXT, TEXT))
def test_json_stays_the_same_and_ends_no_comment(values):
    text = json_anywhere(json.dumps(values, ensure_ascii=False))
    assert json.loads(text) == values
    assert not set(text) & set("<>")


def test_tex_writes_what_it_would_take_for_itself():
    assert tex("a_b & 5 % of $x$ #1 {c}") == r"a\_b \& 5 \% of \$x\$ \#1 \{c\}"
    assert tex("\\~^<>") == r"\textbackslash{}\textasciitilde{}\textasciicircum{}\textless{}\textgreater{}"
    assert tex("βΩλ 10⁸ m³ x₀ −1 1\u2009000") == (
        r"\ensuremath{\beta}\ensuremath{\Omega}\ensuremath{\lambda} 10\textsuperscript{8} m\textsuperscript{3} "
        r"x\textsubscript{0} \ensuremath{-}1 1\,000"
    )


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("text", ["a_b_c *d* `e` [f](g) <h> $i$ #j |k| ~l~ ^m^ \\n {o}", "ReLU & β: 100 %"])
def test_markdown_shows_every_mark(text):
    words = ["pandoc", "-f", "markdown", "-t", "plain", "--wrap=none"]
    shown = subprocess.run(words, input=markdown(text), capture_output=True, text=True, check=True).stdout
    assert shown.strip() == text
