"""The browser that other tests play things in: it takes our videos, and tells of what a talk must not do."""

import numpy as np

from pipeline.render.encoding.sink import VideoSink
from tests.conftest import composed
from tests.waiting import until


def test_it_plays_the_video_we_encode(page, tmp_path):
    settings = composed("video=draft", "video.width=64", "video.height=64").video
    with VideoSink(tmp_path / "video.mp4", settings) as sink:
        for grey in range(15):
            sink.write(np.full((64, 64, 3), 10 * grey, np.uint8))
    (tmp_path / "page.html").write_text('<video src="video.mp4" autoplay loop muted></video>', encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_function("document.querySelector('video').currentTime > 0.3")


def test_it_tells_of_errors_and_of_requests_that_leave_the_machine(page, faults, tmp_path):
    script = "console.warn('beware'); setTimeout(() => { throw new Error('broken') })"
    text = f'<meta charset="utf-8"><img src="https://example.org/pixel.png"><script>{script}</script>'
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    expected = "beware", "broken", "asks for https://example.org/pixel.png"
    until(lambda: page.evaluate("true") and all(any(said in fault for fault in faults) for said in expected))
    faults.clear()
