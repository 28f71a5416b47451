"""Notice: fourteen days from the discussion to the start."""

import datetime as dt

import pytest
from pydantic import ValidationError

from tests.builders import problem
from tests.rules.checks import found
from turnus.rules.law.notice import Notice
from turnus.texts import using_language

START = dt.date(2027, 3, 22)


@pytest.mark.parametrize(
    ("days", "expected"), [(14, []), (13, [(None, 0, 1)]), (0, [(None, 0, 14)]), (-3, [(None, 0, 17)])]
)
def test_days_from_the_discussion_to_the_start(days: int, expected: list[object]) -> None:
    unit = problem(cyclic=False, start=START, discussed=START - dt.timedelta(days=days))
    assert found(Notice(), unit, "-------") == expected


def test_without_a_date_it_is_not_judged() -> None:
    with using_language("en"):
        assert "start date" in Notice().unjudged(problem())
        assert "horizon.discussed" in Notice().unjudged(problem(cyclic=False, start=START))
        assert Notice().unjudged(problem(cyclic=False, start=START, discussed=START)) == ""


def test_no_rota_can_mend_it_so_that_it_is_never_hard_and_never_less_than_the_law_says() -> None:
    for values in ({"strength": "hard"}, {"days": 13}):
        with pytest.raises(ValidationError):
            Notice.model_validate(values)
