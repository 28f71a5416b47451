"""The truth about any rota: every rule's own checker over it, and the codes of its free days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from turnus.clock import WEEK_DAYS
from turnus.problem import Problem, Rota
from turnus.rules import Breach, Rule
from turnus.rules.reading import Reader, reader
from turnus.rules.weekly_rest import WeeklyRest

SUNDAY = WEEK_DAYS - 1


@dataclass(frozen=True, slots=True)
class Audit:
    """What the rules' checkers found in a rota, hard and soft apart, each by rule, post and day."""

    hard: tuple[Breach, ...]
    soft: tuple[Breach, ...]

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """Return all breaches, the hard ones first."""
        return self.hard + self.soft

    @property
    def lawful(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.hard


def audit(problem: Problem, rules: Sequence[Rule], rota: Rota) -> Audit:
    """Return every breach of every rule in a rota, found by the checkers alone."""
    hard = [breach for rule in rules if rule.hard for breach in rule.violations(problem, rota)]
    soft = [breach for rule in rules if not rule.hard for breach in rule.violations(problem, rota)]
    return Audit(_sorted(hard), _sorted(soft))


def _sorted(breaches: list[Breach]) -> tuple[Breach, ...]:
    def place(breach: Breach) -> tuple[str, int, int]:
        return (
            breach.rule,
            -1 if breach.post is None else breach.post,
            -1 if breach.day is None else breach.day,
        )

    return tuple(sorted(breaches, key=place))


def free_days(problem: Problem, rules: Sequence[Rule], rota: Rota) -> list[list[str]]:
    """Return "F1", "F2" or "" for each post and day.

    F1 is the day off that holds the week's rest: Sunday if its rest is long enough, else the day off with
    the longest rest, the latest of several. F2 is one more day off of the week, as near to F1 as can be.
    A week without a day off has neither; the audit reports it.
    """
    codes = []
    for post in range(len(rota.posts)):
        rest = weekly_rest_of(problem, rules, rota, post)
        read = reader(problem, rota, post)
        row = [""] * problem.days
        for monday in range(0, problem.days, WEEK_DAYS):
            for code, day in zip(("F1", "F2"), _free_days_of_week(problem, rest, read, monday), strict=False):
                row[day] = code
        codes.append(row)
    return codes


def weekly_rest_of(problem: Problem, rules: Sequence[Rule], rota: Rota, post: int) -> WeeklyRest:
    """Return the weekly rest that is for a post; the law's own where the unit has set none for it."""
    post_class = problem.classes[rota.posts[post].class_index]
    for rule in rules:
        if isinstance(rule, WeeklyRest) and rule.applies_to(post_class):
            return rule
    return WeeklyRest()


def _free_days_of_week(problem: Problem, rest: WeeklyRest, read: Reader, monday: int) -> list[int]:
    """Return the days of F1 and F2, as far as the week has days off."""
    rests = {day: rest.rest_around(problem, read, day) for day in range(monday, monday + WEEK_DAYS)}
    off = [day for day, minutes in rests.items() if minutes]
    if not off:
        return []
    sunday = monday + SUNDAY
    first = (
        sunday if rests[sunday] >= max(rest.rest_minutes, 1) else max(off, key=lambda day: (rests[day], day))
    )
    others = sorted(set(off) - {first}, key=lambda day: (abs(day - first), -day))
    return [first, *others[:1]]
