"""The tables that the terminal and the report share."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.result.cases import GOALS, small_case, small_outcome, small_rota
from turnus.audit import free_days
from turnus.problem import Post, Rota
from turnus.result import rulebook, view
from turnus.texts import using_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield


def test_sizes_are_counted_by_competence_largest_first_with_a_sum() -> None:
    case = small_case()
    lines = view.size_lines(case.problem, small_rota(case))
    assert [(line.size, line.by_competence, line.posts, line.fte) for line in lines] == [
        ("75%", ("1", ""), "1", "0.75"),
        ("50%", ("", "2"), "2", "1.00"),
        ("All", ("1", "2"), "3", "1.75"),
    ]
    assert view.size_headings(case.problem, small_rota(case)) == ["Nurses", "Health workers"]
    assert [line.share for line in lines] == [33, 67, 100]


def test_a_competence_without_posts_has_no_column() -> None:
    case = small_case()
    rota = small_rota(case)
    aides = Rota(rota.posts[1:], rota.lines[1:])
    assert view.size_headings(case.problem, aides) == ["Health workers"]
    assert view.size_lines(case.problem, aides)[0].by_competence == ("2",)


def test_coverage_is_summed_over_the_weeks_by_weekday() -> None:
    case = small_case()
    lines = view.coverage_lines(case.problem, small_rota(case))
    evening = next(line for line in lines if line.block == "evening")
    monday, tuesday = evening.cells[0], evening.cells[1]
    assert monday is not None
    assert tuesday is not None
    assert (monday.need, monday.missing, monday.over) == ("1", 1, 0)
    assert (tuesday.need, tuesday.missing, tuesday.over) == ("1", 0, 0)
    assert evening.cells[5] is None  # nobody is needed on Saturday
    nurses = next(line for line in lines if line.competence)
    assert (nurses.competence, nurses.cells[1]) == ("Nurses", None)


def test_a_need_that_differs_between_weeks_is_a_span() -> None:
    need = "{weekdays: 1, week 2 tuesday: 3}"
    case = small_case(demand__0__need=need)
    day = next(line for line in view.coverage_lines(case.problem, small_rota(case)) if line.block == "day")
    assert day.cells[1] == view.CoverageCell("1–3", 2, 0)


def test_the_vector_carries_bounds_of_goals_and_nothing_invented() -> None:
    case = small_case()
    facts = {fact.name: fact for fact in view.heltid_facts(case.problem, small_rota(case), GOALS)}
    assert (facts["Full-time posts"].value, facts["Full-time posts"].bound) == ("0", "1")
    assert (facts["Heads"].value, facts["Heads"].bound) == ("3", "3")
    assert facts["Mean size"].bound == ""
    assert facts["Small posts"].value == "0 below 20% · 0 below 50% · 3 below 80%"


def test_named_and_open_full_time_posts_are_told_apart() -> None:
    case = small_case()
    rota = small_rota(case)
    full = Rota((Post(0, 10000), rota.posts[1], Post(2, 10000)), rota.lines)
    facts = view.heltid_facts(case.problem, full, ())
    assert facts[0].value == "2 (1 named, 1 open)"


def test_an_unknown_value_is_called_unknown() -> None:
    outcome = small_outcome(small_case())
    facts = view.goal_facts(outcome)
    assert (facts[3].name, facts[3].bound) == ("Wishes not met", "unknown")


@pytest.mark.parametrize(
    ("tags", "start", "mark"),
    [
        (frozenset({"long", "day"}), 450, "long"),
        (frozenset({"night"}), 450, "night"),
        (frozenset(), 450, "day"),
        (frozenset(), 885, "evening"),
        (frozenset(), 1320, "night"),
    ],
)
def test_a_shift_is_marked_by_its_tags_else_by_when_it_starts(
    tags: frozenset[str], start: int, mark: str
) -> None:
    problem = small_case().problem
    shift = replace(problem.shifts[0], tags=tags, start=start)
    assert view.mark_of(replace(problem, shifts=(shift,)), 1) == mark
    assert view.mark_of(replace(problem, shifts=(replace(shift, tags=frozenset(), active=()),)), 1) == "other"


def test_grid_lines_have_weekly_hours_and_planned_minus_position() -> None:
    case = small_case()
    rota = small_rota(case)
    kari, _ola, opened = view.grid_lines(case.problem, rota, free_days(case.problem, case.rules, rota))
    assert (kari.person, kari.week_hours, kari.difference) == ("Kari", ("30", "22.5"), "-0.75 h")
    assert (opened.person, opened.competence) == ("", "Health workers")
    assert [cell.mark for cell in kari.cells[:7]] == ["day"] * 4 + ["off", "free", "free"]


def test_the_line_of_who_is_missing_is_there_only_when_somebody_is() -> None:
    case = small_case()
    sums = view.day_sums(case.problem, small_rota(case))
    assert [line.title for line in sums] == ["D", "A", "Missing at most"]
    assert sums[2].counts[7] == 1
    assert sum(sums[2].counts) == 1
    lines = ("DDDD... DD..D..", "AA..A.. AAAAA..", "..AAD.. ..DD...")
    covered = view.day_sums(case.problem, small_rota(case, lines))
    assert [line.title for line in covered] == ["D", "A"]


def test_rules_show_their_values_as_the_file_writes_them() -> None:
    case = small_case()
    lines = {line.id: line for line in rulebook.rule_lines(case.problem, case.rules, None)}
    assert lines["daily_rest"].values == "rest: 9 h"
    assert lines["daily_rest"].agreement == "K-7"
    assert lines["daily_rest"].breaches is None
    assert not lines["isolated_working_days"].hard
    assert lines["weekend_frequency"].values.startswith("worked: 1, of: 3")


def test_hard_rules_come_first_and_breaches_are_counted() -> None:
    case = small_case(rules__set__daily_rest__rest="11 h")
    lines = rulebook.rule_lines(case.problem, case.rules, small_rota(case))
    strengths = [line.hard for line in lines]
    assert strengths == sorted(strengths, reverse=True)
    assert next(line.breaches for line in lines if line.id == "daily_rest") == 1
