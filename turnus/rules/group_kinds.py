"""The few kinds that tie several named lines together; only CP-SAT encodes them (`turnus.cpsat.together`).

Posts are named by their class's index in the problem, for only named people can be tied together. Someone
without a post in a rota works nothing there.

Edges, for every kind: a cycle is read as repeated for ever; before a calendar plan lie the known days of each
person's own history; a day that is not known is in the posts' favour.
"""

from __future__ import annotations

from dataclasses import dataclass

from turnus.rules.kinds import Actions

#: (earlier action, days from it to the later one, later action)
Meeting = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two people are never at work at the same time: none of `meetings` occurs between their lines.

    `meetings` holds (action of `first`, days on which `second` follows, action of `second`): 0 for the same
    day, 1 when the second's shift starts a day later, -1 a day earlier. Counted: occurrences, on the later of
    the two days; that day lies in the horizon.
    """

    first: int
    second: int
    meetings: frozenset[Meeting]

    @property
    def members(self) -> tuple[int, ...]:
        """Return the classes whose lines are tied together."""
        return (self.first, self.second)


@dataclass(frozen=True, slots=True)
class With:
    """When `who` works an action of `when`, at least one of `others` is there: works one of its `company`.

    `company[action]` holds (days on which the other follows, action of the other), as `Apart.meetings` does.
    Only `days` of the horizon are read. A day on which one of the others may be there, but is not known to,
    counts as kept. Counted: days without, beyond the first `most`.
    """

    who: int
    others: tuple[int, ...]
    when: Actions
    company: tuple[frozenset[tuple[int, int]], ...]  # per action
    days: frozenset[int]
    most: int = 0

    @property
    def members(self) -> tuple[int, ...]:
        """Return the classes whose lines are tied together."""
        return (self.who, *self.others)


@dataclass(frozen=True, slots=True)
class Balance:
    """Each of `posts` has its share, by size, of the days in `cells` (day, action) that all of them work.

    A post's share is `total x weight / sum of weights`, with weight = size of its post x its `present` days,
    days of leave left out. Counted: for each post the whole days beyond `within` above or below its share,
    rounded down.
    """

    posts: tuple[int, ...]
    present: tuple[int, ...]  # days, per post
    cells: frozenset[tuple[int, int]]
    within: int

    @property
    def members(self) -> tuple[int, ...]:
        """Return the classes whose lines are tied together."""
        return self.posts


GroupKind = Apart | With | Balance
