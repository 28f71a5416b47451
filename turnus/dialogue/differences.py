"""What differs between scenarios, by path and in words: demand, shifts, staff, rules, hours, budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from turnus.clock import WEEKDAY_NAMES, parse_duration
from turnus.result.tasks import DONE_BY
from turnus.result.words import GOAL_TITLES, goal_title
from turnus.rules import RULES
from turnus.scenario import Scenario
from turnus.scenario.discreet import PERSONAL
from turnus.scenario.models import DAY_KEY_PATTERN
from turnus.texts import N_, _, hours_and_minutes, up_to, weekday

#: What a scenario is called and said to be about, which is no difference between alternatives.
_NOT_COMPARED = frozenset({"turnus", "name", "description", "unit"})
_NAMES = ("code", "block", "id", "name")
_OF_COMPETENCES = ("competence", "competences", "covers", "who")  # what holds keys of competences
#: Values that say nothing where a whole shift or block is described.
_USUAL = {"covers": True, "value": 1, "unpaid_break": "0 min"}
_DAY_KEY = re.compile(DAY_KEY_PATTERN)
_DURATION = re.compile(r"\d+([.,]\d+)? (h|min)( \d+ min)?")

#: The parts of a scenario and its commonest keys, as people say them; the other keys show as they stand.
_WORDS = {
    "accepts": N_("accepts"),
    "agreement": N_("agreement"),
    "agreements": N_("Agreements"),
    "at_most": N_("at most"),
    "budget": N_("Budget"),
    "by_competence": N_("by competence"),
    "competence": N_("competence"),
    "competences": N_("Competences"),
    "covers": N_("covers"),
    "days": N_("days"),
    "demand": N_("Demand"),
    "done_by": N_("done by"),
    "extra_weekends": N_("extra weekends"),
    "from": N_("from"),
    "fte": N_("FTE"),
    "full_week": N_("full week"),
    "goals": N_("Goals"),
    "handover": N_("Hand-over"),
    "history": N_("history"),
    "horizon": N_("Length of the rota"),
    "hours": N_("Hours"),
    "leave": N_("leave"),
    "level": N_("level"),
    "long_shifts": N_("long shifts"),
    "max_surplus": N_("most above the need"),
    "minutes": N_("minutes"),
    "movable": N_("can be moved"),
    "name": N_("name"),
    "need": N_("needed"),
    "of": N_("of weeks"),
    "of_which": N_("of which"),
    "open_posts": N_("Open posts"),
    "over": N_("hours above the post's"),
    "parties": N_("parties"),
    "people": N_("people"),
    "profile": N_("profile"),
    "rules": N_("Rules"),
    "set": N_("own values"),
    "share_percent": N_("share in percent"),
    "shifts": N_("Shifts"),
    "size": N_("size"),
    "sizes": N_("sizes"),
    "smallest_size": N_("smallest size"),
    "staff": N_("Staff"),
    "start": N_("start"),
    "strength": N_("strength"),
    "tags": N_("kind"),
    "tasks": N_("Tasks"),
    "times": N_("times a day"),
    "to": N_("to"),
    "under": N_("hours below the post's"),
    "unpaid_break": N_("unpaid break"),
    "valid_until": N_("valid until"),
    "value": N_("weight"),
    "volunteers_only": N_("volunteers only"),
    "volunteers_of": N_("of weeks, for volunteers"),
    "volunteers_worked": N_("worked by volunteers"),
    "weekend": N_("Weekend"),
    "weeks": N_("weeks"),
    "who": N_("who may"),
    "wished_size": N_("wished size"),
    "wishes": N_("wishes"),
    "within": N_("between"),
    "worked": N_("worked"),
}
_VALUES = {
    "all": N_("every day"),
    "weekdays": N_("weekdays"),
    "weekend": N_("weekend"),
    "red_days": N_("red days"),
    "eves": N_("eves"),
    "day": N_("day"),
    "evening": N_("evening"),
    "night": N_("night"),
    "long": N_("long"),
    "hard": N_("hard"),
    "soft": N_("soft"),
    "local": N_("local"),
    "central": N_("central"),
    "individual": N_("individual"),
    "own": N_("own line for each"),
    "converted": N_("converted (tredelt)"),
}

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where scenarios differ: its path, and what each of them says there (None: nothing).

    `part` and `place` are the path in words: `Demand`, `Dag › needed`.
    """

    path: Path
    part: str
    place: str
    values: tuple[str | None, ...]

    @property
    def written(self) -> str:
        """Return the path as a file and `--set` write it: `demand[Dag].need`."""
        return "".join(key if key.startswith("[") else f".{key}" for key in self.path).lstrip(".")


