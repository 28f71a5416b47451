"""HiGHS keeps off the console: nothing may stand beside a result on stdout."""

from __future__ import annotations

import subprocess
import sys

SOLVE = """
import numpy as np
from {module} import {name} as new
lp = new()
lp.addCol(1.0, 1.0, 2.0, 0, np.empty(0, np.int32), np.empty(0))
lp.run()
assert lp.getObjectiveValue() == 1.0
"""


def console_of(module: str, name: str) -> str:
    """Return what a fresh process writes that makes and solves one program."""
    command = [sys.executable, "-c", SOLVE.format(module=module, name=name)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_first_program_of_a_process_says_nothing() -> None:
    assert console_of("turnus.lines.highs", "quiet_highs") == ""


def test_plain_highs_would_have_spoken() -> None:
    assert console_of("highspy", "Highs") != ""
