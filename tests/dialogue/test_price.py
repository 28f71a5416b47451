"""Prices: every step alone, what makes no difference, what does not apply, and what a rule protects."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dialogue.test_runs import variant
from turnus.dialogue.findings_page import findings_html
from turnus.dialogue.price import Prices, price, protected, steps_of, subject
from turnus.dialogue.price_tables import price_lead, price_tables, prices_csv
from turnus.dialogue.runs import Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.problem import Rota
from turnus.texts import using_language

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ward(tmp_path: Path) -> Variant:
    return variant(tmp_path)


@pytest.fixture
def found(ward: Variant) -> Prices:
    return price(ward, Runs(), only=("budget", "minimum-size", "daily_rest", "surplus"), jobs=1)


def test_the_first_steps_are_of_all_kinds(ward: Variant) -> None:
    steps = [one.lever for one in steps_of(ward)]
    subjects = [subject(lever) for lever in steps if lever is not None]
    kinds = len(set(subjects))
    assert kinds >= 12
    assert len(set(subjects[:kinds])) == kinds


def test_each_row_is_what_the_step_alone_gives(ward: Variant, found: Prices) -> None:
    rows = {row.step.name: row for row in found.ranked()}
    assert rows
    for row in rows.values():
        assert row.step.variant is not None
        assert row.step.changes
        assert row.step.takes
        assert row.bound is not None
        assert row.bound.goals == Runs().bound(row.step.variant).goals
    assert all(found.base.bound is not None and row.step.variant is not ward for row in rows.values())


def test_what_is_the_same_is_so_when_it_is_worked_out(ward: Variant) -> None:
    same = [row for row in price(ward, Runs(), only=("breaks",)).rows if row.same]
    assert same
    for row in same:
        assert row.step.variant is not None
        assert row.bound is not None
        assert row.bound.goals == Runs().bound(row.step.variant).goals


def test_a_step_that_binds_is_not_taken_for_the_same(found: Prices) -> None:
    """A smaller budget has other posts: its bound is its own."""
    less = [row for row in found.rows if row.step.lever is not None and row.step.lever.id == "budget"]
    assert less
    assert not any(row.same for row in less)


def test_ranked_by_what_they_gain(found: Prices) -> None:
    gains = [row.difference(found.base, "full_time_posts", "bound") for row in found.ranked()]
    assert gains == sorted(gains, key=lambda gain: -(gain or 0))


def test_what_does_not_apply_says_why(ward: Variant, found: Prices) -> None:
    assert all(reason for _name, reason in found.without_step)
    assert "surplus" not in {row.step.lever.id for row in found.rows if row.step.lever is not None}
    assert len(found.without_step) == 1
    with pytest.raises(InputError) as caught:
        price(ward, Runs(), only=("dayly_rest",))
    assert "daily_rest" in caught.value.findings[0].hint


def test_rows_left_out_are_named(ward: Variant) -> None:
    found = price(ward, Runs(), only=("budget",), most=1)
    assert (len(found.ranked()), len(found.not_asked)) == (1, 1)
    assert found.document()["not_asked"][0]["lever"] == "budget"


def test_a_rule_left_out_shows_what_it_protects(ward: Variant) -> None:
    found = price(ward, Runs(effort=5), only=("weekend_frequency",), most=1, rotas=True, jobs=1)
    assert found.base.rota is not None
    assert found.base.rota.heltid is not None
    rows = [row for row in found.rows if row.rota is not None and row.rota.heltid is not None]
    assert rows
    told = [row.protects for row in rows if row.protects is not None]
    assert told
    for one in (each for row in told for each in row):
        assert one.times >= one.people >= 1
    document = found.document()
    assert json.loads(json.dumps(document)) == document


def test_a_stop_keeps_the_finished_rows(ward: Variant) -> None:
    told: list[Batch] = []
    found = price(
        ward,
        Runs(),
        only=("budget", "daily_rest"),
        jobs=1,
        watch=told.append,
        stop=lambda: any(batch.done >= 2 for batch in told),
    )
    states = [row["state"] for row in found.document()["rows"]]
    assert states.count("answered") == 1
    assert "not_reached" in states
    missed = next(row for row in found.document()["rows"] if row["state"] == "not_reached")
    assert missed["bound"] is None
    assert missed["difference"]["full_time_posts"] == {"value": None, "bound": None}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_is_whole_in_each_language(found: Prices, language: str) -> None:
    with using_language(language):
        text = findings_html("Pris", found.variant, price_lead(found), price_tables(found))
        assert text.startswith("<!doctype html>")
        assert all(row.step.name.split(":")[0].split(" (")[0] in text for row in found.rows)


def test_unknown_is_empty_in_the_table(found: Prices) -> None:
    none = replace(found, rows=tuple(replace(row, bound=None, rota=None) for row in found.rows))
    lines = prices_csv(none).splitlines()
    assert lines[0].startswith("lever,subject,name,state")
    assert all(line.endswith(",,,") for line in lines[2:])


def test_what_a_rule_protects_is_counted_by_its_own_checker(ward: Variant) -> None:
    """Both ways: a lawful rota breaks nothing, and one post at work every day breaks today's weekend rule."""
    answer = Runs(effort=2).rota(ward)
    assert answer.outcome is not None
    rota = answer.outcome.rota
    assert rota is not None
    assert protected(ward, answer) == ()
    lines = rota.lines.copy()
    lines[0, :] = 1
    worked = replace(answer, outcome=replace(answer.outcome, rota=Rota(rota.posts, lines)))
    told = {one.rule: one for one in protected(ward, worked) or ()}
    assert told["weekend_frequency"].people == 1
    assert told["weekend_frequency"].times >= 1
    assert protected(ward.with_sets("longer", "horizon.weeks=6"), worked) is None
    assert protected(ward, replace(answer, outcome=None)) is None


def test_changes_are_told_with_signs_and_titles() -> None:
    ward = Variant.of_file(ROOT / "scenarios" / "nursing-home-24" / "scenario.yaml")
    names = [one.name for one in steps_of(ward, ("task-sharing", "base-staffing"))]
    assert any("Helsefagarbeider → Sykepleier" in name for name in names)
    assert any("−1" in name for name in names)
    assert not any("-1" in name or "health_worker" in name for name in names)
