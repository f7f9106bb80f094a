"""How much work an encoder takes for a smaller file, in x264's words."""

from dataclasses import dataclass

from pipeline.config.tables import Table


@dataclass(frozen=True)
class Preset:
    """One trade of work for size: VP9's cpu-used for the same word; refinement: more of x264's parameters, in which
    {constant} is the quantiser that a frame of a drawing gets for the crf, see constant_quantiser.
    """

    cpu_used: int
    refinement: str = ""


PRESETS: Table[Preset] = Table(
    "encoder preset",
    {
        # One quantiser for all frames, so that x264 need not look at how hard each is beforehand: a fifth of its work.
        "ultrafast": Preset(5, ":qp={constant}"),
        "superfast": Preset(5),
        # The default. Drawings stand still or move by themselves: finer motion and frames predicted from later ones
        # would take a fifth to a quarter of the encoder's work each, for at most a fifth of size at the same PSNR.
        # Nothing else that tests/benchmarks/bench_encoder.py tries saves a twentieth of both work and size at the same
        # PSNR: tunings, no mbtree, other quantisation, fewer partitions, a shorter look ahead, sliced threads.
        "veryfast": Preset(4, ":subme=1:bframes=0:weightp=0"),
        "faster": Preset(3),
        "fast": Preset(3),
        "medium": Preset(2),
        "slow": Preset(1),
        "slower": Preset(1),
        "veryslow": Preset(0),
    },
    key="video.preset",
)


def constant_quantiser(crf: int) -> int:
    """The quantiser of 8 bits by which frames without rate control are as good as those of a `crf`, and as large.

    At least 1, as 0 would be lossless. Of our clips in 640x360 to 0.3 dB by PSNR and 0.1 in size, for a crf of 8 to 48;
    in 1920x1080 and 1080x1080 0.2 to 1.1 dB better and 0.06 to 0.12 larger.
    """
    return max(1, crf - 5)
