"""The unit after each step of a path: who is left, how large their posts are, and what is free.

Money stays in its competence: a nurse's post that falls vacant is merged into nurses' posts. Those who will
leave keep their post as it is until it is handed out, and nobody's post becomes smaller against their wish.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from turnus.dialogue.lever import Data
from turnus.dialogue.variant import Variant
from turnus.problem import FULL_TIME, Post, Problem
from turnus.scenario.models import OpenPosts, Person
from turnus.texts import _

_HUNDREDTHS = FULL_TIME // 100
#: Sizes in hundredths of a percent, by name.
Sizes = Mapping[str, int]
GOALS = ("uncovered", "full_time_posts")


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that is handed out in some year: that of `person`, who leaves, or one that stands empty.

    `size` is in hundredths of a percent, as everywhere here.
    """

    number: int
    year: int
    competence: str
    size: int
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody new in what nobody who was there before could take."""

    name: str
    competence: str
    size: int


@dataclass(frozen=True)
class Staffing:
    """Where the unit stands: everybody's size, who is new, and which vacancies were handed out.

    `free` is what is left of them, by competence: too little to hand out, or nobody wishes more.
    """

    sizes: Sizes
    hires: tuple[Hire, ...] = ()
    free: Sizes = field(default_factory=dict)
    handed_out: frozenset[int] = frozenset()

    @property
    def key(self) -> tuple[Any, ...]:
        """Return what tells one staffing from another."""
        return self.handed_out, tuple(self.sizes.items()), self.hires, tuple(sorted(self.free.items()))

    @property
    def all_sizes(self) -> list[int]:
        """Return the size of every post."""
        return [*self.sizes.values(), *(one.size for one in self.hires)]


class Unit:
    """The unit whose path is looked for, and the scenarios that its steps are."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.scenario = variant.loaded.scenario
        self.people: dict[str, Person] = {one.name: one for one in self.scenario.staff}
        self.years = tuple(tuple(year) for year in self._vacancies())
        self.vacancies = tuple(one for year in self.years for one in year)
        self.leavers = {one.person: one.number for one in self.vacancies if one.person is not None}

    def _vacancies(self) -> Iterator[list[Vacancy]]:
        number = 0
        for year in self.scenario.path:
            leaving = [self.people[name] for name in year.leavers]
            found: list[tuple[str | None, str, float]] = [(p.name, p.competence, p.size) for p in leaving]
            found += [(None, one.competence, one.size) for one in year.vacancies]
            yield [
                Vacancy(number + at, year.year, competence, round(size * _HUNDREDTHS), person)
                for at, (person, competence, size) in enumerate(found, 1)
            ]
            number += len(found)

    def today(self) -> Staffing:
        """Return the staff as they are."""
        return Staffing({name: round(one.size * _HUNDREDTHS) for name, one in self.people.items()})

    def wished(self, person: str) -> int:
        """Return the size that somebody wishes; the present one where there is no other wish."""
        one = self.people[person]
        return round((one.wished_size or one.size) * _HUNDREDTHS)

    def unmet(self, now: Staffing) -> dict[str, int]:
        """Return how much more each person wishes than they have; leavers' wishes do not count."""
        lacking = {
            name: self.wished(name) - size for name, size in now.sizes.items() if name not in self.leavers
        }
        return {name: less for name, less in lacking.items() if less > 0}

    def released(self, now: Staffing, *vacancies: Vacancy) -> Staffing:
        """Return the staff once some vacancies are free to hand out: leavers are gone, nobody has more."""
        gone = {one.person for one in vacancies}
        free = dict(now.free)
        for one in vacancies:
            free[one.competence] = free.get(one.competence, 0) + one.size
        sizes = {name: size for name, size in now.sizes.items() if name not in gone}
        return Staffing(sizes, now.hires, free, now.handed_out | {one.number for one in vacancies})

    def merged(self, now: Staffing, problem: Problem, plan: tuple[Post, ...]) -> Staffing:
        """Return the staff as a plan has them; what it does not use stays free."""
        held = [(problem.classes[post.class_index], post.size) for post in plan]
        named = {post.person: size for post, size in held if post.person is not None}
        opened = [(post, size) for post, size in held if post.person is None]
        new = [
            Hire(name, problem.competences[post.competence], size)
            for name, (post, size) in zip(self._new_names(now), opened, strict=False)
        ]
        total = self._by_competence(now)
        for person, size in named.items():
            if person in self.people:
                total[self.people[person].competence] -= size
        hires = (*now.hires, *new)
        for one in hires:
            total[one.competence] -= one.size
        sizes = {name: named[name] for name in now.sizes}
        return Staffing(sizes, hires, {k: v for k, v in total.items() if v > 0}, now.handed_out)

    def _new_names(self, now: Staffing) -> Iterator[str]:
        """Yield names for new people that nobody has, and that no rule names anybody by."""
        taken = {*self._words(), *(one.name for one in now.hires)}
        numbered = (_("New {n}").format(n=at) for at in count(1))
        return (name for name in numbered if name not in taken)

    def _by_competence(self, now: Staffing) -> dict[str, int]:
        """Return what the staff and what is free are together, by competence."""
        total = dict.fromkeys(self.scenario.competences, 0) | dict(now.free)
        for name, size in now.sizes.items():
            total[self.people[name].competence] += size
        for one in now.hires:
            total[one.competence] += one.size
        return total

    def growing(self, now: Staffing, aim: Sizes | None = None) -> Variant:
        """Return the scenario in which those who wish more may have what is free (AML § 14-3).

        With an aim, nobody gets more than there; what is left is kept for a later step.
        """
        wishes = {name: self.wished(name) for name in now.sizes if name not in self.leavers}
        if aim is not None:
            wishes = {name: min(size, max(aim[name], now.sizes[name])) for name, size in wishes.items()}
        return self._variant(now, wishes, hiring=False)

    def hiring(self, now: Staffing) -> Variant | None:
        """Return the scenario in which what is left goes to new people; None where it is too little."""
        posts = self.scenario.open_posts
        if posts is None:
            return None
        named = posts.competences or tuple(self.scenario.competences)
        smallest = min((s for s in posts.sizes if s >= posts.smallest_size), default=100.0)
        left = max((now.free.get(one, 0) for one in named), default=0)
        room = posts.at_most is None or posts.at_most > len(now.hires)
        if not room or left < round(smallest * _HUNDREDTHS):
            return None
        return self._variant(now, {}, hiring=True)

    def settled(self, now: Staffing) -> Variant:
        """Return the scenario with everybody's size as it is: what a rota is made of."""
        return self._variant(now, {}, hiring=False)

    def at_once(self, *vacancies: Vacancy) -> Variant:
        """Return the scenario in which some vacancies are handed out together, from today's sizes.

        Whatever can be reached by handing them out one after another is possible here, too.
        """
        now = self.released(self.today(), *vacancies)
        wishes = {name: self.wished(name) for name in now.sizes if name not in self.leavers}
        return self._variant(now, wishes, hiring=True)

    def anew(self) -> Variant:
        """Return the unit with the same money, and free posts in nobody's name."""
        everything = self.released(self.today(), *self.vacancies)
        data = self._base(everything)
        forget(data, set(self._words()))
        data["staff"] = []
        data["open_posts"] = {**data.get("open_posts", {})}
        data["open_posts"].pop("at_most", None)
        held = self._by_competence(everything)
        data["open_posts"]["competences"] = [one for one, size in held.items() if size > 0]
        return self.variant.with_data(_("Free posts"), data)

    def _variant(self, now: Staffing, wishes: Sizes, *, hiring: bool) -> Variant:
        data = self._base(now)
        data["staff"] = [*self._kept(data["staff"], now, wishes), *map(self._new, now.hires)]
        stay = {word for one in data["staff"] for word in (one["name"], *one.get("tags", ()))}
        forget(data, set(self._words()) - stay)
        posts = self.scenario.open_posts
        if posts is not None:
            most = posts.at_most if hiring else 0
            data["open_posts"].pop("at_most", None)
            if most is not None:
                data["open_posts"]["at_most"] = max(0, most - len(now.hires))
        return self.variant.with_data(self._name(now), data)

    def _name(self, now: Staffing) -> str:
        return _("Step {n}").format(n=len(now.handed_out)) if now.handed_out else _("Today")

    def _base(self, now: Staffing) -> Data:
        """Return the scenario's data with the money that there is, and the goals of a path."""
        data = self.variant.data
        data.pop("path", None)
        held = self._by_competence(now)
        data["budget"] = {
            "fte": sum(held.values()) / FULL_TIME,
            "by_competence": {name: {"fte": size / FULL_TIME} for name, size in held.items()},
        }
        goals: list[str] = list(self.scenario.goals)
        if any(goal not in goals for goal in GOALS):
            goals = [*GOALS, *(goal for goal in goals if goal not in GOALS)]
        data["goals"] = goals
        return data

    def _kept(self, staff: list[Data], now: Staffing, wishes: Sizes) -> Iterator[Data]:
        for one in staff:
            name = one["name"]
            if name not in now.sizes:
                continue
            size = now.sizes[name]
            changed = {**one, "size": size / _HUNDREDTHS}
            changed.pop("wished_size", None)
            if wishes.get(name, size) != size:
                changed["wished_size"] = wishes[name] / _HUNDREDTHS
            yield changed

    def _new(self, one: Hire) -> Data:
        posts = self.scenario.open_posts or OpenPosts()
        return {
            "name": one.name,
            "competence": one.competence,
            "size": one.size / _HUNDREDTHS,
            "accepts": posts.accepts.model_dump(),
        }

    def _words(self) -> Iterator[str]:
        """Yield every name and tag by which rules and agreements name people."""
        for one in self.scenario.staff:
            yield one.name
            yield from one.tags


