"""The snippets as their tools show them: in Chromium, in Jupyter, by TeX."""

import json
import re
import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

from pipeline.embed.clip import Clip, names_of
from pipeline.embed.snippets import REVEAL, fit
from pipeline.render.film.cues import cues_of
from tests.waiting import until

VIDEOS = "[...document.querySelectorAll('video')]"
PLAYS = "video => !video.paused && video.currentTime > 0.2 && video.muted && video.loop && video.playsInline"


@pytest.fixture(scope="session")
def reveal(tmp_path_factory):
    """The folder of reveal.js, as the package manager of its makers gives it."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    words = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, REVEAL.rpartition("/")[2]]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return folder / "node_modules" / "reveal.js"


def expect_full(page, number: int) -> None:
    """The video covers the page once its slide has moved in, and nothing else is written there."""
    page.wait_for_function(
        f"""(() => {{ const {{ x, y, width, height }} = {VIDEOS}[{number}].getBoundingClientRect();
        const off = [x, y, width - innerWidth, height - innerHeight]; return off.every(a => Math.abs(a) < 2); }})()"""
    )
    assert page.locator(".slides").inner_text().strip() == ""


def shown(talk, tmp_path, name, change=lambda text: text):
    """The address of a changed copy of a snippet among copies of its clips."""
    folder = shutil.copytree(talk, tmp_path / "talk")
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path.as_uri()


def test_a_plain_page_plays_the_video_muted_again_and_again(page, whole):
    page.goto((whole / "talk" / "plain.html").as_uri())
    page.wait_for_function(f"{VIDEOS}.every({PLAYS})")
    page.evaluate(f"{VIDEOS}.forEach(video => video.currentTime = video.duration - 0.2)")
    page.wait_for_function("document.querySelector('video').currentTime < 1")
    label = page.get_attribute("video", "aria-label")
    assert "ReLU network of 12 neurons (He initialisation, scale 1, seed 0)" in label
    assert page.evaluate(f"{VIDEOS}.map(video => [video.videoWidth, video.videoHeight])") == [[480, 270]]
    assert page.evaluate(f"{VIDEOS}.map(video => [video.width, video.height])") == [[480, 270]]


def test_a_page_s_subtitles_are_those_of_the_story(page, whole):
    page.goto((whole / "talk" / "plain.html").as_uri())
    page.evaluate("document.querySelector('track').track.mode = 'showing'")
    page.wait_for_function("document.querySelector('track').readyState === HTMLTrackElement.LOADED")
    cues = "[...document.querySelector('track').track.cues]"
    shown = page.evaluate(f"{cues}.map(cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent])")
    told = cues_of(json.loads((whole / "manifest.json").read_text())["story"])
    assert [words for _, _, words in shown] == [cue.words for cue in told]
    np.testing.assert_allclose([times[:2] for times in shown], [(cue.start, cue.stop) for cue in told], atol=1e-3)


def test_a_page_of_clips_plays_one_at_a_time_the_one_in_sight(page, made):
    page.goto((made / "talk" / "plain.html").as_uri())
    playing = f"{VIDEOS}.map(video => !video.paused).join()"
    assert page.locator("video[controls]").count() == 3
    page.wait_for_function(f"{playing} === 'true,false,false'")
    page.locator("video").nth(2).scroll_into_view_if_needed()
    page.wait_for_function("inSight.has(clips[2])")  # else what is out of sight is told to pause
    page.evaluate("document.querySelectorAll('video')[2].play()")
    page.wait_for_function(f"{playing} === 'false,false,true'")
    page.set_viewport_size({"width": 1280, "height": 280})
    page.evaluate("document.querySelectorAll('video')[1].scrollIntoView()")
    page.wait_for_function(f"{playing} === 'false,true,false'")


def test_a_page_of_clips_rests_for_those_who_want_no_motion(page, made):
    page.emulate_media(reduced_motion="reduce")
    page.goto((made / "talk" / "plain.html").as_uri())
    page.wait_for_function("inSight.size > 0")  # then one would have begun
    assert page.evaluate(f"{VIDEOS}.every(video => video.paused && video.currentTime === 0)")
    page.evaluate("document.querySelector('video').play()")  # as its controls do
    page.wait_for_function(f"({PLAYS})({VIDEOS}[0])")


def test_the_poster_shows_before_the_video_plays(page, whole, tmp_path):
    page.emulate_media(reduced_motion="reduce")
    page.goto(shown(whole / "talk", tmp_path, "plain.html", lambda text: text.replace("controls", 'preload="none"')))
    poster = np.array(Image.open(whole / "poster.png").convert("RGB"))

    def is_poster():
        page.locator("video").screenshot(path=tmp_path / "shown.png")
        return np.array_equal(np.array(Image.open(tmp_path / "shown.png").convert("RGB")), poster)

    until(is_poster)


def test_a_title_of_all_marks_is_shown_as_it_is(page, made):
    page.goto((made / "talk" / "plain.html").as_uri())
    assert page.title() == "ReLU & <β> a sine: 100 %_#μ"
    page.wait_for_function(f"{VIDEOS}.some({PLAYS})")


def test_slides_of_reveal_play_their_clip_while_they_are_shown(page, made, reveal, tmp_path):
    page.goto(shown(made / "talk", tmp_path, "reveal.html", lambda text: text.replace(REVEAL, reveal.as_uri())))
    for number in range(3):
        page.wait_for_function(f"({PLAYS})({VIDEOS}[{number}])")
        until(lambda: page.evaluate(f"{VIDEOS}.map(video => !video.paused)"), [number == other for other in range(3)])
        video = page.locator("video").nth(number)
        assert video.get_attribute("src") == names_of(number + 1)[0]
        expect_full(page, number)
        page.keyboard.press("ArrowRight")


def test_quartos_document_makes_slides_that_play(page, made, reveal, tmp_path):
    """Pandoc stands in for Quarto, which is built on it; reveal.js's own page stands in for its template."""
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    words = ["pandoc", "-f", "markdown", "-t", "revealjs", made / "talk" / "quarto.qmd"]
    slides = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    swap = re.compile(r'(<div class="slides">).*(</div></div>)', re.DOTALL)
    uri = shown(
        made / "talk",
        tmp_path,
        "reveal.html",
        lambda text: swap.sub(lambda m: m[1] + slides + m[2], text).replace(REVEAL, reveal.as_uri()),
    )
    page.goto(uri)
    assert page.locator(".slides > section:has(video)").count() == 3
    frames = page.locator(".slides > section > iframe")
    assert [frame.get_attribute("data-src") for frame in frames.all()] == ["explore.html", "lab.html"]
    for number in range(3):
        page.wait_for_function(f"({PLAYS})({VIDEOS}[{number}])")
        expect_full(page, number)
        page.keyboard.press("ArrowRight")


