"""Time the parts of two commits in turns: `python -m benchmarks.compare COMMIT_A COMMIT_B [FILTER]`.

Each commit gets a git worktree of its own, which is taken away again whatever happens, and its own suite is
run there several times, first one and then the other, so that a busy machine slows both. FILTER is what
`pytest -k` takes. The table has, for every part that both have, the ratio of their fastest timings: B / A.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.registry import ROOT

ROUNDS = 5
FEWEST_ROUNDS = 5  # all on one side by chance alone: 1 in 16
SHOWN_LINES = 15  # of what a suite said before it failed
SUITE = ("benchmarks/parts.py", "benchmarks/registry.py", "benchmarks/test_parts.py")


class CompareError(Exception):
    """Why two commits could not be compared, in words."""


@dataclass(frozen=True)
class Compared:
    """One part: its seconds in the median round, and the ratio B / A of every round."""

    name: str
    before: float
    after: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Return the median of the ratios."""
        return statistics.median(self.ratios)

    @property
    def told(self) -> str:
        """Say what the ratios show: with 1 among them, or with few of them, nothing."""
        if len(self.ratios) < FEWEST_ROUNDS:
            return "too few rounds to say"
        if min(self.ratios) <= 1 <= max(self.ratios):
            return "no difference beyond the spread"
        return "slower" if self.ratio > 1 else "faster"


def git(repo: Path, *words: str) -> str:
    """Return what a git command says; CompareError with its own words when it fails."""
    done = subprocess.run(["git", "-C", str(repo), *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CompareError(f"git {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout.strip()


def known(repo: Path, commit: str) -> str:
    """Return the hash of a commit; CompareError when there is none."""
    try:
        return git(repo, "rev-parse", "--verify", f"{commit}^{{commit}}")
    except CompareError:
        raise CompareError(f"expected a commit; found {commit!r}, which git does not know") from None


@contextmanager
def worktree(repo: Path, commit: str, at: Path) -> Iterator[Path]:
    """Have a commit checked out in a folder of its own for as long as the block lasts."""
    git(repo, "worktree", "add", "--quiet", "--detach", str(at), commit)
    try:
        yield at
    finally:
        git(repo, "worktree", "remove", "--force", str(at))


def _alone(tree: Path) -> dict[str, str]:
    """Return the environment of a suite that runs by itself, also when another pytest runs this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return kept | {"PYTHONPATH": str(tree)}


def timings(tree: Path, filter_text: str) -> dict[str, float]:
    """Return the fastest seconds of every part of a tree's suite, run once; others disturb them least."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "parts.json"
        words = ["benchmarks", "--benchmark-only", f"--benchmark-json={out}", "-p", "no:cacheprovider"]
        if filter_text:
            words += ["-k", filter_text]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=tree,
            env=_alone(tree),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode or not out.is_file():
            said = "\n".join(done.stdout.splitlines()[-SHOWN_LINES:])
            raise CompareError(f"the suite ended with code {done.returncode} in {tree.name}:\n{said}")
        found = json.loads(out.read_text(encoding="utf-8"))["benchmarks"]
    return {one["name"]: one["stats"]["min"] for one in found}


def compared(repo: Path, commits: Sequence[str], filter_text: str, rounds: int) -> list[Compared]:
    """Return the parts that both commits have, each timed in every round; raises CompareError."""
    hashes = [known(repo, commit) for commit in commits]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        trees = [
            stack.enter_context(worktree(repo, commit, folder / name))
            for name, commit in zip(("A", "B"), hashes, strict=True)
        ]
        found: list[tuple[dict[str, float], ...]] = []
        for at in range(rounds):
            # The one that went first goes second next time.
            turns = [timings(tree, filter_text) for tree in (trees if at % 2 == 0 else trees[::-1])]
            found.append(tuple(turns if at % 2 == 0 else turns[::-1]))
    names = [name for name in found[0][0] if all(name in one for pair in found for one in pair)]
    if not names:
        raise CompareError("the two suites have no part in common")
    return [_part(name, [(a[name], b[name]) for a, b in found]) for name in names]


def _part(name: str, pairs: Sequence[tuple[float, float]]) -> Compared:
    before, after = (statistics.median(values) for values in zip(*pairs, strict=True))
    return Compared(name, before, after, tuple(b / a for a, b in pairs))


def lines(parts: Sequence[Compared]) -> list[str]:
    """Return the table as text."""
    head = ("part", "A, ms", "B, ms", "B / A", "from – to", "")
    rows = [
        (
            part.name.removeprefix("test_part[").removesuffix("]"),
            f"{1000 * part.before:.3g}",
            f"{1000 * part.after:.3g}",
            f"{part.ratio:.2f}",
            f"{min(part.ratios):.2f} – {max(part.ratios):.2f}",
            part.told,
        )
        for part in parts
    ]
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (head, *rows)]  # fmt: skip


def main(
    commit_a: Annotated[str, typer.Argument(metavar="COMMIT_A")],
    commit_b: Annotated[str, typer.Argument(metavar="COMMIT_B")],
    filter_text: Annotated[str, typer.Argument(metavar="FILTER")] = "",
    rounds: Annotated[int, typer.Option(min=1, help="How often each suite is run.")] = ROUNDS,
) -> None:
    """Compare two commits."""
    try:
        if git(ROOT, "diff", "--name-only", known(ROOT, commit_a), known(ROOT, commit_b), "--", *SUITE):
            typer.echo("The suites of the two commits differ; a ratio may come from that.", err=True)
        parts = compared(ROOT, (commit_a, commit_b), filter_text, rounds)
    except CompareError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo("\n".join(lines(parts)))


if __name__ == "__main__":
    typer.run(main)
