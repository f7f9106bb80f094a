"""One file of many: a page's modules, style and facts put into its template.

The sources stay ES modules that a browser can load as they are. In the page they are one: import lines go, `export`
goes, in an order in which each stands after those it imports. So names must differ between modules, which the browser
checks; imports are named and one line each, which `_IMPORT` checks.
"""

import json
import re
from html import escape
from pathlib import Path
from typing import Any

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+)\.js";\n', re.MULTILINE)


def modules(main: Path) -> str:
    """The source of `main` and of all that it imports, as one module."""
    order: list[Path] = []
    _visit(main, order)
    return "\n".join(f"// {path.name}\n{_body(path)}" for path in order)


def _visit(path: Path, order: list[Path]) -> None:
    """Append what `path` imports, then itself, to `order`, each once."""
    for name in _IMPORT.findall(path.read_text(encoding="utf-8")):
        module = path.with_name(f"{name}.js")
        if module not in order:
            _visit(module, order)
    order.append(path)


def _body(path: Path) -> str:
    text = _IMPORT.sub("", path.read_text(encoding="utf-8"))
    assert not re.search(r"^import\b", text, re.MULTILINE), f"{path.name}: imports are named and one line each"
    return re.sub(r"^export ", "", text, flags=re.MULTILINE).strip() + "\n"


def fill_template(template: str, texts: dict[str, str], sources: dict[str, str]) -> str:
    """The template with {{name}} replaced: texts are escaped, sources stand as they are."""
    parts = {name: escape(text) for name, text in texts.items()} | sources
    return re.sub(r"\{\{(\w+)\}\}", lambda name: parts[name[1]], template)


def script_json(value: Any) -> str:
    """JSON that no script element can end early on."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
