"""Overtime: how much of it, and never as a fixed arrangement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Actions
from turnus.rules.levels import Level, Limit
from turnus.rules.reading import Reader, reader
from turnus.rules.windows import sums_over_weeks
from turnus.texts import N_

TAG = "overtime"
FOUR_WEEKS, YEAR_WEEKS = 4, 52


class Overtime(Rule):
    """Nobody has more than 10 hours of overtime in a week, 25 in four weeks in a row, or 200 in 52 weeks.

    Overtime is what the shifts tagged `overtime` count, in weeks Monday to Sunday. A base rota is read
    repeated, and any overtime in it is a fixed arrangement, which the act does not allow at all. The 52 weeks
    are fixed ones, counted back from the rota's last day; a plan and its history hold what is known of them.
    No plan made here holds any overtime; the amounts judge rotas from elsewhere.
    A breach's `about` says which of the limits it is.
    """

    id: ClassVar[str] = "overtime"
    title: ClassVar[str] = N_("Overtime")
    sentence: ClassVar[str] = N_(
        "At most the stated overtime in a week, in four weeks in a row and in 52 weeks; none in a base rota."
    )
    example: ClassVar[str] = N_("Two shifts of overtime in a week, 12 h in all: 2 h above 10 h.")
    source: ClassVar[Source] = Source(
        "AML § 10-6 (1), (4) and (5)", "https://www.arbeidstilsynet.no/arbeidsforhold/arbeidstid/overtid/"
    )
    unit: ClassVar[str] = N_("minutes too many")
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "week", "most", 10 * 60,
            {Level.LOCAL: 20 * 60, Level.CENTRAL: None, Level.LABOUR_INSPECTION: 25 * 60}, "AML § 10-6 (5)",
            {
                Level.LABOUR_INSPECTION: N_(
                    "Not verified: that a permit may let it be 25 h in 7 days, or 200 h in 26 weeks."
                )
            },
        ),
        Limit(
            "four_weeks", "most", 25 * 60, {Level.LOCAL: 50 * 60, Level.CENTRAL: None}, "AML § 10-6 (5)"
        ),
        Limit("year", "most", 200 * 60, {Level.LOCAL: 300 * 60, Level.CENTRAL: None}, "AML § 10-6 (5)"),
    )  # fmt: skip
    lowering: ClassVar = "audit_only"
    reason: ClassVar[str] = N_(
        "overtime is what is worked beyond a plan, so that no plan is made with any; a rota from elsewhere "
        "may hold some."
    )

    week_minutes: Minutes = Field(10 * 60, alias="week", description="Most overtime in any one week.")
    four_weeks_minutes: Minutes = Field(
        25 * 60, alias="four_weeks", description="Most overtime in any four weeks in a row."
    )
    year_minutes: Minutes = Field(200 * 60, alias="year", description="Most overtime in 52 weeks.")

    def idle(self, problem: Problem) -> bool:
        """Whether no shift is overtime."""
        return not problem.tagged(TAG)

    def unplanned(self, problem: Problem) -> Actions:
        """Return every shift of overtime: it is what is worked beyond a plan."""
        return problem.tagged(TAG)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift of overtime in a base rota, and each stretch of weeks with too much overtime."""
        tagged = problem.tagged(TAG)
        minutes = [one if action in tagged else 0 for action, one in enumerate(problem.minutes)]
        if not any(minutes):
            return
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            if problem.cyclic:
                for day in range(problem.days):
                    worked = minutes[read(day) or 0]
                    if worked:
                        yield self._breach(post, day, worked, N_("a fixed arrangement"))
            yield from self._too_much(problem, read, post, minutes)

    def _too_much(self, problem: Problem, read: Reader, post: int, minutes: list[int]) -> Iterator[Breach]:
        for last, worked in sums_over_weeks(problem, read, minutes, 1):
            if worked > self.week_minutes:
                monday, beyond = last - WEEK_DAYS + 1, worked - self.week_minutes
                yield self._breach(post, monday, beyond, N_("overtime of the week"), "week")
        for last, worked in sums_over_weeks(problem, read, minutes, FOUR_WEEKS):
            if worked > self.four_weeks_minutes:
                beyond = worked - self.four_weeks_minutes
                yield self._breach(post, last, beyond, N_("overtime of four weeks"), "four_weeks")
        for last, worked in sums_over_weeks(problem, read, minutes, YEAR_WEEKS):
            ends_a_year = (problem.days - 1 - last) % (YEAR_WEEKS * WEEK_DAYS) == 0
            if ends_a_year and worked > self.year_minutes:
                yield self._breach(post, last, worked - self.year_minutes, N_("overtime of 52 weeks"), "year")

    def _breach(self, post: int, day: int, amount: int, about: str, parameter: str = "") -> Breach:
        return Breach(self.id, post, day, amount, self.unit, about=about, parameter=parameter)
