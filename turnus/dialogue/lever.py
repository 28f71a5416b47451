"""What a lever is: a named change, with parameters, that turns one scenario into another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from turnus.dialogue.variant import Variant
from turnus.errors import Finding, InputError
from turnus.scenario import Scenario
from turnus.scenario.document import parse_value
from turnus.scenario.messages import refusal
from turnus.texts import _

Data = dict[str, Any]


class Lever(BaseModel, ABC):
    """A change of a unit with the values chosen for it; its parameters are the fields. One file each.

    A file in `turnus/dialogue/levers/` is a lever. It changes the scenario as data and is then checked like
    any file; nothing of it is known to what solves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: ClassVar[str]
    title: ClassVar[str]  # English msgid
    sentence: ClassVar[str]  # what it changes, one sentence for a ward manager, English msgid
    #: which law, and whose agreement, the change takes; English msgid.
    rests_on: ClassVar[str]
    #: ids of rules whose values the lever is about, so that they are no steps of their own.
    rules: ClassVar[tuple[str, ...]] = ()
    #: the parameters that hold keys of competences.
    of_competences: ClassVar[tuple[str, ...]] = ()

    def why_not(self, variant: Variant) -> str:
        """Return why the lever changes nothing or cannot be pulled here, translated; empty when it can."""
        del variant
        return ""

    @abstractmethod
    def edit(self, data: Data, variant: Variant) -> None:
        """Change the scenario's data in place; `variant` is the scenario before."""

    def name(self) -> str:
        """Return the title with the values that were chosen, translated."""
        values = ", ".join(self.values_in_words())
        return f"{_(self.title)} ({values})" if values else _(self.title)

    def name_in(self, scenario: Scenario) -> str:
        """Return the name with competences called what the scenario calls them."""
        return self.titled(scenario).name()

    def titled(self, scenario: Scenario) -> Self:
        """Return the lever with competences called what the scenario calls them: to be told, not pulled."""
        names = {key: one.name or key for key, one in scenario.competences.items()}
        keys = {field: getattr(self, field) for field in self.of_competences}
        titles = {field: names.get(key, key) for field, key in keys.items() if key is not None}
        return self.model_copy(update=titles)

    def values_in_words(self) -> Iterator[str]:
        """Yield the values chosen, each in words, translated; nothing where there are none to choose."""
        yield from ()

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield the lever with the meaningful single steps from where the unit is; its usual values here."""
        if all(not field.is_required() for field in cls.model_fields.values()):
            lever = cls()
            if not lever.why_not(variant):
                yield lever


def pull(lever: Lever, variant: Variant) -> Variant:
    """Return the scenario that a lever makes, checked like a file, named after the lever.

    Raises
    ------
    InputError
        When the lever cannot be pulled here, or makes a scenario that is not in order.
    """
    reason = lever.why_not(variant)
    if reason:
        expected = _("expected a unit where the lever changes something")
        raise InputError([Finding((lever.id,), expected, reason, _("Choose another lever."))])
    data = variant.data
    lever.edit(data, variant)
    return variant.with_data(lever.name_in(variant.loaded.scenario), data)


def lever_with(kind: type[Lever], texts: Mapping[str, str]) -> Lever:
    """Return a lever with parameters given as texts, read as YAML.

    Raises
    ------
    InputError
        Naming each parameter that there is not, or whose value does not fit.
    """
    values = {name: parse_value(text).plain() for name, text in texts.items()}
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise InputError([_refused(kind, one) for one in error.errors()]) from None


def _refused(kind: type[Lever], error: Any) -> Finding:
    path = (kind.id, *(str(part) for part in error["loc"]))
    if error["type"] == "extra_forbidden":
        names = ", ".join(field.alias or name for name, field in kind.model_fields.items())
        expected = _("expected one of the parameters {known}").format(known=names or _("none"))
        return Finding(path, expected, _("found {value}").format(value=path[-1]), _("Correct it."))
    expected, found, hint = refusal(error)
    return Finding(path, expected, found, hint)
