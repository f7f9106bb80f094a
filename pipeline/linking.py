"""Compiled functions that are linked late: once, with all they call, into those that Python calls.

Left to itself Numba links every function with all it calls, optimises that and makes it into machine code, and does so
again in each of its callers, which for loops of a hundred functions takes longer than all else. Here a function that
only compiled ones call stays as written, and one called from Python links all and is optimised once, to the same bits.

It builds on classes that Numba does not promise to keep. Where one is missing importing this raises ImportError; where
one is another than it was, functions are linked Numba's own way.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from llvmlite import binding
from numba import config as numba_config
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.typed_passes import NativeLowering

from pipeline.front_end import passes_of, remembering

config, llvm = cast(Any, numba_config), cast(Any, binding)  # not typed in full

LEANT_ON = (  # of a library of Numba's
    *("codegen", "enable_object_caching", "finalize", "_finalized", "_final_module", "_linking_libraries"),
    *("_get_module_for_linking", "_optimize_functions", "_optimize_final_module"),
)

# Functions linked into one above which its loops are not unrolled: it is more in charge of others than at work in
# loops, which run as fast, and to unroll them all takes LLVM a quarter of its time.
UNROLLED = 16


class Library(JITCodeLibrary):
    """The code of a function as it was written down."""

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = str(self.codegen.target_data)

    def called(self) -> Iterator[Any]:
        """The code of all that it calls, and that its parts call, each once."""
        seen, left = set(), [*self._linking_libraries]
        while left:
            library = left.pop(0)
            if library not in seen:
                seen.add(library)
                left += library._linking_libraries if isinstance(library, Part) else []
                yield library.as_written() if isinstance(library, Part) else library._get_module_for_linking()


class Part(Library):
    """The code of one that only compiled functions call: neither linked, nor optimised, nor made into machine code."""

    def finalize(self) -> None:
        """From now on others can link it."""
        self._finalized = True

    def as_written(self) -> Any:
        """Its own code alone."""
        return super()._get_module_for_linking()  # type: ignore[no-untyped-call]  # Numba's

    def _get_module_for_linking(self) -> Any:
        """Its code with that of all it calls, for a library of Numba's, which looks no further than its own calls."""
        module = self.as_written().clone()
        for called in self.called():
            module.link_in(called, preserve=True)
        return module


class Whole(Library):
    """The code of one that is called from Python, with that of all it calls."""

    def finalize(self) -> None:
        """Link, optimise, make machine code."""
        self._parts = 0
        for called in self.called():
            self._final_module.link_in(called, preserve=True)
            self._parts += 1
        self._linking_libraries = []
        super().finalize()  # type: ignore[no-untyped-call]  # Numba's

    def _optimize_final_module(self) -> None:
        """Optimise once: Numba does so twice, to leave out counts of references, which these functions do not have."""
        made = self.codegen._module_pass_manager()
        passes, *builder = made if isinstance(made, tuple) else (made,)  # no builder before Numba 0.62
        if builder and self._parts > UNROLLED:
            builder = [self._builder_without_unrolling()]
            passes = builder[0].getModulePassManager()
        passes.run(self._final_module, *builder)

    def _builder_without_unrolling(self) -> Any:
        tuning = llvm.create_pipeline_tuning_options(int(config.OPT))
        tuning.loop_vectorization, tuning.slp_vectorization = bool(config.LOOP_VECTORIZE), bool(config.SLP_VECTORIZE)
        tuning.loop_unrolling = False
        return llvm.create_pass_builder(self.codegen._tm, tuning)


def linked_late(kind: Any, state: Any) -> bool:
    """Give a function that is being compiled a library of a kind, unless Numba's are others than they were."""
    library = kind(state.targetctx.codegen(), state.func_id.func_qualname)
    if not all(hasattr(library, name) for name in LEANT_ON):
        return False
    state.library = library
    return True


@register_pass(mutates_CFG=False, analysis_only=True)  # type: ignore[no-untyped-call]  # Numba's
class WithoutAddress(LoweringPass):
    """Make a function known that has no machine code, and so no address."""

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
        passes = passes_of(self.state)
        if linked_late(Part, self.state):
            self.state.flags.no_compile = True
            passes.add_pass_after(WithoutAddress, NativeLowering)
            passes.finalize()
        return [passes]


class CompilerOfWholes(CompilerBase):
    """Compiles functions that are called from Python."""

    def define_pipelines(self) -> list[Any]:
        """Numba's own passes."""
        if linked_late(Whole, self.state):
            self.state.library.enable_object_caching()
        return [passes_of(self.state)]

    def compile_extra(self, function: Any) -> Any:
        """Numba's own, but that Python does not look for unused circles among a million objects that are in use."""
        with remembering(), without_looking_for_circles():
            return super().compile_extra(function)  # type: ignore[no-untyped-call]  # Numba's


@contextmanager
def without_looking_for_circles() -> Iterator[None]:
    """Within the block Python does not collect garbage, and then takes all that was made for old."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # whoever froze objects wants them to stay so
            gc.freeze()
            gc.unfreeze()
        if collects:
            gc.enable()
