"""Keys of `projection`."""

from dataclasses import dataclass

from pipeline.config.fields import config_key


@dataclass
class ProjectionConfig:
    """Key `projection`: what is computed and stored in spline.npz beyond the spline itself."""

    quantities: list[str] = config_key([], "names of quantities, added to what the scene's panels draw")
    points: int = config_key(256, "points in x of what is computed on a grid", at_least=2, at_most=100_000)
    neuron: int | None = config_key(
        None,
        "number, from 0, of the neuron whose loss surface is computed; null: the longest in sight that goes farthest",
    )
    window: float | None = config_key(
        None,
        "width over which f'' is averaged; null: the mean gap between samples",
        unit="x as the network sees it",
        above=0,
        at_most=1e50,
    )
