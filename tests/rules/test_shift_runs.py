"""Days in a row of a kind: too many, too few, at the edges, and how a file states the rule."""

from typing import Any

import pytest

from tests.builders import person, problem, rota
from tests.rules.test_settings import built, refused
from tests.rules.three_ways import Trial
from turnus.problem import Problem
from turnus.rules.agreed.shift_runs import ShiftRuns
from turnus.rules.kinds import RunLength

NIGHTS = ShiftRuns(of=("night",), longest_days=3, shortest_days=2)
DAYS_OFF = ShiftRuns(of=("off",), longest_days=3, shortest_days=2)
ANY = " ".join(["-DN"] * 7)
TRIALS = {
    "shift_runs": Trial(NIGHTS, ANY, "NN"),
    "shift_runs: days off": Trial(DAYS_OFF, ANY, "D-"),
    "shift_runs: open past": Trial(DAYS_OFF, ANY, "-"),
    "shift_runs: codes and tags": Trial(
        ShiftRuns(of=("A", "night"), longest_days=2), "-A -N -DA -AN -D -NA -DN", "NA"
    ),
    "shift_runs: longer than the cycle": Trial(
        ShiftRuns(of=("any",), longest_days=8, shortest_days=3), " ".join(["-D"] * 7), "DDDDDD"
    ),
}
FAULTS = [
    ("shift_runs", RunLength, ("longest+1", "longest-1", "shortest+1", "shortest-1")),
    ("shift_runs: days off", RunLength, ("longest+1", "longest-1", "shortest+1", "shortest-1")),
]
MANY, FEW = "days too many", "days missing"


def breaches(rule: ShiftRuns, unit: Problem, line: str) -> list[tuple[int | None, int, str]]:
    """(day, amount, unit) of every breach; each counts as often as its amount says."""
    found = list(rule.violations(unit, rota(unit, line)))
    assert all(one.times == one.amount and one.about == rule.name for one in found)
    return [(one.day, one.amount, one.unit) for one in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("NNN----", []),
        ("NNNN---", [(3, 1, MANY)]),
        ("NNNNN--", [(3, 2, MANY)]),
        ("N--NN--", [(0, 1, FEW)]),
        ("ND-NN--", [(0, 1, FEW)]),  # a day shift ends the run as well as a day off
        ("NN---NN", [(1, 1, MANY)]),  # Saturday to Tuesday, round the end of the cycle
        ("N-----N", []),  # Sunday and Monday
        ("NNNNNNN", [(0, 7, MANY)]),  # the whole cycle: every day is beyond, and none too few
        ("-------", []),
    ],
)
def test_runs_of_nights(line: str, expected: list[object]) -> None:
    assert breaches(NIGHTS, problem(), line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDDDD--", []),
        ("D-DDD--", [(1, 1, FEW)]),
        ("DDD----", [(6, 1, MANY)]),
        ("-------", [(0, 7, MANY)]),
        ("DDDDDDD", []),
    ],
)
def test_runs_of_days_off(line: str, expected: list[object]) -> None:
    assert breaches(DAYS_OFF, problem(), line) == expected


@pytest.mark.parametrize(
    ("history", "line", "expected"),
    [
        ("", "NN-DDDN", []),
        ("", "N--DDDN", []),  # the start of the one run and the end of the other are not known
        ("-", "N--DDDN", [(0, 1, FEW)]),
        ("N", "N--DDDD", []),
        ("NN", "NN-DDDD", [(1, 1, MANY)]),
        ("-N", "---DDDD", [(0, 1, FEW)]),  # it began before the plan and ended as the plan began
    ],
)
def test_before_and_after_a_plan(history: str, line: str, expected: list[object]) -> None:
    assert breaches(NIGHTS, problem(person(history=history), cyclic=False), line) == expected


def test_only_the_limit_that_is_stated_holds() -> None:
    assert breaches(ShiftRuns(of=("night",), longest_days=3), problem(), "N--NN--") == []
    assert breaches(ShiftRuns(of=("night",), shortest_days=2), problem(), "NNNNNNN") == []


