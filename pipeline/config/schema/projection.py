"""Keys of `projection`."""

from dataclasses import dataclass, field


@dataclass
class ProjectionConfig:
    """Key `projection`: what is computed of the run beyond its spline form."""

    quantities: list[str] = field(default_factory=list)
    points: int = 256
    neuron: int | None = None
    window: float | None = None
