"""What every scenario of the library must give again, and how it was recorded.

`python -m benchmarks.expected [FILTER]` solves each run in `scenarios/**/expected.json` again and
names what differs. With `--write` it records what was found; statements made by hand are kept.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from benchmarks.registry import ROOT
from turnus.bench.machine import cpus, machine, today
from turnus.cli.exits import IMPOSSIBLE
from turnus.cli.run import run
from turnus.result.document import versions

SCENARIOS = ROOT / "scenarios"
RULEBOOK = "rulebook"  # units to check a rota of, not to solve
EXPECTED = "expected.json"
#: What a run consists of; everything else in an entry is what it gives or what was stated by hand.
ASKED = ("file", "set", "effort", "seed", "workers")
GIVEN = ("status", "exit_code", "goals", "heads", "hard_breaches")
GOAL = ("id", "value", "bound", "proven")
EFFORT = 1_500
WIDTH = 120  # of a line of expected.json

Entry = dict[str, Any]


@dataclass(frozen=True)
class Derived:
    """What a run gave, in the words of `expected.json`, and the seconds it took."""

    given: Entry
    seconds: float


def folders() -> list[Path]:
    """Return every folder of the library that holds scenarios to solve, sorted."""
    found = {path.parent for path in SCENARIOS.rglob("*.yaml")}
    return sorted(folder for folder in found if folder.parent.name != RULEBOOK)


def name_of(folder: Path) -> str:
    """Return a folder's name within the library."""
    return folder.relative_to(SCENARIOS).as_posix()


def content(folder: Path) -> Entry:
    """Return what a folder expects; for a folder without any, one run of every file."""
    path = folder / EXPECTED
    if path.is_file():
        found: Entry = json.loads(path.read_text(encoding="utf-8"))
        return found
    files = sorted(path.name for path in folder.glob("*.yaml"))
    return {"runs": [{"file": name, "set": []} for name in files]}


def asked(entry: Entry) -> Entry:
    """Return what a run consists of, with what an entry leaves out filled in."""
    filled = {"set": [], "effort": EFFORT, "seed": 1, "workers": 2} | entry
    return {name: filled[name] for name in ASKED}


def derive(folder: Path, entry: Entry, out: Path) -> Derived:
    """Run `turnus solve` as an entry says, with its result in `out`, and return what it gave."""
    started = time.monotonic()
    code = _turnus("solve", *_words(folder, entry), "--out", str(out))
    seconds = round(time.monotonic() - started, 2)
    result = out / "result.json"
    if not result.is_file():  # the reading of the file, or arithmetic, has ended it
        status = "infeasible" if code == IMPOSSIBLE else "refused"
        return Derived(_given(status, code, [], None, None), seconds)
    return Derived(_of_document(json.loads(result.read_text(encoding="utf-8")), code), seconds)


def _of_document(document: Entry, code: int) -> Entry:
    goals = [{name: goal[name] for name in GOAL} for goal in document["goals"]]
    if document["heltid"] is None:
        return _given(document["status"], code, goals, None, None)
    return _given(document["status"], code, goals, document["heltid"]["heads"], document["audit"]["hard"])


def _given(status: str, code: int, goals: list[Entry], heads: int | None, breaches: int | None) -> Entry:
    return dict(zip(GIVEN, (status, code, goals, heads, breaches), strict=True))


def _words(folder: Path, entry: Entry) -> list[str]:
    run_of = asked(entry)
    limits = [word for name in ("effort", "seed", "workers") for word in (f"--{name}", str(run_of[name]))]
    sets = [word for override in run_of["set"] for word in ("--set", override)]
    return [str(folder / run_of["file"]), *limits, *sets]


def _turnus(*words: str) -> int:
    """Run a command in this process, with its words kept back."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return run(list(words))


def differences(entry: Entry, given: Entry) -> Iterator[str]:
    """Yield what a run gave that is not what its entry says, one sentence for each part."""
    for name in GIVEN:
        if name != "goals" and entry.get(name) != given[name]:
            yield f"{name}: expected {entry.get(name)}, found {given[name]}"
    expected = {goal["id"]: goal for goal in entry.get("goals", [])}
    found = {goal["id"]: goal for goal in given["goals"]}
    if list(expected) != list(found):
        yield f"goals: expected {', '.join(expected) or 'none'}, found {', '.join(found) or 'none'}"
        return
    for goal, part in ((goal, part) for goal in expected for part in GOAL):
        if expected[goal].get(part) != found[goal][part]:
            yield f"{goal}: expected {part} {expected[goal].get(part)}, found {found[goal][part]}"


def recorded(folder: Path) -> Entry:
    """Return a folder's content with every run solved again and recorded."""
    before = content(folder)
    runs, seconds = [], []
    for entry in before["runs"]:
        with TemporaryDirectory() as out:
            derived = derive(folder, entry, Path(out))
        stated = {name: value for name, value in entry.items() if name not in (*ASKED, *GIVEN)}
        runs.append(asked(entry) | stated | derived.given)
        seconds.append(derived.seconds)
    by_hand = {name: value for name, value in before.items() if name not in ("runs", "recorded")}
    return {"runs": runs, **by_hand, "recorded": {"seconds": seconds, **_circumstances()}}


def _circumstances() -> Entry:
    return {"machine": machine(), "cpus": cpus(), "versions": versions(), "date": today()}


def compared(folder: Path) -> list[str]:
    """Solve every run of a folder again and return what differs from what it expects."""
    found = []
    for entry in content(folder)["runs"]:
        with TemporaryDirectory() as out:
            given = derive(folder, entry, Path(out)).given
        found += [f"{run_name(folder, entry)}: {sentence}" for sentence in differences(entry, given)]
    return found


def run_name(folder: Path, entry: Entry) -> str:
    """Return how a run is called in tests and messages."""
    values = [override.partition("=")[2].strip('"') for override in entry["set"]]
    file = [] if entry["file"] == "scenario.yaml" else [entry["file"].removesuffix(".yaml")]
    return " ".join([name_of(folder), *file, *values])


def pretty(value: Any, indent: int = 0) -> str:
    """Return JSON with everything that fits on a line on one line, so that changes are easy to see."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (indent > 0 and len(flat) + indent <= WIDTH):
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {pretty(part, inner)}" for key, part in value.items()]
        begins, ends = "{}"
    else:
        parts = [pretty(part, inner) for part in value]
        begins, ends = "[]"
    lines = ",\n".join(" " * inner + part for part in parts)
    return f"{begins}\n{lines}\n{' ' * indent}{ends}"


def main(
    filter_text: Annotated[str, typer.Argument(metavar="FILTER")] = "",
    write: Annotated[bool, typer.Option("--write", help="Record what is found.")] = False,
) -> None:
    """Solve the scenarios whose folder holds FILTER again, and compare or record."""
    differing = 0
    for folder in (folder for folder in folders() if filter_text in name_of(folder)):
        if write:
            found = recorded(folder)
            (folder / EXPECTED).write_text(pretty(found) + "\n", encoding="utf-8")
            typer.echo(f"{name_of(folder)}: recorded, {sum(found['recorded']['seconds']):.1f} s")
            continue
        sentences = compared(folder)
        differing += len(sentences)
        typer.echo("\n".join(sentences) or f"{name_of(folder)}: as expected")
    raise typer.Exit(1 if differing else 0)


if __name__ == "__main__":
    typer.run(main)
