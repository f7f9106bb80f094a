"""How fast frames become a video, side by side in one run: this, Matplotlib's FuncAnimation.save, the encoder alone.

    python -m tests.benchmarks.bench_render [--quick] [--against CHECKOUT]

Prints frames/s of the default scene at 1920x1080 by number of neurons, where the time of a frame goes, how much faster
several processes draw, and ratios; --against: another version of this program, in turns with this one, instead.
Ratios count: absolute numbers are those of the machine. Needs no display and no system ffmpeg.
"""

import argparse
import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import numpy as np
from matplotlib.animation import FFMpegWriter, FuncAnimation

from pipeline.model.sources import load_data
from pipeline.projection.spline import project
from pipeline.render.encoding.encoder_process import EncoderProcess
from pipeline.render.encoding.ffmpeg import bundled_ffmpeg
from pipeline.render.encoding.sink import VideoSink, granted_cores
from pipeline.render.encoding.yuv import Planes, planar_size
from pipeline.run.drawing import frames_for, make_scene
from pipeline.run.simulating import simulate
from pipeline.run.take import Take
from pipeline.run.track import silent
from tests.benchmarks.checkouts import HERE, answer, python_in
from tests.conftest import composed

ROUNDS = 5  # of what is measured in turns


def scene_of(width: int):
    """The default scene of a run of `width` neurons, and its config."""
    config = composed(f"init.width={width}")
    data = load_data(config.data)
    trajectory = simulate(config, data, silent)
    return config, make_scene(config, [Take(config, data, trajectory, project(trajectory), {})])


def seconds(work) -> float:
    """Wall time."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def whole(config, scene, frames, folder: Path) -> None:
    """Draw, convert, pipe and encode, as the render stage does in one process."""
    with VideoSink(folder / "ours.mp4", config.video) as sink, frames_for(sink, scene, frames, 1) as converted:
        for frame in converted:
            sink.take(frame)


def drawn(config, scene, frames, processes: int) -> None:
    """Draw and convert by that many processes, for an encoder that takes no time."""
    with frames_for(VideoSink("unwritten.mp4", config.video), scene, frames, processes) as converted:
        for _ in converted:
            pass


def encoder_alone(config, ready, repeats: int, folder: Path) -> None:
    """The same encoder on frames that are there already, drawn and converted."""
    with VideoSink(folder / "alone.mp4", config.video) as sink:
        for k in range(repeats):
            sink.take(ready[k % len(ready)])


def by_func_animation(config, scene, frames, folder: Path) -> None:
    """What Matplotlib's manual says: FuncAnimation.save with its FFMpegWriter, same size, rate, preset and crf."""
    matplotlib.rcParams["animation.ffmpeg_path"] = bundled_ffmpeg()
    figure = scene.canvas.agg.figure
    video = config.video
    writer = FFMpegWriter(
        video.fps, extra_args=["-preset", video.preset, "-crf", str(video.crf), "-pix_fmt", "yuv420p"]
    )
    with scene.style.settings():
        matplotlib.rcParams["animation.ffmpeg_path"] = bundled_ffmpeg()
        animation = FuncAnimation(figure, lambda k: scene._show(k) or [], frames=frames, cache_frame_data=False)
        animation.save(folder / "theirs.mp4", writer=writer)


def pipe_alone(planes, repeats: int) -> None:
    """Hand frames over to a program that does nothing with them."""
    reader = EncoderProcess(["cat"], "pipe", 60.0, time.perf_counter)
    for _ in range(repeats):
        reader.feed(memoryview(planes))
    reader.finish()
    reader.end()


def parts(config, scene, frames) -> dict[str, float]:
    """Milliseconds a frame of each thing the render stage does itself."""
    shown = seconds(lambda: [scene._show(k) for k in frames])
    drawing, converting = drawing_and_converting(config, scene, frames)
    piped = seconds(lambda: pipe_alone(drawn_frames(config, scene, frames[:1])[0], len(frames)))
    spent = {"draw": drawing, "of it: numbers": shown, "convert": converting, "pipe": piped}
    return {name: 1000 * wall / len(frames) for name, wall in spent.items()}


def drawing_and_converting(config, scene, frames) -> tuple[float, float]:
    """Seconds of each, in turns, as in `drawn`."""
    sink, clock = VideoSink("unwritten.mp4", config.video), [time.perf_counter()]
    for frame in scene.frames(frames):
        clock.append(time.perf_counter())
        sink.converted(frame, scene.canvas.take_changed())
        clock.append(time.perf_counter())
    took = np.diff(clock)
    return float(took[::2].sum()), float(took[1::2].sum())


def drawn_frames(config, scene, frames) -> np.ndarray:
    """Frames as the encoder takes them."""
    planes = np.empty((len(frames), planar_size(config.video.width, config.video.height)), np.uint8)
    ready = Planes(config.video.width, config.video.height)
    for k, plane in zip(frames, planes, strict=True):
        plane[:] = ready.show(scene.frame(k))
    return planes


