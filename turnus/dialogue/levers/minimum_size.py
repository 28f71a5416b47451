"""The smallest size of open posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.scenario.models import Percent
from turnus.texts import N_, _, percent


class MinimumSize(Lever):
    """No open post below a size."""

    id: ClassVar[str] = "minimum-size"
    title: ClassVar[str] = N_("Smallest post")
    sentence: ClassVar[str] = N_("No post that is open is smaller than this.")
    rests_on: ClassVar[str] = N_(
        "The employer's decision, discussed with the representatives (AML § 14-1 a and b)."
    )
    rules: ClassVar[tuple[str, ...]] = ("post_sizes",)

    size: Percent = Field(50, description=N_("Smallest size in percent."))

    def why_not(self, variant: Variant) -> str:
        """Return that there are no open posts, no size that large, or that it is so already."""
        posts = variant.loaded.scenario.open_posts
        if posts is None:
            return _("found no open posts")
        if max(posts.sizes) < self.size:
            return _("found no size as large as that on offer")
        return _("found that it is so already") if posts.smallest_size == self.size else ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the smallest size."""
        del variant
        data["open_posts"]["smallest_size"] = _whole(self.size)

    def values_in_words(self) -> Iterator[str]:
        """Yield the size."""
        yield percent(self.size)

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield the next smaller and the next larger size on offer."""
        posts = variant.loaded.scenario.open_posts
        if posts is None:
            return
        present = posts.smallest_size
        below = [size for size in posts.sizes if size < present]
        above = [size for size in posts.sizes if size > present]
        for size in (*sorted(below)[-1:], *sorted(above)[:1]):
            yield cls(size=size)


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
