"""What can go wrong without a bug: each message is one line that says what to mend. Bugs keep their traceback."""


class PipelineError(Exception):
    """Base of all errors that the command line shows as one line."""


class InputError(PipelineError, ValueError):
    """Input that cannot be used: the message has the key or file (and row), the value, what is allowed."""


class SimulationError(PipelineError, RuntimeError):
    """A simulation that cannot go on: the message has the time or iterate, what happened, the remedy."""


class EncodingError(PipelineError, RuntimeError):
    """An encoder or disk that failed: the message has the encoder's own last words."""
