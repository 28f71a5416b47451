"""The rule catalogue: all that the rules and the profiles say about themselves, as plain data.

Nothing is listed here a second time. A rule's texts, parameters and strength are read from its class, its
values and limits from the profiles, and what one breach is from the docstring of its checker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from turnus.clock import ClockTime, show_duration
from turnus.errors import Finding, InputError
from turnus.rules.agreements import level_to_set_aside
from turnus.rules.base import Rule
from turnus.rules.levels import Level, Limit, Opening
from turnus.rules.profiles import PROFILES, Profile
from turnus.rules.registry import RULES, group_of
from turnus.rules.schema import GENERAL, parameters
from turnus.scenario.messages import found, suggestion
from turnus.scenario.models import Rules
from turnus.texts import LANGUAGES, N_, _, using_language

CATALOGUE_SCHEMA = "turnus-rules/1"
DEFAULT_PROFILE: str = Rules.model_fields["profile"].default

#: Every group of rules with its title, in the order in which a reader wants them.
GROUPS: dict[str, str] = {
    "law": N_("The law: its values, and how far an agreement may move them"),
    "agreed": N_("Agreement: what the parties settle with each other"),
    "health": N_("Health: counted and made fewer"),
    "structure": N_("Structure: what a rota always is"),
}
#: The units that a parameter is counted in, by the last word of its field's name.
UNITS = {word: word for word in (N_("minutes"), N_("days"), N_("nights"), N_("weeks"), N_("weekends"))}

_EXAMPLE_AGREEMENT = "L-1"
_PLAIN_WORD = re.compile(r"[A-Za-z0-9][\w .-]*")
_MARKER = "Yield "


def catalogue(rules: Sequence[type[Rule]] = RULES, profile: str = DEFAULT_PROFILE) -> dict[str, Any]:
    """Return the catalogue of some rules as one JSON document; texts in every language.

    Values are in the unit of their parameter; `profile` is the one that defaults and examples come from.
    """
    return {
        "schema": CATALOGUE_SCHEMA,
        "profile": profile,
        "groups": [{"id": id, "name": in_languages(title)} for id, title in GROUPS.items()],
        "profiles": [
            {
                "id": one.id,
                "name": in_languages(one.title),
                "level": one.level.value,
                "basis": in_languages(one.basis) if one.basis else None,
                "note": in_languages(one.note) if one.note else None,
            }
            for one in PROFILES.values()
        ],
        "rules": [entry(rule, PROFILES[profile]) for rule in rules],
    }


def entry(rule: type[Rule], profile: Profile) -> dict[str, Any]:
    """Return one rule of the catalogue, with its default values and its example under a profile."""
    held = _held(rule, profile)
    choices = _choices(rule.model_fields["strength"])
    fixed = rule.always or _fixed_by_law(rule, profile)
    return {
        "id": rule.id,
        "group": group_of(rule),
        "name": in_languages(rule.title),
        "sentence": in_languages(rule.sentence),
        "breach_example": in_languages(rule.example),
        "source": {
            "reference": in_languages(rule.source.reference),
            "url": rule.source.url or None,
            "verified": rule.source.verified,
        },
        "assumed": [in_languages(text) for text in held.assumed()],
        "standing": rule.standing,
        "strength": held.strength,
        "weight": held.weight,
        "always": rule.always,
        "may_soften": not fixed and held.hard and "soft" in choices,
        "may_harden": not rule.always and not held.hard and "hard" in choices,
        "may_switch_off": not fixed,
        "counted": {"unit": in_languages(rule.unit), "breach": in_languages(one_breach(rule))},
        "kept": {"by": rule.lowering, "reason": in_languages(rule.reason) if rule.reason else None},
        "parameters": [_parameter(rule, held, shown) for shown in own_parameters(rule)],
        "levels": [_levels(limit, rule) for limit in rule.limits],
        "profiles": [_under(rule, one) for one in PROFILES.values()],
        "example": example(rule, profile),
    }


def _fixed_by_law(rule: type[Rule], profile: Profile) -> bool:
    """Whether no agreement that a profile presumes lets a scenario drop or soften the rule."""
    levels = level_to_set_aside(rule, profile)
    return levels is not None and profile.holds(rule) and profile.level not in levels


def _levels(limit: Limit, rule: type[Rule]) -> dict[str, Any]:
    """Return how far the law and each level of agreement let a parameter go; None where it may be any."""
    openings = {level: limit.opening(level, rule.source) for level in Level}
    return {
        "parameter": limit.parameter,
        "bound": limit.bound,
        "by": {level.value: _plain(one.reach) for level, one in openings.items()},
        "openings": {level.value: _opening(one) for level, one in openings.items()},
    }


def _opening(one: Opening) -> dict[str, Any]:
    """Return what lets a value go so far: the level, which may be one before, and its paragraph."""
    return {
        "level": one.level.value,
        "reference": in_languages(one.reference),
        "verified": one.verified,
        "note": in_languages(one.note) if one.note else None,
    }


def one_breach(rule: type[Rule]) -> str:
    """Return what the checker counts as one breach, as a sentence (English msgid)."""
    lines = (rule.violations.__doc__ or "").strip().splitlines()
    first = lines[0].removeprefix(_MARKER).partition(";")[0].rstrip(".") if lines else ""
    return f"{first[:1].upper()}{first[1:]}." if first else ""


def own_parameters(rule: type[Rule]) -> dict[str, str]:
    """Return the fields of the rule's own parameters by their names in the file."""
    return {shown: name for shown, name in parameters(rule).items() if shown not in GENERAL}


