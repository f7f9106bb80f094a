"""A network out of what other libraries hold, found by its shapes: two linear layers around a ReLU.

Nothing of PyTorch, JAX or Keras is imported: modules are known by what they can do.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.network import Network

SUPPORTED = "supported are two linear layers around a ReLU, Linear(1, m), ReLU, Linear(m, 1)"
DEEPEST = 8  # levels of modules in modules that are looked through
# Activations, as classes and functions are called without underscores, that are no ReLU.
OTHERS = {
    *("celu", "elu", "exponential", "gelu", "hardsigmoid", "hardsilu", "hardswish", "hardtanh", "leakyrelu"),
    *("logsigmoid", "mish", "prelu", "relu6", "rrelu", "selu", "sigmoid", "silu", "softmax", "softplus", "softsign"),
    *("swish", "tanh", "tanhshrink", "threshold"),
}


@dataclass
class Layer:
    """An affine layer: its matrix, and its biases where it has any."""

    name: str
    matrix: np.ndarray
    bias: np.ndarray | None = None


def network_of(held: Any) -> Network:
    """The network that a module, a state dict, or nested dicts or lists of arrays hold.

    Also a mapping of `w`, `b`, `v` and `c`, where b and c may be missing. Raises InputError where it is none: with
    another number of layers, of inputs or outputs, or another activation than the ReLU.
    """
    _check_activations(held)
    found = list(arrays_in(held))
    named = {path[0]: array for path, array in found if len(path) == 1}
    if {"w", "v"} <= named.keys():
        return own_network(named)
    return _joined(*_hidden_and_output(_layers(found)))


def own_network(named: Mapping[str, np.ndarray]) -> Network:
    """The network of arrays by our own names: w, v, and b and c where they are not 0; (m,), (m, 1) or (1, m) each."""
    w, v = (_vector(name, named[name]) for name in "wv")
    b = _vector("b", named["b"]) if "b" in named else np.zeros_like(w)
    c = np.ravel(named.get("c", 0.0))
    if len(c) != 1:
        raise InputError(f"c is an array of shape {np.shape(named['c'])}; give one number")
    return Network(w, b, v, float(c[0]))


def _vector(name: str, array: np.ndarray) -> np.ndarray:
    if np.ndim(array) > 2 or np.size(array) != max(np.shape(array), default=1):
        raise InputError(f"{name} is an array of shape {np.shape(array)}; give a value per neuron")
    return np.ravel(array)


def arrays_in(held: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], np.ndarray]]:
    """Every array of numbers in modules, mappings, lists and objects, and the names on the way to it."""
    if callable(getattr(held, "state_dict", None)):
        held = held.state_dict()  # of PyTorch
    elif callable(getattr(held, "get_weights", None)):
        held = held.get_weights()  # of Keras
    if _is_array(held):
        array = as_numpy(held)
        if array.dtype.kind in "fiu":
            yield path, array
    elif len(path) < DEEPEST:
        for name, value in _parts(held):
            yield from arrays_in(value, (*path, *re.split(r"[./]", name)))


def _parts(held: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(held, Mapping):
        yield from ((str(name), value) for name, value in held.items())
    elif isinstance(held, Sequence) and not isinstance(held, str | bytes):
        yield from ((str(place), value) for place, value in enumerate(held))
    elif not isinstance(held, type) and hasattr(held, "__dict__"):
        yield from vars(held).items()  # a module that is a plain object, as of Equinox


def _is_array(value: Any) -> bool:
    if isinstance(value, int | float):
        return True
    return hasattr(value, "shape") and (hasattr(value, "__array__") or hasattr(value, "detach"))


def as_numpy(value: Any) -> np.ndarray:
    """An array of another library as one of NumPy, of PyTorch also where it learns or lies elsewhere."""
    if hasattr(value, "detach"):
        return np.asarray(value.detach().cpu().double().numpy())
    return np.asarray(value)


def _check_activations(held: Any) -> None:
    """InputError for a module with an activation that is no ReLU, as far as a module tells."""
    parts = held.modules() if callable(getattr(held, "modules", None)) else getattr(held, "layers", ())
    for part in parts if not isinstance(parts, Mapping) else ():
        function = getattr(part, "activation", None)
        for name in (type(part).__name__, getattr(function, "__name__", type(function).__name__)):
            if name.replace("_", "").lower() in OTHERS:
                raise InputError(f"the network has a {name}; {SUPPORTED}")


def _layers(found: Sequence[tuple[tuple[str, ...], np.ndarray]]) -> list[Layer]:
    """The affine layers of arrays by name: a vector is the biases of the matrix beside it, or else of the one before.

    Single numbers, such as counts of steps, are no part of them.
    """
    matrices = [(path, array) for path, array in found if array.ndim == 2]
    beside = [path[:-1] for path, _ in matrices]
    told_by_place = len(set(beside)) == len(beside)
    layers = [Layer(_name(path if len(path) == 1 else path[:-1]), array) for path, array in matrices]
    _check_count(layers)
    before = -1
    for path, array in found:
        before += array.ndim == 2
        if array.ndim in (0, 2):
            continue
        place = before
        if told_by_place:
            place = beside.index(path[:-1]) if path[:-1] in beside else -1
        if array.ndim > 2 or place < 0 or layers[place].bias is not None:
            raise InputError(f"{_name(path)} of shape {array.shape} is no part of two linear layers; {SUPPORTED}")
        layers[place].bias = array
    return layers


def _name(path: tuple[str, ...]) -> str:
    return ".".join(path)


def _check_count(layers: Sequence[Layer]) -> None:
    if len(layers) != 2:
        names = f" ({', '.join(layer.name for layer in layers)})" if any(layer.name for layer in layers) else ""
        noun = "layer" if len(layers) == 1 else "layers"
        raise InputError(f"the network has {len(layers)} linear {noun}{names}; {SUPPORTED}")


def _hidden_and_output(layers: Sequence[Layer]) -> tuple[Layer, Layer]:
    for layer in layers:
        if 1 not in layer.matrix.shape:
            raise InputError(f"layer {layer.name} has weights of shape {layer.matrix.shape}; {SUPPORTED}")
    first, second = layers
    if first.matrix.size != second.matrix.size:
        sizes = f"{first.matrix.size} and {second.matrix.size} weights"
        raise InputError(f"layers {first.name} and {second.name} have {sizes}; {SUPPORTED}")
    return (second, first) if _leaves(first) else (first, second)


def _leaves(layer: Layer) -> bool:
    """Whether a layer of many weights has one output, as its biases tell."""
    return layer.matrix.size > 1 and layer.bias is not None and layer.bias.size == 1


def _joined(hidden: Layer, output: Layer) -> Network:
    m = hidden.matrix.size
    for layer, count in ((hidden, m), (output, 1)):
        if layer.bias is not None and layer.bias.size != count:
            raise InputError(f"layer {layer.name} has {layer.bias.size} biases and {count} outputs; {SUPPORTED}")
    b = np.zeros(m) if hidden.bias is None else hidden.bias
    c = 0.0 if output.bias is None else float(output.bias[0])
    return Network(hidden.matrix.ravel(), b, output.matrix.ravel(), c)
