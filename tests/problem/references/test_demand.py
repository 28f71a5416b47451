"""Demand that contradicts itself or the shifts."""

from typing import Any

import pytest

from tests.files import SHIFTS, case, only, refused, small

BLOCK: dict[str, Any] = {"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 1}}


def block(**changes: Any) -> dict[str, Any]:
    """Return the small unit with its block of demand changed."""
    changed = BLOCK | changes
    return small(demand=[{key: value for key, value in changed.items() if value is not None}])


DEMAND_MISTAKES = [
    (
        {"shifts": ["D"], "to": None}, "demand.0.from",
        "expected from and to, or shifts; found both. Take out one of them.",
    ),
    (
        {"from": None, "to": None}, "demand.0.from",
        'expected from and to, or shifts; found no from. Add from: "07:30", or name the shifts.',
    ),
    (
        {"to": None}, "demand.0.to",
        'expected from and to, or shifts; found no to. Add to: "07:30", or name the shifts.',
    ),
    (
        {"to": "07:30"}, "demand.0.to",
        'expected an end that differs from the start; found "07:30". '
        'Write "00:00" to "24:00" for the whole day.',
    ),
    (
        {"from": None, "to": None, "shifts": []}, "demand.0.shifts",
        "expected at least one shift; found an empty list. "
        "Name the shifts that cover the block, or give from and to.",
    ),
    (
        {"from": None, "to": None, "shifts": ["D", "E"]}, "demand.0.shifts.1",
        'expected one of D, A, N; found "E". Use a code from the list of shifts.',
    ),
    (
        {"exclusive": True}, "demand.0.exclusive",
        "expected false; found true, which is not served yet. "
        "Take it out: one person may then fill the headcount and a competence at once.",
    ),
    (
        {"of_which": {"doctor": {"weekdays": 1}}}, "demand.0.of_which.doctor",
        'expected one of nurse, aide; found "doctor". '
        "Name a competence of the list, or add it under competences.",
    ),
    (
        {"of_which": {"nurse": {"weekdays": 2}}}, "demand.0.of_which.nurse",
        "expected at most the 1 that the block needs in all; found 2. "
        "People of a competence are part of the headcount; raise need or lower this.",
    ),
    (
        {"of_which": {"nurse": {"saturday": 1}}}, "demand.0.of_which.nurse",
        "expected at most the 0 that the block needs in all; found 1. "
        "People of a competence are part of the headcount; raise need or lower this.",
    ),
    (
        {"need": {"week 9": 1}}, "demand.0.need.week 9",
        'expected a day of the 6 weeks; found "week 9". Choose a day inside it, or change horizon.weeks.',
    ),
    (
        {"need": {"red_days": 1}}, "demand.0.need.red_days",
        "expected a day of the 6 weeks; found red_days, and a base rota has no dates. "
        "Give horizon.start for a calendar plan, or take the key out.",
    ),
    (
        {"need": {"2027-03-22": 1}}, "demand.0.need.2027-03-22",
        "expected a day of the 6 weeks; found the date 2027-03-22, and a base rota has no dates. "
        'Write "week 2 tuesday", or give horizon.start for a calendar plan.',
    ),
    (
        {"of_which": {"nurse": {"eves": 0}}}, "demand.0.of_which.nurse.eves",
        "expected a day of the 6 weeks; found eves, and a base rota has no dates. "
        "Give horizon.start for a calendar plan, or take the key out.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "words"), DEMAND_MISTAKES)
def test_demand(changes: dict[str, Any], path: str, words: str) -> None:
    assert only(refused(block(**changes))) == (path, words)


def test_demand_names_no_shift_that_covers_nothing() -> None:
    meeting = {"code": "M", "from": "08:00", "to": "12:00", "covers": False}
    unit = small(shifts=[*SHIFTS, meeting], demand=[{"block": "day", "shifts": ["M"], "need": 1}])
    assert only(refused(unit)) == (
        "demand.0.shifts.0",
        "expected a shift that covers demand; found M, which says covers: false. "
        "Take it out here, or take covers: false out there.",
    )


def test_blocks_have_names_of_their_own() -> None:
    other = BLOCK | {"from": "15:00", "to": "22:00"}
    assert only(refused(small(demand=[BLOCK, other]))) == (
        "demand.1.block", "expected each block once; found day twice. Rename one of them.",
    )  # fmt: skip


BY_SHIFT: dict[str, Any] = {"block": "routes", "shifts": ["D"], "need": {"weekdays": 1}}


def test_the_same_time_and_competence_is_stated_one_way() -> None:
    assert only(refused(small(demand=[BLOCK, BY_SHIFT]))) == (
        "demand.1",
        "expected the same time and competence stated one way; "
        "found it by clock and by shift, in day and routes. "
        "Take one of the two out, or let them ask for different competences.",
    )


@pytest.mark.parametrize(
    "other",
    [
        BY_SHIFT | {"need": {"weekend": 1}},
        BY_SHIFT | {"shifts": ["A"]},
        BLOCK | {"block": "evening", "from": "14:45", "to": "22:00"},
    ],
    ids=["other days", "overlap no longer than a hand-over", "both by clock"],
)
def test_what_only_looks_like_the_same_is_allowed(other: dict[str, Any]) -> None:
    unit = case(small(demand=[BLOCK, other]))
    assert [note for note in unit.notes if note.path[0] == "demand"] == []


def test_a_night_by_shift_meets_the_next_morning_by_clock() -> None:
    night = {"block": "night", "shifts": ["N"], "need": {"sunday": 1}}
    early = BLOCK | {"from": "06:00", "need": {"monday": 1}}
    assert only(refused(small(demand=[early, night])))[0] == "demand.1"
    assert case(small(demand=[early | {"need": {"tuesday": 1}}, night])).problem.rows


@pytest.mark.parametrize(("until", "findings"), [("15:15", 0), ("15:16", 1)])
def test_an_overlap_as_long_as_a_hand_over_is_no_contradiction(until: str, findings: int) -> None:
    """The evening shift begins at 14:45, and a hand-over lasts 30 minutes at most."""
    late = BY_SHIFT | {"shifts": ["A"]}
    unit = small(demand=[BLOCK | {"to": until}, late])
    if findings:
        assert only(refused(unit))[0] == "demand.1"
    else:
        assert case(unit).rules
