"""What the papers say of agreements: which paragraphs a rota leans on, who signs, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turnus.case import Case
from turnus.rules import RULES, Reliance, Rule
from turnus.rules.agreements import in_words, level_words, reliances, resting_on
from turnus.rules.levels import Level
from turnus.rules.schema import parameters
from turnus.scenario.models import Agreement
from turnus.texts import N_, _, date

#: Who signs at each level.
_SIGNS = {
    Level.LAW: N_("nobody"),
    Level.INDIVIDUAL: N_("the employee"),
    Level.LOCAL: N_("the local union representatives"),
    Level.CENTRAL: N_("a union with the right to negotiate, centrally"),
    Level.LABOUR_INSPECTION: N_("the Labour Inspection Authority, by permit"),
}
#: What a file does with a whole rule.
_SET_ASIDE = {
    "enabled": N_("the rule is left out"),
    "strength": N_("the rule is only a wish"),
    "except": N_("the rule does not hold for everybody"),
}


@dataclass(frozen=True)
class ValueLine:
    """A value beyond the law: which rule, what it takes, and the agreement that the file lists for it.

    `listed` is None where the file lists none.
    """

    rule: str
    value: str
    paragraph: str
    signs: str
    listed: str | None
    note: str


@dataclass(frozen=True)
class AgreementLine:
    """An agreement that the file lists: who, at which level, until when, and the rules that rest on it."""

    id: str
    parties: str
    level: str
    until: str
    rules: str


def value_lines(case: Case) -> list[ValueLine]:
    """Return each value that takes an agreement, once: the missing ones first."""
    missing = (*case.drafts, *case.unnamed)
    told = {_key(need) for need in missing}
    needs: list[tuple[Reliance, Rule | None]] = [(need, None) for need in missing]
    needs += [
        (need, held) for held in case.rules for _limit, need in reliances(held, ()) if _key(need) not in told
    ]
    alike: dict[tuple[object, ...], list[tuple[Reliance, Rule | None]]] = {}
    for need, rule in needs:
        alike.setdefault((*_key(need), rule is None), []).append((need, rule))
    return [_value_line(case, same) for same in alike.values()]


def _key(need: Reliance) -> tuple[object, ...]:
    return need.rule.id, need.value, need.levels, need.reference, need.note


def _value_line(case: Case, alike: Sequence[tuple[Reliance, Rule | None]]) -> ValueLine:
    """Return the line of a value; a rule that says the same of several parameters has one."""
    need, rule = alike[0]
    lowest = need.levels[0] if need.levels else None
    return ValueLine(
        rule=_(need.rule.title),
        value=_said(need) if len({one.parameter for one, _rule in alike}) == 1 else in_words(need.value),
        paragraph=need.paragraph,
        signs=_("no agreement can give this") if lowest is None else _(_SIGNS[lowest]),
        listed=None if rule is None else _listed(case, rule),
        note=_(need.note) if need.note else "",
    )


def _said(need: Reliance) -> str:
    if need.parameter in _SET_ASIDE:
        return _(_SET_ASIDE[need.parameter])
    name = parameters(need.rule).get(need.parameter)
    field = need.rule.model_fields.get(name or "")
    about = "" if field is None else _(field.description or "").partition(";")[0].rstrip(".")
    value = in_words(need.value)
    return f"{about}: {value}" if about else value


def _listed(case: Case, rule: Rule) -> str | None:
    ids = resting_on(case.scenario.agreements, case.problem, rule)
    found = [one for one in case.scenario.agreements if one.id in ids]
    return "; ".join(f"{one.id}, {_until(one)}" for one in found) or None


def agreements(case: Case) -> list[AgreementLine]:
    """Return every agreement that the file lists."""
    return [
        AgreementLine(
            id=one.id,
            parties=one.parties,
            level=level_words([one.level]),
            until=_until(one),
            rules=", ".join(dict.fromkeys(_rules_on(case, one))) or _("no rule"),
        )
        for one in case.scenario.agreements
    ]


def _rules_on(case: Case, agreement: Agreement) -> Iterator[str]:
    for rule in case.rules:
        if agreement.id in resting_on(case.scenario.agreements, case.problem, rule):
            yield _(rule.title)


def _until(agreement: Agreement) -> str:
    return date(agreement.valid_until) if agreement.valid_until else _("further notice")


def unverified_rules(case: Case) -> list[str]:
    """Return the rules in use whose source nobody has read, with the source."""
    titles = {kind.id: kind for kind in RULES}
    used = dict.fromkeys(rule.id for rule in case.rules if not rule.idle(case.problem))
    return [
        f"{_(kind.title)} ({_(kind.source.reference)})"
        for kind in (titles[name] for name in used)
        if not kind.source.verified
    ]
