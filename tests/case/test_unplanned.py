"""Overtime is never planned: nobody may be given it, and the planner is told."""

from typing import Any

from tests.files import ADA, BO, SHIFTS, case, only, refused, small
from turnus.case import case_of
from turnus.formats.json import to_json
from turnus.scenario import read_scenario

OVERTIME = {"code": "O", "from": "15:00", "to": "20:00", "tags": ["overtime"]}
LATE = {"block": "late", "shifts": ["O"], "need": {"monday": 1}}


def unit(**changes: Any) -> dict[str, Any]:
    """Return the small unit with a shift of overtime."""
    return small(**({"shifts": [*SHIFTS, OVERTIME]} | changes))


def notes(content: dict[str, Any], *overrides: str) -> list[str]:
    return [note.sentence() for note in case(content, *overrides).notes if note.path[0] == "shifts"]


def test_nobody_may_be_given_overtime() -> None:
    every_day = {(day, 4) for day in range(42)}
    assert [post.bans for post in case(unit()).problem.classes] == [every_day, every_day]
    assert [post.bans for post in case(small()).problem.classes] == [frozenset(), frozenset()]


def test_the_planner_is_told() -> None:
    assert notes(small()) == []
    assert notes(unit()) == [
        "shifts.3.tags: expected shifts that a plan may hold; "
        "found O, which the rule “Overtime” keeps out of every plan. "
        "Leave it there for rotas to check; no plan made here uses it."
    ]


def test_a_rota_to_check_may_hold_some() -> None:
    loaded = read_scenario(to_json(unit()), [], "ward.json")
    found = case_of(loaded, to_check=True)
    assert [post.bans for post in found.problem.classes] == [frozenset(), frozenset()]
    assert not any(note.path[0] == "shifts" for note in found.notes)


def test_only_for_whom_the_rule_holds() -> None:
    central = "agreements=[{id: C, parties: NSF, level: central}]"
    without_bo = case(unit(), central, "rules.set.overtime={for: [Bo], enabled: false}")
    assert [len(post.bans) for post in without_bo.problem.classes] == [42, 0]
    off = "rules.set.overtime={enabled: false}"
    assert [post.bans for post in case(unit(), central, off).problem.classes] == [frozenset(), frozenset()]
    assert notes(unit(), central, off) == []


def test_demand_that_only_overtime_covers_is_a_note() -> None:
    found = [note.sentence() for note in case(unit(demand=[LATE])).notes]
    assert any("leave nobody" in note for note in found)


def test_a_fixed_shift_of_overtime_is_refused() -> None:
    fixed = ADA | {"fixed": [{"on": ["week 1 monday"], "shift": "O"}]}
    assert only(refused(unit(staff=[fixed, BO]))) == (
        "staff.0.fixed.0.on.0",
        "expected a shift that Ada can work on week 1 monday; found O, but overtime is not planned. "
        "Change the fixed shift, or what it contradicts.",
    )
