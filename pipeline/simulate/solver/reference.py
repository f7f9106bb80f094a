"""Tuples handed on as one address: calls that hand on dozens of arrays as numbers take long to compile.

A loop that is called from Python puts its tuples into a place of its own, and what it calls reads the fields there.
"""

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


class Reference(types.Type):
    """The address of a named tuple."""

    def __init__(self, whole: Any):
        self.whole = whole
        super().__init__(f"&{whole.instance_class.__name__}")

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
    """A field has the type that it has in the tuple."""

    key = Reference

    def generic_resolve(self, reference: Any, field: str) -> Any:  # type: ignore[override]  # Numba's resolves nothing
        """The type of a field."""
        whole = reference.whole
        return whole.types[whole.fields.index(field)] if field in whole.fields else None


@numba.lower_getattr_generic(Reference)  # type: ignore[untyped-decorator]  # Numba's
def read_field(context: Any, builder: Any, reference: Reference, address: Any, field: str) -> Any:
    """Read a field where it is."""
    return builder.load(llvm.gep_inbounds(builder, address, 0, reference.whole.fields.index(field)))


@numba.type_callable(by_reference)  # type: ignore[untyped-decorator]  # Numba's
def type_of_reference(context: Any) -> Callable[[Any], Any]:
    """What `by_reference` gives."""
    return lambda whole: Reference(whole)


@numba.lower_builtin(by_reference, types.BaseNamedTuple)  # type: ignore[untyped-decorator]  # Numba's
def refer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Put a tuple into a place of its own."""
    return llvm.alloca_once_value(builder, arguments[0])
