"""Tuples handed on as one address: calls that hand on dozens of arrays as numbers take long to compile.

A loop that is called from Python puts its tuples into a place of its own, and what it calls reads the fields there;
of tuples within a tuple it hands on the addresses.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import extending
from numba.core import cgutils, types
from numba.core.datamodel.models import PrimitiveModel
from numba.core.typing.templates import AttributeTemplate

Whole = TypeVar("Whole")
numba, llvm = cast(Any, extending), cast(Any, cgutils)  # which are typed in part


def by_reference(whole: Whole) -> Whole:
    """A NamedTuple, in compiled code as an address from which the fields are read, while the function runs."""
    return whole


def by_value(whole: Whole) -> Whole:
    """The NamedTuple itself, in compiled code too."""
    return whole


class Reference(types.Type):
    """The address of a named tuple.

    Its name is part of the names of functions in machine code: by the class alone, those for two kinds of fields that
    two processes compiled would be taken for each other in a third, which loads both.
    """

    def __init__(self, whole: Any):
        self.whole = whole
        kind = hashlib.sha256(str(whole).encode()).hexdigest()[:8]
        super().__init__(f"&{whole.instance_class.__name__}_{kind}")

    @property
    def key(self) -> Any:
        """References to equal types are equal."""
        return self.whole


@numba.register_model(Reference)
class ReferenceModel(PrimitiveModel):
    """A pointer."""

    def __init__(self, models: Any, reference: Reference):
        whole = models.lookup(reference.whole).get_value_type()
        super().__init__(models, reference, whole.as_pointer())  # type: ignore[no-untyped-call]  # Numba's


@numba.infer_getattr
class FieldOfReference(AttributeTemplate):
    """A field has the type that it has in the tuple; a tuple is a reference too."""

    key = Reference

    def generic_resolve(self, reference: Any, field: str) -> Any:  # type: ignore[override]  # Numba's resolves nothing
        """The type of a field."""
        whole = reference.whole
        return referred(whole.types[whole.fields.index(field)]) if field in whole.fields else None


def referred(kind: Any) -> Any:
    """The type by which a tuple is handed on; of others their own."""
    return Reference(kind) if isinstance(kind, types.BaseNamedTuple) else kind


@numba.lower_getattr_generic(Reference)  # type: ignore[untyped-decorator]  # Numba's
def read_field(context: Any, builder: Any, reference: Reference, address: Any, field: str) -> Any:
    """Read a field where it is."""
    place = reference.whole.fields.index(field)
    at = llvm.gep_inbounds(builder, address, 0, place)
    return at if isinstance(reference.whole.types[place], types.BaseNamedTuple) else builder.load(at)


@numba.type_callable(by_reference)  # type: ignore[untyped-decorator]  # Numba's
def type_of_reference(context: Any) -> Callable[[Any], Any]:
    """What `by_reference` gives."""
    return lambda whole: referred(whole)


@numba.type_callable(by_value)  # type: ignore[untyped-decorator]  # Numba's
def type_of_value(context: Any) -> Callable[[Any], Any]:
    """What `by_value` gives."""
    return lambda given: given.whole if isinstance(given, Reference) else given


@numba.lower_builtin(by_reference, types.BaseNamedTuple)  # type: ignore[untyped-decorator]  # Numba's
def refer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Put a tuple into a place of its own."""
    return llvm.alloca_once_value(builder, arguments[0])


@numba.lower_builtin(by_value, Reference)  # type: ignore[untyped-decorator]  # Numba's
def read_whole(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Read a tuple where it is."""
    return builder.load(arguments[0])


@numba.lower_builtin(by_reference, Reference)  # type: ignore[untyped-decorator]  # Numba's
@numba.lower_builtin(by_value, types.BaseNamedTuple)  # type: ignore[untyped-decorator]  # Numba's
def same(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Leave what is as it should be."""
    return arguments[0]
