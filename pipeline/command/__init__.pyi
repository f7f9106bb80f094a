from .start import command as command
