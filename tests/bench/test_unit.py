"""Named people of public sets: their limits are kept to the minute."""

import pytest

from turnus.bench.unit import named
from turnus.problem import FULL_TIME


@pytest.mark.parametrize(
    ("days", "least", "most"),
    [(7, 1440, 2520), (14, 451, 900), (28, 1, 1), (364, 99_999, 100_001), (7, 0, 0)],
)
def test_the_hours_lie_exactly_between_the_limits(days: int, least: int, most: int) -> None:
    assert named("Ada", days, least, most).window(FULL_TIME, days) == (least, most)
