"""An instance of the nurse rostering competition as a unit: shifts by skill, soft runs inside the lines.

An action is a shift worked with one of the nurse's skills. What a nurse's own line costs – runs, weekends,
assignments, requests – is in her line program; cover is rows, the least of each as good as hard.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from turnus.bench.inrc2 import OFF, WEIGHTS, Contract, Instance, Nurse
from turnus.bench.stated import Stated
from turnus.bench.unit import Unit, bench_problem, bench_shift, named
from turnus.problem import PostClass, Row, Wish
from turnus.rules.kinds import Actions, Cells, Kind, PlanWeeks, RunLength, Sequence

SATURDAY, SUNDAY = 5, 6
LEAST_COVER = 1000  # what a nurse too few for the hard cover weighs, against 30 for the wanted one
ASSIGNMENT_MINUTES = 60  # every assignment counts alike


def unit_of(instance: Instance) -> Unit:
    """Return the unit whose cost is the instance's."""
    pairs = [(shift, skill) for shift in range(len(instance.shifts)) for skill in range(len(instance.skills))]
    shifts = [
        bench_shift(f"{instance.shifts[shift].id}/{instance.skills[skill]}", ASSIGNMENT_MINUTES)
        for shift, skill in pairs
    ]
    actions = {pair: at + 1 for at, pair in enumerate(pairs)}
    people = [_class_of(instance, actions, at, nurse) for at, nurse in enumerate(instance.nurses)]
    rows = [row for at in range(len(instance.requirements)) for row in _rows(instance, actions, at)]
    problem = bench_problem(instance.days, shifts, people, rows)
    by_weight: dict[int | None, dict[str, tuple[Kind, ...]]] = {}
    for nurse, post in zip(instance.nurses, people, strict=True):
        for weight, kind in _kinds(instance, actions, nurse, post):
            of_person = by_weight.setdefault(weight, {})
            of_person[post.id] = (*of_person.get(post.id, ()), kind)
    stated = tuple(
        Stated(kinds=kinds) if weight is None else Stated(kinds=kinds, strength="soft", weight=weight)
        for weight, kinds in by_weight.items()
    )
    return Unit(problem, stated, _hours_cost(instance), _constant(instance))


def assignment_of(instance: Instance, lines: npt.NDArray[np.int16]) -> list[list[tuple[int, int] | None]]:
    """Return the engine's lines as the competition writes them."""
    skills = len(instance.skills)
    return [[divmod(int(action) - 1, skills) if action else None for action in line] for line in lines]


def _of_shift(instance: Instance, actions: dict[tuple[int, int], int], shift: int) -> Actions:
    return frozenset(actions[shift, skill] for skill in range(len(instance.skills)))


def _class_of(instance: Instance, actions: dict[tuple[int, int], int], at: int, nurse: Nurse) -> PostClass:
    lacking = {action for (_, skill), action in actions.items() if skill not in nurse.skills}
    bans = {(day, action) for day in range(instance.days) for action in lacking}
    wishes = tuple(_wishes(instance, actions, at))
    most = instance.days * ASSIGNMENT_MINUTES
    return named(nurse.id, instance.days, 0, most, bans, wishes, tuple(_history(instance, actions, nurse)))


def _wishes(instance: Instance, actions: dict[tuple[int, int], int], at: int) -> Iterator[Wish]:
    everything = frozenset(range(len(actions) + 1))
    for one in instance.requests:
        if one.nurse == at:
            refused = everything - {0} if one.shift == OFF else _of_shift(instance, actions, one.shift)
            yield Wish(one.day, everything - refused, WEIGHTS["requests"])


def _history(instance: Instance, actions: dict[tuple[int, int], int], nurse: Nurse) -> Iterator[int]:
    """Yield the days before the plan: a day that begins the present run, and the run itself.

    Which shift the days before a run of one shift were is not said; any other one begins the run.
    """
    if nurse.off_days:
        yield actions[0, 0]
        yield from [0] * nurse.off_days
        return
    if not nurse.work_days:
        return
    other = (nurse.last_shift + 1) % len(instance.shifts)
    yield 0
    yield from [actions[other, 0]] * (nurse.work_days - nurse.same_shift_days)
    yield from [actions[nurse.last_shift, 0]] * nurse.same_shift_days


def _rows(instance: Instance, actions: dict[tuple[int, int], int], at: int) -> Iterator[Row]:
    one = instance.requirements[at]
    cells = frozenset({(one.day, actions[one.shift, one.skill])})
    for need, value in ((one.least, LEAST_COVER), (one.optimal, WEIGHTS["optimal cover"])):
        if need:
            yield Row(one.day, "", 0, 1, None, need, None, 1, value, cells, frozenset({0}), None)


def _kinds(
    instance: Instance, actions: dict[tuple[int, int], int], nurse: Nurse, post: PostClass
) -> Iterator[tuple[int | None, Kind]]:
    """Yield each kind with its weight, None when it is hard."""
    worked, off = frozenset(actions.values()), frozenset({0})
    contract = instance.contracts[nurse.contract]
    yield None, Cells(post.bans)
    for at, shift in enumerate(instance.shifts):
        mine = _of_shift(instance, actions, at)
        if shift.not_before:
            after = frozenset().union(*(_of_shift(instance, actions, other) for other in shift.not_before))
            yield None, Sequence((mine, after))
        yield WEIGHTS["consecutive shifts"], RunLength(mine, shift.longest_run, shift.shortest_run)
    yield WEIGHTS["consecutive work"], RunLength(worked, contract.longest_work, contract.shortest_work)
    yield WEIGHTS["consecutive days off"], RunLength(off, contract.longest_off, contract.shortest_off)
    if contract.complete_weekends:
        for steps in ((worked, off), (off, worked)):
            yield WEIGHTS["complete weekends"], Sequence(steps, frozenset({SATURDAY}))
    weekend = frozenset((day, action) for day in (SATURDAY, SUNDAY) for action in worked)
    left = max(0, contract.most_weekends - nurse.weekends_before)
    if left < instance.weeks:
        yield WEIGHTS["weekends"], PlanWeeks(weekend, left)


def _hours_cost(instance: Instance) -> dict[str, tuple[int, int, int]]:
    """Return by nurse the least and most assignments left, and what one beside them costs."""
    cost = WEIGHTS["total assignments"]
    return {
        nurse.id: (*_assignments_left(instance.contracts[nurse.contract], nurse), cost)
        for nurse in instance.nurses
    }


def _assignments_left(contract: Contract, nurse: Nurse) -> tuple[int, int]:
    return (
        max(0, contract.least_shifts - nurse.shifts_before),
        max(0, contract.most_shifts - nurse.shifts_before),
    )


def _constant(instance: Instance) -> int:
    """Return what the history alone costs: assignments and weekends that are too many already."""
    total = 0
    for nurse in instance.nurses:
        contract = instance.contracts[nurse.contract]
        total += WEIGHTS["total assignments"] * max(0, nurse.shifts_before - contract.most_shifts)
        total += WEIGHTS["weekends"] * max(0, nurse.weekends_before - contract.most_weekends)
    return total
