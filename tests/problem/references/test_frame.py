"""Horizon, weekend, competences, goals, hours and agreements."""

from typing import Any

import pytest

from tests.files import case, only, refused, small

FRAME_MISTAKES = [
    (
        {"horizon": {"weeks": 6, "start": "2027-03-23"}}, "horizon.start",
        "expected a Monday; found 2027-03-23, a Tuesday. Start on a Monday; earlier shifts go under history.",
    ),
    (
        {"horizon": {"weeks": 6, "lines": "shared"}}, "horizon.lines",
        "expected own; found shared, which is not served yet. "
        "Write own: each post then has its own line.",
    ),
    (
        {"weekend": {"from": "saturday 00:00", "to": "friday 21:00"}}, "weekend.to",
        'expected an end after saturday 00:00; found "friday 21:00". '
        'Use "monday 00:00" for the end of Sunday.',
    ),
    (
        {"competences": {"nurse": {"covers": ["aid"]}, "aide": {}}}, "competences.nurse.covers.0",
        'expected one of nurse, aide; found "aid". Did you mean aide?',
    ),
    (
        {"goals": []}, "goals",
        "expected at least one goal; found an empty list. Leave goals out to get the usual order.",
    ),
    (
        {"goals": ["uncovered", "wishes", "uncovered"]}, "goals.2",
        "expected each goal once; found uncovered twice. Take one of them out.",
    ),
    (
        {"agreements": [{"id": "a", "parties": "X"}, {"id": "a", "parties": "Y"}]}, "agreements.1.id",
        "expected each agreement once; found a twice. Rename one of them.",
    ),
    (
        {"staff": []}, "staff",
        "expected staff or open_posts; found neither. "
        "List the staff, or say which posts turnus may create.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "words"), FRAME_MISTAKES)
def test_frame(changes: dict[str, Any], path: str, words: str) -> None:
    assert only(refused(small(**changes))) == (path, words)


def test_an_agreement_lasts_as_long_as_the_plan_that_rests_on_it() -> None:
    def unit(until: str) -> dict[str, Any]:
        return small(
            horizon={"weeks": 6, "start": "2027-03-22"},
            agreements=[{"id": "rest", "parties": "X", "valid_until": until}],
            rules={"set": {"daily_rest": {"rest": "9 h", "agreement": "rest"}}},
        )

    assert only(refused(unit("2027-05-01"))) == (
        "agreements.0.valid_until",
        "expected 2027-05-02 or later, the last day of the plan; found 2027-05-01. "
        "Renew the agreement, end the plan earlier, or take out what rests on it.",
    )
    assert case(unit("2027-05-02")).rules
    unused = unit("2027-05-01") | {"rules": {"set": {}}}
    assert case(unused).rules
