"""How much work an encoder takes for a smaller file, in x264's words."""

from dataclasses import dataclass

from pipeline.config.tables import Table


@dataclass(frozen=True)
class Preset:
    """One trade of work for size: VP9's cpu-used for the same word; refinement: more of x264's parameters."""

    cpu_used: int
    refinement: str = ""


PRESETS: Table[Preset] = Table(
    "encoder preset",
    {
        "ultrafast": Preset(5),
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
