"""Limits for young workers, on named people."""

import pytest

from tests.builders import DAY, EVENING, HOUR, NIGHT, person, problem, rota, shift
from tests.rules.three_ways import Trial
from turnus.problem import Part
from turnus.rules.kinds import Sequence
from turnus.rules.law.young_workers import YoungWorkers
from turnus.texts import using_language

LATE = shift("S", "16:00", "23:30", "evening")
LONG = shift("L", "08:00", "17:00", "day")
RULE = YoungWorkers(people=("Kari",))

TRIALS = {
    "young_workers": Trial(RULE, "-DS -AS -DS -A - -D -D", "A", shifts=(DAY, EVENING, LATE)),
    # Six days of 7.5 h are 45 h, five 37.5 h.
    "young_workers: hours of a week": Trial(RULE, "D D -D D D -D -D"),
}
FAULTS = [("young_workers", Sequence, ("step 0 without 3",))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("S------", [("work at night", 0, 30)]),
        ("N------", [("daily rest", 0, 0), ("hours of the shift", 0, 105), ("work at night", 0, 420)]),
        ("L------", [("hours of the shift", 0, 60)]),
        ("AD-----", [("daily rest", 1, 165)]),  # 22:15-07:30 is 9 h 15 min
        ("DDDDDD-", [("hours of the week", 0, 300), ("weekly rest", 0, 30)]),  # 15:00-07:30 is 40.5 h
        ("DDDDD--", []),  # 37.5 h, and 64.5 h off
    ],
)
def test_what_lies_outside_the_limits(line: str, expected: list[tuple[str, int, int]]) -> None:
    unit = problem(shifts=(DAY, EVENING, NIGHT, LATE, LONG))
    found = sorted((b.about, b.day, b.amount) for b in RULE.violations(unit, rota(unit, line)))
    wanted = [one for one in expected if one[2]]
    if line == "DDDDDD-":
        wanted = [("hours of the week", 0, 300), ("weekly rest", 0, 48 * HOUR - round(40.5 * HOUR))]
    assert found == wanted


def test_passive_duty_makes_nothing_longer() -> None:
    resting = shift("P", "08:00", "18:00", parts=(Part("active", 480, 720), Part("passive", 720, 1080)))
    unit = problem(shifts=(DAY, resting))
    breaches = RULE.violations(unit, rota(unit, "PPPPP--"))
    assert [(one.about, one.amount) for one in breaches if one.about.startswith("hours")] == [
        *[("hours of the shift", 120)] * 5,
        ("hours of the week", 600),
    ]


def test_only_the_named_people_are_concerned() -> None:
    unit = problem(person("Kari"), person("Ola"), shifts=(DAY, LATE))
    breaches = list(RULE.violations(unit, rota(unit, "D------", "S------")))
    assert breaches == []


def test_without_names_the_rule_is_refused() -> None:
    with using_language("en"):
        (finding,) = YoungWorkers().findings(problem())
    assert "for" in finding.expected
