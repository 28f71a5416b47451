"""Checker and automaton agree on any shifts, bounds, histories and lines, not only on chosen ones."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import THREE, one_line, person, problem, shift
from tests.rules.three_ways import solved, walked
from turnus.clock import show_clock
from turnus.lines.automata import automaton_of
from turnus.problem import Problem, Shift
from turnus.rules import Rule
from turnus.rules.agreed.forbidden_sequences import ForbiddenSequences
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.agreed.rest_after_nights import RestAfterNights
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.rules.agreed.whole_weekends import WholeWeekends
from turnus.rules.health.isolated_working_days import IsolatedWorkingDays
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek
from turnus.rules.law.weekly_rest import WeeklyRest

QUARTERS = st.integers(0, 95).map(lambda quarter: show_clock(quarter * 15))


@st.composite
def shift_tables(draw: st.DrawFn) -> tuple[Shift, ...]:
    """Return two or three shifts at any times, the last one a night."""
    times = draw(st.lists(st.tuples(QUARTERS, QUARTERS), min_size=2, max_size=3))
    tags = ["day", "evening", "night"][-len(times) :]
    return (
        tuple(
            shift(code, *clock, tag)
            for code, clock, tag in zip("DAN", times, tags, strict=False)
            if clock[0] != clock[1]
        )
        or THREE
    )


@st.composite
def units(draw: st.DrawFn) -> tuple[Problem, tuple[int, ...]]:
    """Return a unit, cyclic or a plan with any history, and any line of it."""
    shifts = draw(shift_tables())
    weeks = draw(st.integers(1, 3))
    action = st.sampled_from([0, *range(len(shifts) + 1)])  # days off a little more often
    cyclic = draw(st.booleans())
    history = () if cyclic else tuple(draw(st.lists(action, max_size=16)))
    unit = problem(
        replace(person(shifts=shifts), history=history),
        weeks=weeks, cyclic=cyclic, shifts=shifts,
    )  # fmt: skip
    return unit, tuple(draw(st.lists(action, min_size=7 * weeks, max_size=7 * weeks)))


HOURS = st.integers(0, 60)
RULES = st.one_of(
    st.builds(lambda quarters: DailyRest.model_construct(rest_minutes=15 * quarters), st.integers(0, 400)),
    st.builds(lambda hours: RestAfterNights(rest_minutes=60 * hours), st.integers(1, 100)),
    st.builds(
        lambda quarters, straddle: WeeklyRest(rest_minutes=15 * quarters, straddle=straddle),
        st.integers(1, 400),
        st.booleans(),
    ),
    st.builds(lambda days: MaxWorkingDaysInARow(days=days), st.integers(1, 9)),
    st.builds(lambda days: IsolatedWorkingDays(at_least=days), st.integers(2, 7)),
    st.builds(lambda hours: MaxHoursPerWeek.alike(60 * hours), HOURS),
    st.builds(
        lambda worked, of: WeekendFrequency(worked=worked, of_weeks=of), st.integers(0, 3), st.integers(1, 6)
    ),
    st.just(WholeWeekends()),
    st.just(ForbiddenSequences(sequences=(("night", "off", "any"), ("any", "any", "off", "any")))),
)


@settings(max_examples=1000)
@given(rule=RULES, case=units())
def test_the_automata_count_what_the_checker_counts(
    rule: Rule, case: tuple[Problem, tuple[int, ...]]
) -> None:
    unit, line = case
    counted = sum(breach.times for breach in rule.violations(unit, one_line(unit, line)))
    kinds = rule.lower(unit, unit.classes[0])
    assert sum(walked(unit, automaton_of(kind), line) for kind in kinds) == counted


@settings(max_examples=150)
@given(rule=RULES, case=units())
def test_cpsat_counts_what_the_checker_counts(rule: Rule, case: tuple[Problem, tuple[int, ...]]) -> None:
    unit, line = case
    counted = sum(breach.times for breach in rule.violations(unit, one_line(unit, line)))
    kinds = rule.lower(unit, unit.classes[0])
    assert solved(unit, kinds, line, hard=False) == counted
    assert (solved(unit, kinds, line, hard=True) is not None) == (counted == 0)
