"""What can go wrong without a bug: each message is one line that says what to mend. Bugs keep their traceback.

A message has names of arguments in backticks, as in "`rtol` = 2: …", so that those who call a function for others can
say what they know it by.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class PipelineError(Exception):
    """Base of all errors that the command line shows as one line."""


class InputError(PipelineError, ValueError):
    """Input that cannot be used: the message has the key or file (and row), the value, what is allowed."""


class SimulationError(PipelineError, RuntimeError):
    """A simulation that cannot go on: the message has the time or iterate, what happened, the remedy."""


class EncodingError(PipelineError, RuntimeError):
    """An encoder or disk that failed: the message has the encoder's own last words."""


@contextmanager
def known_as(keys: Mapping[str, str]) -> Iterator[None]:
    """Errors of the block name arguments by what `keys` calls them."""
    try:
        yield
    except PipelineError as error:
        raise type(error)(worded(str(error), keys)) from error.__cause__


def worded(text: str, keys: Mapping[str, str]) -> str:
    """A text whose arguments, in backticks, are named by what `keys` calls them."""
    return re.sub("`([^`]+)`", lambda name: keys.get(name[1], name[0]), text)
