"""Keys of the group `embed`."""

from dataclasses import dataclass, field


@dataclass
class EmbedConfig:
    """Group `embed`: what is made of a finished video for talks, papers and pages."""

    make: bool = False
    gif: bool = False
    webm: bool = False
    cuts: list[float] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    most_sections: int = 6
    shortest: float = 1.0
    loop: bool = True
    slides: bool | None = None
    explore: bool = True
    alt: str = ""
