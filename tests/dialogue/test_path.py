"""The path: against every order, every merging, and what must hold in each step whatever was chosen."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.files import ROOT, only, refused, small
from turnus.dialogue.answer import Answer
from turnus.dialogue.findings_page import findings_html
from turnus.dialogue.path import _Search, path, with_present
from turnus.dialogue.path_staff import Staffing, Unit, forget
from turnus.dialogue.path_steps import Path as Found
from turnus.dialogue.path_tables import path_lead, path_tables
from turnus.dialogue.runs import Ask, Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, InputError
from turnus.problem import FULL_TIME
from turnus.result import GoalValue
from turnus.texts import using_language

DAYS = [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 1}}]
STAFF: list[dict[str, Any]] = [
    {"name": "Ada", "competence": "nurse", "size": 80, "wished_size": 100},
    {"name": "Bo", "competence": "aide", "size": 75, "wished_size": 100},
    {"name": "Cy", "competence": "aide", "size": 60, "wished_size": 80},
    {"name": "Di", "competence": "aide", "size": 20},
    {"name": "Eli", "competence": "nurse", "size": 40},
    {"name": "Fay", "competence": "aide", "size": 20},
]
EXAMPLE = ROOT / "scenarios" / "from-today"
YEAR: dict[str, Any] = {
    "year": 2027,
    "leavers": ["Di", "Eli"],
    "vacancies": [{"competence": "aide", "size": 20}],
}


def unit(tmp_path: Path, **changes: Any) -> Variant:
    """Return a unit in which two people leave, a post is free, and three wish more."""
    content = small(**({"staff": STAFF, "path": [YEAR], "demand": DAYS, "horizon": {"weeks": 3}} | changes))
    place = tmp_path / "ward.yaml"
    place.write_text(json.dumps(content), encoding="utf-8")
    return Variant.of_file(place)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(tmp_path_factory.mktemp("runs"), effort=2)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Variant:
    return unit(tmp_path_factory.mktemp("ward"))


@pytest.fixture(scope="module")
def found(ward: Variant, runs: Runs) -> Found:
    return path(ward, runs)


def most_by_trying(ward: Variant, handed_out: frozenset[int]) -> int:
    """Return the most full-time posts of all sizes that the money of each competence can pay."""
    made = Unit(ward)
    gone = {one.person for one in made.vacancies if one.number in handed_out}
    steps = (5000, 6000, 7500, 8000, 9000, FULL_TIME)
    best = 0
    for competence in ("nurse", "aide"):
        stay = [p for p in made.people.values() if p.competence == competence and p.name not in gone]
        sizes = [round(p.size * 100) for p in stay]
        money = sum(sizes) + sum(
            v.size for v in made.vacancies if v.competence == competence and v.number in handed_out
        )
        choices = [
            sorted({size, made.wished(p.name), *(s for s in steps if size < s < made.wished(p.name))})
            for p, size in zip(stay, sizes, strict=True)
        ]
        best += max(
            sum(size >= FULL_TIME for size in chosen)
            for chosen in itertools.product(*choices)
            if sum(chosen) <= money
        )
    return best


def rank_of(ward: Variant, runs: Runs, order: tuple[int, ...]) -> tuple[float, ...]:
    """Return what one order adds up to, each step merged as is best for it."""
    made = Unit(ward)
    by_number = {one.number: one for one in made.vacancies}
    now, full, unmet, uncovered = made.today(), [], [], 0.0
    for number in order:
        free = made.released(now, by_number[number])
        answer = runs.bound(made.growing(free))
        assert answer.outcome is not None
        assert answer.case is not None
        now = made.merged(free, answer.case.problem, answer.outcome.plan or ())
        full.append(sum(size >= FULL_TIME for size in now.all_sizes))
        unmet.append(sum(made.unmet(now).values()) / FULL_TIME)
        held = answer.goal("uncovered")
        uncovered += held.bound or 0.0 if held is not None else 0.0
    return uncovered, -float(full[-1]), -float(sum(full)), unmet[-1], sum(unmet)


def rank(found: Found) -> tuple[float, ...]:
    steps = found.steps[1:]
    return (
        sum(one.uncovered_bound or 0.0 for one in steps),
        -float(found.last.full_time),
        -float(sum(one.full_time for one in steps)),
        found.last.unmet_fte,
        sum(one.unmet_fte for one in steps),
    )


def test_no_order_is_better(ward: Variant, runs: Runs, found: Found) -> None:
    assert found.all_orders
    assert found.orders == 6
    ranks = [rank_of(ward, runs, order) for order in itertools.permutations((1, 2, 3))]
    assert len(set(ranks)) > 1  # the order matters here
    assert rank(found) <= min(ranks)


def test_each_bound_is_the_most_of_all_mergings(ward: Variant, found: Found) -> None:
    for step in found.steps:
        assert step.most_full_time == most_by_trying(ward, step.now.handed_out), step.number
        assert step.full_time <= step.most_full_time
    assert found.last.proven
    assert found.last.full_time == 2


def money(now: Staffing) -> int:
    return sum(now.all_sizes) + sum(now.free.values())


def test_money_stays_and_nobody_gets_less_or_more_than_wished(ward: Variant, found: Found) -> None:
    made = Unit(ward)
    for before, after in itertools.pairwise(found.steps):
        assert after.vacancy is not None
        new = after.vacancy.size if after.vacancy.person is None else 0
        assert money(after.now) == money(before.now) + new
        for name, size in after.now.sizes.items():
            assert before.now.sizes[name] <= size <= made.wished(name)
        assert (after.vacancy.person in before.now.sizes) == (after.vacancy.person is not None)
        assert after.vacancy.person not in after.now.sizes


def test_a_year_is_merged_as_is_best_for_the_year(tmp_path: Path, runs: Runs) -> None:
    """Merged as is best for the step, 20 % and 20 % go to Cy; kept for the year, Bo gets a full post."""
    staff = [
        {"name": "Bo", "competence": "aide", "size": 60, "wished_size": 100},
        {"name": "Cy", "competence": "aide", "size": 50, "wished_size": 90},
        {"name": "Di", "competence": "aide", "size": 20},
        {"name": "Eli", "competence": "nurse", "size": 80},
    ]
    year = {"year": 1, "leavers": ["Di"], "vacancies": [{"competence": "aide", "size": 20}]}
    ended = path(unit(tmp_path, staff=staff, path=[year]), runs)
    assert ended.last.now.sizes == {"Bo": FULL_TIME, "Cy": 5000, "Eli": 8000}
    assert ended.last.proven


def test_too_many_orders_are_tried_greedily_and_it_says_so(ward: Variant, runs: Runs) -> None:
    ended = path(ward, runs, most_trials=4)
    assert not ended.all_orders
    assert len(ended.steps) == 4
    with using_language("en"):
        assert "not proven, because there are 6 orders" in " ".join(path_lead(ended))
    assert ended.document()["order"]["found_by"] == "greedy"


def test_years_come_in_order(tmp_path: Path, runs: Runs) -> None:
    years = [{"year": 2027, "leavers": ["Fay"]}, {"year": 2028, "leavers": ["Di"]}]
    ended = path(unit(tmp_path, path=years), runs)
    assert [one.vacancy.person for one in ended.steps if one.vacancy is not None] == ["Fay", "Di"]
    assert ended.orders == 1


def test_what_nobody_wishes_goes_to_new_people_after_those_who_wish_more(tmp_path: Path, runs: Runs) -> None:
    years = [{"year": 2027, "vacancies": [{"competence": "nurse", "size": 75}]}]
    content = {
        "open_posts": {},
        "budget": {"fte": 4, "by_competence": {"nurse": {"fte": 3}, "aide": {"fte": 3}}},
    }
    goals = ["uncovered", "full_time_posts"]  # with fewest heads, nobody would be taken on
    ended = path(unit(tmp_path, path=years, goals=goals, **content), runs)
    step = ended.last
    assert [(one.person, one.after) for one in step.merges] == [("Ada", 100)]
    assert [(one.competence, one.size) for one in step.hires] == [("nurse", 5000)]
    assert step.now.free == {"nurse": 500}
    assert step.heads == len(STAFF) + 1


def test_rotas_are_found_for_each_step(tmp_path: Path, runs: Runs) -> None:
    year = {"year": 1, "leavers": ["Di"]}
    ended = path(unit(tmp_path, path=[year], goals=["uncovered", "full_time_posts"]), runs, rotas=True)
    for step in ended.steps:
        assert step.rota is not None
        assert step.rota.heltid is not None
        assert step.rota.heltid["full_time_posts"] == step.full_time
        assert step.uncovered is not None
        assert step.uncovered_bound is not None
        assert step.uncovered >= step.uncovered_bound


def test_the_present_rota_is_kept_where_it_can_be(tmp_path: Path, runs: Runs) -> None:
    year = {"year": 1, "leavers": ["Di"]}
    ward = unit(tmp_path, path=[year], goals=["uncovered", "full_time_posts"])
    made = Unit(ward)
    today = runs.rota(made.settled(made.today()))
    assert today.case is not None
    assert today.outcome is not None
    assert today.outcome.rota is not None
    known = with_present(ward, today.case.problem, today.outcome.rota)
    assert known.data["goals"] == ["uncovered", "full_time_posts", "changed_days"]
    ended = path(known, runs, rotas=True)
    assert sum(one.days for one in ended.steps[0].changes.values()) == 0
    assert set(ended.last.changes) == {one["name"] for one in STAFF} - {"Di"}
    who, most = ended.last.most_changed or ("", None)
    assert most is not None
    assert most.days == max(one.days for one in ended.last.changes.values())
    with using_language("en"):
        steps, people = path_tables(ended)
    assert steps.columns[-1] == people.columns[-1] == "Changed days"
    assert who in steps.lines[-1].cells[-1].note
    assert ended.document()["steps"][1]["changed"][who]["days"] == most.days


def test_more_uncovered_is_told_where_it_begins(tmp_path: Path, runs: Runs) -> None:
    every_day = [{**DAYS[0], "need": {"weekdays": 1, "weekend": 2}}]
    year = {"year": 1, "leavers": ["Di"]}
    ended = path(unit(tmp_path, demand=every_day, hours={"under": "8 h"}, path=[year]), runs)
    assert [one.uncovered_bound for one in ended.steps] == [0, 900]
    with using_language("en"):
        assert any("From step 1 on the staff cannot cover the demand: at least 15 h" in text
                   for text in path_lead(ended))  # fmt: skip


def told_of(bounds: Sequence[float | None], found: Found) -> list[str]:
    """Return what the lead says of steps with such bounds on what is uncovered."""
    steps = []
    for at, bound in enumerate(bounds):
        goals = (GoalValue("uncovered", None, bound, False, "person-minutes"),)
        steps.append(replace(found.steps[0], number=at, plan=replace(found.steps[0].plan, goals=goals)))
    with using_language("en"):
        lead = path_lead(replace(found, steps=tuple(steps), anew=None))
    return [text.partition(" is uncovered")[0] for text in lead if "the staff" in text]


def test_more_uncovered_is_told_of_the_steps_it_is_true_of(found: Found) -> None:
    """A step that covers again ends it, and so does one of which nothing is known."""
    cannot = "the staff cannot cover the demand: at least"
    assert told_of([0, 120, 0, 0], found) == [f"In step 1 {cannot} 2 h"]
    assert told_of([0, 120, 60, 0], found) == [f"From step 1 to step 2 {cannot} 1 h"]
    assert told_of([0, 120, None, 60, 60], found) == [
        f"In step 1 {cannot} 2 h",
        f"From step 3 on {cannot} 1 h",
    ]
    assert told_of([60, 60, 0, None], found) == []


def test_full_time_posts_are_judged_by_what_the_rota_leaves_uncovered(
    ward: Variant, runs: Runs, found: Found
) -> None:
    """Where a rota leaves more than the bound, others may leave as much too, and have more full posts."""
    asked: list[dict[str, float]] = []

    class Noting(Runs):
        def answer(self, ask: Ask, *others: Any, **more: Any) -> Answer:
            asked.append(dict(ask.at_most))
            return runs.answer(ask, *others, **more)

    search = _Search(Unit(ward), Noting(), 9, None, lambda: False)
    step = found.last
    least = step.uncovered_bound
    assert least is not None
    (alone,) = search.judged([step])
    assert (alone.shown_uncovered, asked) == (least, [{}])
    uncovered = GoalValue("uncovered", least + 450, least, False, "person-minutes")
    (judged,) = search.judged([replace(step, rota=replace(step.plan, goals=(uncovered,)))])
    assert judged.shown_uncovered == least + 450
    assert asked == [{}, {"uncovered": least + 450}]


def test_a_path_in_which_everybody_leaves_is_refused_as_such(tmp_path: Path, runs: Runs) -> None:
    """Unless new people can take over: they then have names that nobody had."""
    year = {"year": 2027, "leavers": ["Ada", "Bo"]}
    with using_language("en"), pytest.raises(InputError, match="found that everybody leaves"):
        path(unit(tmp_path, staff=STAFF[:2], path=[year]), runs)
    renamed = [{**STAFF[0], "name": "New 1"}, STAFF[1]]
    goals = ["uncovered", "full_time_posts"]
    money = {"fte": 3, "by_competence": {"nurse": {"fte": 3}, "aide": {"fte": 3}}}
    with using_language("en"):
        taken = unit(
            tmp_path, staff=renamed, path=[{**year, "leavers": ["New 1", "Bo"]}], open_posts={},
            budget=money, goals=goals,
        )  # fmt: skip
        ended = path(taken, runs)
    assert not ended.stuck
    assert [one.name for one in ended.last.now.hires] == ["New 2", "New 3"]
    assert not ended.last.now.sizes


def test_why_no_step_follows_is_told_without_the_file(found: Found) -> None:
    stuck = Finding(("budget", "fte"), "forventet mer", "fant lite", "Hev rammen.")
    with using_language("nb"):
        told = path_lead(replace(found, stuck=(stuck,)))
    assert any(text.endswith(": forventet mer; fant lite. Hev rammen.") for text in told)


def test_stopped_keeps_the_steps_found(ward: Variant) -> None:
    told: list[Batch] = []
    ended = path(ward, Runs(None), watch=told.append, stop=lambda: len(told) > 6)
    assert not ended.whole
    assert not ended.all_orders
    assert ended.steps
    assert ended.anew is None
    with using_language("en"):
        assert any("Stopped before the end" in text for text in path_lead(ended))


def test_the_document_has_values_bounds_and_answers(found: Found) -> None:
    document = json.loads(json.dumps(found.document()))
    assert document["schema"] == "turnus-path/1"
    last = document["steps"][-1]
    assert last["full_time_posts"] == {
        "value": 2, "bound": 2.0, "proven": True, "uncovered_minutes_at_most": 0,
    }  # fmt: skip
    assert last["uncovered_minutes"] == {"value": None, "bound": 0.0}
    assert last["plan"]["schema"] == "turnus-answer/1"
    assert document["free_posts"]["full_time_posts_at_most"] is not None


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_page_and_tables_in_every_language(found: Found, language: str) -> None:
    with using_language(language):
        lead, tables = path_lead(found), path_tables(found)
        page = findings_html("path", found.variant, lead, tables)
    assert [len(table.lines) for table in tables] == [4, 5]
    assert all(text in page for text in ("Ada", "Eli", "AML § 14-3"))


def test_without_years_or_staff_there_is_no_path(tmp_path: Path, runs: Runs) -> None:
    with pytest.raises(InputError):
        path(unit(tmp_path, path=None), runs)


def test_rules_forget_who_left() -> None:
    rules = {
        "max_nights_in_a_row": [{"nights": 4, "for": ["natt", "Di"]}, {"nights": 2, "for": ["Di"]}],
        "pairs_apart": {"pairs": [["Di", "Bo"], ["Bo", "Cy"]]},
        "pairs_together": {"pairs": [["Di", "Bo"]]},
        "daily_rest": {"rest": "11 h", "except": ["Di"]},
    }
    agreements = [{"id": "a", "parties": "x", "for": ["Di"]}, {"id": "b", "parties": "x"}]
    data: dict[str, Any] = {"rules": {"set": rules}, "agreements": agreements}
    forget(data, {"Di"})
    assert data["rules"]["set"] == {
        "max_nights_in_a_row": [{"nights": 4, "for": ["natt"]}],
        "pairs_apart": {"pairs": [["Bo", "Cy"]]},
        "daily_rest": {"rest": "11 h"},
    }
    assert [one["id"] for one in data["agreements"]] == ["b"]


@pytest.mark.parametrize(
    ("years", "place", "text"),
    [
        ([{"year": 1, "leavers": ["Ad"]}], "path.0.leavers.0", 'found "Ad"'),
        ([{"year": 1, "leavers": ["Bo", "Bo"]}], "path.0.leavers.1", "found Bo twice"),
        ([{"year": 2, "leavers": ["Bo"]}, {"year": 2, "leavers": ["Ada"]}], "path.1.year", "after 2"),
        ([{"year": 1}], "path.0", "leavers or vacancies"),
        ([{"year": 1, "vacancies": [{"competence": "cook", "size": 5}]}],
         "path.0.vacancies.0.competence", 'found "cook"'),
    ],
)  # fmt: skip
def test_years_must_fit_the_staff(years: list[dict[str, Any]], place: str, text: str) -> None:
    with using_language("en"):
        where, told = only(refused(small(path=years)))
    assert where == place
    assert text in told


def test_vacancies_must_be_within_the_budget() -> None:
    years = [{"year": 1, "vacancies": [{"competence": "nurse", "size": 50}]}]
    with using_language("en"):
        where, told = only(refused(small(path=years, budget={"fte": 1.5})))
    assert where == "path"
    assert "found 1.8 FTE" in told


def test_the_example_gives_what_its_readme_says(tmp_path: Path) -> None:
    """Ten seconds and more: the figures of a README are those of a run."""
    ended = path(Variant.of_file(EXAMPLE / "scenario.yaml"), Runs(tmp_path))
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (EXAMPLE / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(("| today", *(f"| {n} (" for n in range(1, 6))))
    ]
    written = [(int(row[3]), int(row[4]), int(row[5]), float(row[6].removesuffix(" h"))) for row in rows]
    bounds = [(one.uncovered_bound or 0.0) / 60 for one in ended.steps]
    found = [(one.full_time, one.most_full_time, one.heads) for one in ended.steps]
    assert written == [(*one, hours) for one, hours in zip(found, bounds, strict=True)]
