"""Rules whose values say nothing in a unit: no rota of it could break them or keep them."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.builders import DAY, HOUR, LONG, THREE, person, problem, row, shift
from turnus.problem import Part, Shift
from turnus.rules import RULES, Rule
from turnus.rules.agreed.forbidden_sequences import ForbiddenSequences
from turnus.rules.agreed.long_shift_limits import LongShiftLimits
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.agreed.rest_after_nights import RestAfterNights
from turnus.rules.agreed.volunteers import Volunteers
from turnus.rules.health.single_nights import SingleNights
from turnus.rules.health.wished_sequences import WishedSequences
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.night_work import NightWork
from turnus.rules.law.overtime import Overtime
from turnus.rules.law.standby_hours import StandbyHours
from turnus.rules.law.strenuous_nights import StrenuousNights
from turnus.rules.structure.fixed_shifts import FixedShifts
from turnus.rules.structure.leave import Leave
from turnus.rules.structure.personal_limits import PersonalLimits
from turnus.rules.structure.surplus_limit import SurplusLimit

STANDBY = shift("H", "22:00", "07:00", parts=(Part("standby", 1320, 1860, 1 / 7),))
EXTRA = shift("X", "08:00", "12:00", "overtime")
DAYS: Sequence[Shift] = (DAY,)


@pytest.mark.parametrize(
    ("rule", "without", "with_it"),
    [
        (RestAfterNights(rest_minutes=HOUR), DAYS, THREE),
        (MaxNightsInARow(), DAYS, THREE),
        (SingleNights(), DAYS, THREE),
        (NightWork(), DAYS, THREE),
        (StrenuousNights(), DAYS, THREE),
        (LongShiftLimits(), DAYS, (DAY, LONG)),
        (Volunteers(), DAYS, (DAY, LONG)),
        (StandbyHours(), DAYS, (DAY, STANDBY)),
        (Overtime(), DAYS, (DAY, EXTRA)),
    ],
)
def test_a_rule_about_shifts_says_nothing_where_there_are_none_of_them(
    rule: Rule, without: Sequence[Shift], with_it: Sequence[Shift]
) -> None:
    assert rule.idle(problem(shifts=without))
    assert not rule.idle(problem(shifts=with_it))


@pytest.mark.parametrize(
    ("rule", "stated"),
    [
        (RestAfterNights(), RestAfterNights(rest_minutes=1)),
        (ForbiddenSequences(), ForbiddenSequences(sequences=(("evening", "day"),))),
        (WishedSequences(), WishedSequences(sequences=(("night", "off"),))),
    ],
)
def test_a_rule_without_values_says_nothing(rule: Rule, stated: Rule) -> None:
    assert rule.idle(problem())
    assert not stated.idle(problem())


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (FixedShifts(), {"pins": ((0, 1),)}),
        (Leave(), {"leave": frozenset({0})}),
        (PersonalLimits(), {"bans": frozenset({(0, 1)})}),
    ],
)
def test_a_rule_about_people_says_nothing_where_it_is_about_nobody(
    rule: Rule, changes: dict[str, Any]
) -> None:
    assert rule.idle(problem(person()))
    assert not rule.idle(problem(person(), person("Ola", **changes)))


def test_a_limit_on_surplus_says_nothing_where_no_block_has_one() -> None:
    assert SurplusLimit().idle(problem(rows=(row(0, [1], 1),)))
    assert not SurplusLimit().idle(problem(rows=(row(0, [1], 1, most=2),)))


def test_any_other_rule_says_something() -> None:
    assert not DailyRest().idle(problem())
    unit = problem()
    for rule in (one for one in RULES if one.idle is Rule.idle):
        assert not rule.model_construct().idle(unit)
