"""The 24-bed reference ward, small enough to reason about, as scenario data."""

from typing import Any

SHIFTS: list[dict[str, Any]] = [
    {"code": "D", "name": "Day", "from": "07:30", "to": "15:00", "tags": ["day"]},
    {"code": "A", "name": "Evening", "from": "14:45", "to": "22:15", "tags": ["evening"]},
    {"code": "N", "name": "Night", "from": "22:00", "to": "07:45", "tags": ["night"]},
]
LONG_SHIFTS: list[dict[str, Any]] = [
    {"code": "L", "from": "07:30", "to": "20:00", "tags": ["long"], "days": ["weekend"]},
    {"code": "L2", "from": "09:45", "to": "22:15", "tags": ["long"], "days": ["weekend"]},
]


def ward(**changes: Any) -> dict[str, Any]:
    """Return the ward: weekday D 8 A 6 N 2, weekend D 6 A 5 N 2, 24.0 FTE, every third weekend."""
    text: dict[str, Any] = {
        "turnus": 1,
        "name": "Reference ward",
        "horizon": {"weeks": 6},
        "competences": {"nurse": {"name": "Nurses"}, "aide": {"name": "Health workers"}},
        "shifts": SHIFTS,
        "demand": [
            block("day", "07:30", "15:00", 8, 6, {"nurse": {"weekdays": 3, "weekend": 2}}),
            block("evening", "14:45", "22:15", 6, 5, {"nurse": {"weekdays": 2, "weekend": 1}}),
            block("night", "22:00", "07:45", 2, 2, {"nurse": 1}),
        ],
        "open_posts": {"sizes": [14, 20, 40, 50, 60, 75, 80, 90, 100], "smallest_size": 50},
        "budget": {"fte": 24.0, "by_competence": {"nurse": {"share_percent": 40}}},
        "hours": {"under": "4 h", "over": "4 h"},
        "rules": {"set": {"weekend_frequency": {"worked": 1, "of": 3}}},
    }
    return text | changes


def block(
    name: str, begins: str, ends: str, weekdays: int, weekend: int, of_which: dict[str, Any]
) -> dict[str, Any]:
    need = {"weekdays": weekdays, "weekend": weekend}
    return {"block": name, "from": begins, "to": ends, "need": need, "of_which": of_which, "max_surplus": 3}


def long_ward(early: int, late: int, **changes: Any) -> dict[str, Any]:
    """Return the ward with long weekend shifts, and fewer people needed early and late at weekends."""
    demand = [
        block("early", "07:30", "09:45", 8, early, {}),
        block("day", "09:45", "15:00", 8, 6, {}),
        block("evening", "15:00", "20:00", 6, 5, {}),
        block("late", "20:00", "22:15", 6, late, {}),
        block("night", "22:00", "07:45", 2, 2, {}),
    ]
    return ward(shifts=SHIFTS + LONG_SHIFTS, demand=demand, **changes)