def orders(years: tuple[tuple[Vacancy, ...], ...]) -> int:
    """Return in how many orders the vacancies of each year can be handed out."""
    return math.prod(math.factorial(len(year)) for year in years)


def forget(data: Data, gone: set[str]) -> None:
    """Take names and tags of nobody out of rules and agreements; what was for nobody else goes with them."""
    rules = data.get("rules", {}).get("set", {})
    for rule, values in list(rules.items()):
        settings = values if isinstance(values, list) else [values]
        kept = [one for setting in settings if (one := _without(setting, gone)) is not None]
        if not kept:
            del rules[rule]
        else:
            rules[rule] = kept if isinstance(values, list) else kept[0]
    agreements = [one for setting in data.get("agreements", ()) if (one := _without(setting, gone))]
    if "agreements" in data:
        data["agreements"] = agreements


def _without(setting: Data, gone: set[str]) -> Data | None:
    """Return a setting without some names; None where a list of it held no others."""
    found: Data = {}
    for key, value in setting.items():
        if not isinstance(value, list):
            found[key] = value
            continue
        kept = [one for one in value if not _names(one, gone)]
        if value and not kept and key != "except":
            return None
        if kept or not value:
            found[key] = kept
    return found


def _names(value: Any, gone: set[str]) -> bool:
    """Whether a name, or one of a pair of names, is among those who are gone."""
    return any(one in gone for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
