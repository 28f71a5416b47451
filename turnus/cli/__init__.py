"""The command line: `turnus new`, `validate`, `solve` and `check`.

This module alone is imported at start-up. The language has to be known before any help text is made,
and everything heavy is imported by the verb that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from turnus.texts import DEFAULT_LANGUAGE, LANGUAGE_VARIABLE, known_language, set_language

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done · 1 bad input or usage · 2 proven impossible · 3 nothing found in the time given ·
    4 the audit found hard breaches · 70 internal error · 130 aborted with Ctrl-C.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    from turnus.cli.language import asked_language

    asked = asked_language(words)
    set_language(known_language(asked or os.environ.get(LANGUAGE_VARIABLE, "")) or DEFAULT_LANGUAGE)
    from turnus.cli.run import run

    sys.exit(run(words))
