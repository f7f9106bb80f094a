"""The one exception a user's input can cause; anything else that is raised is a bug."""


class InputError(ValueError):
    """Input that cannot be used: its message is one line with the key, the value, what is allowed."""