EVENINGS = {"of": ["evening"], "longest": 4, "name": "aftener"}
SHIFTS = [
    {"code": "D", "from": "07:30", "to": "15:00", "tags": ["day"]},
    {"code": "A", "from": "14:45", "to": "22:15", "tags": ["evening"]},
]


def test_a_file_may_state_it_several_times_each_for_its_own_people() -> None:
    settings = [EVENINGS, {"of": ["off"], "shortest": 2, "strength": "soft", "for": ["Ola"]}]
    unit, rules = built({"shift_runs": settings}, shifts=SHIFTS)
    stated = [rule for rule in rules if isinstance(rule, ShiftRuns)]
    assert [(rule.of, rule.longest_days, rule.shortest_days, rule.hard) for rule in stated] == [
        (("evening",), 4, None, True), (("off",), None, 2, False),
    ]  # fmt: skip
    assert [[rule.applies_to(one) for one in unit.classes] for rule in stated] == [
        [True, True, True], [False, True, False],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "path", "told"),
    [
        ({"of": ["evning"], "longest": 4}, ("of", 0), "Did you mean evening?"),
        ({"of": ["D", "xyzzy"], "longest": 4}, ("of", 1), "give a shift this tag"),
        ({"of": ["any", "off"], "longest": 4}, ("of",), "Take out `off`"),
        ({"of": [], "longest": 4}, ("of",), "at least 1 in the list"),
        ({"of": "evening", "longest": 4}, ("of",), "Write [a, b]"),
        ({"of": ["evening"]}, ("longest",), "Write for example `longest: 4`."),
        ({"longest": 2, "shortest": 3}, ("shortest",), "at most 2, which is the value of longest; found 3"),
        ({"longest": 0}, ("longest",), "at least 1"),
        ({"shortest": "2 days"}, ("shortest",), "whole number"),
        ({"longest": 2, "most": 3}, ("most",), "expected one of"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_and_a_way_out(
    setting: dict[str, Any], path: tuple[str | int, ...], told: str
) -> None:
    findings = refused({"shift_runs": [EVENINGS, setting]}, shifts=SHIFTS)
    assert [finding.path for finding in findings] == [("rules", "set", "shift_runs", 1, *path)]
    assert told in findings[0].sentence()


SEQUENCE = {"sequences": [["evening", "off", "day"]], "name": "aften, fri, dag"}


@pytest.mark.parametrize(
    ("id", "setting"),
    [
        ("forbidden_sequences", SEQUENCE),
        ("shift_count", {"of": ["evening"], "most": 4, "weeks": 2}),
        ("shift_runs", EVENINGS),
        ("wished_sequences", SEQUENCE),
    ],
)
def test_every_general_rule_may_be_stated_several_times(id: str, setting: dict[str, Any]) -> None:
    settings = [setting, {**setting, "name": "den andre"}, {**setting, "for": ["Per"], "name": "Per"}]
    unit, rules = built({id: settings}, shifts=SHIFTS)
    stated = {getattr(rule, "name", ""): rule for rule in rules if rule.id == id}
    assert set(stated) == {setting.get("name", ""), "den andre", "Per"}
    held = {name: [rule.applies_to(one) for one in unit.classes] for name, rule in stated.items()}
    assert held.pop("Per") == [False, False, True]
    assert all(all(people) for people in held.values())


@pytest.mark.parametrize("id", ["forbidden_sequences", "wished_sequences"])
def test_a_word_of_a_sequence_that_means_nothing_is_refused_with_a_suggestion(id: str) -> None:
    (finding,) = refused({id: [SEQUENCE, {"sequences": [["evening", ["D", "of"]]]}]}, shifts=SHIFTS)
    assert finding.path == ("rules", "set", id, 1, "sequences", 0, 1)
    assert finding.hint == "Did you mean off?"
