"""Networks found in what other libraries hold, by shapes alone: their modules are played by plain classes here."""

from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.errors import InputError
from pipeline.model.layers import network_of

M = 4
W, B, V, C = np.arange(1.0, 5), np.arange(5.0, 9), np.arange(-4.0, 0), 0.5


class Tensor:
    """A number of PyTorch's that learns: it becomes an array only when it is asked in the right order."""

    def __init__(self, array, learns=True):
        self._array, self._learns, self.shape = np.asarray(array), learns, np.shape(array)

    def detach(self):
        return Tensor(self._array, learns=False)

    def cpu(self):
        return self

    def double(self):
        return self

    def numpy(self):
        assert not self._learns
        return self._array


class Sequential:
    """As torch.nn.Sequential; or a Lightning module around one, with a prefix."""

    def __init__(self, prefix="", activation="ReLU"):
        self._prefix, self._activation = prefix, activation

    def state_dict(self):
        state = {"0.weight": W[:, None], "0.bias": B, "2.weight": V[None], "2.bias": np.array([C])}
        return {self._prefix + name: Tensor(array) for name, array in state.items()}

    def modules(self):
        return [self, type(self._activation, (), {})()]


class Keras:
    """As keras.Sequential: matrices have inputs first, and weights come as a list."""

    def __init__(self, activation="relu"):
        function = SimpleNamespace(__name__=activation)
        self.layers = [SimpleNamespace(activation=function), SimpleNamespace(activation=None)]

    def get_weights(self):
        return [W[None], B, V[:, None], np.array([C])]


flax = {
    "params": {
        "Dense_0": {"bias": B, "kernel": W[None]},
        "Dense_1": {"bias": np.array([C]), "kernel": V[:, None]},
    }
}
equinox = SimpleNamespace(
    layers=(
        SimpleNamespace(weight=W[:, None], bias=B, in_features=1, use_bias=True),
        SimpleNamespace(weight=V[None], bias=np.array([C]), in_features=M, use_bias=True),
    ),
    activation=max,
)
out_before_in = {"a_out": {"weight": V[None], "bias": np.array([C])}, "b_in": {"weight": W[:, None], "bias": B}}

HELD = {
    "torch": Sequential(),
    "lightning": Sequential("model."),
    "keras": Keras(),
    "flax": flax,
    "equinox": equinox,
    "state": {"0.weight": W[:, None], "0.bias": B, "2.weight": V[None], "2.bias": np.array([C]), "steps": np.array(7)},
    "order": out_before_in,
    "arrays": [W[None], B, V[:, None], np.array([C])],
    "single": {"fc1.weight": W[:, None].astype("f4"), "fc1.bias": B, "fc2.weight": V[None], "fc2.bias": np.array([C])},
    "own": {"w": W, "b": B[:, None], "v": V[None], "c": C},
}


@pytest.mark.parametrize("kind", HELD)
def test_a_network_is_found(kind):
    network = network_of(HELD[kind])
    for name, expected in {"w": W, "b": B, "v": V, "c": C}.items():
        np.testing.assert_array_equal(getattr(network, name), expected)


def test_layers_may_have_no_biases():
    network = network_of({"0.weight": W[:, None], "2.weight": V[None]})
    assert (network.b == 0).all()
    assert network.c == 0


SAYS = {
    "three": (
        {f"{k}.weight": np.ones((M, M)) for k in (0, 2, 4)},
        r"the network has 3 linear layers \(0, 2, 4\); supported are two linear layers around a ReLU",
    ),
    "one": ({"0.weight": W[:, None]}, r"has 1 linear layer \(0\)"),
    "nothing": ("a text", r"has 0 linear layers; "),
    "inputs": ({"0.weight": np.ones((M, 2)), "2.weight": V[None]}, r"layer 0 has weights of shape \(4, 2\)"),
    "unlike": ({"0.weight": W[:, None], "2.weight": V[None, 1:]}, r"layers 0 and 2 have 4 and 3 weights"),
    "norm": (
        {"0.weight": W[:, None], "1.weight": B, "2.weight": V[None]},
        r"1\.weight of shape \(4,\) is no part of two linear layers",
    ),
    "biases": ({"0.weight": W[:, None], "0.bias": B[1:], "2.weight": V[None]}, r"layer 0 has 3 biases and 4 outputs"),
    "tanh": (Sequential(activation="Tanh"), r"^the network has a Tanh; supported"),
    "leaky": (Keras("leaky_relu"), r"^the network has a leaky_relu"),
    "own": ({"w": np.ones((2, 3)), "v": V}, r"^w is an array of shape \(2, 3\); give a value per neuron"),
    "lengths": ({"w": W, "v": V[1:]}, r"w, b, v have 4, 4, 3 values"),
}


@pytest.mark.parametrize("case", SAYS)
def test_what_is_no_such_network_is_told_in_a_line(case):
    held, says = SAYS[case]
    with pytest.raises(InputError, match=says) as refused:
        network_of(held)
    assert "\n" not in str(refused.value)
