"""Budgets and open posts, and what a missing budget could be."""

from typing import Any

import pytest

from tests.files import ADA, BO, case, only, open_unit, refused, small

BUDGET_MISTAKES = [
    (
        {"open_posts": {"sizes": []}}, "open_posts.sizes",
        "expected at least one size; found an empty list. Name sizes in percent, such as [50, 75, 100].",
    ),
    (
        {"open_posts": {"sizes": [40, 60], "smallest_size": 75}}, "open_posts.smallest_size",
        "expected at most the largest size, 60%; found 75. "
        "Lower smallest_size, or add a size that is large enough.",
    ),
    (
        {"open_posts": {"competences": []}}, "open_posts.competences",
        "expected at least one competence; found an empty list. "
        "Leave competences out for posts of every competence.",
    ),
    (
        {"open_posts": {"competences": ["aid"]}}, "open_posts.competences.0",
        'expected one of nurse, aide; found "aid". Did you mean aide?',
    ),
    (
        {"budget": {"fte": 3.0, "by_competence": {"nurse": {}}}}, "budget.by_competence.nurse",
        "expected fte or share_percent; found neither. Give one of them, or take the competence out.",
    ),
    (
        {"budget": {"fte": 3.0, "by_competence": {"doctor": {"fte": 1}, "nurse": {"fte": 1}}}},
        "budget.by_competence.doctor",
        'expected one of nurse, aide; found "doctor". '
        "Name a competence of the list, or add it under competences.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "words"), BUDGET_MISTAKES)
def test_open_posts_and_budget(changes: dict[str, Any], path: str, words: str) -> None:
    assert only(refused(open_unit(**changes))) == (path, words)


def test_a_budget_pays_at_least_the_posts_that_people_have() -> None:
    assert only(refused(small(budget={"fte": 1.2}))) == (
        "budget.fte",
        "expected at least the 1.3 FTE that the staff have; found 1.2 FTE. "
        "Nobody's post is reduced against their wish; raise the budget.",
    )
    assert case(small(budget={"fte": 1.3})).problem.budget.total == 13_000


@pytest.mark.parametrize(
    ("part", "key", "most"), [({"fte": 0.7}, "fte", "0.7"), ({"share_percent": 35}, "share_percent", "0.7")]
)
def test_so_does_the_budget_of_a_competence(part: dict[str, float], key: str, most: str) -> None:
    assert only(refused(small(budget={"fte": 2.0, "by_competence": {"nurse": part}}))) == (
        f"budget.by_competence.nurse.{key}",
        f"expected at least the 0.8 FTE that the staff have; found {most} FTE. "
        "Nobody's post is reduced against their wish; raise the budget.",
    )


def test_who_wishes_less_needs_less() -> None:
    assert case(small(staff=[ADA | {"wished_size": 60}, BO], budget={"fte": 1.1})).rules


WARD: dict[str, Any] = {
    "demand": [
        {"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 8, "weekend": 6},
         "of_which": {"nurse": {"weekdays": 3, "weekend": 2}}},
        {"block": "evening", "from": "15:00", "to": "22:00", "need": {"weekdays": 6, "weekend": 5},
         "of_which": {"nurse": {"weekdays": 2, "weekend": 1}}},
        {"block": "night", "from": "22:00", "to": "07:30", "need": 2, "of_which": {"nurse": 1}},
    ],
}  # fmt: skip


def test_a_missing_budget_is_proposed_from_the_demand() -> None:
    """49 580 paid minutes a week are 23.28 full weeks; nurses 18 045 of them, 36.4 %."""
    findings = refused(open_unit(**WARD, budget=None))
    assert [finding.sentence() for finding in findings] == [
        "budget.fte: expected an FTE budget, because there are open posts; found nothing. "
        "The demand alone takes 23.3 FTE; write budget: {fte: 23.3} or more.",
        "budget.by_competence.nurse: expected a budget for nurse, fte or share_percent; found nothing. "
        "The demand asks for 36.4% of the hours; write nurse: {share_percent: 40}.",
    ]


def test_the_least_asked_for_competence_may_be_what_remains() -> None:
    three: dict[str, Any] = {"nurse": {}, "aide": {}, "student": {}}
    missing = refused(open_unit(**WARD, competences=three, budget={"fte": 24.0}))
    assert [".".join(map(str, finding.path)) for finding in missing] == [
        "budget.by_competence.student",
        "budget.by_competence.nurse",
    ]
    assert "write student: {share_percent: 5}" in missing[0].hint


def test_one_open_competence_needs_no_share() -> None:
    unit = open_unit(open_posts={"competences": ["aide"]}, budget={"fte": 3.0})
    assert case(unit).problem.budget.by_competence == ()
