"""Networks that are given rather than drawn: by their weights, by a file of these, by their knots, or as spikes."""

import hashlib
from collections.abc import Sequence

import numpy as np

from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError
from pipeline.model.layers import network_of
from pipeline.model.network import Network
from pipeline.model.weights_file import place_of, read_arrays, read_bytes


def network_in(path: str) -> Network:
    """The network in a file: w, b, v and c, or a state dict. Raises InputError, with the file, where there is none."""
    arrays, _ = read_arrays(place_of(path))
    try:
        return network_of(arrays)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def file_digest(path: str) -> str:
    """SHA-256 of a file's bytes. Raises InputError where it cannot be read."""
    return hashlib.sha256(read_bytes(place_of(path))).hexdigest()


def network_with_knots(
    breakpoints: Sequence[float], jumps: Sequence[float], orientations: Sequence[int] = ()
) -> Network:
    """A neuron a knot: at a breakpoint β, where the slope jumps by so much, active on the side of its orientation.

    orientations: 1, which is active right of β, or −1 each; 1 by default. |w| = |v| = √|jump|, so that scale and ratio
    of the layers do the rest; of a knot without a jump w = 1, v = 0.
    """
    beta, jump = np.asarray(breakpoints, dtype=float), np.asarray(jumps, dtype=float)
    side = np.asarray(orientations or np.ones(len(beta)), dtype=float)
    size = np.sqrt(np.abs(jump))
    w = side * np.where(jump == 0, 1.0, size)
    return Network(w, -beta * w, np.sign(jump) * size)


def of_file(config: InitConfig) -> Network:
    """The network in `init.path`."""
    return network_in(config.path or "")


def of_knots(config: InitConfig) -> Network:
    """The network of `init.breakpoints`, `init.jumps` and `init.orientations`."""
    return network_with_knots(config.breakpoints, config.jumps, config.orientations)


def of_weights(config: InitConfig) -> Network:
    """The network of `init.w`, `init.b`, `init.v` and `init.c`."""
    w, b, v = (np.asarray(values, dtype=float) for values in (config.w, config.b, config.v))
    return Network(w, b, v, config.c)


def of_spikes(config: InitConfig) -> Network:
    """The network of `init.spikes`: a hat at each, three neurons of |w| = |v| (at layer_ratio 1).

    Raises InputError where there are none.
    """
    if not len(config.spikes):
        raise InputError("`spikes` = []: give at least one place, as [-0.5, 0.5]")
    height, width = config.spike_height, config.spike_width
    places = np.asarray(config.spikes, dtype=float)[:, None] + np.array([-0.5, 0.0, 0.5]) * width
    jumps = np.broadcast_to(np.array([1.0, -2.0, 1.0]) * height / (0.5 * width), places.shape)
    hats, ratio = network_with_knots(places.ravel().tolist(), jumps.ravel().tolist()), config.layer_ratio
    return Network(ratio * hats.w, ratio * hats.b, hats.v / ratio)
