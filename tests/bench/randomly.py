"""Random tiny instances of the public sets, repeatable by their seed."""

from __future__ import annotations

import numpy as np

from turnus.bench import curtois, inrc2, rws

OFF = -1
WEEK_DAYS = 7


def curtois_instance(seed: int) -> curtois.Instance:
    """Return three people: for even seeds a week with two shifts, for odd ones two weeks with one."""
    rng = np.random.default_rng(seed)
    weeks, shifts = (2, 1) if seed % 2 else (1, 2)
    days = weeks * WEEK_DAYS
    types = tuple(
        curtois.ShiftType("DN"[at], int(rng.choice([420, 480])), frozenset({0}) if at else frozenset())
        for at in range(shifts)
    )
    people = tuple(_person(rng, f"P{at}", days, shifts) for at in range(3))

    def requests(count: int) -> tuple[curtois.Request, ...]:
        return tuple(
            curtois.Request(
                int(rng.integers(3)),
                int(rng.integers(days)),
                int(rng.integers(shifts)),
                int(rng.integers(1, 4)),
            )
            for _ in range(count)
        )

    cover = tuple(
        curtois.Cover(
            day,
            shift,
            need=int(rng.integers(3)),
            under=int(rng.choice([0, 5, 100], p=[0.1, 0.3, 0.6])),
            over=int(rng.integers(3)),
        )
        for day in range(days) for shift in range(shifts)
    )  # fmt: skip
    return curtois.Instance(days, types, people, requests(5), requests(3), cover)


def _person(rng: np.random.Generator, id: str, days: int, shifts: int) -> curtois.Person:
    weeks = days // WEEK_DAYS
    off = rng.choice(days, size=1 if weeks == 1 else 4, replace=False)
    longest = int(rng.integers(2, 5))
    return curtois.Person(
        id,
        tuple(int(rng.integers(0 if at else 2, 4 * weeks)) for at in range(shifts)),
        480 * int(rng.integers(3, 6)) * weeks,
        480 * int(rng.integers(0, 3)) * weeks,
        longest,
        int(rng.integers(1, min(4, longest + 1))),
        int(rng.integers(1, 4)),
        int(rng.integers(0, weeks + 1)),
        frozenset(int(day) for day in off),
    )


def rws_instance(seed: int) -> rws.Instance:
    """Return one to three weeks of one or two shifts with a lawful line, unless a limit is made stricter."""
    rng = np.random.default_rng(seed)
    weeks, shifts = int(rng.integers(1, 4)), int(rng.integers(1, 3))
    line = _random_line(rng, weeks, shifts)
    need = tuple(
        tuple(sum(one == shift for one in line[weekday::WEEK_DAYS]) for weekday in range(WEEK_DAYS))
        for shift in range(shifts)
    )  # fmt: skip
    types = tuple(
        rws.ShiftType("DN"[at], 420 + 900 * at, 480, *_limits(rng, [day == at for day in line]))
        for at in range(shifts)
    )
    off, work = _limits(rng, [day == OFF for day in line]), _limits(rng, [day != OFF for day in line])
    seen = {(line[day - 2], line[day - 1], line[day]) for day in range(len(line))}
    forbidden: list[tuple[int, ...]] = [
        (first, OFF, last) for first in range(shifts) for last in range(shifts)
        if (first, OFF, last) not in seen or rng.random() < 0.1
    ]  # fmt: skip
    if shifts == 2 and not any(two[1:] == (1, 0) for two in seen):
        forbidden.insert(0, (1, 0))
    return rws.Instance(weeks, types, need, *off, *work, tuple(forbidden))


def _random_line(rng: np.random.Generator, weeks: int, shifts: int) -> list[int]:
    """Return a line of runs of some days of one shift and some days off."""
    line: list[int] = []
    while len(line) < weeks * WEEK_DAYS:
        line += [int(rng.integers(shifts))] * int(rng.integers(2, 6)) + [OFF] * int(rng.integers(1, 4))
    return line[: weeks * WEEK_DAYS]


def _limits(rng: np.random.Generator, members: list[bool]) -> tuple[int, int]:
    """Return the shortest and longest run in a cyclic line, now and then one day stricter."""
    if all(members) or not any(members):
        return 1, 7
    first = members.index(False)
    turned = "".join("x" if one else " " for one in members[first:] + members[:first])
    lengths = [len(run) for run in turned.split()]
    stricter = rng.random(2) < 0.15
    return min(lengths) + int(stricter[0]), max(1, max(lengths) - int(stricter[1]))


def inrc2_instance(seed: int) -> inrc2.Instance:
    """Return a week with three nurses, or with two of them and two shifts or two skills."""
    rng = np.random.default_rng(seed)
    nurses, shifts, skills = [(3, 1, 1), (2, 2, 1), (2, 1, 2)][seed % 3]
    types = tuple(
        inrc2.ShiftType(
            ("Early", "Night")[at],
            int(rng.integers(1, 4)),
            int(rng.integers(3, 6)),
            frozenset({0}) if at else frozenset(),
        )
        for at in range(shifts)
    )
    contracts = tuple(_contract(rng, id) for id in ("Full", "Part"))
    people = tuple(_nurse(rng, f"N{at}", at, shifts, skills) for at in range(nurses))
    requirements = tuple(
        inrc2.Requirement(day, shift, skill, least, least + int(rng.integers(0, 2)))
        for shift in range(shifts) for skill in range(skills) for day in range(WEEK_DAYS)
        for least in [int(rng.random() < 0.3)]
    )  # fmt: skip
    requests = tuple(
        inrc2.OffRequest(
            int(rng.integers(nurses)), int(rng.integers(WEEK_DAYS)), int(rng.integers(OFF, shifts))
        )
        for _ in range(4)
    )
    return inrc2.Instance(
        "tiny_0_0", 1, ("Head", "Nurse")[:skills], types, contracts, people, requirements, requests
    )


def _contract(rng: np.random.Generator, id: str) -> inrc2.Contract:
    least = int(rng.integers(1, 5))
    return inrc2.Contract(
        id, least, least + int(rng.integers(0, 3)), int(rng.integers(1, 4)), int(rng.integers(3, 6)),
        int(rng.integers(1, 4)), int(rng.integers(2, 5)), int(rng.integers(0, 3)), bool(rng.integers(2)),
    )  # fmt: skip


def _nurse(rng: np.random.Generator, id: str, at: int, shifts: int, skills: int) -> inrc2.Nurse:
    mine = frozenset({0, 1}) if skills == 2 and at == 0 else frozenset({min(at, 1) % skills})
    shifts_before, weekends_before = int(rng.integers(0, 5)), int(rng.integers(0, 3))
    contract = int(rng.integers(2))
    if rng.random() < 0.5:
        return inrc2.Nurse(
            id, contract, mine, shifts_before, weekends_before, OFF, 0, 0, int(rng.integers(1, 7))
        )
    work = int(rng.integers(1, 7))
    same = work if shifts == 1 else int(rng.integers(1, work + 1))
    return inrc2.Nurse(
        id, contract, mine, shifts_before, weekends_before, int(rng.integers(shifts)), same, work, 0
    )
