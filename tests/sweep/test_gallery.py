"""The page over a sweep's runs, in a real browser, from files."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from pipeline.config.language import english, language_of
from pipeline.config.schema.sweep import SweepConfig
from pipeline.embed.told import as_address
from pipeline.render.film.cues import Cue
from pipeline.sweep import gallery
from pipeline.sweep.compared.entries import read_sweep
from pipeline.sweep.compared.summary import LOSS, Row
from pipeline.sweep.comparison import compare
from tests.conftest import composed
from tests.sweep.made import entries_of, make_sweep
from tests.waiting import until

FILES = {"files": {}, "montage": None, "plots": None, "command": ""}


@pytest.fixture(scope="module")
def made(finished) -> Path:
    """The page of the small sweep."""
    compare(
        read_sweep(finished), finished, SweepConfig(width=640, height=360), "python -m pipeline -m </script> & more"
    )
    return finished / gallery.PAGE


@pytest.fixture
def opened(page, made):
    page.goto(made.as_uri())
    return page


def labels(page):
    return page.locator(".card h3").all_text_contents()  # also of cards that are out of sight


def sorted_by(page, name):
    page.locator("#sort").select_option(name)
    return labels(page)


def test_every_run_has_its_card_and_every_file_is_there(opened, made):
    assert opened.title().startswith("small")  # the folder over sweep/
    assert len(labels(opened)) == 6
    assert "6 runs, 2 failed" in opened.locator("#counts").inner_text()
    assert "python -m pipeline -m </script> & more" in opened.locator("#counts").inner_text()
    names = "e.getAttribute('src'), e.getAttribute('href'), e.getAttribute('poster')"
    addresses = opened.evaluate(f"[...document.querySelectorAll('*')].flatMap(e => [{names}])")
    files = [unquote(address) for address in addresses if address and not address.startswith(("#", "data:"))]
    assert len(files) > 8
    assert all((made.parent / name).exists() for name in files)
    assert not any(name.startswith(("/", "..")) or ":" in name for name in files)


def test_pictures_are_shown_and_fetched_only_when_they_come_near(opened):
    opened.locator(".card img").first.scroll_into_view_if_needed()
    opened.wait_for_function("document.querySelector('.card img').naturalWidth === 480")
    assert opened.locator(".card img").first.get_attribute("src").endswith("last.png")
    assert set(opened.locator(".card img").evaluate_all("all => all.map(one => one.loading)")) == {"lazy"}
    opened.keyboard.press("p")
    assert opened.locator(".card img").first.get_attribute("src").endswith("poster.png")
    opened.wait_for_function("document.querySelector('#montage video').videoWidth === 640")


def test_a_poster_plays_on_hover_and_rests_afterwards(opened):
    card = opened.locator(".card").first
    assert card.locator("video").count() == 0
    card.hover()
    opened.wait_for_function("document.querySelector('.card video')?.currentTime > 0.2")
    opened.mouse.move(0, 0)
    opened.wait_for_function("!document.querySelector('.card video')")


def test_it_can_be_sorted_both_ways(opened):
    assert [label[:17] for label in sorted_by(opened, "init.scale")][::2] == [
        "initial scale -1 ",
        "initial scale 0.3",
        "initial scale 3 ·",
    ]
    losses = opened.evaluate("runs.map(run => run.numbers[loss])")
    sorted_by(opened, "final_loss")
    rising = opened.evaluate("runs.map(run => run.numbers[loss])")
    opened.locator("#direction").click()
    falling = opened.evaluate("runs.map(run => run.numbers[loss])")
    known = sorted(value for value in losses if value is not None)
    assert rising == [*known, None, None]
    assert falling == [*known[::-1], None, None]  # what has no number comes last either way


def test_it_can_be_filtered_by_parameters_and_words(opened):
    def press(group, words):
        opened.locator(f".chips[aria-label='{group}'] button", has_text=words).click()

    press("seed", "1")
    assert labels(opened) == ["initial scale 0.3 · seed 1", "initial scale 3 · seed 1", "initial scale -1 · seed 1"]
    press("state", "done")
    assert labels(opened) == ["initial scale 0.3 · seed 1", "initial scale 3 · seed 1"]
    assert opened.locator("#shown").inner_text() == "2 of 6"
    opened.locator("#everything").click()
    assert len(labels(opened)) == 6
    opened.keyboard.press("/")
    opened.keyboard.type("scale = 3 seed = 0")
    assert labels(opened) == ["initial scale 3 · seed 0"]
    opened.locator("#search").fill("nothing like it")
    assert labels(opened) == []


def test_failures_are_shown_with_their_message_and_story(opened, made):
    card = opened.locator(".card.failed").first
    assert "init.scale = -1" in card.text_content()
    card.click()
    assert "must be greater than 0" in opened.locator("#large-message").inner_text()
    story = opened.locator("#large-links a", has_text="failure").get_attribute("href")
    assert "init.scale=-1" in (made.parent / unquote(story)).read_text()


def focused(page):
    return page.evaluate("document.activeElement.run?.label")


def test_all_of_it_works_from_the_keyboard(opened):
    opened.locator(".card").first.focus()
    opened.keyboard.press("ArrowRight")
    assert focused(opened) == "initial scale 0.3 · seed 1"
    opened.keyboard.press("End")
    assert focused(opened) == "initial scale -1 · seed 1"
    opened.keyboard.press("Home")
    opened.keyboard.press("ArrowDown")
    assert focused(opened) == opened.evaluate("runs[across()].label")
    opened.keyboard.press("Home")
    opened.keyboard.press("Space")
    opened.wait_for_function("document.activeElement.querySelector('video')?.currentTime > 0.1")
    opened.keyboard.press("Enter")
    assert opened.locator("#large").is_visible()
    opened.wait_for_function("document.querySelector('#large video').currentTime > 0.1")
    opened.keyboard.press("ArrowRight")
    assert opened.locator("#large-label").inner_text() == "initial scale 0.3 · seed 1"
    opened.keyboard.press("Escape")
    # a dialog tells of its end in an event of its own, after it is gone; the cards take the focus then
    opened.wait_for_function("document.activeElement.run?.label === 'initial scale 0.3 · seed 1'")
    assert not opened.locator("#large").is_visible()
    opened.keyboard.press("v")
    assert opened.locator("#table tbody tr").count() == 6
    opened.locator("#table tbody tr").first.focus()
    opened.keyboard.press("ArrowDown")
    assert focused(opened) == "initial scale 0.3 · seed 1"


def luminance(page, expression):
    return sum(map(int, page.evaluate(f"{expression}.match(/\\d+/g).slice(0, 3)")))


@pytest.mark.parametrize("system", ["light", "dark"])
def test_it_follows_the_system_and_the_user(page, made, system):
    def shown():
        paper, ink = (
            luminance(page, f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color")
        )
        return "light" if paper > ink + 400 else "dark" if ink > paper + 400 else "unreadable"

    page.emulate_media(color_scheme=system)
    page.goto(made.as_uri())
    other = {"light": "dark", "dark": "light"}[system]
    until(shown, system)  # a browser may tell a new page only after its scripts have run
    page.keyboard.press("t")
    assert shown() == other
    page.locator(f"#plots img.{other}").wait_for()  # it has a size once it is read
    assert not page.locator(f"#plots img.{system}").is_visible()
    page.reload()
    assert shown() == other


def test_without_motion_nothing_plays_by_itself(page, made):
    page.emulate_media(reduced_motion="reduce")
    page.goto(made.as_uri())
    page.locator(".card").first.hover()  # what would play begins with that event
    assert page.locator(".card video").count() == 0


def test_a_sweep_of_numbers_is_a_table_that_sorts_by_its_heads(page, tmp_path):
    sweep = make_sweep(tmp_path / "numbers", {"init.scale": [3, 0.3]}, "render=false")
    compare(read_sweep(sweep), sweep)
    page.goto((sweep / gallery.PAGE).as_uri())
    assert not page.locator("#cards").is_visible()
    page.locator("#plots img.light").wait_for()  # it has a size once it is read
    head = page.locator("th", has_text="scale")
    head.locator("button").click()
    assert page.locator("tbody tr td:first-child").all_inner_texts() == ["0.3", "3"]
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.locator("th", has_text="scale").locator("button").click()
    assert page.locator("tbody tr td:first-child").all_inner_texts() == ["3", "0.3"]


def test_a_thousand_runs_fetch_only_what_is_near_and_no_card_is_made_anew_to_sort_them(page, made):
    swept = {"init.scale": [k / 100 for k in range(1, 101)], "init.seed": list(range(10))}
    rows = [Row(entry, {LOSS: entry.values["init.seed"] / 3}) for entry in entries_of(swept)]
    folder = "init.scale%3D3%2Binit.seed%3D0"
    # Each its own address, or the browser would fetch one for all.
    names = {"video": "video.mp4", "poster": "poster.png", "last": "last.png"}
    media = [{what: f"{folder}/{name}?{k}" for what, name in names.items()} for k in range(len(rows))]
    path = made.with_name("thousand.html")
    path.write_text(gallery.page("many", rows, media, FILES, english()), encoding="utf-8")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelector('.card img').complete")
    assert page.locator(".card").count() == 1000
    assert len([url for url in asked if ".png" in url]) < 200
    assert not [url for url in asked if ".mp4" in url]
    page.evaluate("window.before = new Set(document.querySelectorAll('.card')); sortBy('final_loss', true)")
    assert page.evaluate("[...document.querySelectorAll('.card')].filter(card => before.has(card)).length") == 1000
    last = page.locator(".card").last
    assert last.evaluate("card => card.run.numbers[loss]") == 0
    page.locator("#filters input").first.fill("0.995")
    assert page.locator(".card").count() == 10
    last.hover()
    page.wait_for_function("[...document.querySelectorAll('.card')].at(-1).querySelector('video')?.currentTime > 0.1")


def test_what_a_run_says_is_its_video_s_text_track_and_heard(page, made):
    row = Row(entries_of({"init.seed": [0]})[0], {})
    said = {"track": as_address([Cue(0.0, 1.0, "It says <so>", "so")]), "spoken": "It says so.", "lang": "de"}
    video = next(path.relative_to(made.parent).as_posix() for path in made.parent.glob("*/video.mp4"))
    path = made.with_name("said.html")
    path.write_text(gallery.page("said", [row], [{"video": quote(video), **said}], FILES, english()), encoding="utf-8")
    page.goto(path.as_uri())
    page.evaluate("open(DATA.runs[0])")
    page.evaluate("document.querySelector('#large track').track.mode = 'showing'")
    page.wait_for_function("document.querySelector('#large track').track.cues?.length === 1")
    track = "document.querySelector('#large track').track"
    assert page.evaluate(f"{track}.language") == "de"
    assert page.evaluate(f"{track}.cues[0].getCueAsHTML().textContent") == "It says <so>"
    assert page.locator("#large video").get_attribute("aria-label").endswith(". It says so.")


def test_a_page_in_another_language_has_no_english_word_and_its_tag():
    say, own = language_of(composed("language=de").language), english().part("gallery")
    row = Row(entries_of({"init.scale": [1]})[0], {LOSS: 1.0, "roughness": 2.0})
    html = gallery.page("x", [row], [{}], FILES, say)
    shown, script = html.split("<script>")
    assert '<html lang="de">' in shown
    assert '"title":"Rauheit' in script
    assert '"label":"Anfangsskala 1"' in script
    foreign = [text for name, text in own.items() if len(text) > 6 and text != say(f"gallery.{name}")]
    assert not [text for text in foreign if f">{text}" in shown or f'"{text}' in shown or f"> {text}" in shown]
    named = re.findall(r"""\bsay\([^()]*?"(\w+)"(?: : "(\w+)")?""", script)
    assert {name for names in named for name in names if name} <= {*own}


def test_values_cannot_break_the_page(page, tmp_path):
    nasty = ["</script><script>fail()</script>", "{{title}}", '"\\', "<img src=x onerror=fail()>"]
    rows = [Row(entry, {}) for entry in entries_of({"data.title": nasty})]
    (tmp_path / "page.html").write_text(
        gallery.page("<b>{{data}}</b>", rows, [{}] * 4, FILES, english()), encoding="utf-8"
    )
    page.goto((tmp_path / "page.html").as_uri())
    assert page.title() == "<b>{{data}}</b>"
    assert page.evaluate("DATA.runs.map(run => run.values[0])") == nasty
