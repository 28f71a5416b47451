"""Limits on long shifts: how many in a row, and how many in some weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Actions, Kind, RunLength, WindowSum
from turnus.rules.reading import grouped, reader, run_before
from turnus.scenario.messages import found
from turnus.texts import N_, _


class LongShiftLimits(Rule):
    """Nobody works more than the stated number of long shifts in a row, or in any weeks Monday to Sunday.

    Long is a shift longer than `longer_than` from start to end. In a cycle both limits are read on the
    repeated rota. Who works long shifts at all says the rule `volunteers`.
    """

    id: ClassVar[str] = "long_shift_limits"
    title: ClassVar[str] = N_("Limits on long shifts")
    sentence: ClassVar[str] = N_(
        "At most the stated number of long shifts in a row, and in the stated number of weeks."
    )
    example: ClassVar[str] = N_("Three long shifts from Friday to Sunday where two in a row are allowed.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1); agreed practice", "https://www.nsf.no/nyheter/arbeidstid/soknad-om-langvakter",
        verified=False,
    )  # fmt: skip
    unit: ClassVar[str] = N_("long shifts too many")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    in_a_row: Annotated[int, Field(ge=1, le=14)] = Field(2, description="Most long shifts in a row.")
    most: Annotated[int, Field(ge=0, le=100)] = Field(4, description="Most long shifts in those weeks.")
    weeks: Annotated[int, Field(ge=1, le=26)] = Field(
        2, description="Weeks in which they are counted, Monday to Sunday."
    )
    longer_than_minutes: Minutes = Field(
        10 * 60, alias="longer_than", description="A shift longer than this is long."
    )

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield a limit on the run that the weeks never let anybody reach."""
        del problem
        in_one_stretch = (self.weeks - 1) * WEEK_DAYS + 1  # days that some stretch of the weeks always holds
        if self.most < min(self.in_a_row, in_one_stretch) and self.most:
            yield Finding(
                ("in_a_row",),
                _("expected at most {most}, for more long shifts are never worked in the weeks").format(
                    most=self.most
                ),
                found(self.in_a_row),
                _("Lower `in_a_row`, or raise `most`."),
            )

    def long(self, problem: Problem) -> Actions:
        """Return the long shifts."""
        return frozenset(
            action
            for action in problem.worked
            if problem.ends[action] - problem.starts[action] > self.longer_than_minutes
        )

    def idle(self, problem: Problem) -> bool:
        """Whether the unit has no long shifts."""
        return not self.long(problem)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of long shifts beyond the limit, and each stretch of weeks with too many."""
        long = self.long(problem)
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            beyond = (
                day
                for day in range(problem.days)
                if run_before(read, day, long, self.in_a_row + 1) > self.in_a_row
            )
            for first, shifts in grouped(beyond):
                yield Breach(self.id, post, first, shifts, self.unit, times=shifts)
            for sunday in range(WEEK_DAYS - 1, problem.days, WEEK_DAYS):
                first = sunday + 1 - self.weeks * WEEK_DAYS
                worked = sum(read(day) in long for day in range(first, sunday + 1))
                if worked > self.most:
                    yield Breach(self.id, post, sunday, worked - self.most, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return a limit on the run and one on the sum over the weeks."""
        del post
        long = self.long(problem)
        if not long:
            return ()
        weights = tuple(int(action in long) for action in range(problem.actions))
        kinds: list[Kind] = [RunLength(long, longest=self.in_a_row)]
        if self.most < self.weeks * WEEK_DAYS:
            kinds.append(WindowSum(weights, self.most, days=self.weeks * WEEK_DAYS))
        return tuple(kinds)
