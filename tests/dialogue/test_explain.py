"""Explanations: the known conflict found exactly and minimal, the smallest change, three replies to one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.files import small
from turnus.dialogue.explain import Conflict, Explanation, Settings, explain_goal, explain_shift, explain_size
from turnus.dialogue.explain_changes import Family, searched, with_rota
from turnus.dialogue.explain_elements import Element, elements_of, without
from turnus.dialogue.explain_pairs import _together, pairs
from turnus.dialogue.explain_proof import Judge, proven_again, shrunk
from turnus.dialogue.lever import pull
from turnus.dialogue.levers.base_staffing import BaseStaffing
from turnus.dialogue.levers.budget import Budget
from turnus.dialogue.runs import Runs
from turnus.dialogue.variant import Variant
from turnus.texts import using_language


def unit(tmp_path: Path, **changes: Any) -> Variant:
    """Return two people, Ada and Bo, one needed by day on weekdays; hours never bind."""
    ada = {"name": "Ada", "competence": "nurse", "size": 50}
    content = small(
        **(
            {
                "horizon": {"weeks": 1},
                "competences": {"nurse": {}},
                "staff": [ada, {**ada, "name": "Bo"}],
                "hours": {"under": "18 h", "over": "18 h"},
                "goals": ["uncovered"],
            }
            | changes
        )
    )
    path = tmp_path / "unit.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return Variant.of_file(path, draft=True)


def settings(tmp_path: Path, most_changes: int = 0) -> Settings:
    return Settings(Runs(tmp_path / "runs", effort=50), most_changes, recheck_seconds=0.0, effort=50)


def told(elements: Sequence[Element]) -> set[str]:
    """Return elements as `kind: about`, rules by their id."""
    return {one.rule or f"{one.kind} {one.about} {one.day}".strip() for one in elements}


# Both are off on Monday: nobody is there on a day that needs one.
BOTH_OFF = [
    {
        "name": name,
        "competence": "nurse",
        "size": 50,
        "fixed": [{"on": ["week 1 monday"], "shift": "off"}],
    }
    for name in ("Ada", "Bo")
]


def test_the_known_conflict_is_found_exactly_and_minimal_both_ways(tmp_path: Path) -> None:
    ward = unit(tmp_path, staff=BOTH_OFF)
    found = explain_goal(ward, None, 0, settings(tmp_path))
    assert found.reply == "impossible"
    assert found.conflict is not None
    assert told(found.conflict.elements) == {"person Ada None", "person Bo None", "demand Montag 0"} or told(
        found.conflict.elements
    ) == {"person Ada None", "person Bo None", "demand mandag 0"}
    # any one let go: no longer refuted; all the others let go: still refuted
    assert found.conflict.minimal
    assert set(found.conflict.without_one) <= {"possible", "open"}
    judge = Judge(Runs(), {}, {"uncovered": 0})
    core = {one.id for one in found.conflict.elements}
    every = {one.id for one in elements_of(ward)}
    assert judge.refutes(without(ward, every - core))
    for one in core:
        assert not judge.refutes(without(ward, (every - core) | {one}))


def test_letting_go_is_the_smallest_change(tmp_path: Path) -> None:
    """Either one's day off, or nobody needed on weekdays."""
    with using_language("en"):
        found = explain_goal(unit(tmp_path, staff=BOTH_OFF), None, 0, settings(tmp_path, 3))
    assert [one.name for one in found.changes] == [
        "Let go: Fixed: a day off on Monday in week 1 (Ada)",
        "Let go: Fixed: a day off on Monday in week 1 (Bo)",
        "1 fewer: day, weekdays",
    ]
    assert all(one.verdict == "possible" for one in found.changes)
    assert found.changes[2].variant.data["demand"][0]["need"] == {"weekdays": 0}
    assert found.in_vain


def test_what_can_be_met_has_no_conflict(tmp_path: Path) -> None:
    found = explain_goal(unit(tmp_path), None, 0, settings(tmp_path))
    assert found.reply == "possible"
    assert found.conflict is None
    assert not found.changes


def test_a_judge_that_lies_is_caught_by_the_second_proof(tmp_path: Path) -> None:
    """A planted fault: a judge that refutes everything leaves a "conflict" that no plain solve refutes."""
    ward = unit(tmp_path)
    honest = Judge(Runs(), {}, {"uncovered": 0})
    calls = iter([False])  # not refuted without everything, then always
    core = shrunk(ward, elements_of(ward), lambda _variant: next(calls, True))
    assert core == []
    again = proven_again(ward, honest, 0.0)
    assert again
    assert not any(one.again for one in again)


def test_a_conflict_that_is_not_minimal_is_not_called_so(tmp_path: Path) -> None:
    one, other = elements_of(unit(tmp_path))[:2]
    for conflict in (
        Conflict((one, other), ("open", "impossible"), "bound", ()),
        Conflict((one, other), ("open", "possible"), "bound", (), whole=False),
    ):
        assert not conflict.minimal
    assert Conflict((one, other), ("open", "possible"), "bound", ()).minimal


def test_too_loose_and_too_tight_budgets(tmp_path: Path) -> None:
    """Full-time posts are bound by the budget: so many more as it takes, and not a tenth less."""
    ward = open_ward(tmp_path)
    judge = Judge(Runs(), {"full_time_posts": 3}, {"uncovered": 0})
    family = Family(tuple(Budget.model_validate({"fte": 2.5 + n / 10}) for n in range(1, 11)))
    changes, vain = searched(ward, judge, (), only=[family])
    assert not vain
    (change,) = changes
    assert (change.steps, change.smallest) == (5, True)  # 3,0 FTE
    assert change.variant.data["budget"]["fte"] == pytest.approx(3.0)
    assert change.budget_more == pytest.approx(0.5)
    assert (change.verdict, change.rota) == ("open", None)
    shown = with_rota(change, judge, 50, None)
    assert shown.verdict == "possible"
    assert shown.rota is not None
    assert shown.rota.heltid is not None
    assert shown.rota.heltid["full_time_posts"] == 3
    _none, vain = searched(ward, judge, (), only=[Family(family.sizes[:4])])
    assert len(vain) == 1


