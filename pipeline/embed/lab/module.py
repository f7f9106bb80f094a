"""The committed module of pages, solver.wasm, and its layout, solver.json: see build.py."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.store.sources import ROOT, reached

HERE = Path(__file__).parent
COMPILED = "from pipeline.compiled import"
MODULE, LAYOUT = HERE / "solver.wasm", HERE / "solver.json"


@cache
def layout() -> dict[str, Any]:
    """Of what the module's table consists, and the hash of the sources that it was made of."""
    read: dict[str, Any] = json.loads(LAYOUT.read_text(encoding="utf-8"))
    return read


def is_current() -> bool:
    """Whether the module was made of the present sources."""
    return bool(layout()["sources"] == version_of_sources())


def version_of_sources() -> str:
    """The hash of all that the module is made of."""
    digest = hashlib.sha256()
    for path in module_sources():
        digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def module_sources() -> list[Path]:
    """The files that hold compiled functions and the tuples that they take, and what turns them into the module.

    How pipeline/compiled.py keeps its results is of no account here.
    """
    all_reached = [path for path in reached("pipeline.embed.lab.entry") if path.name != "__init__.py"]
    kept = [
        path for path in all_reached if path.parent.name == "solver" or COMPILED in path.read_text(encoding="utf-8")
    ]
    return sorted({*kept, HERE / "entry.py", HERE / "tables.py", HERE / "build.py"})


def ziggurat() -> dict[str, list[float]]:
    """NumPy's tables for drawing normal numbers, as Numba has them too; ki < 2⁵² is whole."""
    from numba.np.random import _constants

    return {
        "ki": [int(each) for each in _constants.ki_double],
        "wi": _constants.wi_double.tolist(),
        "fi": _constants.fi_double.tolist(),
    }
