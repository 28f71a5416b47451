"""Levels of agreement, and how far each may move a value that the law sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from turnus.texts import N_

if TYPE_CHECKING:
    from turnus.rules.base import Source

#: What § 10-8 (3) and others ask for in return for a value below their own.
COMPENSATING = N_("With compensating rest or other suitable protection.")


class Level(StrEnum):
    """Who agrees: nobody, the employee, the local representative, a central union, the Labour Inspection."""

    LAW = "law"
    INDIVIDUAL = "individual"
    LOCAL = "local"
    CENTRAL = "central"
    LABOUR_INSPECTION = "labour_inspection"

    @property
    def paragraph(self) -> str:
        """Return the paragraph that opens the whole chapter to the level; empty where each rule has one."""
        return "AML § 10-12 (4)" if self is Level.CENTRAL else ""

    @property
    def verified(self) -> bool:
        """Whether its paragraph was read: § 10-12 (4) is known only from what others say of it."""
        return self is not Level.CENTRAL


#: An agreement at a level may do what those before it may; a permit stands beside them.
_LADDER = (Level.LAW, Level.INDIVIDUAL, Level.LOCAL, Level.CENTRAL)


@dataclass(frozen=True, slots=True)
class Opening:
    """How far an agreement at a level may move a value, and what lets it: that level, or one before it.

    `reach` is in the parameter's unit, None for any value. `verified` says whether the paragraph was read.
    """

    level: Level
    reach: int | None
    reference: str  # English msgid
    verified: bool
    note: str = ""  # on what condition, or what is disputed or not verified, English msgid


@dataclass(frozen=True)
class Limit:
    """The furthest value of one parameter: by law, and by an agreement at each level.

    `bound` is the side on which the law draws the line: a rest is at `least`, hours are at `most` so
    long. Values are in the parameter's own unit. A level that `by` does not name opens for no more
    than the one before it; None means that its agreement may set any value, or drop the rule.
    """

    parameter: str  # as written in the file
    bound: Literal["least", "most"]
    law: int
    by: Mapping[Level, int | None] = field(default_factory=lambda: MappingProxyType({}))
    #: the paragraph that opens for levels without one of their own; the rule's own source when empty
    reference: str = ""
    #: on what condition a level opens, or what is disputed or not verified about it, English msgids
    notes: Mapping[Level, str] = field(default_factory=lambda: MappingProxyType({}))

    def reach(self, level: Level) -> int | None:
        """Return the furthest value with an agreement at a level; None when it may be any."""
        opener = self._opener(level)
        return self.law if opener is Level.LAW else self.by[opener]

    def opening(self, level: Level, source: Source) -> Opening:
        """Return what an agreement at a level opens for, in a rule with a source."""
        opener = self._opener(level)
        if opener is Level.LAW:
            return Opening(opener, self.law, source.reference, source.verified, self.notes.get(opener, ""))
        reference = opener.paragraph or self.reference or source.reference
        return Opening(opener, self.by[opener], reference, opener.verified, self.notes.get(opener, ""))

    def _opener(self, level: Level) -> Level:
        """Return the level, at most this one, whose agreement goes furthest; the law's when none opens."""
        if level is Level.LABOUR_INSPECTION:
            return level if level in self.by else Level.LAW
        named = [step for step in _LADDER[: _LADDER.index(level) + 1] if step in self.by]
        return named[-1] if named else Level.LAW

    def allows(self, value: int, level: Level) -> bool:
        """Whether a value lies within what an agreement at a level may set."""
        furthest = self.reach(level)
        if furthest is None:
            return True
        return value >= furthest if self.bound == "least" else value <= furthest

    def needed(self, value: int) -> tuple[Level, ...]:
        """Return the levels whose agreement the value takes, lowest first; `LAW` alone when it needs none."""
        if self.allows(value, Level.LAW):
            return (Level.LAW,)
        return tuple(level for level in Level if self.allows(value, level))
