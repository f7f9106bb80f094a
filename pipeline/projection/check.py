"""Rules of `projection`, told before any work. No SciPy here, but where quantities are named."""

from collections.abc import Sequence

from pipeline.config.nearest import did_you_mean
from pipeline.config.schema.projection import ProjectionConfig
from pipeline.errors import InputError
from pipeline.simulate.loss import SQUARED


def check_projection(projection: ProjectionConfig, width: int) -> None:
    """Raise InputError at the first rule that the keys break; width: number of neurons."""
    check_quantities("projection.quantities", projection.quantities)
    neuron = projection.neuron
    if neuron is not None and not -width <= neuron < width:
        raise InputError(f"projection.neuron = {neuron}: there are {width} neurons; give 0 to {width - 1}")


def check_quantities(key: str, names: Sequence[str]) -> None:
    """Raise InputError at the first name of a quantity that there is not."""
    if names:  # the table imports much of SciPy
        from pipeline.projection.quantities import check_name

        for name in names:
            check_name(key, name)


def check_scope(key: str, names: Sequence[str], loss: str, inactive: float) -> None:
    """Raise InputError at the first quantity that there is not, or that is not known for a run's loss and slope ρ of
    inactive neurons.
    """
    if loss != SQUARED or inactive != 0:  # else all are, and the table imports much of SciPy
        check_quantities(key, names)
        from pipeline.projection.quantities import QUANTITIES

        for name in names:
            QUANTITIES[name].scope.check(key, name, loss, inactive)


def check_scalar(key: str, name: str) -> None:
    """Raise InputError for what is no quantity of one number a frame."""
    from pipeline.projection.quantities import QUANTITIES

    scalars = sorted(each for each, row in QUANTITIES.items() if row.shape == "F")
    if name not in QUANTITIES:
        raise InputError(
            f"{key}: there is no quantity {name}{did_you_mean(name, scalars)}; there are {', '.join(scalars)}"
        )
    if QUANTITIES[name].shape != "F":
        raise InputError(f"{key}: {name} is no single number a frame, but {QUANTITIES[name].shape.replace(' ', ' x ')}")
