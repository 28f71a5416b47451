"""Ctrl-C, start-up time and pipes: what only shows in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

DRIVER = """
import ctypes, os, sys, time, types
sys.path.insert(0, {root!r})
from tests.result.cases import small_outcome, small_rota

class SolveOptions:
    def __init__(self, **values):
        self.__dict__.update(values)

def solve(case, options, watch, stop, keep):
    keep(small_rota(case))
    ctypes.CDLL(None).puts(b"Running HiGHS")
    os.write(1, b"directly")
    print("solving", file=sys.stderr, flush=True)
    while {stubborn} or not stop():
        time.sleep(0.01)
    return small_outcome(case, repeatable=False)

module = types.ModuleType("turnus.solve")
module.solve, module.SolveOptions = solve, SolveOptions
sys.modules["turnus.solve"] = module
from turnus.cli import main
main(sys.argv[1:])
"""
ROOT = str(Path(__file__).resolve().parents[2])


def started(scenario: Path, *words: str, stubborn: bool = False) -> subprocess.Popen[str]:
    """Start a solve that ends only when it is stopped, or never, and wait until it runs."""
    script = DRIVER.format(root=ROOT, stubborn=stubborn)
    command = [sys.executable, "-c", script, "solve", str(scenario), "--lang", "en", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "solving\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_interrupt_keeps_the_best_so_far(
    scenario: Path, tmp_path: Path, number: signal.Signals
) -> None:
    process = started(scenario, "--out", str(tmp_path / "out"), "--json")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["best-so-far.csv"]
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert json.loads(out)["run"]["repeatable"] is False
    assert "Stopping; the best so far is kept" in err
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["report.html", "result.json", "rota.csv"]


def test_the_second_interrupt_aborts_at_once(scenario: Path) -> None:
    process = started(scenario, stubborn=True)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert "Stopping" in process.stderr.readline()
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - begun < 5
    assert (out, err) == ("", "Aborted.\n")


def imported_by(*words: str) -> set[str]:
    """Return the modules that a command line loads."""
    command = [sys.executable, "-X", "importtime", "-c", "from turnus.cli import main; main()", *words]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return {line.split("|")[-1].strip() for line in ran.stderr.splitlines() if line.startswith("import time")}


def test_help_loads_nothing_heavy(scenario: Path) -> None:
    assert not imported_by("--help") & {
        "pydantic",
        "numpy",
        "pandas",
        "numba",
        "highspy",
        "ortools",
        "jinja2",
    }
    heavy = {"pandas", "numba", "highspy", "ortools", "jinja2"}
    loaded = imported_by("validate", str(scenario))
    assert "pydantic" in loaded
    assert not loaded & (heavy | {"typer.rich_utils"})  # what draws the help is for the help alone


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-c", "from turnus.cli import main; main()", "--help"]
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    os.close(write)
    assert ran.stderr == ""


def test_norwegian_letters_come_out_in_a_c_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "TURNUS_LANG": "nb"}
    command = [sys.executable, "-c", "from turnus.cli import main; main()", "solve", "--help"]
    ran = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=True)
    assert "å" in ran.stdout.decode("utf-8")
