"""The README's table of speeds: `python -m tests.benchmarks` measures on this machine, and writes it there.

What is measured is what the benchmarks beside this file measure more thoroughly.
"""

import re
from pathlib import Path

from tests.benchmarks import bench_cold_start, bench_render, bench_solver, bench_start, bench_sweep

README = Path(__file__).parents[2] / "README.md"
PLACE = re.compile(r"(?<=<!-- speeds: begin -->\n).*?(?=<!-- speeds: end -->)", re.DOTALL)
MEASURED = bench_cold_start, bench_start, bench_solver, bench_render, bench_sweep


def main() -> None:
    """Measure and write."""
    lines = ["| | measured |", "|---|---|"]
    for benchmark in MEASURED:
        lines += [f"| {what} | {found} |" for what, found in benchmark.speeds()]
        print(lines[-1], flush=True)
    text = README.read_text(encoding="utf-8")
    README.write_text(PLACE.sub(lambda _: "\n".join(lines) + "\n", text), encoding="utf-8")


if __name__ == "__main__":
    main()
