"""Tiny instances of the public sets, written as their files, and their truth by trying every rota.

Costs and lawfulness come from the scorers alone; nothing here knows the engine.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from turnus.bench import curtois, inrc2, inrc2_score, rws
from turnus.bench.families import FAMILIES
from turnus.bench.run import Run, Terms

DATA = Path(__file__).parent / "data"
OFF = -1
WEEK_DAYS = 7
Lines = npt.NDArray[np.int64]  # a line in each row, actions counted as the engine does: 0 is off
Costs = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """Every lawful line of one person, and what each costs by itself."""

    lines: Lines
    own: Costs


def quiet(phase: str, best: float | None, bound: float | None) -> None:
    """Listen to nothing."""
    del phase, best, bound


def run_of(family: str, folder: Path, name: str, seconds: float = 5.0) -> Run:
    """Return what the engine finds for an instance."""
    return FAMILIES[family].run(folder, name, Terms(seconds, 1, 1), quiet)


def every_line(days: int, actions: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Yield every line whose action on day d is one of `actions[d]`."""
    assert len(actions) == days
    return itertools.product(*actions)


def least_cost(choices: Sequence[Choice], day_costs: Sequence[Costs]) -> float:
    """Return the least cost of all rotas; infinity when there is none.

    `day_costs[d][a, b, …]` is what the demand of day d costs when the people work a, b, …
    """
    if not all(len(choice.lines) for choice in choices):
        return float("inf")
    best = _good(choices, day_costs)
    *first, other, last = choices
    cheapest = [float(choice.own.min()) for choice in choices]
    for picks in itertools.product(*(np.argsort(choice.own).tolist() for choice in first)):
        chosen = sum(float(choice.own[at]) for choice, at in zip(first, picks, strict=True))
        left = best - chosen  # what the last two may cost, less than which something is better
        others = _kept(other, left - cheapest[-1])
        lasts = _kept(last, left - cheapest[-2])
        if not len(others.lines) or not len(lasts.lines):
            continue
        total = others.own[:, None] + lasts.own[None, :]
        for day, table in enumerate(day_costs):
            worked = tuple(int(choice.lines[at, day]) for choice, at in zip(first, picks, strict=True))
            total += table[worked][others.lines[:, day, None], lasts.lines[None, :, day]]
        best = min(best, float(total.min()) + chosen)
    return best


def _kept(choice: Choice, below: float) -> Choice:
    """Return the lines that cost less."""
    return Choice(choice.lines[choice.own < below], choice.own[choice.own < below])


def _good(choices: Sequence[Choice], day_costs: Sequence[Costs]) -> float:
    """Return the cost of a rota that nobody can better alone: a limit on what is worth trying."""
    picks = [int(choice.own.argmin()) for choice in choices]
    best = float("inf")
    while True:
        for at, choice in enumerate(choices):
            total = (
                choice.own
                + sum(float(c.own[p]) for c, p in zip(choices, picks, strict=True))
                - choice.own[picks[at]]
            )
            for day, table in enumerate(day_costs):
                worked: list[int | slice] = [
                    int(c.lines[p, day]) for c, p in zip(choices, picks, strict=True)
                ]
                worked[at] = slice(None)
                total = total + table[tuple(worked)][choice.lines[:, day]]
            picks[at] = int(total.argmin())
        if not float(total.min()) < best:
            return best
        best = float(total.min())


def day_tables(
    days: int, actions: int, people: int, cost: Callable[[int, npt.NDArray[np.int64]], Costs]
) -> list[Costs]:
    """Return the tables of `least_cost`; `cost` says for a day what each row of worked actions costs."""
    worked = np.array(list(itertools.product(range(actions), repeat=people)), np.int64)
    return [cost(day, worked).reshape((actions,) * people) for day in range(days)]


# --- Curtois & Qu ---


@cache
def curtois_choices(instance: curtois.Instance) -> tuple[Choice, ...]:
    """Return each person's lawful lines, by the scorer on an instance of this person alone without demand."""
    return tuple(_curtois_choice(alone(instance, at)) for at in range(len(instance.people)))


def alone(instance: curtois.Instance, at: int) -> curtois.Instance:
    """Return the instance of one person, without demand."""

    def mine(requests: tuple[curtois.Request, ...]) -> tuple[curtois.Request, ...]:
        return tuple(replace(one, person=0) for one in requests if one.person == at)

    return replace(
        instance, people=(instance.people[at],), wanted=mine(instance.wanted),
        unwanted=mine(instance.unwanted), cover=(),
    )  # fmt: skip


def _curtois_choice(instance: curtois.Instance) -> Choice:
    every = range(OFF, len(instance.shifts))
    # That a day off must be off is tested by itself; here it keeps the lines few.
    days = [[OFF] if day in instance.people[0].days_off else every for day in range(instance.days)]
    scored = [(line, curtois.score(instance, [line])) for line in every_line(instance.days, days)]
    lawful = [(line, found.cost) for line, found in scored if not found.broken]
    return Choice(
        np.array([line for line, _ in lawful], np.int64).reshape(-1, instance.days) + 1,
        np.array([cost for _, cost in lawful], float),
    )


