"""The competition's own reading of a rota: hard rules, and what each soft rule costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from turnus.bench.inrc2 import OFF, WEEK_DAYS, WEIGHTS, Assignment, Instance, Nurse, Score

Line = Sequence[int]  # the shift of each day, or OFF


def score(instance: Instance, rota: Assignment) -> Score:
    """Return the cost of a rota by constraint, and every hard rule it breaks."""
    lines = [[OFF if one is None else one[0] for one in line] for line in rota]
    parts = dict.fromkeys(WEIGHTS, 0)
    for requirement in instance.requirements:
        present = _present(rota, requirement.day, requirement.shift, requirement.skill)
        parts["optimal cover"] += max(0, requirement.optimal - present)
    for nurse, line in zip(instance.nurses, lines, strict=True):
        contract = instance.contracts[nurse.contract]
        for shift, kind in enumerate(instance.shifts):
            before = nurse.same_shift_days if nurse.last_shift == shift else 0
            parts["consecutive shifts"] += _runs_cost(
                [worked == shift for worked in line], before, kind.shortest_run, kind.longest_run
            )
        working = [worked != OFF for worked in line]
        parts["consecutive work"] += _runs_cost(
            working, nurse.work_days, contract.shortest_work, contract.longest_work
        )
        parts["consecutive days off"] += _runs_cost(
            [not one for one in working], nurse.off_days, contract.shortest_off, contract.longest_off
        )
        weekends = [line[monday + 5 : monday + 7] for monday in range(0, instance.days, WEEK_DAYS)]
        if contract.complete_weekends:
            parts["complete weekends"] += sum((sat != OFF) != (sun != OFF) for sat, sun in weekends)
        shifts = nurse.shifts_before + sum(working)
        parts["total assignments"] += max(0, contract.least_shifts - shifts, shifts - contract.most_shifts)
        worked_weekends = nurse.weekends_before + sum(any(s != OFF for s in two) for two in weekends)
        parts["weekends"] += max(0, worked_weekends - contract.most_weekends)
    for request in instance.requests:
        worked = lines[request.nurse][request.day]
        parts["requests"] += worked != OFF and request.shift in (OFF, worked)
    weighted = {name: WEIGHTS[name] * count for name, count in parts.items()}
    return Score(weighted, tuple(_broken(instance, rota, lines)))


def _present(rota: Assignment, day: int, shift: int, skill: int) -> int:
    return sum(line[day] == (shift, skill) for line in rota)


def _runs_cost(members: Sequence[bool], before: int, shortest: int, longest: int) -> int:
    """Return the days by which runs are too long or too short.

    `before` days of the history belong to the first run. A run still open at the end is never too short.
    Of an over-long run of the history only the new days count, and one that stops on the first day below
    its minimum is charged.
    """
    cost, run, new = 0, before, 0
    for one in members:
        if one:
            run, new = run + 1, new + 1
            continue
        if run:
            cost += min(new, max(0, run - longest)) + max(0, shortest - run)
        run, new = 0, 0
    return cost + (min(new, max(0, run - longest)) if run else 0)


def _broken(instance: Instance, rota: Assignment, lines: Sequence[Line]) -> Iterator[str]:
    for requirement in instance.requirements:
        present = _present(rota, requirement.day, requirement.shift, requirement.skill)
        if present < requirement.least:
            shift, skill = instance.shifts[requirement.shift].id, instance.skills[requirement.skill]
            yield f"{shift} {skill} on day {requirement.day}: {present}, {requirement.least} needed"
    for nurse, line, assigned in zip(instance.nurses, lines, rota, strict=True):
        yield from _broken_by(instance, nurse, line)
        for day, one in enumerate(assigned):
            if one is not None and one[1] not in nurse.skills:
                yield f"{nurse.id} has no {instance.skills[one[1]]} on day {day}"


def _broken_by(instance: Instance, nurse: Nurse, line: Line) -> Iterator[str]:
    previous = nurse.last_shift if nurse.off_days == 0 else OFF
    for day, shift in enumerate(line):
        if previous != OFF and shift in instance.shifts[previous].not_before:
            yield f"{nurse.id}: {instance.shifts[shift].id} after {instance.shifts[previous].id} on day {day}"
        previous = shift
