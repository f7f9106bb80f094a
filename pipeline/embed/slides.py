"""PowerPoint slides: a 16:9 slide a clip, which starts with its slide, by python-pptx."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches

from pipeline.embed.clip import Clip
from pipeline.embed.escape import json_anywhere, markup
from pipeline.embed.snippets import TEMPLATES, fit
from pipeline.embed.templating import fill

WIDTH, HEIGHT = 13.333, 7.5  # inches: 16:9
TITLE = 0.85  # inches: height of a title
TITLE_ONLY = 5  # number of that layout in python-pptx's own template
PROVENANCE = "urn:relu-spline-videos:provenance"  # namespace of the custom XML part that holds it


def write_slides(path: Path, clips: Sequence[Clip], place_of: Callable[[str], Path], provenance: str) -> None:
    """Write a presentation of clips, whose files stand at place_of(name); provenance: JSON, kept in the file."""
    deck = Presentation()
    widen(deck)
    for clip in clips:
        add_clip(deck, clip, place_of)
    deck.core_properties.title = clips[0].title[:255]  # the format's limit
    keep(deck, provenance)
    deck.save(str(path))


def widen(deck: Any) -> None:
    """From the template's 4:3 to 16:9, with all that its layouts place."""
    stretch = Inches(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape.element.spPr.find(".//{*}off") is not None:  # else it stands where the master says
                shape.left, shape.width = Emu(round(shape.left * stretch)), Emu(round(shape.width * stretch))


def add_clip(deck: Any, clip: Clip, place_of: Callable[[str], Path]) -> None:
    """A slide that a clip fills; its title, for outlines and those who hear the slide, stands above what is shown."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = map(Inches, (0, -TITLE, WIDTH, TITLE))
    title.text_frame.text = clip.title
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor.from_string(clip.background[1:].upper())
    width, height = fit(clip, WIDTH, HEIGHT)
    corner = (WIDTH - width) / 2, (HEIGHT - height) / 2
    movie = slide.shapes.add_movie(
        str(place_of(clip.video)),
        *map(Inches, (*corner, width, height)),
        poster_frame_image=str(place_of(clip.poster)),
        mime_type="video/mp4",
    )
    movie.name = clip.video
    movie.element.nvPicPr.cNvPr.set("descr", clip.description)
    play_with_slide(slide, movie, clip)
    slide.notes_slide.notes_text_frame.text = "\n".join(clip.notes)


def play_with_slide(slide: Any, movie: Any, clip: Clip) -> None:
    """Let a clip start when its slide is shown, muted, and start again where it loops.

    In place of python-pptx's own timing, which waits for a click (ECMA-376 part 1, section 19.5).
    """
    earlier = slide.element.find("{*}timing")
    if earlier is not None:
        slide.element.remove(earlier)
    repeats = "indefinite" if clip.loop else "1000"  # thousandths of once
    values = {"shape": movie.shape_id, "milliseconds": round(1000 * clip.seconds), "repeats": repeats}
    slide.element.append(parse_xml(fill(TEMPLATES / "timing.xml", "html", values)))


def keep(deck: Any, provenance: str) -> None:
    """Store a JSON text in a part of its own, which programs keep and do not show."""
    blob = f'<provenance xmlns="{PROVENANCE}">{markup(json_anywhere(provenance))}</provenance>'.encode()
    part = Part(PackURI("/customXml/item1.xml"), "application/xml", deck.part.package, blob)
    deck.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
