"""Every shipped experiment and data set becomes a video, at draft size."""

import pytest

from pipeline.config.home import CONF
from pipeline.make import make
from pipeline.render.film.storyboard import clip_frames
from tests.conftest import DRAFT, composed

EXPERIMENTS = sorted(path.stem for path in (CONF / "experiment").glob("*.yaml"))
DATA = sorted({path.stem for path in (CONF / "data").glob("*.yaml")} - {"csv", "recorded"})


@pytest.mark.parametrize(
    "override", [*(f"experiment={name}" for name in EXPERIMENTS), *(f"data={name}" for name in DATA)]
)
def test_becomes_a_video(override, tmp_path):
    # Six runs side by side have room, and what is told stands for few frames.
    size = *DRAFT, "video.width=640", "video.height=360", "video.fps=2"
    config = composed(override, *size)
    runs = {label: composed(override, *size, *more) for label, more in config.compare.items()}
    result = make(config, tmp_path, runs=runs)
    assert result.video.stat().st_size > 1000
    assert result.manifest["frames"] == clip_frames(config.timing.seconds, config.scene, config.video.fps)
