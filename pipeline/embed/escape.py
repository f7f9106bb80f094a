"""Plain text as the languages of slides take it. What comes in is one line, see `console/texts.py`."""

import html
import json
import re
import unicodedata

TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "−": r"\ensuremath{-}",
    "\u2009": r"\,",
    **{mark: f"\\{mark}" for mark in "&%$#_{}"},
}
# TeX's names; it has none for letters that look like Latin ones.
SMALL = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
    " upsilon phi chi psi omega"
)
CAPITAL = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
GREEK = frozenset([*SMALL.split(), *CAPITAL.split()])
# What some format ends a line at or cannot hold: controls, both separators, lone surrogates, what is no character.
BREAKS = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
# Of Markdown: marks that count wherever they stand, and those that do at the start of a line, as before a list.
MARKS = re.compile(r"([\\*_{}\[\]<>#$|~^@]|&(?=#?\w+;))")
AT_START = re.compile(r"(?P<mark>[-+=:(])|(?P<number>\d+|[a-zA-Z]|[ivxlcdm]+)(?=[.)](?: |$))")
IN_HTML_MARKS = re.compile(r"[`\\*_{}\[\]$|~^]")


def tex(text: str) -> str:
    """For LaTeX, with Greek letters and raised or lowered ones; others that pdfTeX lacks need LuaTeX or XeTeX."""
    return "".join(TEX.get(character) or _raised(character) or _greek(character) for character in text)


def tex_label(text: str) -> str:
    """For a \\label, which takes a name and shows nothing: letters, digits and a few marks."""
    return re.sub(r"[^\w.:+=-]", "-", text, flags=re.ASCII)


def _raised(character: str) -> str:
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    command = {"<super>": "textsuperscript", "<sub>": "textsubscript"}.get(kind)
    return rf"\{command}{{{tex(''.join(chr(int(one, 16)) for one in code.split()))}}}" if command else ""


def _greek(character: str) -> str:
    found = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(character, ""))
    name = found[2].replace("LAMDA", "LAMBDA").lower() if found else ""
    name = name.capitalize() if found and found[1] == "CAPITAL" else name
    return rf"\ensuremath{{\{name}}}" if name in GREEK else character


def markup(text: str) -> str:
    """For HTML and XML, and for an attribute in them."""
    return html.escape(text)


def markup_in_markdown(text: str) -> str:
    """For HTML, and for an attribute in it, inside of Markdown: no mark of either counts."""
    return IN_HTML_MARKS.sub(lambda mark: f"&#{ord(mark[0])};", html.escape(text))


def markdown(text: str) -> str:
    """For Markdown outside of HTML: no mark of it counts, nor does one that would begin a list."""
    start = AT_START.match(text)
    marked = MARKS.sub(r"\\\1", text).replace("`", "&#96;")  # no engine runs what stands between entities
    if start is None:
        return marked
    before = start["number"] or ""
    return f"{before}\\{marked[len(before) :]}"


def in_yaml(text: str) -> str:
    """For the inside of a string in double quotes, of YAML or JSON."""
    return json_anywhere(json.dumps(text, ensure_ascii=False))[1:-1]


def in_comment(text: str) -> str:
    """For a comment of HTML, whose text programs show as it is: only what would end it is changed."""
    return re.sub(r"(--!?\s*)>", r"\1&gt;", text)


def python_in_json(text: str) -> str:
    """For the inside of a string of Python's in a line of a notebook, which is a string of JSON's."""
    return _inside(_inside(html.escape(text)))


def _inside(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def json_anywhere(text: str) -> str:
    """JSON as the same JSON that ends no line, no comment and no element of HTML."""
    return re.sub(rf"[<>{BREAKS}]", lambda one: f"\\u{ord(one[0]):04x}", text)
