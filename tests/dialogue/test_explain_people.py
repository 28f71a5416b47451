"""Changes for the fewest people that are enough: found, proven, and not claimed where it is not proven."""

from __future__ import annotations

import json
from math import comb
from pathlib import Path
from typing import Any

import pytest

from tests.files import small
from turnus.dialogue import explain_people
from turnus.dialogue.explain import Explanation
from turnus.dialogue.explain_changes import Change, Family, searched, with_rota
from turnus.dialogue.explain_people import alike, choices, each_choice, for_fewest
from turnus.dialogue.explain_proof import Judge
from turnus.dialogue.explain_words import explanation_tables
from turnus.dialogue.lever import pull
from turnus.dialogue.levers.rule_strength import RuleStrength
from turnus.dialogue.levers.rule_value import RuleValue
from turnus.dialogue.levers.weekend_frequency import WeekendFrequency
from turnus.dialogue.runs import Runs
from turnus.dialogue.variant import Variant
from turnus.texts import using_language

NAMES = ("Ada", "Bo", "Cy", "Di", "Eli")


def ward(tmp_path: Path, **changes: Any) -> Variant:
    """Return five people at work every third weekend, and two needed each of six weekends.

    Ten weekends are worked and twelve needed: two people who work every second are enough, and one is not.
    """
    staff = [{"name": name, "competence": "nurse", "size": 50} for name in NAMES]
    content = small(
        **(
            {
                "competences": {"nurse": {}},
                "demand": [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekend": 2}}],
                "staff": staff,
                "hours": {"under": "120 h", "over": "0 h"},
                "goals": ["uncovered"],
                "rules": {"set": {"weekend_frequency": {"worked": 1, "of": 3}}},
            }
            | changes
        )
    )
    path = tmp_path / "ward.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return Variant.of_file(path, draft=True)


FEWER_WEEKS = Family((WeekendFrequency.model_validate({"worked": 1, "of": 2}),))


def every_second(variant: Variant) -> Change:
    """Return the change to every second weekend, for the fewest that are enough to cover all demand."""
    judge = Judge(Runs(), {}, {"uncovered": 0})
    (change,), _vain = searched(variant, judge, (), only=[FEWER_WEEKS])
    return for_fewest(variant, change, judge, lambda _name: None)


def told_of(variant: Variant, change: Change) -> tuple[str, str]:
    """Return name and note of a change in the table."""
    found = Explanation(variant, {}, "impossible", "bound", changes=(change,))
    (table,) = explanation_tables(found)
    return table.lines[0].title, table.lines[0].cells[2].note


def test_the_fewest_people_are_found_proven_and_shown_by_a_rota(tmp_path: Path) -> None:
    with using_language("en"):
        change = every_second(ward(tmp_path))
        told = told_of(ward(tmp_path), change)
    assert (change.people, change.fewest) == (("Ada", "Bo"), True)
    assert told == (
        "1. Weekend frequency (1 of 2, for 2 people)",
        "for fewer people it is proven too little, whoever they are",
    )
    shown = with_rota(change, Judge(Runs(), {}, {"uncovered": 0}), 500, None)
    assert shown.verdict == "possible"
    assert change.variant.data["rules"]["set"]["weekend_frequency"] == [
        {"worked": 1, "of": 3},
        {"worked": 1, "of": 2, "for": ["Ada", "Bo"]},
    ]


def test_other_people_are_asked_where_those_with_the_largest_posts_are_too_many(tmp_path: Path) -> None:
    """Ada and Bo, with the largest posts, work no weekend at all: it takes two of the others."""
    staff: list[dict[str, Any]] = [
        {"name": name, "competence": "nurse", "size": 60 if name in ("Ada", "Bo") else 50} for name in NAMES
    ]
    for one in staff[:2]:
        one["forbidden"] = [{"on": ["weekend"], "shifts": ["any"]}]
    needed = [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekend": 1}}]
    third = ward(
        tmp_path, staff=[*staff[:4], {**staff[4], "forbidden": staff[0]["forbidden"]}], demand=needed
    )
    change = every_second(third)
    assert (change.people, change.fewest) == (("Cy", "Di"), True)


def test_what_is_not_tried_is_not_called_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: with no choice tried, the first two are told, and nothing is claimed of fewer."""
    monkeypatch.setattr(explain_people, "MOST_CHOICES", 0)
    with using_language("en"):
        change = every_second(ward(tmp_path))
        note = told_of(ward(tmp_path), change)[1]
    assert (change.people, change.fewest) == (("Ada", "Bo"), False)
    assert note == "whether it would do for fewer people is not proven"


def test_a_change_that_takes_everybody_stays_for_everybody(tmp_path: Path) -> None:
    """Six of six weekends with three people more often than two of three."""
    staff = [{"name": name, "competence": "nurse", "size": 50} for name in NAMES[:4]]
    change = every_second(ward(tmp_path, staff=staff))
    assert (change.people, change.fewest) == (None, None)


def test_who_is_alike_and_who_is_not(tmp_path: Path) -> None:
    """Size, competence, days off and rules set people apart; wishes and tags without a rule do not."""
    names = (*NAMES, "Finn", "Gro")
    staff: list[dict[str, Any]] = [{"name": name, "competence": "nurse", "size": 50} for name in names]
    staff[1]["tags"] = ["west"]
    staff[1]["wishes"] = [{"on": ["week 1 monday"], "want": "off"}]
    staff[2]["size"] = 60
    staff[3]["fixed"] = [{"on": ["week 1 monday"], "shift": "off"}]
    rules = {
        "set": {
            "weekend_frequency": [{"worked": 1, "of": 3}, {"worked": 1, "of": 2, "for": ["Eli"]}],
            "pairs_apart": {"pairs": [["Finn", "Gro"]]},
        }
    }
    variant = ward(tmp_path, staff=staff, rules=rules)
    assert variant.case is not None
    assert alike(variant.case, names) == [
        ("Ada", "Bo"), ("Cy",), ("Di",), ("Eli",), ("Finn",), ("Gro",),
    ]  # fmt: skip


def test_every_choice_is_counted_and_made_once() -> None:
    kinds = [("a", "b", "c"), ("d",), ("e", "f")]
    for n in range(7):
        made = list(each_choice(kinds, n))
        assert len(set(made)) == len(made) == choices(kinds, n)
        assert all(len(one) == n for one in made)
    apart = [(one,) for one in "abcdefg"]
    assert choices(apart, 3) == comb(7, 3) == len(list(each_choice(apart, 3)))


@pytest.mark.parametrize(
    ("lever", "held"),
    [
        (
            RuleValue(rule="daily_rest", parameter="rest", value="8 h", people=("Ada",)),
            [{"rest": "8 h", "for": ["Ada"]}],
        ),
        (
            RuleStrength(rule="isolated_days_off", strength="out", people=("Ada",)),
            [{"enabled": False, "for": ["Ada"]}],
        ),
    ],
)
def test_a_rule_is_loosened_for_some(tmp_path: Path, lever: Any, held: list[dict[str, Any]]) -> None:
    made = pull(lever, ward(tmp_path))
    assert made.data["rules"]["set"][lever.rule] == held
    assert lever.only_for(("Nobody",)).why_not(ward(tmp_path))
