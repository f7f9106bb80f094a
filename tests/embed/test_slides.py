"""talk.pptx: reopened, and shown by LibreOffice where it is installed."""

import shutil
import subprocess
import zipfile

import numpy as np
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from pipeline.embed.clip import names_of
from tests.embed.conftest import COMMAND

TIMING = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@pytest.fixture(scope="module")
def deck(made):
    return Presentation(made / "talk" / "talk.pptx")


def movie_of(slide):
    return next(shape for shape in slide.shapes if shape.element.tag.endswith("}pic"))


def test_every_section_has_a_slide_of_16_to_9_with_its_title(deck):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(titles) == 3
    assert titles[0].startswith("t = 0 to ")


def test_clips_are_in_the_file_and_fill_the_slide_under_a_title_that_is_only_heard(made, deck):
    with zipfile.ZipFile(made / "talk" / "talk.pptx") as archive:
        media = [archive.read(name) for name in archive.namelist() if name.startswith("ppt/media/")]
    for number, slide in enumerate(deck.slides, 1):
        video, poster, _ = names_of(number)
        assert (made / "talk" / video).read_bytes() in media
        movie, title = movie_of(slide), slide.shapes.title
        assert movie.poster_frame.blob == (made / "talk" / poster).read_bytes()
        assert movie.width / movie.height == pytest.approx(480 / 270, rel=1e-3)
        assert (movie.left, movie.top) == pytest.approx((0, 0), abs=Inches(0.01))
        assert (movie.width, movie.height) == pytest.approx((deck.slide_width, deck.slide_height), rel=1e-3)
        assert title.top + title.height <= 0


def test_a_clip_starts_with_its_slide_muted_and_loops(deck):
    for slide in deck.slides:
        timings = slide.element.findall(TIMING + "timing")
        assert len(timings) == 1
        effect = timings[0].find(f".//{TIMING}cTn[@presetClass='mediacall']")
        assert effect.get("nodeType") == "afterEffect"
        assert effect.find(f".//{TIMING}cmd").get("cmd") == "playFrom(0.0)"
        media = timings[0].find(f".//{TIMING}cMediaNode")
        assert media.get("mute") == "1"
        assert media.find(TIMING + "cTn").get("repeatCount") == "indefinite"
        targets = {target.get("spid") for target in timings[0].iter(TIMING + "spTgt")}
        assert targets == {str(movie_of(slide).shape_id)}


def test_notes_have_the_parameters_and_the_command(deck):
    notes = deck.slides[1].notes_slide.notes_text_frame.text.splitlines()
    assert notes[0].startswith("Section 2 of 3, t = ")
    assert "12 neurons, He initialisation, scale 1, seed 0" in notes
    assert notes[-1] == f"Command: {COMMAND}"
    assert movie_of(deck.slides[1]).element.nvPicPr.cNvPr.get("descr") == notes[0]


def test_notes_begin_with_what_to_say(whole):
    deck = Presentation(whole / "talk" / "talk.pptx")
    notes = deck.slides[0].notes_slide.notes_text_frame.text.splitlines()
    assert [line.startswith("Say: ") for line in notes] == [True] * 3 + [False] * (len(notes) - 3)
    assert notes[0] == "Say: It <b>falls</b> & bends"
    assert notes[-1] == f"Command: {COMMAND}"


def test_layouts_for_slides_of_ones_own_are_as_wide_as_the_slide(deck):
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            assert shape.left + shape.width <= deck.slide_width
    title = deck.slide_master.placeholders[0]
    assert title.left + title.width > Inches(12)


def small(image):
    """Its brightness, so small that a pixel's shift does not count."""
    return np.array(image.convert("L").resize((96, 54), Image.Resampling.BOX), int)


@pytest.mark.slow
def test_libreoffice_shows_the_poster(made, tmp_path):
    soffice, pdftoppm = map(shutil.which, ("soffice", "pdftoppm"))
    if not (soffice and pdftoppm):
        pytest.skip("LibreOffice (soffice) or pdftoppm is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, made / "talk" / "talk.pptx"]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    pages = [pdftoppm, "-r", "72", "-png", tmp_path / "talk.pdf", tmp_path / "page"]
    subprocess.run(pages, check=True, capture_output=True)
    deck = Presentation(made / "talk" / "talk.pptx")
    for number, slide in enumerate(deck.slides, 1):
        page, movie = Image.open(tmp_path / f"page-{number}.png").convert("RGB"), movie_of(slide)
        scale = page.width / deck.slide_width
        left, top, width, height = (round(scale * side) for side in (movie.left, movie.top, movie.width, movie.height))
        shown = small(page.crop((left, top, left + width, top + height)))
        poster = small(Image.open(made / "talk" / names_of(number)[1]))
        assert np.abs(shown - poster).mean() < 0.2 * np.abs(255 - poster).mean()  # far nearer than an empty page
