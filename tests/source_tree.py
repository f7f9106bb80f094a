"""The package's modules and what they import, read off their syntax trees: what tests of the layout look at."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "pipeline"
FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    """The dotted name of a module's file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in FILES}


@cache
def imports(name: str) -> frozenset[str]:
    """The modules of the package that a module imports, wherever in it; those it names in quotes are imported later.

    Its version alone is no import of the front door.
    """
    return frozenset(_homes(_tree(name))) - {name}


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def _homes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == PACKAGE.name:
            names = [f"{node.module}.{alias.name}" for alias in node.names if alias.name != "__version__"]
            yield from (name if name in MODULES else node.module for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            quoted = node.value.partition(":")[0]
            if quoted in MODULES and quoted != PACKAGE.name:
                yield quoted


def distributions(name: str) -> set[str]:
    """First words of what a module imports from outside the package."""
    found = set()
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - {PACKAGE.name}