def texts(rule: type[Rule]) -> Iterator[str]:
    """Yield the English texts that the catalogue shows and that the rule's class does not mark itself."""
    yield from (one_breach(rule), rule.example, *filter(None, [rule.reason]))
    for opening in (limit.opening(level, rule.source) for limit in rule.limits for level in Level):
        if opening.level is not Level.LAW:
            yield from filter(None, (opening.reference, opening.note))
    yield from filter(None, (rule.model_fields[name].description for name in own_parameters(rule).values()))


def example(rule: type[Rule], profile: Profile) -> str:
    """Return the part of a scenario file that states the rule with all its values, as YAML."""
    held = _held(rule, profile)
    stated = {
        shown: name
        for shown, name in parameters(rule).items()
        if shown not in GENERAL or rule.model_fields[name].examples
    }
    values = {shown: _example_value(rule, held, name) for shown, name in stated.items()}
    if not rule.always:
        values["strength"] = held.strength
    if held.counts_as_health:
        values["weight"] = held.weight
    agreement = "" if values else f'agreements:\n  - {{id: {_EXAMPLE_AGREEMENT}, parties: "KS, NSF"}}\n'
    values = values or {"agreement": _EXAMPLE_AGREEMENT}
    lines = [f"      {shown}: {_yaml(value)}\n" for shown, value in values.items()]
    return f"{agreement}rules:\n  profile: {profile.id}\n  set:\n    {rule.id}:\n{''.join(lines)}"


def rule_named(word: str) -> type[Rule]:
    """Return the rule with an id; InputError with the closest id or name when there is none."""
    for rule in RULES:
        if rule.id == word:
            return rule
    hint = _nearest_rule(word) or _("`turnus rules` lists them all.")
    raise InputError([Finding((_("RULE"),), _("expected the id of a rule"), found(word), hint)])


def profile_named(word: str) -> Profile:
    """Return the profile with an id; InputError with the closest one when there is none."""
    if word in PROFILES:
        return PROFILES[word]
    expected = _("expected one of {words}").format(words=", ".join(PROFILES))
    hint = suggestion(word, list(PROFILES)) or _("Use one of these, or leave it out.")
    raise InputError([Finding(("--profile",), expected, found(word), hint)])


def in_languages(msgid: str) -> dict[str, str]:
    """Return a text in every language, by the language's code."""
    said = {}
    for code in LANGUAGES:
        with using_language(code):
            said[code] = _(msgid) if msgid else ""
    return said


def _nearest_rule(word: str) -> str:
    """Return `Did you mean …?` with the id of the rule whose id or name is close to a word."""
    ids = {name.casefold(): rule.id for rule in RULES for name in (_(rule.title), rule.id)}
    for tried in (word.casefold().replace("-", "_"), word.casefold()):
        if close := get_close_matches(tried, ids, 1):
            return _("Did you mean {word}?").format(word=ids[close[0]])
    return ""


def _held(rule: type[Rule], profile: Profile) -> Rule:
    values = profile.values_of(rule)
    return rule.model_validate({key: value for key, value in values.items() if key != "enabled"})


def _under(rule: type[Rule], profile: Profile) -> dict[str, Any]:
    """Return what a profile makes of a rule: the values used, and how far an agreement may move them."""
    held = _held(rule, profile)
    return {
        "id": profile.id,
        "holds": profile.holds(rule),
        "strength": held.strength,
        "values": {shown: _plain(getattr(held, name)) for shown, name in own_parameters(rule).items()},
        "limits": [
            {
                "parameter": limit.parameter,
                "bound": limit.bound,
                "value": _plain(profile.reach(limit, rule)),
                "verified": limit.opening(profile.level, rule.source).level.verified,
            }
            for limit in rule.limits
        ],
    }


def _parameter(rule: type[Rule], held: Rule, shown: str) -> dict[str, Any]:
    name = own_parameters(rule)[shown]
    field = rule.model_fields[name]
    least, most = _range(field)
    return {
        "name": shown,
        "unit": _unit(rule, name, getattr(held, name)),
        "default": _plain(getattr(held, name)),
        "least": least,
        "most": most,
        "choices": list(_choices(field)) or None,
        "description": in_languages(field.description) if field.description else None,
    }


def _unit(rule: type[Rule], name: str, value: object) -> str | None:
    """Return the unit of a number: the last word of its name, or else what the rule counts.

    Of a parameter that is left out only its name tells.
    """
    if value is None:
        return UNITS.get(name.split("_")[-1])
    if isinstance(value, bool | ClockTime) or not isinstance(value, int):
        return None
    counted = rule.unit.split()[0]  # a length of time says so in its name
    return UNITS.get(name.split("_")[-1]) or (None if counted == "minutes" else UNITS.get(counted))


def _range(field: FieldInfo) -> tuple[int | None, int | None]:
    """Return the least and most whole number that a field takes, None where it has no such bound."""
    marks = field.metadata
    least = [mark.ge for mark in marks if hasattr(mark, "ge")]
    least += [mark.gt + 1 for mark in marks if hasattr(mark, "gt")]
    most = [mark.le for mark in marks if hasattr(mark, "le")]
    most += [mark.lt - 1 for mark in marks if hasattr(mark, "lt")]
    return max(least, default=None), min(most, default=None)


def _choices(field: FieldInfo) -> tuple[str, ...]:
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; a clock time as people write it."""
    if isinstance(value, ClockTime):
        return str(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _example_value(rule: type[Rule], held: Rule, name: str) -> Any:
    examples = rule.model_fields[name].examples
    if examples:
        return examples[0]
    value = getattr(held, name)
    return show_duration(value) if name.endswith("_minutes") else _plain(value)


def _yaml(value: Any) -> str:
    """Return a value in YAML's flow style, quoted only where it must be."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    text = str(value)
    return text if _PLAIN_WORD.fullmatch(text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
