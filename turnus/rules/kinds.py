"""The few kinds every rule lowers to. A kind says *what* a line must look like; engines say how.

Each kind has exactly one CP-SAT encoder (`turnus.cpsat`) and at most one automaton
(`turnus.lines.automata`). Kinds are hashable data over actions (0 = off) and know no rule by name.
Next to each stands how a breach is *counted*; hard means that the count is zero.

Edges, for every kind: a cycle is read as repeated for ever; before a calendar plan lie the known
days of its history and nothing else; after its last day everything is unknown and in the post's favour.
"""

from __future__ import annotations

from dataclasses import dataclass

Actions = frozenset[int]
ALL_WEEKDAYS = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class RunLength:
    """Consecutive days with an action of `members`: at most `longest`, at least `shortest`.

    Counted: days beyond `longest`; days missing to `shortest`, once for each run whose start and end
    are known.
    """

    members: Actions
    longest: int | None = None
    shortest: int | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Consecutive days that match `steps` in order, the first on one of `weekdays`, must not occur.

    Counted: occurrences.
    """

    steps: tuple[Actions, ...]
    weekdays: frozenset[int] = ALL_WEEKDAYS


@dataclass(frozen=True, slots=True)
class ClockGap:
    """From the end of a shift in `after` to the start of the next shift worked, when that is in `before`,
    at least `minimum` minutes. `starts` and `ends` are per action, after the day's midnight.

    Counted: occurrences.
    """  # noqa: D205

    minimum: int
    after: Actions
    before: Actions
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RestInWeek:
    """Each week has a day off inside a rest of at least `minimum` minutes.

    A week begins at 00:00 on the weekday `begins` (0 is Monday). With `straddle` the rest may reach into
    the weeks beside it; without, only its part inside the seven days is counted. Counted: weeks without;
    in a plan, one that began before it when all its days are known.
    """

    minimum: int
    straddle: bool
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    begins: int = 0


@dataclass(frozen=True, slots=True)
class WindowSum:
    """The sum of `weights` (per action) over `days` days in a row is at most `most` and at least `least`.

    A window begins on every day (`every=1`) or on every Monday (`every=7`): `days=7, every=7` is each week
    Monday-Sunday, `days=56, every=7` any eight weeks, `days=14, every=1` any fourteen days. Weights are not
    negative. Counted: windows outside. The windows are those whose last day lies in the horizon; a day before
    a calendar plan that is not known adds nothing, and takes `least` away from its window.

    With `given` the limits hold only for a line that has at least `given_least` days with one of these
    actions in the horizon: a night worker's mean, say. Such a kind has no automaton: for whom it holds, is
    known only at the end of the line.
    """

    weights: tuple[int, ...]
    most: int
    days: int = 7
    every: int = 7
    least: int = 0
    given: Actions = frozenset()
    given_least: int = 0


@dataclass(frozen=True, slots=True)
class WeekEvents:
    """A week has the event when one of `cells` (weekday, action) is worked; in any `of_weeks`
    weeks in a row at most `most` have it. Counted: the excess of every such window.
    """  # noqa: D205

    cells: frozenset[tuple[int, int]]
    most: int
    of_weeks: int


@dataclass(frozen=True, slots=True)
class Cells:
    """None of `forbidden` (day, action) is worked. Counted: cells worked."""

    forbidden: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class HorizonSum:
    """The sum of `weights` (per action) over the whole horizon lies in [least, most].

    Counted: the amount outside.
    """

    weights: tuple[int, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class ConvertedHours:
    """The sum of `minutes` (per action) over the horizon is as long as the line itself leaves it: at least
    `least` and at most `most`, each read as (full, shortest, longest) and shortened by the line's credits to
    `min(longest, max(shortest, full - credits))`.

    `credits` are per day and action; they and the two limits are in parts of a minute, `parts` to the
    minute. It has no automaton: what the sum has to be is known only at the end of the line. Counted: the
    minutes outside, a begun one whole.
    """  # noqa: D205

    minutes: tuple[int, ...]
    credits: tuple[tuple[int, ...], ...]
    least: tuple[int, int, int]
    most: tuple[int, int, int]
    parts: int


@dataclass(frozen=True, slots=True)
class PlanShifts:
    """Of a calendar plan at most `most` days have an action of `members`. Not for cycles, which have no end.

    Counted: days beyond.
    """

    members: Actions
    most: int


@dataclass(frozen=True, slots=True)
class PlanWeeks:
    """Of a calendar plan at most `most` weeks have the event that one of `cells` (weekday, action) is worked.

    Not for cycles, which have no end. Counted: weeks beyond.
    """

    cells: frozenset[tuple[int, int]]
    most: int


@dataclass(frozen=True, slots=True)
class ShortWeeks:
    """A week is short when it has some days in `members`, but fewer than `fewer_than`; in any `of_weeks`
    weeks in a row at most `most` are short. Counted: the excess of every such window.
    """  # noqa: D205

    members: Actions
    fewer_than: int
    most: int
    of_weeks: int


@dataclass(frozen=True, slots=True)
class RunningSum:
    """The sum of `weights` (per action) from day 0 to the end of each week lies within its (least, most).

    Counted: weeks after which it does not.
    """

    weights: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WeekSums:
    """The sum of `weights` (per action) over each week of the horizon lies within its own (least, most).

    For weeks that are not alike, because of leave; `WindowSum` has the same limits for every week.
    Counted: weeks outside.
    """

    weights: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DayEvents:
    """Dates in `groups`, in order of time, each a set of cells (day, action), have the event when one of
    its cells is worked; of any `of_groups` groups in a row at most `most` have it.

    For red days, which do not fall on the same weekday each week. In a cycle the groups come round with it.
    Cells before a calendar plan are read in its history; one that is not known there is not worked.
    Counted: the excess of every stretch of groups; in a plan with fewer than `of_groups`
    groups there is none.
    """  # noqa: D205

    groups: tuple[frozenset[tuple[int, int]], ...]
    most: int
    of_groups: int


@dataclass(frozen=True, slots=True)
class Limited:
    """In any `weeks` weeks Monday-Sunday in a row, `kind` is broken at most `most` times.

    A breach belongs to the day on which the kind counts it. Counted: the excess of every such window that
    ends in the horizon.
    """

    kind: Sequence | ClockGap
    most: int
    weeks: int


@dataclass(frozen=True, slots=True)
class CompensatingRest:
    """After a rest between two shifts that is shorter than `minimum`, the next rest is at least as much
    longer: `minimum + (minimum - short)` minutes. `starts` and `ends` are per action.

    Counted: rests that are too short to compensate, on the day of the shift that ends them.
    """  # noqa: D205

    minimum: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PeriodicPattern:
    """Days follow `steps` round and round, from any of its places on: `(worked, worked, off)` is 2-1.

    A cycle must be a whole number of rounds long. The rounds of a history go on, and where it leaves the
    pattern a new one begins anywhere. Counted: the days of the horizon outside, with the place that fits
    best; an automaton tells only whether there are any, so that a rule of this kind is hard.
    """

    steps: tuple[Actions, ...]


Kind = (
    RunLength | Sequence | ClockGap | RestInWeek | WindowSum | WeekEvents | Cells | HorizonSum
    | PlanShifts | PlanWeeks | ShortWeeks | RunningSum | DayEvents | Limited | CompensatingRest
    | PeriodicPattern | WeekSums | ConvertedHours
)  # fmt: skip
