"""What Numba finds out about a function before it writes code: nothing twice, and only what loops ask for.

Numba types every operator of every function by trying all rules that there are for it, and looks in every function for
closures, `with` blocks and whole-array expressions, which the loops of this package do not have, nor references to
count when variables are let go.
"""

import operator
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from types import BuiltinFunctionType
from typing import Any, cast

from numba.core import types as numba_types
from numba.core.compiler import DefaultPassBuilder

types, numba_passes = cast(Any, numba_types), cast(Any, DefaultPassBuilder).define_nopython_pipeline

# By name: one that a version of Numba does not have is not missed. What would need one of them fails to compile.
NEEDLESS = {
    *("with_lifting", "inline_closure_likes", "make_function_op_code_to_jit_function"),
    *("Rewrite dynamic raises", "find_literally", "literal_unroll", "LiteralPropagation"),
    *("inline_inlinables", "inline_overloads", "nopython_rewrites"),
    *("nopython_supported_feature_validation", "annotate_types", "ir_legalization"),
}

remembered: ContextVar[dict[Any, Any] | None] = ContextVar("remembered", default=None)


def passes_of(state: Any) -> Any:
    """Numba's passes for the function that is being compiled, without the needless ones for one of this package."""
    if remembered.get() is not None:
        state.typingctx = Inference(state.typingctx)
        target = state.targetctx  # one of this function's own
        target.typing_context = Lowering(state.typingctx)
        target.refresh = cache(target.refresh)  # which it does for every array whose kind has no code of its own
    passes = numba_passes(state)
    if state.func_id.modname.partition(".")[0] == __package__:
        passes.passes = [each for each in passes.passes if each[0].name() not in NEEDLESS]
        passes.finalize()
    return passes


@contextmanager
def remembering() -> Iterator[None]:
    """Within the block, what operators give is remembered: no rule for the types they have can come to be there."""
    before = remembered.set({})
    try:
        yield
    finally:
        remembered.reset(before)


def signature_of(context: Any, function: Any, arguments: Any) -> Any:
    """What a function of Numba's gives for arguments of types; raises what Numba does where it cannot take them."""
    known = remembered.get()
    if known is None:
        return context.resolve_function_type(function, arguments, {})
    key = function, *arguments
    if key not in known:
        known[key] = context.resolve_function_type(function, arguments, {})
    return known[key]


class Inference:
    """A typing context of Numba's that is asked only once what an operator gives for arguments of types."""

    def __init__(self, context: Any):
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def resolve_function_type(self, function: Any, arguments: Any, keywords: Any) -> Any:
        """The signature of a call."""
        if keywords or not isinstance(function, types.Function | BuiltinFunctionType):
            return self._context.resolve_function_type(function, arguments, keywords)
        return signature_of(self._context, function, arguments)

    def resolve_setitem(self, target: Any, index: Any, value: Any) -> Any:
        """The signature of an assignment to an element."""
        return signature_of(self._context, operator.setitem, (target, index, value))


class Lowering(Inference):
    """The same, for code being written, which asks the operators themselves."""

    def resolve_value_type(self, value: Any) -> Any:
        """The type of a constant."""
        kind = self._context.resolve_value_type(value)
        return Operator(kind) if type(kind) is types.Function else kind


class Operator(numba_types.Function):
    """A function of Numba's that remembers."""

    def __init__(self, function: Any):
        super().__init__(function.templates)
        self._function = function

    def get_call_type(self, context: Any, arguments: Any, keywords: Any) -> Any:
        """The signature of a call."""
        if keywords:
            return self._function.get_call_type(context, arguments, keywords)
        return signature_of(context, self._function, tuple(arguments))

    def get_impl_key(self, signature: Any) -> Any:
        """By which its code is found."""
        return self._function.get_impl_key(signature)
