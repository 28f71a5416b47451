"""The FTE budget, in all and of each competence."""

import pytest

from tests.builders import person, problem, rota
from turnus.problem import Budget, Post
from turnus.rules.structure.fte_budget import FteBudget

UNIT = problem(
    person(None, competence=0), person(None, competence=1), competences=("nurse", "aide"),
    budget=Budget(20000, ((0, 10000),)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([], []),
        ([(0, 10000), (1, 10000)], []),  # exactly the budget
        ([(1, 10000), (1, 10001)], [(1, "")]),
        ([(0, 5000), (0, 5001)], [(1, "nurse")]),
        ([(0, 10000), (0, 10000), (1, 5000)], [(5000, ""), (10000, "nurse")]),
    ],
)
def test_what_is_above_the_budget_is_found(posts: list[tuple[int, int]], expected: list[object]) -> None:
    one = rota(UNIT, *["-------"] * len(posts), posts=[Post(*post) for post in posts])
    breaches = list(FteBudget().violations(UNIT, one))
    assert [(breach.amount, breach.about) for breach in breaches] == expected
    assert all(breach.post is None for breach in breaches)
