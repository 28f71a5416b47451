"""Why an open post cannot be larger: what would have to give, and that the very post is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.dialogue.test_explain import open_ward, settings
from turnus.dialogue.answer import Answer
from turnus.dialogue.explain import Explanation, Give
from turnus.dialogue.explain_post import Today, explain_open_post
from turnus.dialogue.explain_words import lines, question, reply
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.goals import UNITS
from turnus.result import GoalValue
from turnus.texts import using_language


def today(posts: Sequence[tuple[str, float]], **goals: float) -> Today:
    found = tuple(GoalValue(goal, value, None, False, UNITS[goal]) for goal, value in goals.items())
    return Today(posts, found)


#: Two full posts and a half one: all of the budget of 2.5 FTE.
HELD = today([("nurse", 100), ("nurse", 100), ("nurse", 50)], uncovered=0, full_time_posts=2)


def asked(ward: Variant, tmp_path: Path, held: Today = HELD, at: int = 3, size: float = 100) -> Explanation:
    return explain_open_post(ward, at, size, settings(tmp_path, 50), held, "--post")


def test_what_the_budget_cannot_pay_takes_another_post(tmp_path: Path) -> None:
    """With 2.5 FTE, one of the two other full-time posts has to give way; uncovered demand is no help."""
    with using_language("en"):
        found = asked(open_ward(tmp_path), tmp_path)
        told = list(lines(found))
        assert question(found) == "Can post 3, open, nurse and 50% in the rota, be 100%?"
        assert reply(found).startswith("No: that is proven impossible")
    assert found.reply == "impossible"
    assert found.gives == (Give("others", "full_time_posts", 2.0, 1.0),)
    assert found.conflict is not None
    assert [one.id for one in found.conflict.elements] == ["budget/all"]
    (more,) = [one for one in found.changes if one.lever == "budget"]
    assert more.budget_more == pytest.approx(0.5)
    assert told[1] == (
        "What could give: full-time posts beside this one, 2 in the rota and 1 at best then; "
        "every goal above them stays."
    )


def test_demand_may_have_to_give(tmp_path: Path) -> None:
    """Two full posts are the whole budget, and leave a weekend to nobody: two days of 7.5 hours."""
    ward = with_changes(
        open_ward(tmp_path),
        demand=[
            {"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 1, "weekend": 1}},
        ],
        budget={"fte": 2.0, "by_competence": {"nurse": {"share_percent": 100}}},
        rules={"set": {"weekend_frequency": {"worked": 1, "of": 3}}},
    )
    held = today([("nurse", 100), ("nurse", 50), ("nurse", 50)], uncovered=0, full_time_posts=1)
    found = asked(ward, tmp_path, held, at=2)
    assert found.reply == "impossible"
    assert found.gives == (
        Give("goal", "uncovered", 0.0, 900.0),
        Give("others", "full_time_posts", 1.0, 0.0),
    )
    with using_language("nb"):
        told = list(lines(found))
    assert (
        told[1].replace("\N{NO-BREAK SPACE}", " ")
        == "Det som kunne gi etter: udekt behov, 0 t i turnusen og i beste fall 15 t da; like mange andre "
        "stillinger blir på heltid."
    )


def with_changes(ward: Variant, **changes: Any) -> Variant:
    return ward.with_data("Changed", ward.data | changes)


def test_a_larger_post_that_costs_nothing(tmp_path: Path) -> None:
    """A rota that is not the best: the budget has room for three full posts."""
    ward = with_changes(
        open_ward(tmp_path), budget={"fte": 3.0, "by_competence": {"nurse": {"share_percent": 100}}}
    )
    found = asked(ward, tmp_path)
    assert (found.reply, found.gives, found.conflict) == ("free", (), None)
    assert isinstance(found.after, Answer)
    assert found.after.heltid is not None
    assert found.after.heltid["full_time_posts"] == 3


@pytest.mark.parametrize(
    ("at", "told"), [(4, "1 to 3"), (0, "1 to 3"), (1, "a post below 100%")], ids=["beyond", "none", "full"]
)
def test_a_number_that_is_no_smaller_open_post_is_refused(tmp_path: Path, at: int, told: str) -> None:
    with using_language("en"), pytest.raises(InputError) as caught:
        asked(open_ward(tmp_path), tmp_path, at=at)
    assert caught.value.findings[0].path == ("--post",)
    assert told in caught.value.findings[0].sentence()


def test_without_a_rota_nothing_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Today, "answered", classmethod(lambda _cls, _answer: None))
    found = explain_open_post(open_ward(tmp_path), 3, 100, settings(tmp_path))
    assert (found.reply, found.conflict, found.gives) == ("open", None, ())
