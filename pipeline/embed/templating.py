"""The template engine: an environment for every language that documents are written in.

Whatever a template puts out is escaped for its language, once. A filter that has written a text for another part of
the document, as `markdown` does, gives Markup, which is not escaped again. A name that is not given is an error.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from pipeline.config.tables import Table
from pipeline.embed import escape
from pipeline.errors import InputError

Escape = Callable[[str], str]

# By language: how plain text is written in it.
LANGUAGES: Table[Escape] = Table(
    "language of documents",
    {
        "html": escape.markup,
        "markdown": escape.markup_in_markdown,  # documents of pages and slides: most of their text stands in HTML
        "tex": escape.tex,
        "notebook": escape.python_in_json,
    },
)
# Braces and percent signs are TeX's own.
MARKS: dict[str, Any] = {
    "tex": {
        "variable_start_string": "(((",
        "variable_end_string": ")))",
        "block_start_string": "((*",
        "block_end_string": "*))",
        "comment_start_string": "((#",
        "comment_end_string": "#))",
    }
}


def fill(template: Path, language: str, values: Mapping[str, Any]) -> str:
    """The text of a template in a language, a key of LANGUAGES, with values in their places.

    Raises InputError where the template cannot be read, is none, or names what is not given, or for another language.
    """
    if language not in LANGUAGES:
        raise InputError(f"{template}: its language is {language!r}; give one of {', '.join(LANGUAGES)}")
    try:
        return environment(template.parent, language).get_template(template.name).render(values)
    except TemplateNotFound as error:
        raise InputError(f"{template}: there is no template {error.name}; give the path of one") from None
    except TemplateError as error:
        line = f":{error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise InputError(f"{template}{line}: {error.message}; mend the template") from None


@cache
def environment(folder: Path, language: str) -> Environment:
    """The environment of templates in a folder, which may include each other."""
    written = LANGUAGES[language]
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,  # what templates themselves hold is Markup, which `finalize` leaves alone
        finalize=lambda value: value if isinstance(value, Markup) else Markup(written(str(value))),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **MARKS.get(language, {}),
    )
    made.filters |= {
        "markdown": lambda text: Markup(escape.markdown(text)),
        "yaml": lambda text: Markup(escape.in_yaml(text)),
        "comment": lambda text: Markup(escape.in_comment(text)),
        "tex_label": lambda text: Markup(escape.tex_label(text)),
        "json": lambda text: Markup(escape.json_anywhere(text)),
        "script_json": script_json,
    }
    return made


def script_json(value: Any) -> Markup:
    """JSON that no script element can end early on. Raises ValueError for a number that JSON does not have."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))
