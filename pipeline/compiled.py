"""How the inner loops are compiled: strict floating point, on one thread, cached on disk.

What is compiled is kept in __pycache__, or where that cannot be written in the user's cache directory
(NUMBA_CACHE_DIR overrides both); where no directory can be written, every process compiles anew. Nothing is looked for
or written before a function is first called.

What a function calls becomes part of it before any of it is optimised: once, and not in every caller again. Left to
itself Numba links every function with all it calls, optimises that and makes it into machine code, and does so again
for each of its callers; in loops of a hundred functions that is most of what compiling takes. Here a function that only
compiled ones call stays as it was written down, and the one that is called from Python links them all. The arithmetic
is the same, to the bit: nothing that is optimised here may change it.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config as numba_config, njit as numba_njit
from numba.core import event
from numba.core.caching import NullCache
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.typed_passes import NativeLowering
from platformdirs import user_cache_path

from pipeline.store.sources import reached

Loop = TypeVar("Loop", bound=Callable[..., Any])
config, njit, numba_passes = (
    cast(Any, numba_config),
    cast(Any, numba_njit),
    cast(Any, DefaultPassBuilder).define_nopython_pipeline,
)  # whose types do not know all they take

UNUSED = 30 * 86_400  # seconds after which a folder of compiled code that no process has used is deleted

# No fastmath and no threads: the same input gives the same bits. Divisions give inf or NaN as NumPy's do,
# because the loops look for non-finite states themselves.
# Nor does compiled code make arrays, so that it need not count references to them: for calls that hand on a whole flow,
# some dozens of arrays, counting takes as long as everything else in the step of a small network.
STRICT = {"error_model": "numpy", "nogil": True, "_nrt": False}


class Library(JITCodeLibrary):
    """The code of a function as it was written down."""

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = str(self.codegen.target_data)


class Part(Library):
    """The code of one that only compiled functions call: neither linked, nor optimised, nor made into machine code."""

    def finalize(self) -> None:
        """From now on others can link it."""
        self._finalized = True

    def parts(self) -> list[Any]:
        """The libraries of all that it calls."""
        return list(self._linking_libraries)


class Whole(Library):
    """The code of one that is called from Python, with that of all it calls."""

    def add_linking_library(self, library: Any) -> None:
        """Link a library and the parts of it: after what calls them, since what nothing calls is left out."""
        if library in self._linking_libraries:
            return
        super().add_linking_library(library)  # type: ignore[no-untyped-call]  # Numba's
        if isinstance(library, Part):
            for part in library.parts():
                self.add_linking_library(part)


def new_library(kind: Any, state: Any) -> Any:
    """A library of a kind for the function that is being compiled."""
    return kind(state.targetctx.codegen(), state.func_id.func_qualname)


@register_pass(mutates_CFG=False, analysis_only=True)  # type: ignore[no-untyped-call]  # Numba's
class WithoutAddress(LoweringPass):
    """Make a function known to those that call it without an address, as it has no machine code."""

    _name = "without_address"

    def __init__(self) -> None:
        LoweringPass.__init__(self)  # type: ignore[no-untyped-call]  # Numba's

    def run_pass(self, state: Any) -> bool:
        """Give it a key that only it has, which has to be a function of C's."""
        no_one: dict[Any, Any] = {}
        key = no_one.pop
        state.targetctx.insert_user_function(key, state.cr.fndesc, [state.library])
        state.cr = state.cr._replace(cfunc=key)
        return False


class CompilerOfParts(CompilerBase):
    """Compiles functions that only compiled ones call."""

    def define_pipelines(self) -> list[Any]:
        """Numba's own passes, but that nothing is made to be run."""
        self.state.library = new_library(Part, self.state)
        self.state.flags.no_compile = True
        passes = numba_passes(self.state)
        passes.add_pass_after(WithoutAddress, NativeLowering)
        passes.finalize()
        return [passes]


