"""Keys of the group `embed`."""

from dataclasses import dataclass

from pipeline.config.fields import config_key


@dataclass
class EmbedConfig:
    """Group `embed`: what is made of a finished video for talks, papers and pages."""

    make: bool = config_key(False, "whether it is made")
    gif: bool = config_key(False, "true: also video.gif, at most 720 pixels a side, for where only pictures go")
    webm: bool = config_key(False, "true: also video.webm (VP9), for pages that must not have H.264")
    cuts: list[float] = config_key(
        [],
        "when the clip is cut into sections, ascending, as in [0.1, 3]: each a clip of its own",
        unit="training time",
        at_least=0,
        at_most=1e50,
    )
    beats: bool = config_key(
        True, "whether the beats of a story begin sections, where neither cuts nor events do; false: the clip is whole"
    )
    events: list[str] = config_key(
        [], "catch, release: cut also where a sample catches or releases a breakpoint that bends the curve"
    )
    most_sections: int = config_key(
        6,
        "how many sections events or beats may make; the strongest bends and the longest beats count",
        at_least=2,
        at_most=99,
    )
    shortest: float = config_key(
        1.0, "of the sections that events or beats make", unit="s of video", above=0, at_most=3600
    )
    loop: bool = config_key(True, "false: clips stop on their last frame instead of starting again")
    slides: bool | None = config_key(
        None, "talk.pptx for PowerPoint, Keynote, Impress: true, false, or null: where python-pptx is installed"
    )
    explore: bool = config_key(True, "explore.html, the interactive page; a comparison has none")
    lab: bool = config_key(
        True, "lab.html, the laboratory; only a single run of gradient_flow has one, of squared loss and ReLUs"
    )
    alt: str = config_key("", "alternative text, for those who hear the slide; empty: the run is described")
