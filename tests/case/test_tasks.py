"""Demand from tasks: the rule by hand, who may do them, what is refused, and that no minute is lost."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files import SHIFTS, case, only, open_unit, refused, text_refused
from turnus.case import Case
from turnus.case.tasks import task_days
from turnus.cli.tasks import show_tasks
from turnus.goals import coverage
from turnus.problem import Rota
from turnus.problem.tasks import closed_groups
from turnus.result.document import coverage_part
from turnus.result.task_words import task_facts
from turnus.result.tasks import tasks_part
from turnus.result.view import coverage_lines, shift_legend, uncovered_places
from turnus.scenario.models import Scenario
from turnus.texts import using_language

Task = dict[str, Any]
NIGHT = {"block": "night", "from": "22:15", "to": "07:30", "need": 1}


def unit(*tasks: Task, **changes: Any) -> dict[str, Any]:
    content = {"competences": {"nurse": {"covers": ["aide"]}, "aide": {}}, "demand": None} | changes
    return open_unit(tasks=list(tasks), **content)


def task(name: str, begins: str, ends: str, **values: Any) -> Task:
    return {"name": name, "within": [begins, ends], **values}


def asked(found: Case) -> list[tuple[str, Any, dict[str, Any]]]:
    return [(block.block, block.need, block.of_which) for block in found.scenario.demand]


def placed(found: Case) -> list[tuple[str, int, int]]:
    (day,) = found.task_days
    return [(one.task.name, one.begins, one.ends) for one in day.placed]


def test_a_fixed_task_begins_with_its_time_and_a_movable_one_steps_aside() -> None:
    found = case(
        unit(
            task("care", "08:00", "10:00", minutes=60, people=2, movable=False),
            task("shower", "08:00", "12:00", minutes=45),
            task("watch", "15:00", "22:00"),
        )
    )
    assert placed(found) == [("care", 480, 540), ("shower", 540, 585), ("watch", 900, 1320)]
    assert asked(found) == [("07:45–14:45", 2, {}), ("15:00–22:00", 1, {})]
    assert found.task_days[0].proven
    assert (found.task_days[0].task_minutes, found.task_days[0].demand_minutes) == (585, 2 * 420 + 420)


def test_days_are_placed_by_what_is_done_on_them() -> None:
    found = case(
        unit(
            task("care", "08:00", "10:00", minutes=120, times=2),
            task("shopping", "08:00", "10:00", minutes=120, days=["weekdays"]),
            task("bath", "09:00", "10:00", minutes=60, days=["week 2 tuesday"]),
        )
    )
    assert [len(day.days) for day in found.task_days] == [29, 12, 1]
    need = asked(found)[0][1]
    assert (need["week 1 tuesday"], need["week 2 tuesday"], need["week 2 sunday"]) == (3, 4, 2)
    assert len(need) == 42
    assert asked(case(unit(task("care", "08:00", "10:00", days=["weekdays"]))))[0][1] == {
        "weekdays": 1,
        "weekend": 0,
    }


def test_who_may_is_a_least_number_inside_the_headcount() -> None:
    found = case(
        unit(
            task("medicines", "08:00", "09:00", who=["nurse"]),
            task("care", "08:00", "09:00", people=2, who=["aide"]),
            task("report", "08:30", "09:00"),
            competences={"nurse": {"covers": ["aide"]}, "aide": {}, "student": {}},
            open_posts={"competences": ["nurse", "aide"]},
        )
    )
    assert asked(found) == [("07:45–14:45", 4, {"nurse": 1, "aide": 3})]


def test_tasks_of_few_are_put_where_those_few_are_needed_anyway() -> None:
    """Everybody's demand is the same by day and in the evening; a nurse's is not, and so it waits."""
    found = case(
        unit(
            task("watch", "08:00", "09:00", movable=False),
            task("medicines", "16:00", "17:00", who=["nurse"], movable=False),
            task("wounds", "09:00", "20:00", minutes=60, who=["nurse"]),
        )
    )
    assert placed(found)[1] == ("wounds", 900, 960)
    assert asked(found) == [("07:45–14:45", 1, {}), ("15:00–22:00", 1, {"nurse": 1})]


WHO = ({"n"}, {"a", "n"}, {"s"}, {"n", "s"}, {"n", "a", "s"})


@given(st.lists(st.sampled_from(WHO), max_size=4), st.tuples(*[st.integers(0, 3)] * 3))
@settings(max_examples=150, deadline=None)
def test_enough_of_each_group_is_exactly_that_somebody_can_do_each_task(
    tasks: list[set[str]], staff: tuple[int, int, int]
) -> None:
    people = [name for name, n in zip("nas", staff, strict=True) for _ in range(n)]
    sets = [frozenset(who) for who in tasks]
    enough = all(
        sum(person in group for person in people) >= sum(who <= group for who in sets)
        for group in closed_groups(sets)
    )
    done = any(
        len(set(chosen)) == len(chosen)
        and all(people[person] in who for person, who in zip(chosen, tasks, strict=True))
        for chosen in product(range(len(people)), repeat=len(tasks))
    )
    assert enough == done


def test_a_hand_over_is_counted_with_the_shift_that_is_still_there() -> None:
    work = task("watch", "07:30", "22:15")
    quiet = case(unit(work, task("care", "08:00", "14:00")))
    assert asked(quiet) == [("07:30–15:00", 2, {}), ("15:00–22:15", 1, {})]
    report = case(unit(work, task("care", "08:00", "14:00"), task("report", "14:45", "15:00", people=3)))
    assert asked(report) == [("07:30–14:45", 2, {}), ("14:45–15:00", 4, {}), ("15:00–22:15", 1, {})]
    early = {"code": "K", "from": "07:30", "to": "14:45", "tags": ["day"]}
    leaving = case(unit(work, task("care", "08:00", "14:00"), shifts=[*SHIFTS, early]))
    assert asked(leaving) == [("07:30–14:45", 2, {}), ("14:45–22:15", 1, {})]
    for ward in (quiet, report, leaving):
        (day,) = ward.task_days
        headcount = [row for row in ward.problem.rows if row.competence is None and row.day == 0]
        assert day.demand_minutes == sum(row.need * row.minutes for row in headcount)
    assert [ward.task_days[0].handover_minutes for ward in (quiet, report, leaving)] == [30, 15, 15]
    assert [(one.begins, one.ends, one.people) for one in quiet.task_days[0].stretches] == [
        (450, 900, 2),
        (900, 1335, 1),
    ]
    (short,) = {(row.cells, row.need) for row in report.problem.rows if row.begins == 885 and row.day == 0}
    assert short == (frozenset({(0, 1), (0, 2)}), 4)


@given(
    st.lists(
        st.tuples(st.sampled_from(["07:45", "15:00"]), st.integers(1, 3), st.integers(1, 4)),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=15, deadline=None)
def test_nothing_is_lost_where_nothing_is_rounded(parts: list[tuple[str, int, int]]) -> None:
    """Tasks that fill stretches from edge to edge are as many minutes of work as of demand."""
    ends = {"07:45": "14:45", "15:00": "22:00"}
    tasks = [
        task(f"{at}", begins, ends[begins], people=people, times=times)
        for at, (begins, people, times) in enumerate(parts)
    ]
    (day,) = task_days(Scenario.model_validate(unit(*tasks)))
    assert day.task_minutes == day.demand_minutes
    half = [one | {"minutes": 210} for one in tasks]
    (day,) = task_days(Scenario.model_validate(unit(*half)))
    assert day.task_minutes <= day.demand_minutes


@pytest.mark.parametrize(
    ("tasks", "path", "words"),
    [
        (
            [task("care", "08:00", "09:00", minutes=61)], "tasks.0.minutes",
            "expected at most the 60 minutes between 08:00 and 09:00; found 61. "
            "Give the task more time in within, or fewer minutes.",
        ),
        (
            [task("care", "22:00", "02:00")], "tasks.0.within",
            'expected an end after the start, on the same day; found "22:00–02:00". '
            "Write two tasks, one until 24:00 and one from 00:00.",
        ),
        (
            [task("care", "08:00", "09:00", who=["nurs"])], "tasks.0.who.0",
            'expected one of nurse, aide; found "nurs". Did you mean nurse?',
        ),
        (
            [task("care", "08:00", "09:00", who=[])], "tasks.0.who",
            "expected at least one competence; found an empty list. Leave who out when everybody may do it.",
        ),
        (
            [task("care", "08:00", "09:00", days=["week 9"])], "tasks.0.days.0",
            'expected a day of the 6 weeks; found "week 9". '
            "Choose a day inside it, or change horizon.weeks.",
        ),
        (
            [task("care", "08:00", "09:00"), task("care", "10:00", "11:00")], "tasks.1.name",
            "expected each task once; found care twice. Rename one of them.",
        ),
        (
            [task("care", "08:00", "09:00", done_by="service")], "demand",
            "expected demand, or tasks for own staff; found nothing. "
            "Say how many people are needed under demand, or what is to be done under tasks.",
        ),
        (
            [task("care", "23:00", "23:30"), task("walk", "15:00", "16:00")], "tasks",
            "expected a shift that lasts throughout the time of the block; "
            "found none on week 1 monday 22:15–24:00 and 41 other days. "
            "Add a shift for that time, cut the block where shifts change, or raise handover.at_most.",
        ),
    ],
)  # fmt: skip
def test_mistakes(tasks: list[Task], path: str, words: str) -> None:
    shifts = [{"code": "D", "from": "07:30", "to": "15:00"}, {"code": "A", "from": "14:45", "to": "22:15"}]
    found, told = only(refused(unit(*tasks, shifts=shifts)))
    assert (found, told) == (path, words)


def test_people_who_are_no_group_are_refused() -> None:
    three: dict[str, Any] = {"nurse": {}, "educator": {}, "aide": {}}
    medicines = task("medicines", "08:00", "09:00", who=["nurse", "educator"])
    path, words = only(refused(unit(medicines, competences=three)))
    assert path == "tasks.0.who"
    assert words.startswith(
        "expected people who are everybody, or all who cover one competence; found educator, nurse."
    )
    skilled: dict[str, Any] = {
        "nurse": {"covers": ["skilled"]},
        "educator": {"covers": ["skilled"]},
        "aide": {},
        "skilled": {},
    }
    posts = {"competences": ["nurse", "educator", "aide"]}
    budget = {"fte": 9, "by_competence": {"nurse": {"share_percent": 40}, "educator": {"share_percent": 40}}}
    medicines = task("medicines", "08:00", "09:00", who=["skilled"])
    found = case(unit(medicines, competences=skilled, open_posts=posts, budget=budget))
    assert asked(found)[0][2] == {"skilled": 1}


def test_the_same_time_stated_both_ways_is_refused() -> None:
    care = task("care", "08:00", "16:00", minutes=30)
    evening = {"block": "evening", "from": "15:00", "to": "22:00", "need": 1}
    path, words = only(refused(unit(care, demand=[NIGHT, evening])))
    assert path == "demand.1"
    assert words == (
        "expected the same time and competence stated one way; found it as demand in evening and by tasks, "
        "care. Take the block out or shorten it, or move the task to another time."
    )
    by_shift = {"block": "evening", "shifts": ["A"], "need": 1}
    assert only(refused(unit(care, demand=[by_shift])))[0] == "demand.0"
    case(unit(care, demand=[NIGHT, evening | {"need": {"weekend": 0}}]))
    early = task("early", "06:00", "07:00")
    assert only(refused(unit(early, demand=[NIGHT])))[0] == "demand.0"
    sunday = NIGHT | {"need": {"sunday": 1}}
    assert only(refused(unit(early | {"days": ["monday"]}, demand=[sunday])))[0] == "demand.0"
    case(unit(early | {"days": ["tuesday"]}, demand=[sunday]))
    case(unit(early | {"done_by": "technology"}, demand=[NIGHT]))


def test_mistakes_have_their_place_in_the_file() -> None:
    text = """\