class CompilerOfWholes(CompilerBase):
    """Compiles functions that are called from Python."""

    def define_pipelines(self) -> list[Any]:
        """Numba's own passes."""
        self.state.library = new_library(Whole, self.state)
        self.state.library.enable_object_caching()
        return [numba_passes(self.state)]


PART = {"pipeline_class": CompilerOfParts, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def inner(function: Loop) -> Loop:
    """For a function that only compiled ones call: it becomes part of theirs, and has no way in from Python."""
    return cast(Loop, njit(**PART, **STRICT)(function))


def woven(function: Loop) -> Loop:
    """The same, copied into its callers: for what they do in every stage, where a call costs as much as the work."""
    return cast(Loop, njit(forceinline=True, **PART, **STRICT)(function))


def compiled(function: Loop) -> Loop:
    """Compile a function that is called from Python, when it first is, and cache the result on disk."""
    dispatcher = njit(pipeline_class=CompilerOfWholes, **STRICT)(function)
    # Numba's own `cache=True` makes folders as soon as a module is imported, and this is the only place to put it off.
    dispatcher._cache = CacheOnDemand(dispatcher)
    return cast(Loop, dispatcher)


class CacheOnDemand(NullCache):
    """In place of a function's cache on disk until it is first asked for what it holds."""

    def __init__(self, dispatcher: Any):
        self._dispatcher = dispatcher

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What the cache on disk holds, which from now on is asked itself."""
        function, self._dispatcher._cache = self._dispatcher.py_func, NullCache()
        folder = cache_folder(hash_of_sources(function.__module__))
        if folder is None:
            return None
        usual, config.CACHE_DIR = config.CACHE_DIR, str(folder)
        try:
            self._dispatcher.enable_caching()
        finally:
            config.CACHE_DIR = usual
        return self._dispatcher._cache.load_overload(sig, target_context)


@cache
def hash_of_sources(module: str) -> str | None:
    """The version of what the compiled functions of a module depend on; None for a module that is not of this package.

    Numba looks only at the file that a function is in, but what the function calls is compiled into it too.
    """
    if module.partition(".")[0] != __package__:
        return None
    digest = hashlib.sha256()
    for path in compiled_sources(module):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def compiled_sources(module: str) -> list[Path]:
    """The files that a module reaches by imports: what its functions call, and the constants and tuples in them."""
    own = Path(__file__)
    ground = {path for path in reached("pipeline.compiled") if path != own}
    return [path for path in reached(module) if path not in ground and path.name != "__init__.py"]


def cache_folder(version: str | None) -> Path | None:
    """Where to keep what is compiled of a version of the sources; None if nothing can be written, or without one."""
    if version is None:
        return None
    beside = Path(__file__).parent / "__pycache__"
    for root in [Path(config.CACHE_DIR)] if config.CACHE_DIR else [beside, user_cache_path("relu-spline-videos")]:
        folder = root / f"compiled-{version}"
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                remove_unused(root)
            os.utime(folder)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def remove_unused(root: Path) -> None:
    """Delete what no process has used for long: other versions of the sources compiled it."""
    for folder in root.glob("compiled-" + "?" * 16):
        try:
            if time.time() - folder.stat().st_mtime > UNUSED:
                shutil.rmtree(folder)
        except OSError:
            continue  # another process has removed it, or it is not ours


@contextmanager
def compiling_told_to(tell: Callable[[bool], None]) -> Iterator[None]:
    """Within the block, `tell` hears True when loops begin to be compiled, and False when that has ended.

    What comes from the cache on disk is not compiled.
    """
    with event.install_listener("numba:compile", Compilations(tell)):
        yield


class Compilations(event.Listener):
    """Hears of every function that is compiled, each within those that call it, and tells of the outermost."""

    def __init__(self, tell: Callable[[bool], None]):
        self._tell, self._depth = tell, 0

    def on_start(self, event: Any) -> None:
        """A function begins to be compiled."""
        self._depth += 1
        if self._depth == 1:
            self._tell(True)

    def on_end(self, event: Any) -> None:
        """A function is compiled."""
        self._depth -= 1
        if self._depth == 0:
            self._tell(False)
