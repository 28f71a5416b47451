"""The scenario, indexed and in whole minutes."""

from typing import Any

import pytest

from tests.files import ADA, BO, SHIFTS, case, open_unit, small
from turnus.problem import OFF, Problem, Wish


def problem(**changes: Any) -> Problem:
    return case(small(**changes)).problem


def with_ada(**changes: Any) -> Problem:
    return problem(staff=[ADA | changes, BO])


def test_shifts_in_minutes() -> None:
    day, _evening, night = problem().shifts
    assert (day.start, day.end, day.minutes) == (450, 900, 450)
    assert (night.start, night.end, night.minutes) == (1320, 1905, 585)
    assert problem().codes == ("-", "D", "A", "N")
    assert problem().starts == (0, 450, 885, 1320)


def test_an_unpaid_break_counts_no_hours_but_keeps_the_clock() -> None:
    day = SHIFTS[0] | {"to": "15:30", "unpaid_break": "30 min"}
    shift = problem(shifts=[day, *SHIFTS[1:]]).shifts[0]
    assert (shift.end, shift.minutes, shift.active) == (930, 450, ((450, 930),))


def test_days_and_competences_of_a_shift() -> None:
    extra = {"code": "X", "from": "08:00", "to": "12:00", "days": ["saturday", "week 1 monday"],
             "competences": ["aide"]}  # fmt: skip
    shift = problem(shifts=[*SHIFTS, extra]).shifts[3]
    assert shift.days == {0, 5, 12, 19, 26, 33, 40}
    assert shift.competences == {1}
    assert problem().shifts[0].competences == {0, 1}


@pytest.mark.parametrize(
    ("size", "wished", "sizes"),
    [
        (80, None, (8000,)),
        (80, 100, (8000, 9000, 10000)),
        (50, 75, (5000, 6000, 7500)),
        (75, 50, (5000, 6000, 7500)),
        (33.3, 41, (3330, 4100)),
    ],
)
def test_a_person_has_a_size_between_present_and_wished(
    size: float, wished: float | None, sizes: tuple[int, ...]
) -> None:
    changes = {"size": size} | ({} if wished is None else {"wished_size": wished})
    post = with_ada(**changes).classes[0]
    assert post.sizes == sizes
    assert (post.size, post.wished) == (round(size * 100), round((wished or size) * 100))
    assert post.named


def test_a_persons_own_data() -> None:
    post = with_ada(
        tags=["old"],
        accepts={"long_shifts": True},
        leave=[{"from": "week 2 monday", "to": "week 2 wednesday"}],
        fixed=[
            {"on": ["week 1 monday", "week 3 monday"], "shift": "A"},
            {"on": ["week 4 friday"], "shift": "off"},
        ],
        forbidden=[{"on": ["sunday"], "shifts": ["night"]}, {"on": ["week 1 tuesday"], "shifts": ["any"]}],
        wishes=[
            {"on": ["week 5 monday"], "want": "off", "strength": "strong"},
            {"on": ["week 6 monday"], "want": "evening"},
        ],
    ).classes[0]
    assert post.tags == {"old"}
    assert (post.long_shifts, post.extra_weekends) == (True, False)
    assert post.leave == {7, 8, 9}
    assert post.pins == ((0, 2), (14, 2), (25, OFF))
    assert post.bans == {(day, 3) for day in range(6, 42, 7)} | {(1, 1), (1, 2), (1, 3)}
    assert post.wishes == (Wish(28, frozenset({OFF}), 3), Wish(35, frozenset({2}), 2))


def test_what_was_individually_agreed_takes_cells_out() -> None:
    long = {"code": "L", "from": "07:30", "to": "20:00", "tags": ["long"]}
    people = [
        ADA
        | {"size": 100, "arrangement": {"no_nights": True, "longest_shift": "8 h", "weekend_exempt": True}},
        BO,
    ]
    bans = problem(shifts=[*SHIFTS, long], staff=people).classes[0].bans
    assert {action for day, action in bans if day % 7 < 4} == {3, 4}
    assert {action for day, action in bans if day % 7 == 4} == {3, 4}
    assert {action for day, action in bans if day % 7 > 4} == {1, 2, 3, 4}


def test_an_arrangement_ends_on_its_date() -> None:
    unit = problem(
        horizon={"weeks": 6, "start": "2027-03-08"},
        staff=[ADA | {"arrangement": {"no_nights": True, "valid_until": "2027-03-10"}}, BO],
    )
    assert unit.classes[0].bans == {(0, 3), (1, 3), (2, 3)}


@pytest.mark.parametrize(
    ("leave", "size", "window"),
    [
        ([], 80, (60 * 166.4, 60 * 170.4)),
        ([{"from": "week 1 monday", "to": "week 3 sunday"}], 80, (60 * 81.2, 60 * 85.2)),
        ([{"from": "week 1 monday", "to": "week 6 sunday"}], 80, (0, 0)),
    ],
)
def test_hours_shrink_with_leave(leave: list[Any], size: int, window: tuple[float, float]) -> None:
    post = with_ada(size=size, leave=leave).classes[0]
    assert post.window(size * 100, 42) == (round(window[0]), round(window[1]))


def test_hours_are_the_units_or_the_persons_own() -> None:
    own = {"full_week": "37.5 h", "under": "1 h", "over": "30 min"}
    one, other = problem(staff=[ADA | {"hours": own}, BO], hours={"full_week": "33.6 h"}).classes
    assert (one.full_week_minutes, one.under_minutes, one.over_minutes) == (2250, 60, 30)
    assert (other.full_week_minutes, other.under_minutes, other.over_minutes) == (2016, 240, 0)


def test_open_posts_are_one_class_for_each_competence() -> None:
    unit = case(
        open_unit(open_posts={"sizes": [100, 50, 20], "smallest_size": 50, "accepts": {"long_shifts": True}})
    ).problem
    assert [(post.id, post.person, post.sizes) for post in unit.classes] == [
        ("open-nurse", None, (5000, 10000)),
        ("open-aide", None, (5000, 10000)),
    ]
    assert all(post.long_shifts and not post.extra_weekends and not post.named for post in unit.classes)
    assert (unit.smallest_size, unit.classes[0].at_most) == (5000, 6)
    capped = case(open_unit(open_posts={"at_most": 2, "competences": ["aide"]})).problem
    assert [(post.id, post.at_most) for post in capped.classes] == [("open-aide", 2)]


def test_the_budget_is_the_files_or_what_the_staff_have() -> None:
    assert problem().budget.total == 13_000
    unit = case(
        open_unit(budget={"fte": 3.0, "by_competence": {"nurse": {"fte": 1.0, "share_percent": 50}}})
    ).problem
    assert (unit.budget.total, unit.budget.by_competence) == (30_000, ((0, 10_000),))


def test_a_calendar_plan_has_dates_and_history() -> None:
    unit = problem(
        horizon={"weeks": 6, "start": "2027-03-08"}, staff=[ADA | {"history": ["N", "off", "D"]}, BO]
    )
    assert not unit.cyclic
    assert unit.classes[0].history == (3, OFF, 1)
    assert unit.day_name(17) == "2027-03-25"
    assert 17 in unit.red_days
    assert problem().day_name(17) == "week 3 thursday"


def test_a_weekend_that_ends_within_sunday() -> None:
    unit = problem(
        weekend={"from": "saturday 12:00", "to": "sunday 22:00"},
        rules={"set": {"whole_weekends": {"enabled": False}}},
    )
    assert unit.weekend_cells == {(5, 2), (5, 3), (6, 1), (6, 2)}
    assert unit.weekend_days == ()
