"""The proof check: what CP-SAT answers against trying everything, real records held, planted faults found."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest

from tests.builders import one_line, person, problem
from tests.enumeration import legal_lines, of_size, plan_values, plans
from tests.posts.test_bounds import HELTID_GOALS, tiny_unit
from turnus.audit import audit
from turnus.case import Case
from turnus.cpsat import proof
from turnus.cpsat.proof import FoundLine, Limit, line_earning, posts_beating
from turnus.errors import InputError
from turnus.goals import DIRECTION
from turnus.lines.cover import build_cover
from turnus.lines.master import Master
from turnus.lines.model import build_line_model
from turnus.lines.pricing import Pricer
from turnus.posts import Planner
from turnus.posts.proof import proof_record
from turnus.problem import Budget, Problem
from turnus.rules import Rule
from turnus.verify import DERIVED, OPEN, REFUTED, Verification, record_of, verify

LIMIT = Limit(deterministic_seconds=5.0)
SHA = "a" * 64
#: Tiny units whose records hold cuts that a bound rests on, and others.
SEEDS = (0, 1, 2, 3, 5, 7, 8, 12)
Document = dict[str, Any]


def tiny_case(seed: int) -> Case:
    unit, rules, _ = tiny_unit(seed)
    goals = dict.fromkeys(("uncovered", HELTID_GOALS[seed % len(HELTID_GOALS)], "fewest_heads"))
    return Case(cast(Any, None), dataclasses.replace(unit, goals=tuple(goals)), rules, SHA, "tiny.yaml")


def solved(case: Case) -> Document:
    """Return the parts of a result that the check reads, with bounds from the line programs."""
    model = build_line_model(case.problem, case.rules)
    planner = Planner(case.problem, Master(Pricer(model, build_cover(case.problem, model))))
    plan = planner.plan()
    assert plan is not None
    values = {stage.goal: float(stage.value) for stage in plan.stages}
    values["uncovered"] = plan.stages[0].bound  # in whole rows, as in a rota
    bounds = planner.bounds(values)
    return {
        "scenario": {"sha256": SHA},
        "goals": [{"id": goal, "value": values[goal], "bound": bounds[goal]} for goal in bounds],
        "run": {"proof": [proof_record(planner, model, bounds, values)]},
    }


def checked(case: Case, document: Document) -> Verification:
    return verify(case, record_of(document, case), deterministic_seconds=LIMIT.deterministic_seconds)


@pytest.fixture(scope="module")
def documents() -> dict[int, tuple[Case, Document]]:
    cases = {seed: tiny_case(seed) for seed in SEEDS}
    return {seed: (case, solved(case)) for seed, case in cases.items()}


Solved = dict[int, tuple[Case, Document]]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_record_of_a_real_solve_is_re_derived(documents: Solved, seed: int) -> None:
    case, document = documents[seed]
    found = checked(case, document)
    assert [goal.found for goal in found.goals] == [""] * len(case.problem.goals)
    assert [goal.verdict for goal in found.goals] == [DERIVED] * len(case.problem.goals)
    assert found.verdict == DERIVED


def test_most_of_these_records_rest_on_cuts(documents: Solved) -> None:
    """Were there no cuts, the tests below would change nothing."""
    assert sum(bool(cuts(document)) for _, document in documents.values()) >= 6


def cuts(document: Document) -> list[Document]:
    return list(document["run"]["proof"][0]["cuts"])


def with_cuts(documents: Solved) -> list[tuple[Case, Document]]:
    return [(case, copy.deepcopy(document)) for case, document in documents.values() if cuts(document)]


def test_every_profit_lowered_by_one_is_refuted_with_a_line(documents: Solved) -> None:
    tried = 0
    for case, document in with_cuts(documents)[:3]:
        profits = cuts(document)[0]["profits"]
        for kind in [k for k, profit in enumerate(profits) if profit is not None]:
            profits[kind] -= 1
            found = checked(case, document)
            assert found.verdict == REFUTED
            assert found.cuts[0].verdict == REFUTED
            assert f"but earns {profits[kind] + 1}" in english(found)
            profits[kind] += 1
            tried += 1
    assert tried >= 10


def english(found: Verification) -> str:
    return " | ".join(one for cut in found.cuts for one in cut.found)


@pytest.fixture(autouse=True)
def in_english() -> Any:
    from turnus.texts import using_language

    with using_language("en"):
        yield


def raise_constant(case: Case, document: Document) -> None:
    del case
    cuts(document)[0]["constant"] += 1


def price_above_its_worth(case: Case, document: Document) -> None:
    row = case.problem.rows[0]
    cuts(document)[0]["row_prices"][0] = 1024 * row.minutes * row.value + 1


def price_below_zero(case: Case, document: Document) -> None:
    free = next(index for index, row in enumerate(case.problem.rows) if row.most is None)
    cuts(document)[0]["row_prices"][free] = -1


def no_line_for_a_kind(case: Case, document: Document) -> None:
    del case
    profits = cuts(document)[0]["profits"]
    kind = next(k for k, profit in enumerate(profits) if profit is not None)
    profits[kind] = None


def a_kind_kept_from_the_record(case: Case, document: Document) -> None:
    del case
    entry = document["run"]["proof"][0]
    kind = next(k for k, profit in enumerate(entry["cuts"][0]["profits"]) if profit is not None)
    del entry["kinds"][kind]
    for cut in entry["cuts"]:
        del cut["profits"][kind]


FAULTS: dict[str, tuple[Callable[[Case, Document], None], str]] = {
    "constant": (raise_constant, "but the row prices give"),
    "dear": (price_above_its_worth, "row 0 is priced at"),
    "below zero": (price_below_zero, "is priced at -1; permitted is 0"),
    "null": (no_line_for_a_kind, "is said to have no legal line, but"),
    "unlisted": (a_kind_kept_from_the_record, "is said to have no legal line, but"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_cut_is_refuted(documents: Solved, fault: str) -> None:
    plant, text = FAULTS[fault]
    for case, document in with_cuts(documents)[:4]:
        plant(case, document)
        found = checked(case, document)
        assert found.verdict == REFUTED
        assert text in english(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bound_tightened_by_one_is_refuted(documents: Solved, seed: int) -> None:
    case, original = documents[seed]
    for place, goal in enumerate(case.problem.goals):
        document = copy.deepcopy(original)
        tighter = document["goals"][place]["bound"] + (-1 if DIRECTION[goal] == "max" else 1)
        document["goals"][place]["bound"] = document["run"]["proof"][0]["bounds"][goal] = tighter
        found = checked(case, document)
        assert found.verdict == REFUTED, goal
        assert found.goals[place].verdict == REFUTED
        assert "the cuts permit posts that beat it" in found.goals[place].found


@pytest.mark.parametrize("key", ["bound", "value"])
def test_a_result_that_says_other_than_its_record_is_refuted(documents: Solved, key: str) -> None:
    case, original = documents[SEEDS[0]]
    document = copy.deepcopy(original)
    document["goals"][0][key] += 450
    found = checked(case, document)
    assert found.verdict == REFUTED
    assert any("in its proof record" in goal.found for goal in found.goals)


def test_without_a_value_of_the_goal_above_a_bound_stays_open(documents: Solved) -> None:
    case, original = documents[SEEDS[0]]
    document = copy.deepcopy(original)
    document["goals"][0]["value"] = None
    found = checked(case, document)
    assert [goal.verdict for goal in found.goals] == [DERIVED, OPEN, OPEN]
    assert found.verdict == OPEN


def test_a_question_that_takes_too_long_is_said_to_be_open(
    documents: Solved, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "line_earning", lambda *_: FoundLine("open"))
    verdicts = [checked(case, document).verdict for case, document in with_cuts(documents)]
    assert set(verdicts) == {OPEN}


def test_the_record_of_another_scenario_is_bad_input(documents: Solved) -> None:
    case, document = documents[SEEDS[0]]
    other = dataclasses.replace(case, sha256="b" * 64)
    with pytest.raises(InputError) as caught:
        record_of(document, other, "result.json")
    assert "a" * 64 in str(caught.value)
    assert "b" * 64 in str(caught.value)


def drop_a_price(entry: Document) -> None:
    entry["cuts"][0]["row_prices"].pop()


def drop_a_profit(entry: Document) -> None:
    entry["cuts"][0]["profits"].pop()


def fractional_price(entry: Document) -> None:
    entry["cuts"][0]["row_prices"][0] = 0.5


def huge_constant(entry: Document) -> None:
    entry["cuts"][0]["constant"] = 10**30


def no_scale(entry: Document) -> None:
    entry["scale"] = 0


def stranger(entry: Document) -> None:
    entry["kinds"][0]["class"] = "nobody"


def twice(entry: Document) -> None:
    entry["kinds"][1] = entry["kinds"][0]


SHAPES = (drop_a_price, drop_a_profit, fractional_price, huge_constant, no_scale, stranger, twice)


@pytest.mark.parametrize("change", SHAPES)
def test_a_record_of_another_shape_is_bad_input(
    documents: Solved, change: Callable[[Document], None]
) -> None:
    case, document = with_cuts(documents)[0]
    change(document["run"]["proof"][0])
    with pytest.raises(InputError, match="cannot be read"):
        record_of(document, case)


def line_kinds(unit: Problem, rules: tuple[Rule, ...], index: int) -> list[Any]:
    post = unit.classes[index]
    return [kind for rule in rules if rule.applies_to(post) for kind in rule.lower(unit, post)]


@pytest.mark.parametrize("seed", range(6))
def test_the_most_a_line_earns_is_what_trying_all_lines_gives(seed: int) -> None:
    unit, rules, days = tiny_unit(seed)
    rng = np.random.default_rng(seed)
    prices = {(day, action): int(rng.integers(-3, 9)) for day in days for action in (1, 2)}
    for index, post in enumerate(unit.classes):
        legal = legal_lines(unit, rules, index, days)
        for size in post.sizes:
            lines = of_size(unit, legal, index, size)
            windows = [post.window(size, unit.days)]
            kinds = line_kinds(unit, rules, index)
            if not len(lines):
                assert line_earning(unit, post, kinds, windows, prices, None, LIMIT).answer == "none"
                continue
            most = max(sum(prices.get((d, int(a)), 0) for d, a in enumerate(line)) for line in lines)
            found = line_earning(unit, post, kinds, windows, prices, most, LIMIT)
            assert (found.answer, found.earned) == ("found", most)
            assert found.actions in {tuple(line) for line in lines.tolist()}
            above = line_earning(unit, post, kinds, windows, prices, most + 1, LIMIT)
            assert above.answer == "none"


def test_a_line_that_is_shown_keeps_the_rules_by_their_own_checkers() -> None:
    unit, rules, _ = tiny_unit(0)
    post = unit.classes[0]
    windows = [post.window(post.sizes[0], unit.days)]
    found = line_earning(unit, post, line_kinds(unit, rules, 0), windows, {(4, 1): 1}, None, LIMIT)
    alone = dataclasses.replace(unit, classes=(dataclasses.replace(post, sizes=post.sizes[:1]),))
    about_lines = tuple(rule for rule in rules if rule.lowering == "line")
    assert audit(alone, about_lines, one_line(alone, found.actions)).lawful


@pytest.mark.parametrize("goal", HELTID_GOALS)
@pytest.mark.parametrize("seed", [0, 4, 9])
def test_posts_that_beat_a_bound_are_found_exactly_when_there_are_any(seed: int, goal: str) -> None:
    unit, _, _ = tiny_unit(seed)
    found = [plan_values(posts, 0) for posts in plans(unit)]
    better = max if DIRECTION[goal] == "max" else min
    # Ask also under a higher goal, at a value that is not its best.
    for heads in sorted({values["fewest_heads"] for values in found})[:3]:
        best = better(values[goal] for values in found if values["fewest_heads"] <= heads)
        given = [("fewest_heads", heads)]
        assert ask(unit, given, goal, best) == "none"
        assert ask(unit, given, goal, best + (-0.5 if better is max else 1)) == "found"


def ask(unit: Problem, given: list[tuple[str, float]], goal: str, bound: float) -> str:
    return posts_beating(unit, [], 1024, frozenset(), given, goal, bound, LIMIT).answer


@pytest.mark.parametrize("goal", HELTID_GOALS)
@pytest.mark.parametrize("seed", [0, 4, 9])
def test_a_higher_goal_is_kept_at_its_value_or_better(seed: int, goal: str) -> None:
    unit, _, _ = tiny_unit(seed)
    found = [plan_values(posts, 0) for posts in plans(unit)]
    better = max if DIRECTION[goal] == "max" else min
    for value in sorted({values[goal] for values in found}):
        kept = [v for v in found if (v[goal] >= value - 1e-9 if better is max else v[goal] <= value + 1e-9)]
        fewest = min(values["fewest_heads"] for values in kept)
        assert ask(unit, [(goal, value)], "fewest_heads", fewest) == "none"
        assert ask(unit, [(goal, value)], "fewest_heads", fewest + 1) == "found"


def test_kinds_without_a_line_get_no_posts() -> None:
    unit = problem(
        person(None, sizes=(5000, 10_000), at_most=2), budget=Budget(20_000, ()), goals=("full_time_posts",)
    )
    free = posts_beating(unit, [], 1024, frozenset(), [], "full_time_posts", 0, LIMIT)
    assert (free.answer, dict(free.numbers).get((0, 10_000), 0) > 0) == ("found", True)
    without = frozenset({(0, 10_000)})
    assert posts_beating(unit, [], 1024, without, [], "full_time_posts", 0, LIMIT).answer == "none"
