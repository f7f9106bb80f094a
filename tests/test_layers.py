"""The package is built in layers: imports go down the README's map of the code, and never round.

The map is the only place where the layers stand: its fenced block lists them from the top down, a room's inner rooms
beneath it. What stands in a room without being listed is free within it.
"""

import re
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.source_tree import FILES, MODULES, PACKAGE, imports

README = PACKAGE.parent / "README.md"
MAP = re.compile(r"^## Map of the code$.*?^```\n^pipeline/\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^(  +)([\w.]+)(/?)  +\S")
LOOSE = 7  # files at the top of the package


def layers() -> list[str]:
    """Dotted names of the map's rooms and files below the package, from the top layer down."""
    found, path = [], []
    for line in MAP.search(README.read_text(encoding="utf-8"))[1].splitlines():
        indent, name, _ = ENTRY.match(line).groups()
        path = [*path[: len(indent) // 2 - 1], name.removesuffix(".py")]
        found.append(".".join(path))
    return found


LAYERS = layers()


def place(module: str) -> list[str]:
    """The map's entries that a module is in, from the outermost in; every way to start a command is at the top."""
    inside = module.removeprefix(f"{PACKAGE.name}.").split(".")
    if inside[-1] == "__main__":
        return ["__main__"]
    if module == PACKAGE.name:
        return ["__init__"]
    return [name for end in range(1, len(inside) + 1) if (name := ".".join(inside[:end])) in LAYERS]


def goes_up(importer: str, imported: str) -> bool:
    """Whether an import goes to a layer above: told where the ways to the two modules part."""
    for above, below in zip(place(importer), place(imported), strict=False):
        if above != below:
            return LAYERS.index(above) > LAYERS.index(below)
    return False


def test_the_map_lists_the_rooms_that_there_are():
    rooms = {path.parent.relative_to(PACKAGE) for path in FILES if path.name == "__init__.py"}
    loose = {path.stem for path in FILES if path.parent == PACKAGE}
    listed = {".".join(room.parts) for room in rooms if room.parts} | loose
    assert set(LAYERS) == listed
    assert len(LAYERS) == len(listed)


def test_few_files_are_loose():
    assert len([path for path in FILES if path.parent == PACKAGE]) <= LOOSE


def test_imports_go_down():
    found = [f"{module} imports {name}" for module in MODULES for name in imports(module) if goes_up(module, name)]
    assert found == []


def test_imports_do_not_go_round():
    try:
        TopologicalSorter({module: imports(module) for module in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(error.args[1]))


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("pipeline.model.data", "pipeline.run.job"),
        ("pipeline.errors", "pipeline.config.schema"),
        ("pipeline.render.drawing.marks", "pipeline.render.scene.scene"),
        ("pipeline.sweep.check", "pipeline.command"),
        ("pipeline.make", "pipeline"),
    ],
)
def test_an_import_to_a_layer_above_is_told(importer, imported):
    assert goes_up(importer, imported)
    assert not goes_up(imported, importer)
