"""The module of pages: the solver that Numba compiles, for WebAssembly.

`python -m pipeline.embed.lab.build` writes solver.wasm and solver.json beside this file, where they are not those of
the present sources; with --anew in any case. It takes LLVM's linker for WebAssembly: `wasm-ld` (Debian's `lld`), or
the one in `pip install ziglang`.

Numba's code is taken before LLVM has optimised it, since by then it would be for this machine's pointers.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.console.say import say
from pipeline.embed.lab.module import LAYOUT, MODULE, is_current, version_of_sources
from pipeline.errors import InputError

NAME = "pipeline.embed.lab.build"
TRIPLE = "wasm32-unknown-unknown"
ANEW = "--anew"
STACK = 1 << 20  # bytes
FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint"  # of WebAssembly, which browsers have had since 2021
# As plain as Numba makes it, for no processor in particular.
PLAIN = {"NUMBA_OPT": "0", "NUMBA_LOOP_VECTORIZE": "0", "NUMBA_SLP_VECTORIZE": "0", "NUMBA_CPU_NAME": "generic"}


def main() -> int:
    """Build where Numba makes plain code, which has to be said before it is imported."""
    if is_current() and ANEW not in sys.argv[1:]:
        print(f"{MODULE}: is of the present sources; {ANEW} builds it all the same")
        return 0
    try:
        linker = find_linker()
    except InputError as error:
        say(f"error: {error}")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        environment = os.environ | PLAIN | {"NUMBA_CPU_FEATURES": "", "NUMBA_CACHE_DIR": scratch}
        words = [sys.executable, "-W", "ignore", "-c", f"from {NAME} import build; build({scratch!r}, {linker!r})"]
        done = subprocess.run(words, env=environment, check=False)
    if done.returncode:
        return done.returncode
    print(f"{MODULE}: {MODULE.stat().st_size / 1e3:.0f} kB")
    return 0


def find_linker() -> list[str]:
    """The words that call a linker for WebAssembly. Raises InputError where there is none."""
    names = "wasm-ld", *(f"wasm-ld-{version}" for version in range(30, 13, -1))
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return [found]
    if find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "wasm-ld"]
    raise InputError("no linker for WebAssembly: `apt-get install lld` or `pip install ziglang`")


def build(scratch: str, linker: Sequence[str]) -> None:
    """Write the module and its layout."""
    from pipeline.embed.lab.entry import EXPORTS, MOST_NEURONS, compiled_exports, layout

    objects = []
    for name, function in compiled_exports().items():
        target = Path(scratch) / f"{name}.o"
        target.write_bytes(object_code(function, name))
        objects.append(target)
    options = ["--no-entry", "--allow-undefined", "--gc-sections", "--strip-all", "-z", f"stack-size={STACK}"]
    exports = [f"--export={name}" for name in (*EXPORTS, "__heap_base")]
    subprocess.run([*linker, *options, *exports, *map(str, objects), "-o", str(MODULE)], check=True)
    about = {"sources": version_of_sources(), "most_neurons": MOST_NEURONS, **layout()}
    LAYOUT.write_text(json.dumps(about, separators=(",", ":")).replace('],["', '],\n["') + "\n", encoding="utf-8")


def object_code(function: Any, name: str) -> bytes:
    """The object file of a Numba cfunc, which it defines by a name."""
    from llvmlite import binding

    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()
    machine = binding.Target.from_triple(TRIPLE).create_target_machine(opt=3, codemodel="default", features=FEATURES)
    module = binding.parse_assembly(for_wasm(function.inspect_llvm(), str(machine.target_data)))
    for each in module.functions:
        if each.name == function.native_name:
            each.name = name
        elif not each.is_declaration:
            each.linkage = "internal"
    tuning = binding.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.slp_vectorization = False
    passes = binding.create_pass_builder(machine, tuning)
    passes.getModulePassManager().run(module, passes)
    module.verify()
    emitted: bytes = machine.emit_object(module)
    return emitted


def for_wasm(code: str, data_layout: str) -> str:
    """LLVM's code for another target; globals that linkers would merge are its own."""
    code = re.sub(r"^target triple = .*$", f'target triple = "{TRIPLE}"', code, flags=re.MULTILINE)
    code = re.sub(r"^target datalayout = .*$", f'target datalayout = "{data_layout}"', code, flags=re.MULTILINE)
    return re.sub(r"= common global", "= internal global", code)


if __name__ == "__main__":
    sys.exit(main())
