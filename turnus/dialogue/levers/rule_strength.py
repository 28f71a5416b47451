"""A rule made hard, made soft or left out: what it costs, and what it protects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.lever_people import ForSome
from turnus.dialogue.rule_edits import of_everybody, rules_in_force, set_values, setting
from turnus.dialogue.variant import Variant
from turnus.rules import RULES
from turnus.rules.registry import group_of
from turnus.texts import N_, _

WORDS = {"hard": N_("made hard"), "soft": N_("made soft"), "out": N_("left out")}


class RuleStrength(ForSome):
    """One rule hard, soft or left out."""

    id: ClassVar[str] = "rule-strength"
    title: ClassVar[str] = N_("A rule made hard or soft")
    sentence: ClassVar[str] = N_("One rule is made hard, made soft or left out.")
    rests_on: ClassVar[str] = N_(
        "What the rule says: `turnus rules RULE` names law and agreement for each value."
    )

    rule: str = Field(description=N_("Id of the rule, such as daily_rest."))
    strength: Literal["hard", "soft", "out"] = Field("hard", description=N_("hard, soft or out."))

    def why_not(self, variant: Variant) -> str:
        """Return that there is no such rule, or that it is so already or always."""
        kind = next((one for one in RULES if one.id == self.rule), None)
        if kind is None:
            return _("found no rule {name}").format(name=self.rule)
        if kind.always:
            return _("found a rule that is part of what a rota is")
        if not of_everybody(variant, self.rule):
            return _("found different values for different people")
        held: str = next((rule.strength for rule in rules_in_force(variant) if rule.id == self.rule), "out")
        return _("found that it is so already") if held == self.strength else self.nobody(variant)

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the strength, or switch the rule off."""
        del variant
        held = setting(data, self.rule)
        if self.people is not None:
            on = {"strength": self.strength} | ({"enabled": True} if "enabled" in held else {})
            set_values(data, self.rule, {"enabled": False} if self.strength == "out" else on, self.people)
        elif self.strength == "out":
            data["rules"]["set"][self.rule] = {"enabled": False}
        else:
            held.pop("enabled", None)
            held["strength"] = self.strength

    def name(self) -> str:
        """Return the rule's own title with what became of it."""
        kind = next(one for one in RULES if one.id == self.rule)
        told = f"{_(kind.title)}: {_(WORDS[self.strength])}"
        return f"{told}, {self.for_whom()}" if self.people else told

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield soft rules made hard, and what was agreed or is for health, left out."""
        for rule in rules_in_force(variant):
            kind = type(rule)
            if (
                rule.always
                or rule.lowering in ("audit_only", "structure")
                or not of_everybody(variant, rule.id)
            ):
                continue
            if not rule.hard and "hard" in str(kind.model_fields["strength"].annotation):
                yield cls(rule=rule.id, strength="hard")
            if rule.hard and group_of(kind) in ("agreed", "health"):
                yield cls(rule=rule.id, strength="out")
