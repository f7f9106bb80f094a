"""The command: Hydra composes conf/ into one Config, and run() makes the video."""

import contextlib
import os
import shlex
import signal
import sys
import traceback
from pathlib import Path

import hydra
from hydra.core.config_store import ConfigStore
from hydra.core.hydra_config import HydraConfig
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from pipeline.config import Config
from pipeline.errors import InputError, PipelineError
from pipeline.hydra_errors import one_line
from pipeline.names import safe_name

HERE = Path(__file__).parent
# A wheel carries conf/ inside the package; a clone has it beside the package.
CONF = HERE / "conf" if (HERE / "conf").is_dir() else HERE.parent / "conf"

INTERRUPTED = 130
failures: list[PipelineError] = []


def register() -> None:
    """Tell Hydra the types of all keys and the resolvers that conf/ uses."""
    ConfigStore.instance().store("schema", Config)
    OmegaConf.register_new_resolver("safe_name", safe_name, replace=True)


@hydra.main(version_base="1.3", config_path=str(CONF), config_name="config")
def job(composed: DictConfig) -> float | None:
    """One job in Hydra's run directory; returns the final loss, or None where it failed."""
    from pipeline.run import run

    folder = Path(HydraConfig.get().runtime.output_dir)
    try:
        config = OmegaConf.to_object(composed)
        return run(config, _short(folder), shlex.join(["python", "-m", "pipeline", *sys.argv[1:]])).manifest[
            "final_loss"
        ]
    except PipelineError as error:
        failures.append(error)
        _say(error)
        return None
    finally:
        _remove_empty(folder)


def main() -> None:
    """Run the command; exit 0 when all is made, 1 or 2 when one line says why not, 130 when interrupted."""
    # Hydra then raises what it would print, so that one place words every message.
    os.environ["HYDRA_FULL_ERROR"] = "1"
    signal.signal(signal.SIGTERM, _interrupt)
    register()
    try:
        job()
    except (HydraException, OmegaConfBaseException) as error:
        _fail(InputError(one_line(error)))
    except (OSError, ValueError) as error:
        if job.__name__ in _callers(error):
            raise
        _fail(_hydras_own(error))
    except KeyboardInterrupt:
        print("interrupted: earlier results stand as they were", file=sys.stderr)
        sys.exit(INTERRUPTED)
    if failures:
        sys.exit(2 if isinstance(failures[0], InputError) else 1)


def _interrupt(*_) -> None:
    raise KeyboardInterrupt


def _say(error: Exception) -> None:
    print(f"error: {error}", file=sys.stderr)


def _fail(error: Exception) -> None:
    _say(error)
    sys.exit(2)


def _short(folder: Path) -> Path:
    """The folder as seen from where the user stands, if it lies below."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _callers(error: Exception) -> list[str]:
    """Names of the functions an exception came through; without `job` among them it is Hydra's own."""
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def _hydras_own(error: OSError | ValueError) -> InputError:
    """What Hydra stumbled over before the job began: a run directory it cannot make, a group set to null."""
    if isinstance(error, OSError):
        return InputError(f"hydra.run.dir = {error.filename}: {error.strerror}; give a folder that can be written")
    return InputError(one_line(error))


def _remove_empty(folder: Path) -> None:
    """Remove the run directory, which Hydra makes before the config is checked, and parents it leaves empty."""
    with contextlib.suppress(OSError):
        while folder.absolute() != Path.cwd():
            folder.rmdir()
            folder = folder.parent


if __name__ == "__main__":
    main()
