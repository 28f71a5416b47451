"""Fair shares: nights, evenings, weekends or red days in proportion to the size of each post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.company import post_of
from turnus.rules.group_kinds import Balance, GroupKind
from turnus.texts import N_

WHAT = {
    "nights": N_("nights"),
    "evenings": N_("evenings"),
    "weekends": N_("weekend shifts"),
    "red_days": N_("shifts on red days"),
}


class FairShares(Rule):
    """Each has a share of the nights, evenings, weekend shifts or shifts on red days by the size of the post.

    Shared are the days that the named people of the group work such a shift in all. A share is in proportion
    to size times days not on leave. Who may never work such a shift has no share.
    """

    id: ClassVar[str] = "fair_shares"
    title: ClassVar[str] = N_("Fair shares")
    sentence: ClassVar[str] = N_(
        "Nights, evenings, weekend shifts or red days fall on people in proportion to the size of their post."
    )
    example: ClassVar[str] = N_("8 nights between two full posts: 4 each; one has 6, 1 beyond a slack of 1.")
    source: ClassVar[Source] = Source("Agreed practice", verified=False)
    unit: ClassVar[str] = N_("days beside the share")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"
    lowering: ClassVar = "together"
    many: ClassVar[bool] = True

    strength: Literal["hard", "soft"] = "soft"
    what: Literal["nights", "evenings", "weekends", "red_days"] = Field(
        "nights", description="What is shared."
    )
    within: Annotated[int, Field(ge=0, le=366)] = Field(
        1, description="Whole days that anybody may lie above or below the share."
    )

    def _cells(self, problem: Problem) -> frozenset[tuple[int, int]]:
        """Return the (day, shift) that are shared."""
        every = frozenset((day, action) for day in range(problem.days) for action in problem.worked)
        if self.what == "weekends":
            return frozenset(
                cell for cell in every if (cell[0] % WEEK_DAYS, cell[1]) in problem.weekend_cells
            )
        if self.what == "red_days":
            return frozenset(cell for cell in every if cell[0] in problem.red_days)
        tagged = problem.tagged("night" if self.what == "nights" else "evening")
        return frozenset(cell for cell in every if cell[1] in tagged)

    def _group(self, problem: Problem) -> list[int]:
        """Return the classes of the named people who share: those the rule is for and who may work it."""
        cells = self._cells(problem)
        return [
            index
            for index, post in enumerate(problem.classes)
            if post.named and self.applies_to(post) and any(_may_work(problem, post, *cell) for cell in cells)
        ]

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each person whose whole days lie too far above or below the share."""
        cells = self._cells(problem)
        held = [post for index in self._group(problem) if (post := post_of(rota, index)) is not None]
        worked = {
            post: sum((day, action) in cells for day, action in enumerate(rota.lines[post].tolist()))
            for post in held
        }
        weights = {post: rota.posts[post].size * _present(problem, rota, post) for post in held}
        total, whole = sum(worked.values()), sum(weights.values())
        for post in held if whole else ():
            beside = abs(worked[post] * whole - total * weights[post]) // whole - self.within
            if beside > 0:
                about = WHAT[self.what]
                yield Breach(self.id, post, None, beside, self.unit, times=beside, about=about)

    def lower_together(self, problem: Problem) -> tuple[GroupKind, ...]:
        """Return the balance of the group."""
        group = self._group(problem)
        present = tuple(problem.days - len(problem.classes[index].leave) for index in group)
        return (Balance(tuple(group), present, self._cells(problem), self.within),) if group else ()


def _present(problem: Problem, rota: Rota, post: int) -> int:
    return problem.days - len(problem.classes[rota.posts[post].class_index].leave)


def _may_work(problem: Problem, post: PostClass, day: int, action: int) -> bool:
    shift = problem.shifts[action - 1]
    return (
        day in shift.days
        and day not in post.leave
        and (day, action) not in post.bans
        and post.competence in shift.competences
        and (post.long_shifts or not shift.volunteers_only)
    )
