"""Tuples of arrays as a table of whole numbers: how the solver's state is handed to code that knows no Python.

Each array is its address and its lengths, each float its bits, each integer itself, 8 bytes an entry, in the order in
which the tuples name them; of None, which compiled code knows by its type, there is no entry.
"""

from collections.abc import Iterator
from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numba.np import arrayobj

arrays = cast(Any, arrayobj)  # whose functions have no types


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """What nested named tuples hold that is none itself, nor None, with its path, as ("flow.before.force", array)."""
    if not hasattr(value, "_fields"):
        if value is not None:
            yield path, value
        return
    for name in value._fields:
        yield from leaves(getattr(value, name), f"{path}.{name}")


def _read(typing: Any, table: Any, first: Any, kind: Any) -> Any:
    """(compiled) The value of a type, given as a TypeRef, that begins at an entry of a table of int64."""
    made = kind.instance_type
    return made(table, first, kind), Reader(made)


read: Any = intrinsic(_read)


class Reader:
    """Emits the code that makes a value of a type out of a table."""

    def __init__(self, made: Any):
        self._made = made

    def __call__(self, context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        """As Numba calls it: the LLVM value."""
        self._table, self._next = arguments[0], arguments[1]
        return self._value(context, builder, self._made)

    def _entry(self, builder: Any) -> Any:
        entry = builder.load(builder.gep(self._table, [self._next]))
        self._next = builder.add(self._next, ir.Constant(self._next.type, 1))
        return entry

    def _value(self, context: Any, builder: Any, kind: Any) -> Any:
        if hasattr(kind, "types"):
            return context.make_tuple(builder, kind, [self._value(context, builder, part) for part in kind.types])
        if isinstance(kind, types.Array):
            return self._array(context, builder, kind)
        if isinstance(kind, types.NoneType):
            return context.get_dummy_value()
        entry = self._entry(builder)
        return builder.bitcast(entry, ir.DoubleType()) if isinstance(kind, types.Float) else entry

    def _array(self, context: Any, builder: Any, kind: Any) -> Any:
        """A view of what stands at an address, which nobody frees."""
        array = arrays.make_array(kind)(context, builder)
        data = builder.inttoptr(self._entry(builder), array.data.type)
        shape = [self._entry(builder) for _ in range(kind.ndim)]
        size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
        strides = [size]
        for length in reversed(shape[1:]):
            strides.insert(0, builder.mul(strides[0], length))
        arrays.populate_array(array, data=data, shape=shape, strides=strides, itemsize=size, meminfo=None)
        return array._getvalue()
