"""Exceptions with the agreement each takes, and rules that differ between alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from turnus.dialogue.alternatives import Alternative
from turnus.dialogue.compare import Comparison
from turnus.dialogue.tables import Cell, Entry, Line, Table, across, entries, known, letters
from turnus.result import rulebook
from turnus.rules import RULES
from turnus.rules.agreements import cited, in_words, level_words
from turnus.texts import _


def exceptions_table(found: Comparison) -> Table:
    """Return the values that take an agreement, rule by rule."""
    lines = []
    frame = found.exceptions
    for rule in dict.fromkeys(frame["rule"]):
        cells = [
            entries(frame[(frame["rule"] == rule) & (frame["alternative"] == letter)])
            for letter in letters(found)
        ]
        lines.append(Line(_title(rule), tuple(_exception(told) for told in cells)))
    note = _(
        "Values that go beyond the law, and whose agreement they take. What the file does not list, nobody "
        "has been seen to agree to."
    )
    return across(found, "exceptions", _("Exceptions, and the agreement each takes"), lines, note, _("Rule"))


def _exception(told: Sequence[Entry]) -> Cell:
    if not told:
        return Cell(_("none taken"))
    named = [_("agreement {id}").format(id=one["agreement"]) for one in told if one["state"] == "named"]
    missing = [
        _("{value}: takes {level} ({reference})").format(
            value=in_words(one["value"]),
            level=_("no agreement can give this") if not one["levels"] else level_words(one["levels"]),
            reference=cited(one["reference"], verified=bool(one["verified"])),
        )
        for one in told
        if one["state"] != "named"
    ]
    draft = any(one["state"] == "draft" for one in told)
    note = rulebook.draft_title() if draft else _("not listed in the file") if missing else ""
    return Cell("; ".join(dict.fromkeys((*named, *missing))), note, "open" if missing else "")


def draft_lines(alternatives: Sequence[Alternative]) -> list[str]:
    """Return each value that was let through without its agreement, with the alternative that rests on it."""
    return [
        f"{one.letter} {one.name}: {_title(rule.rule)}, {in_words(need.value)}"
        for one in alternatives
        for rule in one.result.rules
        if rule.draft
        for need in rule.not_named
    ]


def rules_table(found: Comparison) -> Table:
    """Return the rules that are not the same in all alternatives."""
    lines: list[Line] = []
    for keys, group in found.rules.groupby(["rule", "for"], sort=False):
        rule, people = (str(key) for key in keys)
        by_letter = {line["alternative"]: line for line in entries(group)}
        title = _title(rule) + (f" ({people})" if people else "")
        said = {letter: _values(rule, by_letter[letter]["values"]) for letter in letters(found)}
        lines += _rule_lines(title, said, [by_letter[letter] for letter in letters(found)])
    note = _("Only rules whose values differ; a profile's values are counted in.")
    return across(found, "rules", _("Rules that differ"), lines, note, _("Rule"))


def _rule_lines(title: str, said: Mapping[str, list[str] | None], lines: Sequence[Entry]) -> Iterator[Line]:
    """Yield one line with the values that are not alike in all alternatives that use the rule."""
    used = [set(values) for values in said.values() if values is not None]
    alike = set.intersection(*used) if len(used) > 1 else set()
    cells = []
    for (_letter, values), line in zip(said.items(), lines, strict=True):
        if values is None:
            cells.append(Cell(_("not in use")))
            continue
        own = [text for text in values if text not in alike]
        strength = _("hard") if line["hard"] else _("soft")
        cells.append(Cell("; ".join(own) or strength, strength if own else ""))
    yield Line(title, tuple(cells))


def _values(rule: str, values: Entry | None) -> list[str] | None:
    kind = next((one for one in RULES if one.id == rule), None)
    if values is None or not known(values):
        return None
    if kind is None:
        return [f"{key}: {value}" for key, value in values.items()]
    return rulebook.values_in_words(kind.model_validate(values))


def _title(rule: str) -> str:
    return next((_(one.title) for one in RULES if one.id == rule), rule)
