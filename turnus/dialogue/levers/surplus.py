"""Surplus: how many more than needed may be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _


class Surplus(Lever):
    """So many people above the need at most, in every block that has a limit."""

    id: ClassVar[str] = "surplus"
    title: ClassVar[str] = N_("People above the need")
    sentence: ClassVar[str] = N_(
        "At most so many people more than needed, in every block that has such a limit."
    )
    rests_on: ClassVar[str] = N_("The employer's decision.")
    rules: ClassVar[tuple[str, ...]] = ("surplus_limit",)

    most: Annotated[int, Field(ge=0, le=50)] = Field(3, description=N_("Most people above the need."))

    def why_not(self, variant: Variant) -> str:
        """Return that no block has a limit, or that it is so already."""
        limits = {block.max_surplus for block in variant.loaded.scenario.demand} - {None}
        if not limits:
            return _("found no block with a limit on surplus")
        return _("found that it is so already") if limits == {self.most} else ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the limit wherever there is one."""
        del variant
        for block in data["demand"]:
            if block.get("max_surplus") is not None:
                block["max_surplus"] = self.most

    def values_in_words(self) -> Iterator[str]:
        """Yield the limit."""
        yield _("at most {n}").format(n=self.most)

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield one more and one fewer than the most that any block has now."""
        limits = [
            block.max_surplus for block in variant.loaded.scenario.demand if block.max_surplus is not None
        ]
        for most in {max(limits) + 1, max(0, max(limits) - 1)} if limits else ():
            lever = cls(most=most)
            if not lever.why_not(variant):
                yield lever