def curtois_truth(instance: curtois.Instance, choices: Sequence[Choice]) -> float:
    """Return the least cost of all lawful rotas."""

    def cost(day: int, worked: npt.NDArray[np.int64]) -> Costs:
        total = np.zeros(len(worked))
        for row in instance.cover:
            if row.day == day:
                present = (worked == row.shift + 1).sum(axis=1)
                total += row.under * np.maximum(0, row.need - present)
                total += row.over * np.maximum(0, present - row.need)
        return total

    tables = day_tables(instance.days, len(instance.shifts) + 1, len(instance.people), cost)
    return least_cost(choices, tables)


def curtois_text(instance: curtois.Instance) -> str:
    """Return an instance as a file of the set."""
    ids = [shift.id for shift in instance.shifts]
    lines = ["SECTION_HORIZON", str(instance.days), "SECTION_SHIFTS"]
    for shift in instance.shifts:
        lines.append(f"{shift.id},{shift.minutes},{'|'.join(ids[at] for at in sorted(shift.not_before))}")
    lines.append("SECTION_STAFF")
    for one in instance.people:
        most = "|".join(f"{id}={number}" for id, number in zip(ids, one.most_shifts, strict=True))
        limits = (
            one.most_minutes, one.least_minutes, one.longest_run, one.shortest_run, one.shortest_off,
            one.most_weekends,
        )  # fmt: skip
        lines.append(",".join([one.id, most, *map(str, limits)]))
    lines.append("SECTION_DAYS_OFF")
    lines += [",".join([one.id, *map(str, sorted(one.days_off))]) for one in instance.people if one.days_off]
    for section, requests in (("ON", instance.wanted), ("OFF", instance.unwanted)):
        lines.append(f"SECTION_SHIFT_{section}_REQUESTS")
        lines += [f"{instance.people[r.person].id},{r.day},{ids[r.shift]},{r.weight}" for r in requests]
    lines.append("SECTION_COVER")
    lines += [f"{c.day},{ids[c.shift]},{c.need},{c.under},{c.over}" for c in instance.cover]
    return "\n".join(lines) + "\n"


# --- rotating workforce scheduling ---


