"""What pricing knows of kinds that are alike, and which lines a kind may have."""

from __future__ import annotations

import dataclasses

import numpy as np

from tests.builders import DAY, NIGHT, person, problem, row
from tests.rota.small_tasks import task
from turnus.lines.cover import build_cover
from turnus.lines.model import build_line_model
from turnus.lines.pricing import Pricer
from turnus.problem import FULL_TIME
from turnus.rules.kinds import PlanShifts
from turnus.rules.law.daily_rest import DailyRest

SHIFTS = (DAY, NIGHT)


def pricer_of(*names: str) -> Pricer:
    """Return the pricer of people who may work the same lines, each with two sizes."""
    sizes = (5000, FULL_TIME)
    people = [
        person(name, shifts=SHIFTS, sizes=sizes, full_week_minutes=4 * 450, under_minutes=0, over_minutes=450)
        for name in names
    ]
    rows = tuple(row(day, (1,), 1, minutes=450) for day in range(7))
    unit = problem(*people, shifts=SHIFTS, rows=rows)
    model = build_line_model(unit, (DailyRest(rest_minutes=11 * 60),))
    return Pricer(model, build_cover(unit, model))


def test_a_best_line_is_shared_with_kinds_of_the_same_lines_and_hours() -> None:
    pricer = pricer_of("Kari", "Ola")
    scaled = np.full(pricer.cover.groups, 1024.0)
    priced = dataclasses.replace(pricer.priced(scaled), lines={})
    for kind, one in enumerate(pricer.kinds):
        priced.lines.clear()
        assert pricer.column(kind, scaled, priced) is not None
        alike = [at for at, other in enumerate(pricer.kinds) if other.size == one.size]
        assert sorted(priced.lines) == alike
        assert len(alike) == 2


def test_single_posts_share_no_line() -> None:
    """Each may hold other days, or have prices of its own, whatever its class has in common with others."""
    one, _ = task(2)
    order = [2, 1, 0]
    pricer = one.pricer.of_posts([one.kinds[post] for post in order])
    scaled = np.zeros(pricer.cover.groups)
    priced = pricer.priced(scaled)
    assert not priced.whereabouts
    for kind in range(3):
        column = pricer.column(kind, scaled, priced)
        assert column is not None
        assert column.line is priced.lines[kind]


def test_a_line_beyond_a_limit_over_the_whole_plan_is_not_lawful() -> None:
    pricer = pricer_of("Kari")
    line = np.array([1, 2, 0, 2, 0, 1, 0], np.int16)
    full = next(k for k, kind in enumerate(pricer.kinds) if kind.lo <= pricer.model.units_of(line) <= kind.hi)
    assert pricer.lawful(full, line)
    for most, lawful in ((2, True), (1, False)):
        limited = dataclasses.replace(pricer.model.classes[0], counted=(PlanShifts(frozenset({2}), most),))
        pricer.model = dataclasses.replace(pricer.model, classes=(limited,))
        assert pricer.lawful(full, line) == lawful
