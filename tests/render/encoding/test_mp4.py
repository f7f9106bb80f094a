"""Frames of an MP4, counted in its boxes: as the standard has them, whichever way a program may write them."""

import struct

import numpy as np
import pytest
from hypothesis import given, settings as trials, strategies as st

from pipeline.render.encoding.mp4 import count_frames, decoder_parameters


def box(kind, content, wide=False):
    """A box; wide: with a size of eight bytes."""
    if wide:
        return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content
    return struct.pack(">I4s", 8 + len(content), kind) + content


def track(sizes, each=0):
    """A track of frames; each: the size of all, where they are not listed."""
    listed = b"" if each else struct.pack(f">{len(sizes)}I", *sizes)
    content = box(b"stsz", struct.pack(">3I", 0, each, len(sizes)) + listed)
    for kind in (b"stbl", b"minf", b"mdia", b"trak"):
        content = box(b"free", b"12") + box(kind, content) + box(b"free", b"")
    return content


def film(sizes, *, each=0, wide=False, more=()):
    """A file of a track of frames, and more tracks behind it."""
    moov = box(b"moov", track(sizes, each) + b"".join(track(other) for other in more))
    return box(b"ftyp", b"isom") + moov + box(b"mdat", bytes(sum(sizes) + sum(map(sum, more))), wide)


SIZES = st.lists(st.integers(0, 50), min_size=0, max_size=8)


@trials(deadline=None)
@given(sizes=SIZES, wide=st.booleans(), more=st.lists(SIZES, max_size=2), share=st.floats(0, 1, exclude_max=True))
def test_all_frames_are_counted_and_none_of_what_is_cut_off(tmp_path_factory, sizes, wide, more, share):
    path, data = tmp_path_factory.mktemp("film") / "a.mp4", film(sizes, wide=wide, more=more)
    path.write_bytes(data)
    assert count_frames(path) == len(sizes)
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(ValueError, match=r"part of|no "):
        count_frames(path)


def test_frames_of_one_size_need_no_list(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(film([7] * 5, each=7))
    assert count_frames(path) == 5
    path.write_bytes(film([7] * 5, each=8))
    with pytest.raises(ValueError, match="35 bytes of frames instead of 40"):
        count_frames(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no moov"),
        (box(b"moov", b""), "no trak"),
        (film([3, 4]) + b"\0", "part of"),
        (film([3]).replace(struct.pack(">2I", 1, 3), struct.pack(">2I", 2, 3)), "sizes of 1 frames instead of 2"),
        (np.random.default_rng(0).bytes(5000), "part of"),
    ],
    ids=["nothing", "no track", "more behind it", "a wrong count", "noise"],
)  # fmt: skip
def test_what_is_no_whole_film_is_told_so(tmp_path, data, reason):
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=reason):
        count_frames(path)


@pytest.mark.parametrize("data", [b"", film([3, 4])], ids=["nothing", "no entry for a decoder"])
def test_what_is_no_film_of_h264_tells_a_decoder_nothing(tmp_path, data):
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"no moov|no stsd"):
        decoder_parameters(path)