def frame_times(neurons: int, rivals: bool, step: int) -> tuple[dict[str, float], dict[str, float]]:
    """Milliseconds a frame, of this ("ours") and of the rivals; and of each thing that this does itself."""
    config, scene = scene_of(neurons)
    every = list(range(0, len(scene), step))
    scene.frame(0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent = {"ours": seconds(lambda: whole(config, scene, every, folder)) / len(every)}
        if rivals:
            planes = drawn_frames(config, scene, every)
            spent["encoder"] = seconds(lambda: encoder_alone(config, planes, len(every), folder)) / len(every)
            few = every[:: max(len(every) // 24, 1)]
            theirs = seconds(lambda: by_func_animation(config, scene_of(neurons)[1], few, folder))
            spent["FuncAnimation.save"] = theirs / len(few)
    return {name: 1000 * wall for name, wall in spent.items()}, parts(config, scene, every)


def row(neurons: int, rivals: bool, step: int) -> float:
    """Measure and print one number of neurons; milliseconds a frame."""
    spent, own = frame_times(neurons, rivals, step)
    ours = spent.pop("ours")
    others = (f"; {name} {1000 / ms:.1f}, {ms:.1f} ms ({ms / ours:.2f} times ours)" for name, ms in spent.items())
    print(f"{neurons:6d} neurons: {1000 / ours:6.1f} frames/s", *others, sep="")
    print("        ms a frame:", ", ".join(f"{name} {ms:.1f}" for name, ms in own.items()), flush=True)
    return ours


def speeds() -> list[tuple[str, str]]:
    """Rows of the README's table."""
    spent, own = frame_times(300, True, 6)
    ours, alone, theirs = (spent[name] for name in ("ours", "encoder", "FuncAnimation.save"))
    rate = f"{1000 / ours:.0f} frames/s; {alone / ours:.2f} of the encoder alone, {theirs / ours:.0f} times as fast as"
    work = ", ".join(f"{name} {ms:.1f} ms" for name, ms in own.items() if not name.startswith("of it"))
    return [
        ("frames of the default scene, 1920x1080, 300 neurons", f"{rate} `FuncAnimation.save`"),
        ("of it beside the encoder, a frame", work),
    ]


def by_processes(step: int) -> None:
    """Print how much faster several processes draw than one, and how much faster they add, as no machine is ideal."""
    config, scene = scene_of(300)
    frames = range(0, len(scene), step)
    drawn(config, scene, frames, 1)
    for processes in sorted({2, max(granted_cores() // 2, 2)}):
        drawing, adding = [], []
        for _ in range(ROUNDS):
            alone, together = (seconds(lambda n=n: drawn(config, scene, frames, n)) for n in (1, processes))
            drawing.append(alone / together)
            adding.append(processes * seconds(sums) / seconds(lambda n=processes: at_once(n)))
        much = f"{statistics.median(drawing):.2f} times as fast as by one"
        print(f"drawn by {processes} processes: {much}; of sums they do {statistics.median(adding):.2f} times as many")


def sums() -> None:
    """Half a second of arithmetic that needs no memory."""
    sum(k * k for k in range(5_000_000))


def at_once(processes: int) -> None:
    """The same in each of some processes."""
    context = multiprocessing.get_context("fork")
    crew = [context.Process(target=sums) for _ in range(processes)]
    for each in crew:
        each.start()
    for each in crew:
        each.join()


# In turns, each in a process of its own; asked by a line, answers with seconds: wall, of its own and the encoder's CPU.
RIVAL = """
import os, sys, tempfile, time
from pathlib import Path
from tests.benchmarks.bench_render import scene_of, whole
config, scene = scene_of(300)
frames = range(0, len(scene), int(sys.argv[1]))
scene.frame(0)
for _ in sys.stdin:
    with tempfile.TemporaryDirectory() as folder:
        wall, before = time.perf_counter(), os.times()
        whole(config, scene, frames, Path(folder))
        after, spent = os.times(), time.perf_counter() - wall
    own, encoder = (sum(after[k] - before[k] for k in pair) for pair in ((0, 1), (2, 3)))
    print(*(each / len(frames) for each in (spent, own, encoder)), flush=True)
"""


def against(checkout: Path, step: int) -> None:
    """Print milliseconds a frame of 300 neurons in this version and another, and the encoder's share of their CPU time.

    That share is what "the encoder alone" would reach of a machine whose cores are all busy.
    """
    places = {"this": HERE, "other": checkout.resolve()}
    rivals = {name: python_in(place, RIVAL, str(step), PYTHONWARNINGS="ignore") for name, place in places.items()}
    spent: dict[str, list[list[float]]] = {name: [] for name in rivals}
    for _ in range(ROUNDS):
        for name, rival in rivals.items():
            spent[name].append([1000 * float(word) for word in answer(rival).split()])
    for name, rows in spent.items():
        rivals[name].communicate()
        wall, own, encoder = (min(column) for column in zip(*rows, strict=True))
        share = encoder / (own + encoder)
        print(f"{name}: {wall:.2f} ms a frame; CPU {own:.2f} + encoder {encoder:.2f} ms, its share {share:.2f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="every sixth frame, 30 and 300 neurons only")
    parser.add_argument("--against", type=Path, help="a checkout of another version, to be measured in turns with this")
    given = parser.parse_args()
    quick = given.quick
    if given.against:
        against(given.against, 6 if quick else 1)
        return
    sizes = (30, 300) if quick else (30, 300, 1000, 10_000)
    spent = {neurons: row(neurons, neurons == 300, 6 if quick else 1) for neurons in sizes}
    for neurons in sizes[1:]:
        print(f"time a frame, {neurons} to {sizes[0]} neurons: {spent[neurons] / spent[sizes[0]]:.2f}")
    by_processes(6 if quick else 1)


if __name__ == "__main__":
    main()