turnus: 1
name: Unit
horizon: {weeks: 6}
shifts: [{code: D, from: "07:30", to: "15:00"}]
tasks:
  - {name: care, within: ["08:00", "09:00"],
     minutes: 90}
  - {name: walk, within: ["08:00"]}
"""
    assert [line.split(": ")[0] for line in text_refused(text)] == ["ward.yaml:8:26"]
    lines = text_refused(text.replace('["08:00"]', '["08:00", "09:00"]'))
    (line,) = (line for line in lines if "tasks" in line)
    assert line.startswith("ward.yaml:7:15: tasks.0.minutes: expected at most the 60 minutes")


def test_what_others_do_is_no_demand_but_volunteers_take_nothing_away() -> None:
    care, walk = task("care", "08:00", "14:00"), task("walk", "08:00", "14:00")
    own = asked(case(unit(care, walk)))
    for taker in ("service", "technology", "other_unit"):
        found = case(unit(care, walk | {"done_by": taker}))
        assert asked(found) == [("07:45–14:45", 1, {})]
        assert [one.name for one in found.tasks_elsewhere] == ["walk"]
    volunteers = case(unit(care, walk | {"done_by": "volunteers"}))
    assert asked(volunteers) == own == [("07:45–14:45", 2, {})]
    (note,) = (one.sentence() for one in volunteers.notes if one.path[0] == "tasks")
    assert note == (
        "tasks.1.done_by: expected staff, service, technology or another unit behind every task; found "
        "volunteers for walk. Volunteers come in addition to the staff and may stay away; the task stays "
        "demand for the unit's own staff."
    )


def test_tasks_beside_stated_demand_and_a_block_of_the_same_name() -> None:
    night = NIGHT | {"block": "07:45–14:45"}
    found = case(unit(task("care", "08:00", "14:00"), demand=[night]))
    assert [block for block, *_ in asked(found)] == ["07:45–14:45", "07:45–14:45*"]
    assert found.scenario.tasks == ()


def test_an_end_at_midnight_is_24_00_wherever_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A task until midnight that nobody is there for: in the demand, and where it is uncovered."""
    late = {"code": "S", "from": "16:00", "to": "00:00", "tags": ["evening"]}
    found = case(unit(task("watch", "16:00", "24:00"), shifts=[*SHIFTS, late]))
    (day,) = tasks_part(found)
    stretch = day["demand"][-1]
    assert (stretch["to"], day["placed"][0]["to"]) == ("24:00", "24:00")
    show_tasks(found)
    assert f"{stretch['from']}–24:00" in capsys.readouterr().out
    problem = found.problem
    nobody = Rota((), np.zeros((0, problem.days), np.int16))
    assert coverage_part(problem, coverage(problem, nobody))["places"][-1]["to"] == "24:00"
    assert coverage_lines(problem, nobody)[-1].times.endswith("–24:00")
    assert "–24:00: 1" in uncovered_places(problem, nobody)[-1]
    assert [text for cell, text in shift_legend(problem) if cell.code == "S"] == ["16:00–24:00"]


def test_days_that_are_alone_in_their_tasks_are_named_in_the_language() -> None:
    found = case(
        unit(
            task("care", "08:00", "10:00", minutes=120),
            task("bath", "09:00", "10:00", minutes=60, days=["week 2 tuesday"]),
        )
    )
    with using_language("nb"):
        titles = [facts.title for facts in task_facts(found)]
    assert "Oppgaver: uke 2 tirsdag" in titles
    assert not any("week" in title or "tuesday" in title for title in titles)
