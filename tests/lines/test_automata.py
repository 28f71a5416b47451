"""Which kinds are read day by day, and which would have too many states for it."""

import pytest

from turnus.lines.automata import has_automaton
from turnus.rules.kinds import DayEvents, WeekEvents


@pytest.mark.parametrize(
    ("most", "of_weeks", "read"), [(1, 3, True), (3, 4, True), (2, 24, True), (1, 52, True), (13, 26, False)]
)
def test_week_events_are_read_where_they_lie_in_few_ways(most: int, of_weeks: int, read: bool) -> None:
    assert has_automaton(WeekEvents(frozenset({(6, 1)}), most, of_weeks)) == read


def test_events_by_date_are_never_read_by_weekday() -> None:
    assert not has_automaton(DayEvents((frozenset({(6, 1)}),), 0, 1))
