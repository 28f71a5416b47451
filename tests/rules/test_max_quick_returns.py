"""Most quick returns in some weeks."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.agreed.max_quick_returns import MaxQuickReturns
from turnus.rules.kinds import Limited

ONE_IN_TWO = MaxQuickReturns(most=1, weeks=2)
NONE_IN_ONE = MaxQuickReturns(most=0, weeks=1)
TRIALS = {
    "max_quick_returns": Trial(MaxQuickReturns(most=1, weeks=1), "-D -AD DN -AD -A AD -DA", "A"),
    "max_quick_returns: two weeks": Trial(ONE_IN_TWO, "-D A -D - - - -A -D -A D - - - -A", "--AD-A-A"),
    "max_quick_returns: the week before": Trial(ONE_IN_TWO, "-D A -D -A -D - -A", "D--AD-A"),
}
FAULTS = [
    ("max_quick_returns", Limited, ("most+1", "most-1")),
    ("max_quick_returns: two weeks", Limited, ("most+1", "most-1", "weeks-1")),
]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AD----- -------", []),  # A 22:15 to D 07:30 is 9 h 15 min
        ("AD-AD-- -------", [(0, 6, 1), (0, 13, 1)]),
        ("AD----- AD-----", [(0, 6, 1), (0, 13, 1)]),  # any two weeks of the repeated rota have two
        ("D------ ------A", []),  # one, from the last day to the first
        ("DA----- ---A-D-", []),  # a day off between: no quick return
    ],
)
def test_quick_returns_beyond_the_number(line: str, expected: list[object]) -> None:
    assert found(ONE_IN_TWO, problem(weeks=2), line) == expected


def test_a_long_stretch_on_the_repeated_rota_counts_every_round() -> None:
    # One quick return a week is six in six weeks, four above two.
    assert found(MaxQuickReturns(), problem(), "AD-----") == [(0, 6, 4)]


def test_known_days_before_a_plan_count() -> None:
    unit = problem(person(history="AD----A"), cyclic=False)
    assert found(ONE_IN_TWO, unit, "D------") == [(0, 6, 1)]
    assert found(NONE_IN_ONE, unit, "D------") == [(0, 6, 1)]
    assert found(NONE_IN_ONE, unit, "-D-----") == []
