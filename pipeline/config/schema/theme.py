"""Keys of the group `theme`."""

from dataclasses import dataclass

from pipeline.config.fields import config_key


@dataclass
class ThemeConfig:
    """Group `theme`: colours, type and strokes. Sizes are shares of the frame's size, so a look fits every size.

    The two hues of marks differ in luminance by 1.8 : 1, so that they are told apart in grey, what rises the darker one
    in every theme; each stands out 3 : 1 from ground and ink, so that a halo of ink is seen about it. All other inks
    are for words too: 4.5 : 1 on the ground.
    """

    background: str = config_key("#ffffff", "paper", unit="#rrggbb")
    foreground: str = config_key("#0b0d10", "ink: the function, headings", unit="#rrggbb")
    muted: str = config_key("#5a626b", "axes, ticks, small print", unit="#rrggbb")
    data: str = config_key("#6f767e", "samples and what is still to come", unit="#rrggbb")
    rule: str = config_key("#e4e7ea", "rulings", unit="#rrggbb")
    rising: str = config_key("#b53506", "slope rises at a breakpoint (convex); the darker hue", unit="#rrggbb")
    falling: str = config_key("#2a95da", "slope falls at a breakpoint (concave); the lighter hue", unit="#rrggbb")
    reference: str = config_key("#5b21b6", "what a run is compared with: a prediction, a limit", unit="#rrggbb")
    reference_2: str = config_key("#046a4e", "a second such curve", unit="#rrggbb")
    font: str = config_key(
        "DejaVu Sans", "family of all text; this one comes with Matplotlib: every machine draws the same"
    )
    math_font: str = config_key(
        "dejavusans",
        "Matplotlib's font set for formulas",
        choices=("dejavusans", "dejavuserif", "cm", "stix", "stixsans"),
    )
    text_size: float = config_key(
        0.0265,
        "smallest text; never under 1/40 of the frame's height",
        unit="share of the shorter side",
        above=0,
        at_most=0.1,
    )
    smallest_text: float = config_key(11.0, "nor is text smaller than this", unit="px", at_least=0, at_most=100)
    stroke: float = config_key(
        0.0028, "width of an ordinary stroke", unit="share of the shorter side", above=0, at_most=0.05
    )
    smallest_stroke: float = config_key(1.4, "nor is a stroke thinner than this", unit="px", at_least=0, at_most=50)
    mark_size: float = config_key(
        0.036, "width of the largest mark among 60 neurons", unit="share of the shorter side", above=0, at_most=0.5
    )
    trail_opacity: float = config_key(0.45, "of trails in the plane", at_least=0, at_most=1)
