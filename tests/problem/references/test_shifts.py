"""Shifts that make no sense: path and words of each message."""

from typing import Any

import pytest

from tests.files import SHIFTS, case, only, open_unit, refused, small


def shift(**changes: Any) -> dict[str, Any]:
    """Return the small unit with one more shift."""
    added = {"code": "X", "from": "08:00", "to": "12:00"} | changes
    return small(shifts=[*SHIFTS, {key: value for key, value in added.items() if value is not None}])


def test_the_small_unit_is_sound() -> None:
    assert case(small()).notes == ()
    assert case(shift()).notes == ()
    assert case(open_unit()).notes == ()


SHIFT_MISTAKES = [
    ({"code": "D"}, "shifts.3.code", "expected each code once; found D twice. Rename one of them."),
    (
        {"code": "off"}, "shifts.3.code",
        "expected a code of the unit's own; found off, which is reserved. "
        "Choose another code; days off get theirs from turnus.",
    ),
    (
        {"code": "-"}, "shifts.3.code",
        "expected a code of the unit's own; found -, which is reserved. "
        "Choose another code; days off get theirs from turnus.",
    ),
    (
        {"code": "F1"}, "shifts.3.code",
        "expected a code of the unit's own; found F1, which is reserved. "
        "Choose another code; days off get theirs from turnus.",
    ),
    (
        {"code": "night"}, "shifts.3.code",
        'expected a code that is not also a tag; found "night". '
        "Rename the code or the tag, so that wishes and bans mean one thing.",
    ),
    (
        {"from": None}, "shifts.3.from",
        'expected from and to, or parts; found no from. Add from: "07:30", the clock time in quotes.',
    ),
    (
        {"to": None}, "shifts.3.to",
        'expected from and to, or parts; found no to. Add to: "07:30", the clock time in quotes.',
    ),
    (
        {"to": "08:00"}, "shifts.3.to",
        'expected an end that differs from the start; found "08:00". '
        "A shift lasts at least a minute and at most 24 h.",
    ),
    (
        {"from": None, "parts": [{"from": "08:00", "to": "10:00"}]}, "shifts.3.to",
        "expected either from and to, or parts; found both. "
        "Take out to; the parts say when the shift is.",
    ),
    (
        {"from": None, "to": None,
         "parts": [{"from": "07:30", "to": "12:00"}, {"from": "11:00", "to": "15:00"}]},
        "shifts.3.parts.1.from",
        'expected parts in order, without overlap, within 24 h; found "11:00". '
        "Let each part begin when the one before has ended.",
    ),
    (
        {"from": None, "to": None,
         "parts": [{"from": "20:00", "to": "23:00"}, {"from": "23:00", "to": "20:30"}]},
        "shifts.3.parts.1.from",
        'expected parts in order, without overlap, within 24 h; found "23:00". '
        "Let each part begin when the one before has ended.",
    ),
    (
        {"from": None, "to": None, "parts": [{"from": "07:30", "to": "07:30"}]}, "shifts.3.parts.0.to",
        'expected an end that differs from the start; found "07:30". '
        "A shift lasts at least a minute and at most 24 h.",
    ),
    (
        {"from": None, "to": None, "parts": [{"from": "07:30", "to": "15:00", "counts": 0}]},
        "shifts.3.parts",
        "expected hours left to count; found 0 min counted and 0 min unpaid break. "
        "Shorten the break, or let more of the shift count.",
    ),
    (
        {"unpaid_break": "4 h"}, "shifts.3.unpaid_break",
        "expected hours left to count; found 4 h counted and 4 h unpaid break. "
        "Shorten the break, or let more of the shift count.",
    ),
    (
        {"competences": ["nurs"]}, "shifts.3.competences.0",
        'expected one of nurse, aide; found "nurs". Did you mean nurse?',
    ),
    (
        {"competences": []}, "shifts.3.competences",
        "expected somebody who may work it; found an empty list. "
        "Leave competences out when everybody may.",
    ),
    (
        {"days": ["week 7"]}, "shifts.3.days.0",
        'expected a day of the 6 weeks; found "week 7". Choose a day inside it, or change horizon.weeks.',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "words"), SHIFT_MISTAKES)
def test_shifts(changes: dict[str, Any], path: str, words: str) -> None:
    assert only(refused(shift(**changes))) == (path, words)


def test_parts_may_touch_and_cross_midnight() -> None:
    parts = [
        {"from": "21:45", "to": "23:00"},
        {"kind": "passive", "from": "23:00", "to": "06:00", "counts": 0.5},
        {"from": "06:00", "to": "07:45"},
    ]
    night = case(shift(**{"from": None, "to": None, "parts": parts})).problem.shifts[3]
    assert (night.start, night.end, night.minutes) == (21 * 60 + 45, 31 * 60 + 45, 75 + 210 + 105)
    assert night.active == ((21 * 60 + 45, 23 * 60), (30 * 60, 31 * 60 + 45))
