"""Fewer early and late at weekends: without it long shifts cannot halve the weekend's people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from turnus.dialogue.demand_edits import blocks, clock, need_on, only, plain_days, span
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.problem import Shift
from turnus.texts import N_, _

People = Annotated[int, Field(ge=0, le=50)]


class LowerEdgeDemand(Lever):
    """Splits the weekend's day and evening where long shifts begin and end, with fewer at the edges."""

    id: ClassVar[str] = "lower-edge-demand"
    title: ClassVar[str] = N_("Fewer early and late at weekends")
    sentence: ClassVar[str] = N_(
        "Asks for fewer people before the late long shift begins and after the early one ends, at weekends."
    )
    rests_on: ClassVar[str] = N_(
        "Nobody's agreement; that the care is sound is assessed and discussed (AML § 10-2 and § 10-3)."
    )

    early: People = Field(3, description=N_("People needed early in the morning."))
    late: People = Field(3, description=N_("People needed late in the evening."))

    def why_not(self, variant: Variant) -> str:
        """Return that there are no long shifts, or demand in another form."""
        data = variant.data
        if len(_long(variant)) < 2:
            return _("found no early and late long shift at weekends")
        day, evening = list(blocks(data, "day", weekend=True)), list(blocks(data, "evening", weekend=True))
        if len(day) != 1 or len(evening) != 1 or "from" not in day[0] or "from" not in evening[0]:
            return _("found no single block by clock for day and evening at weekends")
        if not plain_days(data):
            return _("found demand by dates or weeks")
        if self.early > need_on(day[0]["need"], "weekend") or self.late > need_on(
            evening[0]["need"], "weekend"
        ):
            return _("found fewer people needed already")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Leave the weekdays as they are, and ask for the weekend in four blocks."""
        shifts = _long(variant)
        late_begins, early_ends = max(one.start for one in shifts), min(one.end for one in shifts)
        (day,), (evening,) = blocks(data, "day", weekend=True), blocks(data, "evening", weekend=True)
        cuts = (
            (day, span(day, data)[0], late_begins, self.early, "tidlig"),
            (day, late_begins, span(day, data)[1], None, "dag"),
            (evening, span(evening, data)[0], early_ends, None, "aften"),
            (evening, early_ends, span(evening, data)[1], self.late, "sen"),
        )
        at = [data["demand"].index(one) for one in (day, evening)]
        pieces = [_piece(*cut) for cut in cuts]
        for index in at:
            block = data["demand"][index]
            data["demand"][index] = {
                **block,
                "need": only(block["need"], "weekdays"),
                **_inside(block, "weekdays"),
            }
        data["demand"][max(at) + 1 : max(at) + 1] = pieces

    def values_in_words(self) -> Iterator[str]:
        """Yield how many early and late."""
        yield _("early {early}, late {late}").format(early=self.early, late=self.late)


def _long(variant: Variant) -> list[Shift]:
    shifts = () if variant.case is None else variant.case.problem.shifts
    return [shift for shift in shifts if "long" in shift.tags]


def _piece(block: Data, begins: int, ends: int, people: int | None, name: str) -> Data:
    need = only(block["need"], "weekend") if people is None else {"weekend": people}
    piece: dict[str, Any] = {"block": f"Helg, {name}", "from": clock(begins), "to": clock(ends), "need": need}
    piece |= _inside(block, "weekend", people)
    return piece | {key: block[key] for key in ("max_surplus", "value") if key in block}


def _inside(block: Data, kind: str, most: int | None = None) -> Data:
    """Return the competences asked for inside the headcount on one kind of day, no more than the people."""
    found = {name: only(need, kind) for name, need in block.get("of_which", {}).items()}
    if most is not None:
        found = {
            name: {day: min(people, most) for day, people in need.items()} for name, need in found.items()
        }
    kept = {name: need for name, need in found.items() if any(need.values())}
    return {"of_which": kept} if "of_which" in block else {}
