"""Where every command begins: the language is chosen before any text of the help is made.

Little is imported here, and everything heavy by the verb that needs it, so that help and mistakes in the
command line come at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from turnus.texts import DEFAULT_LANGUAGE, LANGUAGE_VARIABLE, known_language, set_language

#: Objects made before Python looks for rings of them: a report makes many and leaves no rings, and the usual
#: few hundred would have it look thousands of times.
_MANY_OBJECTS = 100_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done · 1 bad input or usage · 2 proven impossible · 3 nothing found in the time given ·
    4 the audit found hard breaches · 70 internal error · 130 aborted with Ctrl-C.
    """
    gc.set_threshold(_MANY_OBJECTS)
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked = asked_language(words) or os.environ.get(LANGUAGE_VARIABLE, "")
    set_language(known_language(asked) or DEFAULT_LANGUAGE)
    from turnus.cli.run import run

    sys.exit(run(words))


def asked_language(words: Sequence[str]) -> str | None:
    """Return what `--lang` says, wherever it stands; None when it is not there."""
    for at, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
    return None