@cache
def rws_truth(instance: rws.Instance) -> frozenset[tuple[int, ...]]:
    """Return every lawful line: of all with the required staff on each day, those that the scorer accepts."""
    weekdays = []
    for weekday in range(WEEK_DAYS):
        present = [shift for shift, row in enumerate(instance.need) for _ in range(row[weekday])]
        column = present + [OFF] * (instance.weeks - len(present))
        weekdays.append(set(itertools.permutations(column)) if len(column) == instance.weeks else set())
    lines = (
        tuple(columns[week_day % WEEK_DAYS][week_day // WEEK_DAYS] for week_day in range(instance.days))
        for columns in itertools.product(*weekdays)
    )
    return frozenset(line for line in lines if not rws.score(instance, line))


def rws_text(instance: rws.Instance) -> str:
    """Return an instance as a file of the set."""
    words = [shift.id for shift in instance.shifts] + ["-"]  # the last for OFF, which is -1
    by_length = sorted(instance.forbidden, key=len)
    numbers: list[Sequence[object]] = [[WEEK_DAYS], [instance.weeks], [len(instance.shifts)], *instance.need]
    numbers += [(s.id, s.start_minutes, s.minutes, s.shortest_run, s.longest_run) for s in instance.shifts]
    numbers += [
        (instance.shortest_off, instance.longest_off),
        (instance.shortest_work, instance.longest_work),
    ]
    numbers.append([sum(len(one) == 2 for one in by_length), sum(len(one) == 3 for one in by_length)])
    numbers += [[words[shift] for shift in one] for one in by_length]
    return "\n".join(" ".join(map(str, line)) for line in numbers) + "\n"


# --- INRC-II ---


@cache
def inrc2_choices(instance: inrc2.Instance) -> tuple[Choice, ...]:
    """Return each nurse's lawful lines, by the scorer on an instance of this nurse alone without demand."""
    return tuple(_inrc2_choice(nurse_alone(instance, at)) for at in range(len(instance.nurses)))


def nurse_alone(instance: inrc2.Instance, at: int) -> inrc2.Instance:
    """Return the instance of one nurse, without demand."""
    requests = tuple(replace(one, nurse=0) for one in instance.requests if one.nurse == at)
    return replace(instance, nurses=(instance.nurses[at],), requirements=(), requests=requests)


def _inrc2_choice(instance: inrc2.Instance) -> Choice:
    skills = sorted(instance.nurses[0].skills)
    lines, own = [], []
    for shifts in every_line(instance.days, [range(OFF, len(instance.shifts))] * instance.days):
        found = inrc2_score.score(instance, [[None if one == OFF else (one, skills[0]) for one in shifts]])
        if not found.broken:  # which of her skills she uses costs nothing and breaks nothing
            actions = [
                [0] if one == OFF else [one * len(instance.skills) + skill + 1 for skill in skills]
                for one in shifts
            ]
            for line in itertools.product(*actions):
                lines.append(line)
                own.append(found.cost)
    return Choice(np.array(lines, np.int64).reshape(-1, instance.days), np.array(own, float))


def inrc2_truth(instance: inrc2.Instance, choices: Sequence[Choice]) -> float:
    """Return the least cost of all lawful rotas; infinity when none has the least cover."""
    weight = inrc2.WEIGHTS["optimal cover"]

    def cost(day: int, worked: npt.NDArray[np.int64]) -> Costs:
        total = np.zeros(len(worked))
        for row in instance.requirements:
            if row.day == day:
                present = (worked == row.shift * len(instance.skills) + row.skill + 1).sum(axis=1)
                total += weight * np.maximum(0, row.optimal - present)
                total[present < row.least] = np.inf
        return total

    actions = len(instance.shifts) * len(instance.skills) + 1
    return least_cost(choices, day_tables(instance.days, actions, len(instance.nurses), cost))


def inrc2_texts(instance: inrc2.Instance, dataset: str) -> dict[str, str]:
    """Return the files of an instance by name: scenario, history 0, and its weeks from 0 on."""
    shifts = [shift.id for shift in instance.shifts]
    files = {f"Sc-{dataset}.txt": _scenario_text(instance, dataset)}
    history = ["HISTORY", f"0 {dataset}", "", "NURSE_HISTORY"]
    for one in instance.nurses:
        last = "None" if one.last_shift == OFF else shifts[one.last_shift]
        runs = f"{one.same_shift_days} {one.work_days} {one.off_days}"
        history.append(f"{one.id} {one.shifts_before} {one.weekends_before} {last} {runs}")
    files[f"H0-{dataset}-0.txt"] = "\n".join(history) + "\n"
    for week in range(instance.weeks):
        files[f"WD-{dataset}-{week}.txt"] = _week_text(instance, dataset, week)
    return files


def _scenario_text(instance: inrc2.Instance, dataset: str) -> str:
    shifts, skills = [shift.id for shift in instance.shifts], instance.skills
    lines = [f"SCENARIO = {dataset}", f"WEEKS = {instance.weeks}", f"SKILLS = {len(skills)}", *skills]
    lines.append(f"SHIFT_TYPES = {len(shifts)}")
    lines += [f"{one.id} ({one.shortest_run},{one.longest_run})" for one in instance.shifts]
    lines.append("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS")
    for shift in instance.shifts:
        others = [shifts[at] for at in sorted(shift.not_before)]
        lines.append(" ".join([shift.id, str(len(others)), *others]))
    lines.append(f"CONTRACTS = {len(instance.contracts)}")
    for one in instance.contracts:
        ranges = (
            (one.least_shifts, one.most_shifts), (one.shortest_work, one.longest_work),
            (one.shortest_off, one.longest_off),
        )  # fmt: skip
        words = [f"({low},{high})" for low, high in ranges]
        lines.append(" ".join([one.id, *words, str(one.most_weekends), str(int(one.complete_weekends))]))
    lines.append(f"NURSES = {len(instance.nurses)}")
    for nurse in instance.nurses:
        of_nurse = [skills[at] for at in sorted(nurse.skills)]
        lines.append(
            " ".join([nurse.id, instance.contracts[nurse.contract].id, str(len(of_nurse)), *of_nurse])
        )
    return "\n".join(lines) + "\n"


def _week_text(instance: inrc2.Instance, dataset: str, week: int) -> str:
    shifts, monday = [shift.id for shift in instance.shifts], week * WEEK_DAYS
    lines = ["WEEK_DATA", dataset, "REQUIREMENTS"]
    ranges: dict[tuple[int, int], list[str]] = {}
    for row in instance.requirements:
        if row.day // WEEK_DAYS == week:
            ranges.setdefault((row.shift, row.skill), []).append(f"({row.least},{row.optimal})")
    lines += [
        f"{shifts[shift]} {instance.skills[skill]} {' '.join(of)}" for (shift, skill), of in ranges.items()
    ]
    requests = [one for one in instance.requests if monday <= one.day < monday + WEEK_DAYS]
    lines.append(f"SHIFT_OFF_REQUESTS = {len(requests)}")
    for one in requests:
        shift = "Any" if one.shift == OFF else shifts[one.shift]
        lines.append(f"{instance.nurses[one.nurse].id} {shift} {inrc2.WEEKDAYS[one.day - monday]}")
    return "\n".join(lines) + "\n"
