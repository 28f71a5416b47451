"""People above the need and the permitted surplus."""

import pytest

from tests.builders import person, problem, rota, row
from turnus.rules.structure.surplus_limit import SurplusLimit

ROWS = (
    row(0, (1,), 1, most=1),
    row(1, (1, 2), 1, most=2),
    row(2, (1,), 1),
    row(3, (1,), 1, most=0, workers=frozenset({1})),
)
UNIT = problem(person("Kari"), person("Ola"), person("Per", competence=1), rows=ROWS)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("-------", "-------", "-------"), []),
        (("D------", "-D-----", "-A-----"), []),  # exactly at both limits
        (("D------", "D------", "D------"), [(0, 2)]),
        (("-D-----", "-A-----", "-D-----"), [(1, 1)]),
        (("--D----", "--D----", "--D----"), []),  # a block without a limit
        (("---D---", "---D---", "-------"), []),  # people who do not count in the block
        (("-------", "-------", "---D---"), [(3, 1)]),
    ],
)
def test_blocks_with_too_many_people_are_found(lines: tuple[str, ...], expected: list[object]) -> None:
    breaches = list(SurplusLimit().violations(UNIT, rota(UNIT, *lines)))
    assert [(breach.day, breach.amount) for breach in breaches] == expected
    assert all(breach.about == "day" and breach.post is None for breach in breaches)
