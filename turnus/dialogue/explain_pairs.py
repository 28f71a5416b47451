"""Two changes together, where no single one would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from turnus.dialogue.differences import scenario_differences
from turnus.dialogue.explain_changes import Change, Family, families, fte_of, rests_on
from turnus.dialogue.explain_elements import Element, same_but_for
from turnus.dialogue.explain_proof import Judge
from turnus.dialogue.lever import Lever, pull
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.rules.agreements import sentences
from turnus.texts import _

MOST_PAIRS = 60  # tried
ENOUGH = 3  # pairs that would do
Sizes = Sequence[Lever]


def pairs(
    variant: Variant, judge: Judge, conflict: Sequence[Element], tell: Callable[[str], None]
) -> list[Change]:
    """Return pairs of levers that would do together, each as small as the other lets it be; smallest first.

    One of the two touches something of the conflict: two others cannot help. Those of most sizes come first.
    """
    found: list[Change] = []
    for one, other in islice(_tried(variant, conflict), MOST_PAIRS):
        if len(found) >= ENOUGH or (judge.stop is not None and judge.stop()):
            break
        tell(_name(variant, one[-1], other[-1]))
        found += _together(variant, judge, one, other)
    return sorted(found, key=lambda one: one.size)


def _tried(variant: Variant, conflict: Sequence[Element]) -> Iterator[tuple[Sizes, Sizes]]:
    touching: list[Sizes] = []
    others: list[Sizes] = []
    for family in families(variant, {one.rule for one in conflict}):
        sizes = [one for one in _sizes(family) if not one.why_not(variant)]
        changed = _made(variant, *sizes[-1:]) if sizes else None
        if changed is not None and changed.case is not None:
            (others if same_but_for(variant, changed, conflict) else touching).append(sizes)
    touching.sort(key=len, reverse=True)
    others.sort(key=len, reverse=True)
    for at, one in enumerate(touching):
        for other in (*others, *touching[at + 1 :]):
            yield one, other


def _sizes(family: Family) -> Sizes:
    """Return the sizes of which a larger one does whatever a smaller one does."""
    return family.sizes if family.grows else family.sizes[:1]


def _made(variant: Variant, *levers: Lever) -> Variant | None:
    """Return the scenario that levers make one after another; None where one cannot be pulled."""
    try:
        for lever in levers:
            variant = pull(lever, variant)
    except InputError:
        return None
    return variant


def _together(variant: Variant, judge: Judge, one: Sizes, other: Sizes) -> Iterator[Change]:
    """Yield the change of both where it would do: the first as small as can be, then the second."""

    def would_do(first: Lever, second: Lever) -> bool:
        made = _made(variant, first, second)
        return made is not None and not judge.refutes(made)

    if not would_do(one[-1], other[-1]):
        return
    first = _smallest(one, lambda size: would_do(size, other[-1]))
    second = _smallest(other, lambda size: would_do(one[first], size))
    changed = _made(variant, one[first], other[second])
    assert changed is not None
    verdict, how = judge.judge(changed)
    missing = [need for need in changed.needs if need not in variant.needs]
    yield Change(
        lever="",
        name=_name(variant, one[first], other[second]),
        rests_on="; ".join(dict.fromkeys(rests_on(size).rstrip(".") for size in (one[first], other[second]))),
        variant=changed,
        steps=first + second + 2,
        smallest=True,
        verdict=verdict,
        how=how,
        needs=tuple(sentences(missing)),
        differences=tuple(scenario_differences([variant.loaded.scenario, changed.loaded.scenario])),
        budget_more=fte_of(changed) - fte_of(variant),
    )


def _smallest(sizes: Sizes, would_do: Callable[[Lever], bool]) -> int:
    """Return the first size that would do, by bisection; the last one is known to."""
    low, high = -1, len(sizes) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if would_do(sizes[middle]):
            high = middle
        else:
            low = middle
    return high


def _name(variant: Variant, one: Lever, other: Lever) -> str:
    scenario = variant.loaded.scenario
    return _("{one}, and {other}").format(one=one.name_in(scenario), other=other.name_in(scenario))
