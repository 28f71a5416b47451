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
    """Each week Monday–Sunday has a day off inside a rest of at least `minimum` minutes.

    With `straddle` the rest may reach into the weeks beside it; without, only its part between
    Monday 00:00 and Sunday 24:00 is counted. Counted: weeks without.
    """

    minimum: int
    straddle: bool
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeekSum:
    """The sum of `weights` (per action) over each week Monday–Sunday is at most `most`.

    Counted: weeks above.
    """

    weights: tuple[int, ...]
    most: int


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


Kind = RunLength | Sequence | ClockGap | RestInWeek | WeekSum | WeekEvents | Cells | HorizonSum
