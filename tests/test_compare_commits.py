"""Two commits compared by their suites; their worktrees are gone afterwards, whatever happened."""

import subprocess
from pathlib import Path

import pytest

from benchmarks.compare import Compared, CompareError, compared, lines

SUITE = """
import time
import pytest

@pytest.mark.parametrize("part", ["line", "master"])
def test_part(benchmark, part):
    benchmark.pedantic(lambda: time.sleep({seconds}), rounds=3)
"""


def git(repo: Path, *words: str) -> str:
    names = ("-c", "user.name=turnus", "-c", "user.email=turnus@example.org")
    command = ["git", *names, "-C", str(repo), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(repo: Path, text: str) -> str:
    folder = repo / "benchmarks"
    folder.mkdir(exist_ok=True)
    (folder / "test_parts.py").write_text(text, encoding="utf-8")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "suite")
    return git(repo, "rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    commit(tmp_path, SUITE.format(seconds=0.001))
    return tmp_path


def only_one_tree(repo: Path) -> bool:
    return len(git(repo, "worktree", "list").splitlines()) == 1


@pytest.mark.slow
def test_a_slower_commit_has_a_higher_ratio(repo: Path) -> None:
    first = git(repo, "rev-parse", "HEAD")
    second = commit(repo, SUITE.format(seconds=0.1))
    (part,) = compared(repo, (first, second), "line", 1)
    assert part.name == "test_part[line]"
    assert part.ratio > 1
    assert part.told == "too few rounds to say"
    assert only_one_tree(repo)


@pytest.mark.slow
def test_a_suite_that_fails_is_told_and_nothing_is_left(repo: Path) -> None:
    first = git(repo, "rev-parse", "HEAD")
    second = commit(repo, "def test_part(benchmark):\n    assert 'a fault' == ''\n")
    with pytest.raises(CompareError, match=r"(?s)ended with code 1 in A:.*a fault"):
        compared(repo, (second, first), "", 1)
    assert only_one_tree(repo)


def test_a_commit_that_is_not_there_is_told(repo: Path) -> None:
    with pytest.raises(CompareError, match="no-such-commit"):
        compared(repo, ("HEAD", "no-such-commit"), "", 1)
    assert only_one_tree(repo)


@pytest.mark.parametrize(
    ("ratios", "told"),
    [
        ((1.2, 1.1, 1.3, 1.2, 1.1), "slower"),
        ((0.5, 0.6, 0.5, 0.6, 0.7), "faster"),
        ((1.2, 1.1, 1.3), "too few rounds to say"),
        ((0.9, 1.4, 1.3, 1.2, 1.3), "no difference beyond the spread"),
    ],
)
def test_what_ratios_show(ratios: tuple[float, ...], told: str) -> None:
    assert Compared("line", 1.0, 1.2, ratios).told == told


def test_the_table() -> None:
    head, row = lines([Compared("test_part[line: ward]", 0.001, 0.0012, (1.1, 1.2, 1.3, 1.2, 1.2))])
    assert head.split("  ")[0] == "part"
    assert row.split() == "line: ward 1 1.2 1.20 1.10 – 1.30 slower".split()
