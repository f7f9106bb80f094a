"""A page's modules as one: JavaScript that a page holds itself, with nothing to load.

The sources stay ES modules that a browser can load as they are. In the page each is a function that returns what it
exports, after those that it imports. So names are one module's own there as well. Imports are named and take one line
each; what is exported is a function, a class or one constant.
"""

import re
from pathlib import Path

PAGE = Path(__file__).parent / "page"
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


def modules(main: Path) -> str:
    """The source of `main` and of all that it imports, as one module."""
    order: list[Path] = []
    _visit(main, order)
    return "\n".join([*(library(path) for path in order[:-1]), _plain(main)])


def _visit(path: Path, order: list[Path]) -> None:
    """Append what `path` imports, then itself, to `order`, each once."""
    for _, name in _IMPORT.findall(path.read_text(encoding="utf-8")):
        module = path.with_name(f"{name}.js")
        if module not in order:
            _visit(module, order)
    order.append(path)


def library(path: Path) -> str:
    """A module as a constant module_NAME that has its exports; where it imports none, any script may hold it."""
    exports = ", ".join(name for _, name in _EXPORT.findall(path.read_text(encoding="utf-8")))
    return f"const module_{path.stem} = (() => {{\n{_plain(path)}return {{ {exports} }};\n}})();\n"


def _plain(path: Path) -> str:
    """Its source with neither import nor export."""
    text = _IMPORT.sub(r"const \1 = module_\2;", path.read_text(encoding="utf-8"))
    text = _EXPORT.sub(r"\1", text)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE), f"{path.name}: an import or export of another form"
    return f"// {path.name}\n{text}"
