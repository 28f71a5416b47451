"""The command line: `turnus new`, `validate`, `solve`, `check` and `rules`."""

from turnus.cli.start import main

__all__ = ["main"]
