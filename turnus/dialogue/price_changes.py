"""What a lever changes, in words from one value to another, and which law or agreement that takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from turnus.dialogue.compare_tables import together
from turnus.dialogue.differences import scenario_differences
from turnus.dialogue.lever import Lever
from turnus.dialogue.variant import Variant
from turnus.result.rulebook import values_in_words
from turnus.rules import RULES, Rule
from turnus.rules.agreements import cited, sentences
from turnus.texts import _


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, in words; None where there is nothing."""

    what: str
    before: str | None
    after: str | None


def changes(before: Variant, after: Variant) -> Iterator[Change]:
    """Yield what two scenarios say differently: rules by the values in force, the rest as the file has it."""
    found = scenario_differences([before.loaded.scenario, after.loaded.scenario])
    of_rules = before.case is not None and after.case is not None
    shown = [one for one in found if not (of_rules and one.path[0] == "rules")]
    for where, (old, new) in together(shown):
        yield Change(where, old, new)
    if before.case is None or after.case is None:
        return
    held, made = _by_id(before.case.rules), _by_id(after.case.rules)
    for rule in dict.fromkeys((*held, *made)):
        yield from _of_rule(held.get(rule, []), made.get(rule, []))


def _by_id(rules: tuple[Rule, ...]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.id, []).append(rule)
    return found


def _of_rule(held: list[Rule], made: list[Rule]) -> Iterator[Change]:
    if held == made:
        return
    title = _((held or made)[0].title)
    if len(held) > 1 or len(made) > 1:
        yield Change(title, _in_words(held), _in_words(made))
        return
    if not held or not made:
        yield Change(title, _("in use") if held else _("not in use"), _in_words(made) or _("not in use"))
        return
    old, new = _values(held[0]), _values(made[0])
    for label in dict.fromkeys((*old, *new)):
        if old.get(label) != new.get(label):
            yield Change(label, old.get(label), new.get(label))
    if held[0].hard != made[0].hard:
        yield Change(title, *(_("hard") if rule.hard else _("soft") for rule in (held[0], made[0])))


def _in_words(rules: list[Rule]) -> str | None:
    return "; ".join(text for rule in rules for text in values_in_words(rule)) or (
        _("in use") if rules else None
    )


def _values(rule: Rule) -> dict[str, str]:
    parts = (text.partition(": ") for text in values_in_words(rule))
    return {label: value for label, _sign, value in parts}


def takes(lever: Lever, before: Variant, after: Variant) -> Iterator[str]:
    """Yield which agreements a step takes that the file does not list, and what the lever rests on."""
    yield from sentences(one for one in after.needs if one not in before.needs)
    kind = next((one for one in RULES if one.id == getattr(lever, "rule", None)), None)
    yield _(lever.rests_on) if kind is None else cited(kind.source.reference, verified=kind.source.verified)
