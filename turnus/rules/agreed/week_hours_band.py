"""Hours of every single week between a least and a most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS, show_duration
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Kind, WeekSums, WindowSum
from turnus.scenario.messages import found
from turnus.texts import N_, _


class WeekHoursBand(Rule):
    r"""Every single week, Monday to Sunday, has at least and at most so many hours.

    Days of leave take the least down in proportion, rounded down to whole minutes, so that nothing is asked
    of a week that is all leave. The most stays as it is:

    .. math:: \lfloor \text{least} \cdot \tfrac{7 - \text{leave days}}{7} \rfloor \le
       \sum_{d \in w} \text{hours}_d \le \text{most}

    A shift's hours all count in the week it starts in. The hours are the same for every size of post; state
    with `for` whom they are meant for. The weeks do not overlap, so that nothing before a plan matters. The
    law's own limit on a week is `max_hours_per_week`.
    """

    id: ClassVar[str] = "week_hours_band"
    title: ClassVar[str] = N_("Hours of each week")
    sentence: ClassVar[str] = N_(
        "Every week from Monday to Sunday has at least and at most the stated hours."
    )
    example: ClassVar[str] = N_("Two shifts of 7 h 30 min in a week are 15 h, 9 h below the agreed 24 h.")
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("minutes outside")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    least_minutes: Minutes | None = Field(
        None, alias="least", description="Fewest hours of any one week.", examples=["24 h"]
    )
    most_minutes: Minutes | None = Field(
        None, alias="most", description="Most hours of any one week.", examples=["45 h"]
    )

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield limits that are missing, and a least above the most."""
        del problem
        if self.least_minutes is None and self.most_minutes is None:
            yield Finding(
                ("least",),
                _("expected `least`, `most` or both"),
                found(None),
                _('Write for example `least: "24 h"` and `most: "45 h"`.'),
            )
        elif self.most_minutes is not None and self.least > self.most_minutes:
            yield Finding(
                ("least",),
                _("expected at most {most}, which is the value of {key}").format(
                    most=show_duration(self.most_minutes), key="most"
                ),
                _("found {value}").format(value=show_duration(self.least)),
                _("Lower the one or raise the other."),
            )

    @property
    def least(self) -> int:
        """Return the fewest minutes of a week without leave."""
        return self.least_minutes or 0

    def least_of(self, post: PostClass, monday: int) -> int:
        """Return the fewest minutes of one week of a class of posts, less in proportion to days of leave."""
        present = sum(day not in post.leave for day in range(monday, monday + WEEK_DAYS))
        return self.least * present // WEEK_DAYS

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each week with too few or too many hours, dated on its Monday."""
        for index in self.posts_concerned(problem, rota):
            post = problem.classes[rota.posts[index].class_index]
            for monday in range(0, problem.days, WEEK_DAYS):
                week = rota.lines[index, monday : monday + WEEK_DAYS].tolist()
                minutes = sum(problem.minutes[action] for action in week)
                missing = self.least_of(post, monday) - minutes
                if missing > 0:
                    yield Breach(self.id, index, monday, missing, N_("minutes short"))
                if self.most_minutes is not None and minutes > self.most_minutes:
                    beyond = minutes - self.most_minutes
                    yield Breach(self.id, index, monday, beyond, N_("minutes too many"))

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the limits of every week alike, and the least of each week for a class with leave."""
        longest = WEEK_DAYS * max(problem.minutes)
        most = longest if self.most_minutes is None else self.most_minutes
        least = 0 if post.leave else self.least
        kinds: list[Kind] = []
        if least or most < longest:
            kinds.append(WindowSum(problem.minutes, most, least=least))
        if post.leave and self.least:
            leasts = (self.least_of(post, monday) for monday in range(0, problem.days, WEEK_DAYS))
            kinds.append(WeekSums(problem.minutes, tuple((one, longest) for one in leasts)))
        return tuple(kinds)
