"""The command line: `turnus new`, `validate`, `solve` and `check`."""

from turnus.cli.start import main

__all__ = ["main"]
