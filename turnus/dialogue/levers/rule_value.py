"""A rule's value, one step looser or tighter: derived from the rules themselves, so that new ones join."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import parse_duration
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.lever_people import ForSome
from turnus.dialogue.rule_edits import of_everybody, rule_steps, set_values
from turnus.dialogue.variant import Variant
from turnus.rules import RULES
from turnus.rules.catalogue import own_parameters
from turnus.scenario.document import parse_value
from turnus.texts import N_, _, hours_and_minutes, up_to


class RuleValue(ForSome):
    """One parameter of one rule with another value, for everybody or for some."""

    id: ClassVar[str] = "rule-value"
    title: ClassVar[str] = N_("A rule's value")
    sentence: ClassVar[str] = N_(
        "One rule with another value; `turnus rules` shows rules, values and limits."
    )
    rests_on: ClassVar[str] = N_(
        "What the rule says: `turnus rules RULE` names law and agreement for each value."
    )

    rule: str = Field(description=N_("Id of the rule, such as daily_rest."))
    parameter: str = Field(description=N_("Its parameter, such as rest."))
    value: str | int | float | bool = Field(description=N_('Its value as in a file, such as "11 h".'))

    def why_not(self, variant: Variant) -> str:
        """Return that there is no such rule or parameter, or that people have different values."""
        kind = next((one for one in RULES if one.id == self.rule), None)
        if kind is None:
            return _("found no rule {name}").format(name=self.rule)
        if self.parameter not in own_parameters(kind):
            known = ", ".join(own_parameters(kind)) or _("none")
            return _("found no parameter {name}; there are {known}").format(name=self.parameter, known=known)
        if not of_everybody(variant, self.rule):
            return _("found different values for different people")
        return self.nobody(variant)

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the value."""
        del variant
        value = parse_value(self.value).plain() if isinstance(self.value, str) else self.value
        set_values(data, self.rule, {self.parameter: value}, self.people)

    def name(self) -> str:
        """Return the rule's own title with the value; what is meant by it where the rule has several."""
        kind = next(one for one in RULES if one.id == self.rule)
        own = own_parameters(kind)
        field = kind.model_fields[own[self.parameter]]
        label = _(field.description or self.parameter).partition(";")[0].rstrip(".")
        value = _in_words(self.value)
        told = f"{_(kind.title)}: {value}" if len(own) == 1 else f"{_(kind.title)}: {label} {value}"
        return f"{told}, {self.for_whom()}" if self.people else told

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield each hard rule's values one meaningful step to either side."""
        for step in rule_steps(variant):
            yield cls.model_validate(step._asdict())


def _in_words(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, str):
        return up_to(value)
    try:
        return hours_and_minutes(parse_duration(value))
    except ValueError:
        return value