def open_ward(tmp_path: Path) -> Variant:
    from tests.files import open_unit

    content = open_unit(
        horizon={"weeks": 3},
        competences={"nurse": {}},
        demand=[{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 1}}],
        open_posts={"sizes": [50, 100], "smallest_size": 50},
        goals=["uncovered", "full_time_posts"],
    )
    content["budget"] = {"fte": 2.5, "by_competence": {"nurse": {"share_percent": 100}}}
    path = tmp_path / "open.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return Variant.of_file(path)


def test_a_goal_beyond_the_budget_names_the_budget(tmp_path: Path) -> None:
    ward = open_ward(tmp_path)
    judge = Judge(Runs(), {"full_time_posts": 3}, {"uncovered": 0})
    core = shrunk(ward, elements_of(ward), judge.refutes)
    assert core is not None
    assert [one.id for one in core] == ["budget/all"]
    left = without(ward, {one.id for one in elements_of(ward)} - {"budget/all"})
    assert [one.again for one in proven_again(left, judge, 0.0)] == [True]


def person(tmp_path: Path, ward: Variant, shift: str, name: str = "Ada") -> Explanation:
    return explain_shift(ward, name, "week 1 monday", shift, settings(tmp_path))


def test_a_wish_that_costs_nothing(tmp_path: Path) -> None:
    found = person(tmp_path, unit(tmp_path), "off")
    assert (found.reply, found.prices, found.conflict) == ("free", (), None)


def test_a_wish_with_a_proven_price_and_its_reason(tmp_path: Path) -> None:
    """Bo is off on Monday already; if Ada is too, the day is not covered."""
    found = person(tmp_path, unit(tmp_path, staff=[{**BOTH_OFF[0], "fixed": []}, BOTH_OFF[1]]), "off")
    assert found.reply == "price"
    (price,) = found.prices
    assert (price.goal, price.before, price.after, price.proven) == ("uncovered", 0.0, 450.0, True)
    assert found.conflict is not None
    assert {one.kind for one in found.conflict.elements} == {"person", "demand"}


def test_a_wish_that_no_rota_can_meet(tmp_path: Path) -> None:
    """A night before a fixed evening: there are only seven hours of rest between."""
    fixed = {**BOTH_OFF[0], "fixed": [{"on": ["week 1 tuesday"], "shift": "A"}]}
    found = person(tmp_path, unit(tmp_path, staff=[fixed, BOTH_OFF[1]]), "N")
    assert found.reply == "impossible"
    assert found.conflict is not None
    assert "person Ada None" in told(found.conflict.elements)
    assert "daily_rest" in told(found.conflict.elements)
    assert len(found.conflict.elements) == 2
    assert found.conflict.minimal


def test_the_same_day_fixed_otherwise_is_named(tmp_path: Path) -> None:
    found = person(tmp_path, unit(tmp_path, staff=BOTH_OFF), "D")
    assert found.reply == "impossible"
    assert found.conflict is not None
    assert told(found.conflict.elements) == {"person Ada None"}


def test_a_post_that_the_budget_cannot_pay(tmp_path: Path) -> None:
    found = explain_size(
        unit(tmp_path, hours={"under": "18 h", "over": "18 h"}), "Ada", 100, settings(tmp_path)
    )
    assert found.reply == "impossible"
    assert found.conflict is not None
    assert [one.id for one in found.conflict.elements] == ["budget/all"]
    (change,) = [one for one in found.changes if one.lever == "budget"]
    assert change.budget_more == pytest.approx(0.5)


def test_two_changes_where_no_single_one_would_do(tmp_path: Path) -> None:
    """Five full posts take 5 FTE: 4.5 alone are too little, and with one more by day 4.0 are enough."""
    ward = open_ward(tmp_path)
    judge = Judge(Runs(), {"full_time_posts": 5}, {"uncovered": 0})
    conflict = [one for one in elements_of(ward) if one.id == "budget/all"]
    small = tuple(Budget.model_validate({"fte": 2.5 + n / 2}) for n in range(1, 5))  # 4.5 at most
    more = (BaseStaffing.model_validate({"day": 1}),)  # brings its own budget
    found = list(_together(ward, judge, small, more))
    singles = [pull(size[-1], ward) for size in (small, more)]
    assert all(judge.refutes(one) for one in singles)
    (change,) = found
    assert change.verdict != "impossible"
    assert change.steps == 3 + 1
    assert judge.refutes(pull(more[0], pull(small[1], ward)))
    assert not judge.refutes(pull(more[0], pull(small[2], ward)))
    larger = tuple(Budget.model_validate({"fte": 2.5 + n / 2}) for n in range(1, 8))
    (turned,) = _together(ward, judge, more, larger)  # the second is made small, too: 5 FTE of 6
    assert turned.variant.data["budget"]["fte"] == 5
    assert turned.steps == 1 + 5
    assert judge.refutes(pull(larger[3], pull(more[0], ward)))
    beyond = Judge(Runs(), {"full_time_posts": 500}, {"uncovered": 0})
    told: list[str] = []
    assert pairs(ward, beyond, conflict, told.append) == []
    assert told
