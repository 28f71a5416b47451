"""A fixed pattern of days at work and days off, such as 3-3."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.rule_edits import of_everybody, setting
from turnus.dialogue.variant import Variant
from turnus.rules.agreed.fixed_pattern import FixedPattern as Rule
from turnus.texts import N_, _

_MOST_WEEKS = 26
#: Rules that say the same things in another way, and that a pattern takes the place of.
_REPLACED = ("weekend_frequency", "whole_weekends")


class FixedPattern(Lever):
    """Everybody works a fixed pattern; it decides the weekends, so that their rules are left out."""

    id: ClassVar[str] = "fixed-pattern"
    title: ClassVar[str] = N_("Fixed pattern")
    sentence: ClassVar[str] = N_(
        "Days at work and off follow a fixed pattern such as 3-3, in the place of the rules about weekends."
    )
    rests_on: ClassVar[str] = N_(
        "Agreement with the representatives; 3-3 works two of three Sundays and takes averaging by agreement "
        "(AML § 10-8 (4)), long shifts an agreement of their own (§ 10-5)."
    )
    rules: ClassVar[tuple[str, ...]] = (Rule.id,)

    pattern: Annotated[str, Field(pattern=r"^[1-9]\d?(-[1-9]\d?)+$")] = Field(
        "3-3", description=N_("Days at work and off by turns, such as 3-3 or 2-2-3.")
    )

    def why_not(self, variant: Variant) -> str:
        """Return that the pattern does not go up, or that there is one already."""
        if not of_everybody(variant, Rule.id) or any(
            rule.id == Rule.id for rule in (variant.case.rules if variant.case else ())
        ):
            return _("found a fixed pattern in the unit already")
        if self._weeks() > _MOST_WEEKS:
            return _("found a pattern that takes more than {weeks} weeks to go up").format(weeks=_MOST_WEEKS)
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """State the pattern, leave out what it replaces, and make a base rota as long as whole rounds are."""
        del variant
        setting(data, Rule.id)["pattern"] = self.pattern
        for rule in _REPLACED:
            data["rules"]["set"][rule] = {"enabled": False}
        weeks, horizon = self._weeks(), data["horizon"]
        if "start" not in horizon and horizon["weeks"] % weeks:
            horizon["weeks"] += weeks - horizon["weeks"] % weeks

    def _weeks(self) -> int:
        days = len(Rule(pattern=self.pattern).round_of_days)
        return lcm(days, WEEK_DAYS) // WEEK_DAYS

    def values_in_words(self) -> Iterator[str]:
        """Yield the pattern."""
        yield self.pattern
