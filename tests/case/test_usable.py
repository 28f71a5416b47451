"""Which cells a class of posts can work at all."""

from typing import Any

from tests.builders import EVERY_DAY, LONG, THREE, person, problem, shift
from turnus.case.usable import Usable
from turnus.rules import Rule
from turnus.rules.agreed.forbidden_sequences import ForbiddenSequences
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek

OFF, D, A, N = range(4)
ALL = {(day, action) for day in range(7) for action in (D, A, N)}


def usable(*rules: Rule, **changes: Any) -> Usable:
    unit = problem(person(**changes))
    return Usable.of(unit, rules, unit.classes[0])


def test_without_limits_everything() -> None:
    assert usable().left == ALL


def test_leave_bans_and_fixed_shifts() -> None:
    found = usable(leave=frozenset({0}), bans=frozenset({(1, N)}), pins=((2, A), (3, OFF)))
    gone = {(0, D), (0, A), (0, N), (1, N), (2, D), (2, N), (3, D), (3, A), (3, N)}
    assert found.free == found.left == ALL - gone
    assert found.open == ALL
    assert found.forced() == {2: A}


def test_competence_days_and_volunteers() -> None:
    mine = shift("X", "08:00", "12:00", days=frozenset({3}), competences=frozenset({1}))
    unit = problem(person(competence=1), shifts=[*THREE, LONG, mine], competences=("a", "b"))
    assert {cell for cell in Usable.of(unit, (), unit.classes[0]).open if cell[1] > N} == {(3, 5)}
    willing = problem(person(long_shifts=True), shifts=[*THREE, LONG, mine], competences=("a", "b"))
    cells = Usable.of(willing, (), willing.classes[0]).open
    assert {cell for cell in cells if cell[1] > N} == {(day, 4) for day in range(7)}


def test_a_shift_longer_than_a_whole_weeks_hours() -> None:
    exactly = MaxHoursPerWeek.alike(9 * 60 + 45)
    assert usable(exactly).left == ALL
    less = MaxHoursPerWeek.alike(9 * 60 + 44)
    assert usable(less).left == {cell for cell in ALL if cell[1] != N}


def test_a_sequence_of_one_step_and_a_run_of_none() -> None:
    no_evenings = ForbiddenSequences.model_validate({"sequences": [["evening"]]})
    pairs = ForbiddenSequences.model_validate({"sequences": [["evening", "day"]]})
    assert usable(no_evenings).left == {cell for cell in ALL if cell[1] != A}
    assert usable(pairs).left == ALL
    assert usable(MaxNightsInARow(nights=1)).left == ALL


def test_a_rule_for_others_or_a_soft_one_takes_nothing() -> None:
    sequences = {"sequences": [["day"]]}
    others = ForbiddenSequences.model_validate({**sequences, "for": ["Ola"]})
    soft = ForbiddenSequences.model_validate({**sequences, "strength": "soft"})
    assert usable(others, soft).left == ALL
    assert usable(ForbiddenSequences.model_validate({**sequences, "for": ["Kari"]})).left < ALL


def test_days_beyond_the_horizon_do_not_exist() -> None:
    assert max(EVERY_DAY) > 7
    assert {day for day, _action in usable().open} == set(range(7))
