"""The colours of a page, light and dark: the run's own theme where it has that brightness, and ours for the other."""

from pipeline.config.home import shipped_theme
from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.theme import contrast

COLOURS = (
    *("background", "foreground", "muted", "data", "rule"),
    *("rising", "falling", "reference", "reference_2"),
)


def brightness(theme: ThemeConfig) -> str:
    """Whether a theme is `light` or `dark`."""
    ground = theme.background
    return "dark" if contrast(ground, "#ffffff") > contrast(ground, "#000000") else "light"


def page_themes(own: ThemeConfig) -> dict[str, ThemeConfig]:
    """By brightness, `light` and `dark`."""
    return {name: own if name == brightness(own) else shipped_theme(name) for name in ("light", "dark")}


def style_sheet(own: ThemeConfig) -> str:
    """CSS variables for both: what the system prefers, unless the page's root has data-theme."""
    light, dark = (_variables(theme) for theme in page_themes(own).values())
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark; {dark} }} }}\n"
        f':root[data-theme="light"] {{ color-scheme: light; {light} }}\n'
        f':root[data-theme="dark"] {{ color-scheme: dark; {dark} }}\n'
    )


def _variables(theme: ThemeConfig) -> str:
    return " ".join(f"--{name}: {getattr(theme, name)};" for name in COLOURS) + f" --trail: {theme.trail_opacity};"
