"""The audit runs every checker; free days get their codes."""

import datetime as dt
from typing import Any

import pytest

from tests.builders import HOUR, person, problem, rota
from turnus.audit import Audit, audit, free_days
from turnus.rules import Rule
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.health.isolated_working_days import IsolatedWorkingDays
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.structure.fte_budget import FteBudget

HARD: tuple[Rule, ...] = (MaxNightsInARow(nights=1), DailyRest(rest_minutes=11 * HOUR))
SOFT: tuple[Rule, ...] = (IsolatedWorkingDays(strength="soft"),)


def test_hard_and_soft_breaches_are_kept_apart_and_in_order() -> None:
    unit = problem(person("Kari"), person("Ola"))
    found = audit(unit, (*SOFT, *HARD), rota(unit, "AD--NN-", "-D--AD-"))
    assert [(b.rule, b.post, b.day) for b in found.hard] == [
        ("daily_rest", 0, 1),
        ("daily_rest", 1, 5),
        ("max_nights_in_a_row", 0, 5),
    ]
    assert [(b.rule, b.post, b.day) for b in found.soft] == [("isolated_working_days", 1, 1)]
    assert found.breaches == found.hard + found.soft
    assert not found.lawful


def test_a_rota_without_hard_breaches_is_lawful() -> None:
    unit = problem()
    found = audit(unit, (*HARD, *SOFT), rota(unit, "D------"))
    assert found.lawful
    assert len(found.soft) == 1
    assert audit(unit, HARD, rota(unit, "DDD----")) == Audit((), ())


def test_rules_about_the_whole_unit_are_audited_too() -> None:
    unit = problem(budget=problem().budget.__class__(5000, ()))
    (breach,) = audit(unit, (FteBudget(),), rota(unit, "-------")).hard
    assert (breach.post, breach.day, breach.amount) == (None, None, 5000)


WEEKLY: tuple[Rule, ...] = (WeeklyRest(rest_minutes=35 * HOUR),)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDDDD--", "     21"),  # Sunday holds the rest, the other day off is next to it
        ("-DDDDD-", "2     1"),  # the only other day off
        ("DD--DDD", "  21   "),  # of one long rest the latest day
        ("A-DA--A", "    21 "),  # F2 stands next to F1, though there is a third day off
        ("DDDDDA-", "      1"),  # evening, Sunday off, day is only 33 h 15 min, but it is the only day off
        ("DD-AAA-", "  1   2"),  # Sunday's 33 h 15 min are not enough: the long rest is F1
        ("-------", "     21"),
        ("DDDDDDD", "       "),
        ("-D-D-DD", "  2 1  "),
    ],
)
def test_each_week_has_one_f1_and_at_most_one_f2(line: str, expected: str) -> None:
    unit = problem()
    (codes,) = free_days(unit, WEEKLY, rota(unit, line))
    assert "".join(code[-1:] or " " for code in codes) == expected


def test_weeks_and_posts_have_their_own_codes() -> None:
    unit = problem(person("Kari"), person("Ola"), weeks=2)
    codes = free_days(unit, WEEKLY, rota(unit, "DDDDD-- --DDDDD", "DDDDDDD DDDDDD-"))
    assert [[(day, code) for day, code in enumerate(row) if code] for row in codes] == [
        [(5, "F2"), (6, "F1"), (7, "F2"), (8, "F1")],
        [(13, "F1")],
    ]


def test_the_rest_is_read_with_the_rule_that_is_for_the_post() -> None:
    unit = problem(person("Kari", tags=frozenset({"short"})), person("Ola"))
    rules: tuple[Rule, ...] = (
        WeeklyRest.model_validate({"rest": "28 h", "for": ["short"]}),
        WeeklyRest.model_validate({"rest": "35 h", "except": ["short"]}),
    )
    line = "DD-AAA-"
    codes = free_days(unit, rules, rota(unit, line, line))
    assert [row.index("F1") for row in codes] == [6, 2]


def test_without_the_rule_35_hours_are_looked_for() -> None:
    unit = problem()
    assert free_days(unit, (), rota(unit, "DD-AAA-"))[0].index("F1") == 2


def codes_over_easter(line: str, **changes: Any) -> list[str]:
    """Return the codes of two weeks from 22 March 2027: red days are 3, 4, 6 (Sunday) and 7."""
    kari = person(**changes)
    unit = problem(kari, weeks=2, cyclic=False, start=dt.date(2027, 3, 22), red_days=frozenset({3, 4, 6, 7}))
    return free_days(unit, WEEKLY, rota(unit, line))[0]


def test_a_red_day_off_after_one_that_was_worked_is_f3() -> None:
    codes = codes_over_easter("DDDD--- DDDDD--")
    assert codes[3:7] == ["", "F3", "F2", "F1"]  # Friday off after Thursday was worked
    assert "F3" not in codes_over_easter("DDD-D-- DDDDD--")  # Thursday off, but Palm Sunday is not known
    assert codes_over_easter("DDD-D-- DDDDD--", history="D")[3] == "F3"
    assert codes_over_easter("DDDD--- DDDDD--", leave=frozenset({4}))[4] == ""


def test_an_f1_on_a_red_day_gives_an_f5_within_a_month() -> None:
    codes = codes_over_easter("DDD--DD DDD-D--", history="-------")
    assert codes[3:5] == ["F2", "F1"]
    assert codes[7:] == ["", "", "", "F5", "", "F2", "F1"]


def test_a_base_rota_has_neither_f3_nor_f5() -> None:
    unit = problem(weeks=2)
    codes = free_days(unit, WEEKLY, rota(unit, "DDDD--- DDDD---"))[0]
    assert set(codes) == {"", "F1", "F2"}
