import pytest

from tests.goals.small import DEMAND, small_problem, small_rota
from turnus.goals import coverage
from turnus.goals.frames import coverage_frame


def test_everything_covered_leaves_nothing_uncovered_and_nothing_over() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["DDDDDDD", "DDDDD..", "AAAAAAA"], [10000, 8000, 10000])
    found = coverage(problem, rota)
    assert (found.uncovered_minutes, found.over_minutes, found.places) == (0, 0, ())
    # day: 5 × 2 + 2 × 1 people, evening 7 × 1, each 450 minutes
    assert found.headcount.needed_minutes == 19 * 450
    assert found.by_competence["nurse"].needed_minutes == 7 * 450


def test_a_missing_nurse_counts_in_the_headcount_and_in_the_competence() -> None:
    problem = small_problem()
    rota = small_rota(problem, [".DDDDDD", "DDDDD..", "AAAAAAA"], [10000, 8000, 10000])
    found = coverage(problem, rota)
    # Monday has Ola only: one person short of two, and the nurse of the block missing
    assert found.headcount.uncovered_minutes == 450
    assert found.by_competence["nurse"].uncovered_minutes == 450
    assert found.uncovered_minutes == 900
    assert [(problem.rows[p.row].competence, p.missing) for p in found.places] == [(None, 1), (0, 1)]


def test_an_aide_does_not_stand_in_for_a_nurse_but_a_nurse_counts_in_the_headcount() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["AAAAAAA", "DDDDDDD", "DDDDDDD"], [10000, 8000, 10000])
    found = coverage(problem, rota)
    assert found.by_competence["nurse"].uncovered_minutes == 7 * 450
    assert found.headcount.uncovered_minutes == 0
    assert found.over_minutes == 2 * 450  # two aides on each weekend day that needs one person


def test_one_person_too_many_does_not_make_up_for_one_too_few_elsewhere() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["DDDDDDD", "ADDDD..", "AAAAAA."], [10000, 8000, 10000])
    found = coverage(problem, rota)
    assert found.uncovered_minutes == 450 + 450  # Monday day, Sunday evening
    assert found.over_minutes == 450  # Monday evening


def test_a_row_on_a_night_counts_who_came_in_the_evening_before() -> None:
    demand = [*DEMAND, {"block": "night", "from": "22:00", "to": "07:30", "need": 1}]
    problem = small_problem(demand=demand)
    covered = small_rota(problem, ["NNNNNNN", "DDDDDDD"], [10000, 8000])
    night = [p for p in coverage(problem, covered).places if problem.rows[p.row].block == "night"]
    assert night == []
    uncovered = small_rota(problem, ["NNN.NNN", "DDDDDDD"], [10000, 8000])
    found = [
        problem.rows[p.row]
        for p in coverage(problem, uncovered).places
        if problem.rows[p.row].block == "night"
    ]
    assert [row.day for row in found] == [3]


def test_the_frame_has_a_line_for_each_row_and_sums_to_the_same() -> None:
    problem = small_problem()
    rota = small_rota(problem, [".DDDDDD", "DDDDD..", "AAAAA.."], [10000, 8000, 10000])
    frame = coverage_frame(problem, rota)
    assert len(frame) == len(problem.rows) == 21
    assert int((frame["missing"] * frame["minutes"]).sum()) == coverage(problem, rota).uncovered_minutes
    assert frame.iloc[0]["day_name"] == "week 1 monday"
    assert frame.iloc[0]["from"] == "07:45"  # until then it is hand-over from the night


@pytest.mark.parametrize(("weeks", "missing"), [(["DDDDDDD"], 1), (["......."], 2)])
def test_how_many_are_missing_is_counted_not_only_that_somebody_is(weeks: list[str], missing: int) -> None:
    problem = small_problem()
    places = coverage(problem, small_rota(problem, weeks, [10000])).places
    assert next(p.missing for p in places if problem.rows[p.row].competence is None) == missing
