"""Plain text as the languages of slides take it."""

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


def tex(text: str) -> str:
    """For LaTeX, with Greek letters and raised or lowered ones; others that pdfTeX lacks need LuaTeX or XeTeX."""
    return "".join(TEX.get(character) or _raised(character) or _greek(character) for character in text)


def _raised(character: str) -> str:
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    command = {"<super>": "textsuperscript", "<sub>": "textsubscript"}.get(kind)
    return rf"\{command}{{{tex(chr(int(code, 16)))}}}" if command else ""


def _greek(character: str) -> str:
    found = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(character, ""))
    if not found:
        return character
    name = {"LAMDA": "LAMBDA"}.get(found[2], found[2])
    return rf"\ensuremath{{\{name.lower() if found[1] == 'SMALL' else name.capitalize()}}}"


def markup(text: str) -> str:
    """For HTML and for an attribute in it."""
    return html.escape(text)


def markdown(text: str) -> str:
    """For Markdown outside of HTML: no mark of it counts."""
    return re.sub(r"([\\`*_{}\[\]<>#$|~^])", r"\\\1", text)


def python_in_json(text: str) -> str:
    """For the inside of a string of Python's in a line of a notebook, which is a string of JSON's."""
    return _inside(_inside(html.escape(text)))


def _inside(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def json_anywhere(text: str) -> str:
    """JSON as the same JSON that ends no comment and no tag of HTML."""
    return text.replace("<", r"\u003c").replace(">", r"\u003e")
