"""Whole weekends: a worked weekend is worked on all its days, a free one is free on all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, Sequence
from turnus.rules.reading import Reader, reader
from turnus.texts import N_, _


class WholeWeekends(Rule):
    """A weekend is worked on all its days or on none, and its Friday night only before a worked weekend.

    The days are those that lie wholly inside the unit's weekend, Saturday and Sunday as a rule. A shift
    that belongs to the weekend on the day before them (Friday night) or after needs the day beside it to
    be worked.
    """

    id: ClassVar[str] = "whole_weekends"
    title: ClassVar[str] = N_("Whole weekends")
    sentence: ClassVar[str] = N_(
        "Saturday and Sunday both or neither, and Friday night only before a worked weekend."
    )
    example: ClassVar[str] = N_("Saturday is worked and Sunday is off.")
    source: ClassVar[Source] = Source("AML § 10-8 (2) and (4)", verified=False)
    unit: ClassVar[str] = N_("broken weekends")

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield a weekend that holds no whole day, of which this rule could say nothing."""
        if not problem.weekend_days:
            yield Finding(
                (), _("expected a weekend that holds at least one whole day"), _("found none"),
                _("Widen `weekend`, or switch the rule off with `enabled: false`."),
            )  # fmt: skip

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each pair of neighbouring days that breaks a weekend, dated on the earlier day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            first = 0 if problem.cyclic else -1
            for day in range(first, problem.days if problem.cyclic else problem.days - 1):
                if _broken(problem, read, day):
                    yield Breach(self.id, post, max(0, day), 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the forbidden pairs of days."""
        del post
        whole = problem.weekend_days
        if not whole:
            return ()
        off = frozenset({OFF})
        inside = frozenset(whole[:-1])
        pairs = [((problem.worked, off), inside), ((off, problem.worked), inside)]
        before, after = (whole[0] - 1) % WEEK_DAYS, (whole[-1] + 1) % WEEK_DAYS
        pairs.append(((_of_weekend(problem, before), off), frozenset({before})))
        pairs.append(((off, _of_weekend(problem, after)), frozenset({whole[-1]})))
        return tuple(Sequence(steps, days) for steps, days in pairs if days and all(steps))


def _broken(problem: Problem, read: Reader, day: int) -> bool:
    """Whether a day and the next one break a weekend between them."""
    today, tomorrow = read(day), read(day + 1)
    if today is None or tomorrow is None or (today == OFF) == (tomorrow == OFF):
        return False
    here, there = day % WEEK_DAYS, (day + 1) % WEEK_DAYS
    whole = problem.weekend_days
    if here in whole and there in whole and here < there:
        return True
    if there in whole[:1]:
        return tomorrow == OFF and (here, today) in problem.weekend_cells
    if here in whole[-1:]:
        return today == OFF and (there, tomorrow) in problem.weekend_cells
    return False


def _of_weekend(problem: Problem, weekday: int) -> frozenset[int]:
    return frozenset(action for day, action in problem.weekend_cells if day == weekday)
