"""Changes that a conflict itself suggests: something of one person's let go, fewer people in a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from turnus.clock import WEEK_DAYS
from turnus.dialogue.demand_edits import KINDS, limit_inside, need_on, plain_days, with_need
from turnus.dialogue.differences import scenario_differences
from turnus.dialogue.explain_changes import Change
from turnus.dialogue.explain_elements import Element, without
from turnus.dialogue.explain_proof import Judge
from turnus.dialogue.lever import Data
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.texts import _, ngettext, number

_WEEKEND_FROM = 5  # Saturday
_MOST_FEWER = 2


def personal_changes(variant: Variant, judge: Judge, elements: Sequence[Element]) -> Iterator[Change]:
    """Yield each thing of one person's in a conflict that would do to let go."""
    for one in elements:
        if one.kind == "person":
            freed = without(variant, {one.id})
            verdict, how = judge.judge(freed)
            if verdict != "impossible":
                name = _("Let go: {what} ({who})").format(what=one.name, who=one.about)
                yield Change("", name, one.rests_on, freed, 1, None, verdict, how, (), ())


def demand_changes(variant: Variant, judge: Judge, elements: Sequence[Element]) -> Iterator[Change]:
    """Yield each block in a conflict where fewer people would do, on weekdays or at weekends, budget kept."""
    if not plain_days(variant.data):
        return
    for block, kind in dict.fromkeys(_blocks(elements)):
        for fewer in range(1, _MOST_FEWER + 1):
            change = _fewer(variant, judge, block, kind, fewer)
            if change is not None:
                yield change
                break


def _blocks(elements: Sequence[Element]) -> Iterator[tuple[str, str]]:
    for one in elements:
        if one.kind == "demand" and one.day is not None:
            _demand, block, *_rest = one.id.split("/")
            yield block, KINDS[one.day % WEEK_DAYS >= _WEEKEND_FROM]


def _fewer(variant: Variant, judge: Judge, block: str, kind: str, fewer: int) -> Change | None:
    """Return the change to so many fewer; None when it would not do, or there are not so many."""
    data = variant.data
    found = [one for one in data.get("demand", ()) if one["block"] == block]
    if not found or any(need_on(one["need"], kind) < fewer for one in found):
        return None
    for one in found:
        _reduce(one, kind, fewer)
    when = _("weekend") if kind == "weekend" else _("weekdays")
    text = ngettext("{n} fewer: {block}, {when}", "{n} fewer: {block}, {when}", fewer)
    name = text.format(n=number(fewer), block=block, when=when)
    try:
        changed = variant.with_data(name, data)
    except InputError:
        return None
    verdict, how = judge.judge(changed)
    if verdict == "impossible":
        return None
    rests_on = _("The employer's assessment of need, discussed with the representatives; the budget stays.")
    told = tuple(scenario_differences([variant.loaded.scenario, changed.loaded.scenario]))
    smallest = True if fewer > 1 else None
    return Change("", name, rests_on, changed, fewer, smallest, verdict, how, (), told)


def _reduce(block: Data, kind: str, fewer: int) -> None:
    people = need_on(block["need"], kind) - fewer
    block["need"] = with_need(block["need"], kind, people)
    limit_inside(block, kind, people)