def test_a_cell_of_jupyter_plays_the_clip_from_inside_the_notebook(page, made, tmp_path, monkeypatch):
    from IPython.display import Video

    monkeypatch.chdir(made / "talk")
    notebook = json.loads((made / "talk" / "jupyter.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], len(notebook["cells"])) == (4, 3)
    lines = "".join(notebook["cells"][1]["source"]).splitlines()
    names = {}
    exec("\n".join(lines[:-1]), names)
    video = eval(lines[-1], names)
    assert isinstance(video, Video)
    (tmp_path / "cell.html").write_text(f'<meta charset="utf-8">{video._repr_html_()}', encoding="utf-8")
    page.goto((tmp_path / "cell.html").as_uri())
    page.wait_for_function("document.querySelector('video').currentTime > 0.1")
    assert page.get_attribute("video", "aria-label").startswith("Section 2 of 3, t = ")


@pytest.mark.parametrize("name", ["beamer", "beamer-pdfpc", "figure"])
def test_tex_compiles(made, tmp_path, name):
    if shutil.which("pdflatex") is None:
        pytest.skip("TeX (pdflatex) is not installed")
    if name != "figure" and not subprocess.run(["kpsewhich", "beamer.cls"], capture_output=True).stdout:
        pytest.skip("TeX has no beamer")
    words = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"-output-directory={tmp_path}", f"{name}.tex"]
    result = subprocess.run(words, cwd=made / "talk", capture_output=True, text=True, errors="replace")
    assert result.returncode == 0, result.stdout[-2000:]
    assert "Overfull" not in result.stdout
    pdf = (tmp_path / f"{name}.pdf").read_bytes()
    pages = 1 if name == "figure" else 3
    assert f"({pages} page" in result.stdout
    if name != "figure":
        text = (made / "talk" / f"{name}.tex").read_text(encoding="utf-8")
        assert all(names_of(number)[0] in text for number in (1, 2, 3))
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1080), (720, 1280)])
def test_a_clip_fits_a_room_in_its_own_shape(width, height):
    clip = Clip("a.mp4", "a.png", "b.png", width, height, 1.0, "", "", True, "#ffffff", "#000000")
    shown_width, shown_height = fit(clip, 1220.0, 610.0)
    assert shown_width / shown_height == pytest.approx(width / height)
    assert shown_width <= 1220.0001
    assert shown_height <= 610.0001
    assert shown_width > 1219 or shown_height > 609
