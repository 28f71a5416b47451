import dataclasses
import datetime as dt
from typing import get_args

import pytest

from tests.goals.small import small_problem, small_rota
from turnus.goals import DIRECTION, UNITS, goal_values
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.notice import Notice
from turnus.scenario.models import GoalName

GOALS = set(get_args(GoalName))


def test_every_goal_a_scenario_can_name_has_a_value_a_direction_and_a_unit() -> None:
    problem = small_problem()
    values = goal_values(problem, (), small_rota(problem, ["D......"], [5000]))
    assert values.keys() == DIRECTION.keys() == UNITS.keys() == GOALS


def test_uncovered_weighs_each_missing_minute_by_the_value_of_its_row() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["DDDDDDD", "DDDDD..", "AAAAAA."], [10000, 8000, 10000])
    # one evening of 450 minutes, value 3
    assert goal_values(problem, (), rota)["uncovered"] == 3 * 450


def test_the_five_heltid_goals() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["D......"] * 4, [10000, 8000, 10000, 5000], [0, 1, 2, 2])
    values = goal_values(problem, (), rota)
    assert values["full_time_posts"] == 2
    assert values["full_time_share"] == 50
    assert values["mean_size"] == pytest.approx(82.5)
    assert values["fewest_part_time"] == 2
    assert values["largest_smallest_size"] == 50
    assert values["fewest_heads"] == 4


def test_health_weighs_the_breaches_of_soft_rules_only() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["ADAD..."], [7500])  # two quick returns of 555 minutes
    soft = DailyRest.model_validate({"rest": "11 h", "strength": "soft", "weight": 4})
    assert goal_values(problem, (soft, DailyRest()), rota)["health"] == 8
    assert goal_values(problem, (DailyRest(),), rota)["health"] == 0


def test_what_no_rota_can_mend_is_no_health_point() -> None:
    monday, late = dt.date(2027, 2, 1), dt.date(2027, 1, 31)
    problem = dataclasses.replace(small_problem(), cyclic=False, start=monday, discussed=late)
    rota = small_rota(problem, ["D......"], [5000])
    assert list(Notice().violations(problem, rota))
    assert goal_values(problem, (Notice(),), rota)["health"] == 0


def test_a_rota_without_posts_has_values() -> None:
    problem = small_problem()
    values = goal_values(problem, (), small_rota(problem, [], []))
    assert values["full_time_posts"] == values["mean_size"] == 0
