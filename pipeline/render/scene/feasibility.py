"""What a scene needs to be drawn: its font, its words, room for its panels."""

from collections.abc import Callable, Mapping

from matplotlib.cbook import is_math_text
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.mathtext import MathTextParser

from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.schema.video import LONGEST_SIDE
from pipeline.errors import InputError
from pipeline.render.scene.panel_grid import NoRoom
from pipeline.render.scene.scene import Scene

SHAPES = 9 / 16, 1, 16 / 9  # one side by the other: what to try where a frame is too small
LARGER = [1.25**k for k in range(1, 30)]  # and how many times as large, where either side is


def check_font(theme: ThemeConfig) -> None:
    """InputError for a font family that is not installed."""
    try:
        findfont(FontProperties(family=[theme.font]), fallback_to_default=False)
    except ValueError:
        names = ", ".join(sorted({font.name for font in fontManager.ttflist}))
        message = f"theme.font = {theme.font}: not installed; {ThemeConfig.font} always is; here are {names}"
        raise InputError(message) from None


def check_words(theme: ThemeConfig, words: Mapping[str, str]) -> None:
    """InputError for text, by its key, that is a formula in part and cannot be set, or has a letter no font has.

    To be called under the style's settings.
    """
    glyphs = {glyph for family in (theme.font, ThemeConfig.font) for glyph in _glyphs(family)}
    for key, text in words.items():
        if (text.count("$") - text.count(r"\$")) % 2:  # it would pair with one of the words around it
            raise InputError(f"{key} = {text}: a $ without a second one starts no formula; write \\$ for a dollar sign")
        if is_math_text(text):
            _check_formula(key, text)
        missing = [letter for letter in text if ord(letter) not in glyphs and not letter.isspace()]
        if missing:
            raise InputError(f"{key} = {text}: {theme.font} has no {missing[0]!r}; choose another theme.font, or words")


def _glyphs(family: str) -> set[int]:
    return set(get_font(findfont(FontProperties(family=[family]))).get_charmap())


def _check_formula(key: str, text: str) -> None:
    try:
        MathTextParser("agg").parse(text)
    except ValueError as error:
        reason = str(error).strip().splitlines()[-1]
        raise InputError(f"{key} = {text}: no formula ({reason}); mend it, or write \\$ for a dollar sign") from None


def in_room(width: int, height: int, build: Callable[[int, int], Scene], group: str = "video") -> Scene:
    """The scene; InputError where it has no room in a frame of that width and height, px, keys of a config group.

    build: makes the scene for frames of a width and height, or raises NoRoom; it alone decides what fits.
    """
    try:
        return build(width, height)
    except NoRoom:
        raise InputError(_remedy(width, height, build, group)) from None


def _remedy(width: int, height: int, build: Callable[[int, int], Scene], group: str) -> str:
    """Which side of the frame is too short, and how long it has to be."""
    for side in wider(width, height):
        if fits(build, side, height):
            return f"{group}.width = {width}: too narrow for this scene at {group}.height = {height}; {side} is enough"
    for side in wider(height, width):
        if fits(build, width, side):
            return f"{group}.height = {height}: too low for this scene at {group}.width = {width}; {side} is enough"
    place = f"{group}.width = {width}, {group}.height = {height}: too small for this scene"
    for both in ((2 * round(0.5 * times * width), 2 * round(0.5 * times * height)) for times in LARGER):
        if max(both) > LONGEST_SIDE:
            break
        if fits(build, *both):
            return f"{place}; {both[0]} and {both[1]} are enough"
    return f"{place}, as is every frame of its shape; show fewer runs or panels"


def fits(build: Callable[[int, int], Scene], width: int, height: int) -> bool:
    """Whether the scene has room in a frame of a size."""
    try:
        build(width, height)
    except NoRoom:
        return False
    return True


def wider(side: int, other: int) -> list[int]:
    """Longer sides to try beside the other one, even, px: those that make a frame of a usual shape."""
    sides = [2 * round(other * shape / 2) for shape in SHAPES]
    return [longer for longer in sides if side < longer <= LONGEST_SIDE]
