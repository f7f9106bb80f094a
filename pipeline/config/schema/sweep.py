"""Keys of `sweep`."""

from dataclasses import dataclass, field


@dataclass
class SweepConfig:
    """Key `sweep`: what is made of the finished jobs of a sweep."""

    bunch: int | None = None
    compare: bool = True
    montage: bool = True
    rows: str | None = None
    columns: str | None = None
    times: list[float] | None = None
    mosaic: list[list[str]] = field(default_factory=lambda: [["function"]])
    width: int = 1920
    height: int = 1080