def scenario_differences(scenarios: Sequence[Scenario], *, discreet: bool = False) -> list[Difference]:
    """Return every place where the scenarios differ, in the order of the file; layout is no difference.

    With `discreet`, arrangements and leave say only that something was agreed with the person.
    """
    names = {key: one.name for scenario in scenarios for key, one in scenario.competences.items() if one.name}
    words = _Words(names | {rule.id: _(rule.title) for rule in RULES})
    return [
        Difference(
            path,
            words.word(path[0]),
            " › ".join(words.word(key) for key in path[1:]) or _("in all"),
            tuple(words.text(value, path) for value in values),
        )
        for path, values in _walk((), [_tree(scenario, discreet) for scenario in scenarios])
    ]


def _tree(scenario: Scenario, discreet: bool) -> dict[str, Any]:
    whole = scenario.model_dump(mode="json", by_alias=True)
    for person in whole["staff"] if discreet else ():
        person |= {key: _("individually agreed") for key in PERSONAL if person.get(key)}
    return {key: _keyed(value) for key, value in whole.items() if key not in _NOT_COMPARED}


def _keyed(value: Any) -> Any:
    """Return lists of named things as mappings by `[name]`, numbered from 2 where a name comes again."""
    if isinstance(value, Mapping):
        return {key: _keyed(part) for key, part in value.items()}
    if not isinstance(value, list) or not value or not all(isinstance(part, Mapping) for part in value):
        return value
    found: dict[str, Any] = {}
    for index, part in enumerate(value):
        name = next((str(part[key]) for key in _NAMES if part.get(key)), str(index))
        same = sum(key == f"[{name}]" or key.startswith(f"[{name} (") for key in found)
        found[f"[{name}{f' ({same + 1})' if same else ''}]"] = _keyed(part)
    return found


def _walk(path: Path, trees: Sequence[Any]) -> Iterator[tuple[Path, Sequence[Any]]]:
    """Yield each path at which the trees differ, with what stands there in each of them."""
    if all(tree == trees[0] for tree in trees[1:]):
        return
    if path and not all(_is_branch(tree) for tree in trees):
        yield path, trees
        return
    for key in dict.fromkeys(key for tree in trees for key in tree):
        yield from _walk((*path, key), [tree.get(key) for tree in trees])


def _is_branch(tree: Any) -> bool:
    return isinstance(tree, Mapping) and not _is_per_day(tree)


def _is_per_day(tree: Mapping[str, Any]) -> bool:
    return bool(tree) and all(_DAY_KEY.match(key) for key in tree)


@dataclass(frozen=True, slots=True)
class _Words:
    """Paths and values in words; `names` are those of competences and rules, by key."""

    names: Mapping[str, str]

    def word(self, key: str) -> str:
        """Return a key as people say it; one that has no word as it stands."""
        if key.startswith("["):
            return key[1:-1]
        return _(_WORDS[key]) if key in _WORDS else self.names.get(key, key)

    def text(self, value: Any, path: Path = ()) -> str | None:
        """Return a value, or a whole part of the file, in short words; None where there is nothing."""
        if value is None or value == [] or value == {}:
            return None
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, int | float):
            return up_to(value)
        if isinstance(value, Mapping):
            return self._part(value)
        if isinstance(value, list) and path and path[-1] == "within":
            return "–".join(value)
        if isinstance(value, list):
            return ", ".join(filter(None, (self.text(part, path) for part in value)))
        text = str(value)
        if path and path[-1] == "done_by":
            return _(DONE_BY.get(text, text))
        if path and path[-1] in _OF_COMPETENCES:
            return self.names.get(text, text)
        if text in GOAL_TITLES:
            return goal_title(text)
        if _DURATION.fullmatch(text):
            return hours_and_minutes(parse_duration(text))
        return _(_VALUES[text]) if text in _VALUES else text

    def _part(self, part: Mapping[str, Any]) -> str:
        """Return `weekdays 7, weekend 5`, or what a shift or a person is: only what says something."""
        word = _day_word if _is_per_day(part) else self.word
        told = []
        for key, value in part.items():
            text = self.text(value, (key,))
            if text is None or value is False or key in _NAMES[:3] or _USUAL.get(key) == value:
                continue
            told.append(word(key) if value is True else text if key == "name" else f"{word(key)} {text}")
        return ", ".join(told)


def needed_in_words(need: int | Mapping[str, int]) -> str:
    """Return how many people are needed: `5`, or `weekdays 7, weekend 5`."""
    return _Words({}).text(need) or up_to(0)


def _day_word(key: str) -> str:
    """Return a kind of day in words: `weekdays`, `monday`; dates and weeks as they stand."""
    if key in WEEKDAY_NAMES:
        return weekday(WEEKDAY_NAMES.index(key))
    return _(_VALUES[key]) if key in _VALUES else key
