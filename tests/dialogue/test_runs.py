"""Runs: variants checked like files, answers that know what they do not know, kept, shared and stopped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.files import open_unit
from turnus.dialogue.answer import answer_from
from turnus.dialogue.runs import Ask, Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.lines.master import Evaluation, Master
from turnus.posts import Experience, Groundwork, lay_groundwork
from turnus.problem import Problem
from turnus.result import Progress

DEMAND = [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 2, "weekend": 1}}]


def variant(tmp_path: Path, **changes: Any) -> Variant:
    """Return a unit of open posts that is solved in no time."""
    content = open_unit(
        **({"demand": DEMAND, "horizon": {"weeks": 3}, "competences": {"nurse": {}}} | changes)
    )
    content["budget"] = {"fte": 3.0, "by_competence": {"nurse": {"share_percent": 100}}}
    path = tmp_path / "ward.yaml"
    path.write_text(json.dumps(content), encoding="utf-8")
    return Variant.of_file(path)


@pytest.fixture
def ward(tmp_path: Path) -> Variant:
    return variant(tmp_path)


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path / "runs", effort=50)


def values(answer: Any) -> dict[str, tuple[float | None, float | None]]:
    return {goal.id: (goal.value, goal.bound) for goal in answer.goals}


def test_a_variant_is_checked_like_the_file(ward: Variant) -> None:
    longer = ward.with_sets("longer", "horizon.weeks=6")
    assert (longer.name, longer.data["horizon"]["weeks"], ward.data["horizon"]["weeks"]) == ("longer", 6, 3)
    assert longer.sha256 != ward.sha256
    assert ward.with_data("same", ward.data).sha256 == ward.sha256
    with pytest.raises(InputError) as caught:
        ward.with_sets("wrong", "horizon.weeks=-1")
    assert caught.value.findings[0].path[:2] == ("horizon", "weeks")
    with pytest.raises(InputError):
        ward.with_data("wrong", {**ward.data, "novel": 1})


def test_a_variant_beyond_the_agreements_is_a_draft_that_says_so(ward: Variant) -> None:
    assert not ward.needs
    shorter = ward.with_sets("8 h", "rules.set.daily_rest.rest=8 h")
    assert [need.rule.id for need in shorter.needs] == ["daily_rest"]


def test_a_bound_has_no_value_and_a_rota_has_both(ward: Variant, runs: Runs) -> None:
    bounded, found = runs.bound(ward), runs.rota(ward)
    assert bounded.status == "bounded"
    assert all(value is None for value, _bound in values(bounded).values())
    assert bounded.heltid is None
    assert bounded.cover is None
    assert bounded.plan is not None
    assert found.status in ("optimal", "feasible")
    assert found.heltid is not None
    assert found.cover is not None
    posts = found.goal("full_time_posts")
    limit = bounded.goal("full_time_posts")
    assert posts is not None
    assert limit is not None
    assert posts.value is not None
    assert limit.bound is not None
    assert posts.value <= limit.bound == bounded.plan["full_time_posts"]


def test_an_answer_survives_json(ward: Variant, runs: Runs) -> None:
    for answer in (runs.bound(ward), runs.rota(ward), runs.bound(ward, at_least={"full_time_posts": 99})):
        again = answer_from(json.loads(json.dumps(answer.document())))
        assert again.document() == answer.document()
        assert again.outcome is None
    with pytest.raises(ValueError, match="schema"):
        answer_from({"schema": "other"})
    with pytest.raises(ValueError, match="turnus-answer"):
        answer_from({"schema": "turnus-answer/1"})


def test_what_is_kept_is_not_worked_out_again(ward: Variant, runs: Runs) -> None:
    first = runs.rota(ward)
    again = Runs(runs.folder, effort=50).rota(ward.with_data("renamed", ward.data))
    assert (first.cached, again.cached, again.name) == (False, True, "renamed")
    assert values(again) == values(first)
    assert first.outcome is not None
    assert again.outcome is not None
    assert first.outcome.rota is not None
    assert again.outcome.rota is not None
    assert (again.outcome.rota.lines == first.outcome.rota.lines).all()
    assert again.outcome.proof == first.outcome.proof
    assert not Runs(runs.folder, effort=50, seed=2).rota(ward).cached
    assert not runs.rota(ward.with_sets("other", "budget.fte=2.5")).cached
    assert not runs.rota(ward, at_most={"full_time_posts": 0}).cached


@pytest.mark.parametrize("damage", ["cut", "garbage", "line", "value"])
def test_a_damaged_entry_is_worked_out_again_and_rewritten(ward: Variant, runs: Runs, damage: str) -> None:
    first = runs.rota(ward)
    assert runs.folder is not None
    (entry,) = runs.folder.rglob("*.json")
    text = entry.read_text()
    document = json.loads(text)
    if damage == "line":
        document["outcome"]["lines"][0][0] ^= 1
    if damage == "value":
        document["outcome"]["goals"][0]["value"] = -1
    entry.write_text({"cut": text[:100], "garbage": "[]"}.get(damage, json.dumps(document)))
    again = runs.rota(ward)
    assert not again.cached
    assert values(again) == values(first)
    assert runs.rota(ward).cached


def test_a_kept_rota_is_audited_again(ward: Variant, runs: Runs) -> None:
    """An entry that fits its own digest and still breaks a rule is no answer."""
    from turnus.dialogue import cache

    runs.rota(ward)
    assert runs.folder is not None
    (entry,) = runs.folder.rglob("*.json")
    document = json.loads(entry.read_text())
    document["outcome"]["lines"][0] = [1] * 21
    document["digest"] = cache.digest_of(document["outcome"])
    entry.write_text(json.dumps(document))
    assert not runs.rota(ward).cached


def test_a_folder_that_cannot_be_written_is_done_without(ward: Variant, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert Runs(tmp_path / "file").bound(ward).status == "bounded"


def test_shared_groundwork_gives_the_same_bounds(ward: Variant) -> None:
    shared = Runs()
    asked = [
        ward,
        ward.with_sets("less", "budget.fte=2.4"),
        ward.with_sets("weekends", "rules.set.weekend_frequency={worked: 1, of: 2}"),
        ward.with_sets("smaller", "open_posts.smallest_size=75"),
        ward,
    ]
    for one in asked:
        assert values(shared.bound(one)) == values(Runs().bound(one)), one.name


def test_conditions_bound_the_other_goals(ward: Variant, runs: Runs) -> None:
    free = runs.bound(ward).goal("full_time_posts")
    assert free is not None
    assert free.bound is not None
    held = runs.bound(ward, at_most={"full_time_posts": free.bound - 1}).goal("full_time_posts")
    assert held is not None
    assert held.bound == free.bound - 1
    beyond = runs.bound(ward, at_least={"full_time_posts": free.bound + 1}, at_most={"uncovered": 0})
    assert beyond.impossible
    assert beyond.reasons
    with pytest.raises(InputError):
        runs.bound(ward, at_least={"wishes": 1})


def test_a_rota_keeps_its_conditions(ward: Variant, runs: Runs) -> None:
    answer = runs.rota(ward, at_most={"full_time_posts": 0})
    assert answer.heltid is not None
    assert answer.heltid["full_time_posts"] == 0
    assert answer.conditions


def test_what_arithmetic_refuses_is_answered_as_impossible(ward: Variant, runs: Runs) -> None:
    impossible = ward.with_sets("tiny", "open_posts.at_most=0")
    assert impossible.case is None or not impossible.impossible
    if impossible.case is None:
        assert runs.bound(impossible).impossible


def test_a_rota_can_begin_with_a_neighbours(ward: Variant, runs: Runs) -> None:
    first = runs.rota(ward)
    longer = ward.with_sets("more", "budget.fte=3.1")
    answer = runs.rota(longer, start=first)
    assert answer.heltid is not None
    assert not answer.repeatable
    assert runs.rota(longer, start=first).cached
    assert not runs.rota(longer).cached


def test_many_are_answered_in_order_with_one_progress(ward: Variant, runs: Runs) -> None:
    told: list[Batch] = []
    asks = [Ask(ward.with_sets(f"{fte}", f"budget.fte={fte}")) for fte in (2.0, 2.5, 3.0)]
    answers = runs.many(asks, watch=told.append)
    assert [answer and answer.name for answer in answers] == ["2.0", "2.5", "3.0"]
    assert [batch.done for batch in told] == sorted(batch.done for batch in told)
    assert (told[-1].done, told[-1].total, dict(told[-1].running)) == (3, 3, {})
    assert any(isinstance(one, Progress) for batch in told for one in batch.running.values())
    assert all(
        answer and values(answer) == values(runs.bound(ask.variant))
        for ask, answer in zip(asks, answers, strict=True)
    )


def test_a_stop_keeps_what_is_there(ward: Variant, runs: Runs) -> None:
    told: list[Batch] = []
    asks = [Ask(ward.with_sets(f"{fte}", f"budget.fte={fte}")) for fte in (2.0, 2.5, 3.0)]
    answers = runs.many(asks, jobs=1, watch=told.append, stop=lambda: any(b.done >= 1 for b in told))
    assert answers[0] is not None
    assert answers[1:] == [None, None]
    stopped = runs.rota(ward, stop=lambda: True)
    assert not stopped.whole
    assert not runs.rota(ward).cached


def test_one_failure_ends_them_all(ward: Variant, runs: Runs) -> None:
    asks = [Ask(ward, at_least={"wishes": 1}), *[Ask(ward)] * 3]
    with pytest.raises(InputError):
        runs.many(asks, jobs=1)


def test_line_programs_are_not_built_after_a_stop(ward: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnus.posts.groundwork.Pricer", lambda *_given: pytest.fail("built after the stop"))
    answer = Runs().bound(ward, stop=lambda: True)
    assert not answer.whole
    assert answer.plan is None
    assert all(pair == (None, None) for pair in values(answer).values())


def test_like_units_learn_from_the_first_plan_and_not_from_less(
    ward: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither from one that was stopped, nor from one that cannot be, nor from one without a post."""
    learnt: list[Experience | None] = []

    def noted(problem: Problem, rules: Any, stop: Any, like: Experience | None) -> Groundwork:
        learnt.append(like)
        return lay_groundwork(problem, rules, stop, like)

    monkeypatch.setattr("turnus.dialogue.runs.lay_groundwork", noted)
    evaluate, evaluations = Master.evaluate, list[Evaluation]()

    def counted(self: Master, *given: Any) -> Evaluation:
        evaluations.append(evaluate(self, *given))
        return evaluations[-1]

    monkeypatch.setattr(Master, "evaluate", counted)
    runs = Runs()
    smallest = (14, 60, 70, 80, 90)
    stopped, impossible, empty, first, second = (
        ward.with_sets(f"{size}", f"open_posts.smallest_size={size}") for size in smallest
    )
    assert not runs.bound(stopped, stop=lambda: any(one.columns for one in evaluations)).whole
    impossible = impossible.with_sets("too few", "budget.fte=2.0")
    assert runs.bound(impossible, at_most={"uncovered": 0}).impossible
    assert runs.bound(empty, at_most={"fewest_heads": 0}).plan
    assert runs.bound(first).plan
    assert runs.bound(second).plan
    assert learnt[:-1] == [None] * 4
    assert learnt[-1] is not None
    assert learnt[-1].lines


def test_a_bound_of_too_short_a_time_is_not_kept(ward: Variant, runs: Runs) -> None:
    assert not runs.answer(Ask(ward, "bound", seconds=1e-6)).whole
    assert not runs.bound(ward).cached
    assert runs.bound(ward).cached
