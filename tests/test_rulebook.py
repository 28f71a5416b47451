"""The rule book: `turnus check` finds in every folder exactly what was written down by hand beforehand.

A folder of `scenarios/rulebook/` is named after its rule; its README says how a folder is written. Nothing in
the repository writes an `expected.yaml`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from turnus.case import load_case
from turnus.cli.run import run
from turnus.rules import RULES
from turnus.texts import using_language

RULEBOOK = Path(__file__).resolve().parents[1] / "scenarios" / "rulebook"
FOLDERS = sorted(path for path in RULEBOOK.iterdir() if path.is_dir())
KEYS = ("rule", "person", "day", "amount", "unit", "hard")

Line = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """What one rota of a folder is to give: breaches, or the part of a message that refuses it."""

    folder: Path
    name: str
    breaches: tuple[Line, ...] = ()
    overrides: tuple[str, ...] = ()
    refused: str = ""

    @property
    def rule(self) -> str:
        return self.folder.name

    @property
    def words(self) -> list[str]:
        """The command line that checks the rota."""
        sets = [word for override in self.overrides for word in ("--set", override)]
        return ["check", f"{self.folder}/scenario.yaml", f"{self.folder}/{self.name}.csv", *sets, "--json"]

    @property
    def code(self) -> int:
        """The exit code: 1 for input that is refused, 4 when a hard rule is broken, else 0."""
        return 1 if self.refused else 4 if any(line["hard"] for line in self.breaches) else 0


def content(folder: Path) -> dict[str, Any]:
    """Return what a folder expects; nothing without the file, so that its own test tells."""
    path = folder / "expected.yaml"
    return dict(YAML(typ="safe", pure=True).load(path) or {}) if path.exists() else {}


def expected_in(folder: Path, found: dict[str, Any]) -> Iterator[Expected]:
    """Yield what a folder expects of each rota; a list alone means breaches and nothing else."""
    for name, stated in found.items():
        if isinstance(stated, list):
            stated = {"breaches": stated}
        assert set(stated) <= {"breaches", "set", "refused"}, f"{folder.name}: {name}"
        assert ("breaches" in stated) != ("refused" in stated), f"{folder.name}: {name}"
        yield Expected(
            folder, name, tuple(stated.get("breaches", ())), tuple(stated.get("set", ())),
            stated.get("refused", ""),
        )  # fmt: skip


EXPECTED = [one for folder in FOLDERS for one in expected_in(folder, content(folder))]


def reported(document: Line, day_names: list[str]) -> list[Line]:
    """Return the breaches of a `check --json` as `expected.yaml` writes them; an open post is `post 02`."""
    people = {post["id"]: post["person"] or f"post {post['id']}" for post in document["posts"]}
    days: dict[str | None, int | None] = {name: day for day, name in enumerate(day_names)} | {None: None}
    return [
        {
            **{key: breach[key] for key in ("rule", "amount", "unit", "hard", "about")},
            "person": people.get(breach["post"]),
            "day": days[breach["date_or_day"]],
        }
        for breach in document["audit"]["breaches"]
    ]


def differences(expected: tuple[Line, ...], found: list[Line]) -> list[str]:
    """Return every breach that is expected and not found, or found and not expected.

    `about` is compared where the folder states it, `times` never: it is the engines' count.
    """
    left = list(found)
    missing = []
    for line in expected:
        same = [other for other in left if all(other[key] == value for key, value in line.items())]
        if same:
            left.remove(same[0])
        else:
            missing.append(f"not found: {line}")
    return missing + [f"not expected: {line}" for line in left]


@pytest.mark.parametrize("one", EXPECTED, ids=lambda one: f"{one.rule}-{one.name}")
def test_a_rota_gives_exactly_what_was_written_down(
    one: Expected, capsys: pytest.CaptureFixture[str]
) -> None:
    with using_language("en"):
        code = run(one.words)
    out = capsys.readouterr().out
    if one.refused:
        assert (code, one.refused in " ".join(messages(json.loads(out)))) == (1, True), out
        return
    problem = load_case(one.folder / "scenario.yaml", one.overrides).problem
    found = reported(json.loads(out), [problem.day_name(day) for day in range(problem.days)])
    assert differences(one.breaches, found) == []
    assert code == one.code


def messages(document: Line) -> Iterator[str]:
    """Yield the sentences of an error document."""
    for finding in document["findings"]:
        yield f"{finding['expected']}, {finding['found']}. {finding['hint']}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_is_whole(folder: Path) -> None:
    assert faults_of(folder, content(folder)) == []


def faults_of(folder: Path, found: dict[str, Any]) -> list[str]:
    """Return what a folder lacks: its rotas, a breach of its rule, the arithmetic beside it."""
    faults = []
    if folder.name not in {rule.id for rule in RULES}:
        faults.append(f"{folder.name} is no rule")
    written = {path.stem for path in folder.glob("*.csv")}
    if set(found) != written:
        faults.append(f"rotas and expectations differ: {sorted(set(found) ^ written)}")
    rotas = {one.name: one for one in expected_in(folder, found)}
    for name in {"passes", "fails"} - set(rotas):
        faults.append(f"no {name}")
    if "passes" in rotas and rotas["passes"].code:
        faults.append("passes has a hard breach or is refused")
    fails = rotas.get("fails")
    if fails and not fails.refused and folder.name not in {line["rule"] for line in fails.breaches}:
        faults.append("fails does not break the folder's rule")
    for one in rotas.values():
        if any(set(line) - {"about"} != set(KEYS) for line in one.breaches):
            faults.append(f"{one.name}: a breach has the keys {', '.join(KEYS)}")
    if (folder / "expected.yaml").exists() and not has_arithmetic(folder):
        faults.append("no arithmetic beside the breaches")
    return faults


def has_arithmetic(folder: Path) -> bool:
    """Whether some comment of `expected.yaml` has figures in it."""
    lines = (folder / "expected.yaml").read_text(encoding="utf-8").splitlines()
    comments = [line.partition("#")[2] for line in lines]
    return any(any(letter.isdigit() for letter in comment) for comment in comments)


BREACH = {
    "rule": "daily_rest", "person": "Kari", "day": 3, "amount": 105, "unit": "minutes short", "hard": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"amount": 104}, ["not found", "not expected"]),
        ({"day": 4}, ["not found", "not expected"]),
        ({"person": None}, ["not found", "not expected"]),
        ({"hard": False}, ["not found", "not expected"]),
        ({"about": "the night"}, ["not found", "not expected"]),
    ],
)
def test_any_other_breach_is_told(change: Line, told: list[str]) -> None:
    found = BREACH | {"about": None}
    assert [line.partition(":")[0] for line in differences((BREACH | change,), [found])] == told


def test_a_breach_too_many_or_too_few_is_told() -> None:
    assert len(differences((BREACH,), [])) == 1
    assert len(differences((), [BREACH])) == 1
    assert len(differences((BREACH,), [BREACH, BREACH])) == 1


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ({"passes": []}, "no fails"),
        ({"passes": [BREACH], "fails": [BREACH]}, "passes has a hard breach or is refused"),
        ({"passes": {"refused": "x"}, "fails": [BREACH]}, "passes has a hard breach or is refused"),
        ({"passes": [], "fails": []}, "fails does not break the folder's rule"),
        ({"passes": [], "fails": [BREACH | {"rule": "leave"}]}, "fails does not break the folder's rule"),
        ({"passes": [], "fails": [{"rule": "daily_rest", "hard": True}]}, "fails: a breach has the keys"),
        ({"passes": [], "fails": [BREACH], "third": []}, "rotas and expectations differ: ['third']"),
    ],
)
def test_a_folder_that_is_not_whole_is_told(tmp_path: Path, found: dict[str, Any], fault: str) -> None:
    folder = tmp_path / "daily_rest"
    folder.mkdir()
    for name in ("passes", "fails"):
        (folder / f"{name}.csv").touch()
    assert any(line.startswith(fault) for line in faults_of(folder, found))


def test_a_folder_without_arithmetic_or_of_no_rule_is_told(tmp_path: Path) -> None:
    (tmp_path / "expected.yaml").write_text("passes: [] # nothing\n")
    faults = faults_of(tmp_path, {})
    assert "no arithmetic beside the breaches" in faults
    assert f"{tmp_path.name} is no rule" in faults
