"""Sums of shifts, against counting them one by one."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import LOOSE, NIGHT, person, problem, shift
from turnus.case.reach import Totals, totals
from turnus.case.usable import Usable, most_weekends
from turnus.rules.kinds import WeekEvents, WindowSum
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek


@given(
    lengths=st.lists(st.integers(1, 40).map(lambda n: n * 15), min_size=1, max_size=2),
    free=st.sets(st.integers(0, 6), max_size=3),
    fixed=st.booleans(),
)
def test_totals_are_exactly_the_sums_there_are(lengths: list[int], free: set[int], fixed: bool) -> None:
    shifts = [shift(f"S{i}", "07:00", "15:00", minutes=n) for i, n in enumerate(lengths)]
    pins = ((0, 1),) if fixed else ()
    unit = problem(person(shifts=shifts, leave=frozenset(free | {0} if not fixed else free - {0}), pins=pins),
                   shifts=shifts)  # fmt: skip
    found = totals(Usable.of(unit, (), unit.classes[0]))
    days = [
        [lengths[0]] if fixed and day == 0 else [0, *lengths]
        for day in range(7)
        if day not in unit.classes[0].leave
    ]
    sums = {sum(choice) for choice in product(*days)}
    assert {n * found.unit for n in range(found.bits.bit_length()) if found.bits >> n & 1} == sums


@given(
    sums=st.sets(st.integers(0, 60), min_size=1),
    least=st.integers(-30, 900),
    width=st.integers(0, 300),
    unit=st.sampled_from([1, 7, 15]),
)
def test_windows_and_neighbours(sums: set[int], least: int, width: int, unit: int) -> None:
    found = Totals(sum(1 << n for n in sums), unit)
    values = [n * unit for n in sums]
    most = max(least, 0) + width
    assert found.between(least, most) == any(max(least, 0) <= value <= most for value in values)
    below, above = found.nearest(least, most)
    assert below == max((value for value in values if value < least), default=None)
    assert above == min((value for value in values if value > most), default=None)


def test_an_empty_window_holds_nothing() -> None:
    assert not Totals(0b111, 60).between(61, 60)
    assert not Totals(0b111, 60).between(61, 119)
    assert Totals(0b111, 60).between(61, 120)


def test_a_limit_on_the_week_caps_the_total() -> None:
    unit = problem(person(shifts=[NIGHT]), shifts=[NIGHT])
    rule = MaxHoursPerWeek.alike(20 * 60)
    capped = totals(Usable.of(unit, (rule,), unit.classes[0]))
    assert (capped.bits.bit_length() - 1) * capped.unit == 2 * 585
    free = totals(Usable.of(unit, (), unit.classes[0]))
    assert (free.bits.bit_length() - 1) * free.unit == 7 * 585


def test_a_sum_of_other_weights_is_no_limit_on_hours() -> None:
    unit = problem()
    counting = Usable(unit, unit.classes[0], ((MaxHoursPerWeek(), WindowSum((0, 1, 1, 1), 2)),))
    assert counting.minutes_cap is None


@given(weeks=st.integers(1, 9), most=st.integers(0, 4), of_weeks=st.integers(1, 12))
def test_most_weekends_of_a_cycle_against_trying_all(weeks: int, most: int, of_weeks: int) -> None:
    most = min(most, of_weeks)
    kind = WeekEvents(frozenset({(5, 1)}), most, of_weeks)
    best = max(
        sum(pattern)
        for pattern in product((0, 1), repeat=weeks)
        if all(
            sum(pattern[(week + back) % weeks] for back in range(of_weeks)) <= most for week in range(weeks)
        )
    )
    assert most_weekends(problem(weeks=weeks), kind) == best


@given(weeks=st.integers(1, 9), most=st.integers(0, 4), of_weeks=st.integers(1, 12))
def test_most_weekends_of_a_plan_against_trying_all(weeks: int, most: int, of_weeks: int) -> None:
    most = min(most, of_weeks)
    kind = WeekEvents(frozenset({(5, 1)}), most, of_weeks)
    best = max(
        sum(pattern)
        for pattern in product((0, 1), repeat=weeks)
        if all(sum(pattern[max(0, week - of_weeks + 1) : week + 1]) <= most for week in range(weeks))
    )
    assert most_weekends(problem(weeks=weeks, cyclic=False), kind) == best


def test_the_builders_tolerance_never_binds() -> None:
    assert person().under_minutes == LOOSE
