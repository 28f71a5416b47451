"""What people may refer to."""

from typing import Any

import pytest

from tests.files import ADA, BO, only, refused, small


def ada(**changes: Any) -> dict[str, Any]:
    return small(staff=[ADA | changes, BO])


STAFF_MISTAKES = [
    (
        {"competence": "nurs"}, "staff.0.competence",
        'expected one of nurse, aide; found "nurs". Did you mean nurse?',
    ),
    ({"name": "Bo"}, "staff.1.name", "expected each name once; found Bo twice. Rename one of them."),
    (
        {"fixed": [{"on": ["week 1 monday"], "shift": "day"}]}, "staff.0.fixed.0.shift",
        'expected one of D, A, N, off; found "day". Use a word of this list, or add the shift.',
    ),
    (
        {"fixed": [{"on": ["week 7 monday"], "shift": "D"}]}, "staff.0.fixed.0.on.0",
        'expected a day of the 6 weeks; found "week 7 monday". '
        "Choose a day inside it, or change horizon.weeks.",
    ),
    (
        {"fixed": [{"on": ["2027-03-22"], "shift": "D"}]}, "staff.0.fixed.0.on.0",
        "expected a day of the 6 weeks; found the date 2027-03-22, and a base rota has no dates. "
        'Write "week 2 tuesday", or give horizon.start for a calendar plan.',
    ),
    (
        {"fixed": [{"on": [], "shift": "D"}]}, "staff.0.fixed.0.on",
        "expected at least one day; found an empty list. Name the days.",
    ),
    (
        {"forbidden": [{"shifts": ["off"]}]}, "staff.0.forbidden.0.shifts.0",
        'expected one of D, A, N, day, evening, night, any; found "off". '
        "Use a word of this list, or add the shift.",
    ),
    (
        {"forbidden": [{"on": ["week 9"], "shifts": ["N"]}]}, "staff.0.forbidden.0.on.0",
        'expected a day of the 6 weeks; found "week 9". Choose a day inside it, or change horizon.weeks.',
    ),
    (
        {"wishes": [{"on": ["all"], "want": "nigth"}]}, "staff.0.wishes.0.want",
        'expected one of D, A, N, day, evening, night, off; found "nigth". Did you mean night?',
    ),
    (
        {"wishes": [{"on": ["red_days"], "want": "off"}]}, "staff.0.wishes.0.on.0",
        "expected a day of the 6 weeks; found red_days, and a base rota has no dates. "
        "Give horizon.start for a calendar plan, or take the key out.",
    ),
    (
        {"leave": [{"from": "week 3 monday", "to": "week 2 sunday"}]}, "staff.0.leave.0.to",
        "expected a day on or after week 3 monday; found week 2 sunday. "
        "Swap the two, or correct one of them.",
    ),
    (
        {"leave": [{"from": "week 3 monday", "to": "week 8 sunday"}]}, "staff.0.leave.0.to",
        'expected a day of the 6 weeks; found "week 8 sunday". '
        "Choose a day inside it, or change horizon.weeks.",
    ),
    (
        {"history": ["D"]}, "staff.0.history",
        "expected no history in a base rota; found 1 days. "
        "A base rota repeats, so its end comes before its start. Take it out.",
    ),
    (
        {"arrangement": {"no_nights": True, "valid_until": "2027-06-30"}}, "staff.0.arrangement.valid_until",
        "expected no date in a base rota; found 2027-06-30. "
        "Give horizon.start for a calendar plan, or take the date out.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "words"), STAFF_MISTAKES)
def test_staff(changes: dict[str, Any], path: str, words: str) -> None:
    assert only(refused(ada(**changes))) == (path, words)


def test_history_names_shifts() -> None:
    unit = small(horizon={"weeks": 6, "start": "2027-03-22"}, staff=[ADA | {"history": ["D", "d"]}, BO])
    assert only(refused(unit)) == (
        "staff.0.history.1",
        'expected one of D, A, N, off; found "d". Use a word of this list, or add the shift.',
    )


def test_a_present_rota_has_a_known_code_for_each_day() -> None:
    codes = ["D", "off"] * 21
    assert only(refused(small(staff=[ADA | {"present_rota": codes[1:]}, BO])))[0] == "staff.0.present_rota"
    where, told = only(refused(small(staff=[ADA | {"present_rota": [*codes[1:], "X"]}, BO])))
    assert where == "staff.0.present_rota.41"
    assert '"X"' in told
