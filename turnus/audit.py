"""The truth about any rota: every rule's own checker over it, and the codes of its free days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from turnus.clock import WEEK_DAYS
from turnus.problem import OFF, Problem, Rota
from turnus.problem.red_days import red_days_of
from turnus.rules import Breach, Rule
from turnus.rules.law.sundays_off import cells_of
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.reading import Reader, reader

SUNDAY = WEEK_DAYS - 1
MONTH_DAYS = 31  # within which a day for an F1 on a red day is given


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
    """Return "F1", "F2", "F3", "F5" or "" for each post and day.

    F1 is the day off that holds the week's rest: Sunday if its rest is long enough, else the day off with
    the longest rest, the latest of several. F2 is one more day off of the week, as near to F1 as can be.
    A week without a day off has neither; the audit reports it.

    A calendar plan also has F3, time off on a red day from Monday to Saturday after work on the Sunday or
    red day before (§ 10-8 (4)), and F5, the first day off without a code within a month after an F1 that
    falls on such a red day. F5 is the custom of KS and not of Oslo and the state; that it is counted from
    the F1 of the plan, where no base rota is at hand, is not verified.
    """
    codes = []
    for post in range(len(rota.posts)):
        rest = weekly_rest_of(problem, rules, rota, post)
        read = reader(problem, rota, post)
        row = [""] * problem.days
        for monday in range(0, problem.days, WEEK_DAYS):
            for code, day in zip(("F1", "F2"), _free_days_of_week(problem, rest, read, monday), strict=False):
                row[day] = code
        if not problem.cyclic:
            _add_red_day_codes(problem, leave_of(problem, rota, post), read, row)
        codes.append(row)
    return codes


def leave_of(problem: Problem, rota: Rota, post: int) -> frozenset[int]:
    """Return the days of leave of a post."""
    return problem.classes[rota.posts[post].class_index].leave


def _add_red_day_codes(problem: Problem, leave: frozenset[int], read: Reader, row: list[str]) -> None:
    """Write F3 and F5 on days off that have no code yet and are no leave."""
    for day in owed_by_red_days(problem, read):
        if read(day) == OFF and not row[day] and day not in leave:
            row[day] = "F3"
    for first in [day for day in weekday_red_days(problem) if row[day] == "F1"]:
        month = range(first + 1, min(first + 1 + MONTH_DAYS, problem.days))
        free = (day for day in month if read(day) == OFF and not row[day] and day not in leave)
        for extra in islice(free, 1):
            row[extra] = "F5"


def weekday_red_days(problem: Problem) -> list[int]:
    """Return the red days of a calendar plan that are no Sundays, in order."""
    return sorted(day for day in problem.red_days if day % WEEK_DAYS != SUNDAY)


def owed_by_red_days(problem: Problem, read: Reader) -> list[int]:
    """Return the red days, no Sundays, before which the last Sunday or red day was worked."""
    red_days = list(red_days_of(problem, -WEEK_DAYS, problem.days))
    return [
        after.day
        for before, after in pairwise(red_days)
        if after.day >= 0
        and after.day % WEEK_DAYS != SUNDAY
        and any(read(day) == action for day, action in cells_of(problem, before))
    ]


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
