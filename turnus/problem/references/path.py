"""The way from today's posts to larger ones: people, competences and years that fit, and money for it."""

from __future__ import annotations

from collections.abc import Iterator

from turnus.errors import Finding, Path
from turnus.problem.references.words import unknown, unknown_competence
from turnus.scenario.messages import found
from turnus.scenario.models import Scenario
from turnus.texts import _, up_to


def path_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with the years of `path`."""
    names = [person.name for person in scenario.staff]
    gone: set[str] = set()
    last = 0
    for at, one in enumerate(scenario.path):
        here: Path = ("path", at)
        if one.year <= last:
            expected = _("expected a year after {year}").format(year=last)
            yield Finding((*here, "year"), expected, found(one.year), _("Write the years in order."))
        last = one.year
        if not one.leavers and not one.vacancies:
            expected = _("expected leavers or vacancies")
            yield Finding(here, expected, _("found neither"), _("Name them, or take the year out."))
        for place, name in enumerate(one.leavers):
            path = (*here, "leavers", place)
            if name not in names:
                yield unknown(path, name, names, _("Name a person of the list under staff."))
            elif name in gone:
                expected = _("expected each person to leave once")
                yield Finding(path, expected, _("found {word} twice").format(word=name), _("Take one out."))
            gone.add(name)
        for place, vacancy in enumerate(one.vacancies):
            known = list(scenario.competences)
            yield from unknown_competence(
                (*here, "vacancies", place, "competence"), vacancy.competence, known
            )
    yield from _beyond_budget(scenario)


def _beyond_budget(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding where staff and vacancies together cost more than the budget."""
    free = sum(vacancy.size for one in scenario.path for vacancy in one.vacancies) / 100
    held = sum(person.size for person in scenario.staff) / 100
    budget = scenario.budget
    if free and budget is not None and held + free > budget.fte + 1e-9:
        yield Finding(
            ("path",),
            _("expected staff and vacancies within the budget of {fte} FTE").format(fte=up_to(budget.fte)),
            _("found {fte} FTE").format(fte=up_to(held + free)),
            _("Raise the budget, or take vacancies out."),
        )
