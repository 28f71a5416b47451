"""Alternatives beside each other as pandas frames: everything a comparison shows, and nothing in words.

Every frame is long: a line for each measure and alternative, named by its letter. What is not known is
missing (NaN, None), never 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from turnus.dialogue.alternatives import Alternative
from turnus.dialogue.arithmetic import beside
from turnus.dialogue.differences import Difference, scenario_differences
from turnus.dialogue.stored import StoredPost, StoredRule

#: What is counted for each post, in the order in which it is shown; less is easier for the person.
LOADS = (
    "weekends_worked",
    "nights_worked",
    "evenings_worked",
    "long_shifts_worked",
    "quick_returns",
    "longest_run",
)
#: Measures of the heltid vector that are also goals, by the goal.
VECTOR_GOALS = {
    "full_time_posts": "full_time_posts",
    "full_time_share": "full_time_share",
    "fewest_heads": "heads",
    "mean_size": "mean_size_percent",
    "largest_smallest_size": "min_size_percent",
}


@dataclass(frozen=True)
class Comparison:
    """Alternatives and the frames about them; `scenarios` is None when one of them is not at hand."""

    alternatives: tuple[Alternative, ...]
    measures: pd.DataFrame
    arithmetic: pd.DataFrame
    coverage: pd.DataFrame
    loads: pd.DataFrame
    spread: pd.DataFrame
    exceptions: pd.DataFrame
    rules: pd.DataFrame
    scenarios: tuple[Difference, ...] | None
    people: pd.DataFrame | None

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return every frame by its name, as `--csv` writes them."""
        found = {
            "measures": self.measures,
            "weekend_arithmetic": self.arithmetic,
            "coverage": self.coverage,
            "loads": self.loads,
            "spread": self.spread,
            "exceptions": self.exceptions,
            "rules": self.rules,
        }
        if self.scenarios is not None:
            found["scenarios"] = _scenarios_frame(self.alternatives, self.scenarios)
        if self.people is not None:
            found["people"] = self.people
        return found


def compare(alternatives: Sequence[Alternative], *, discreet: bool = False) -> Comparison:
    """Return the comparison of two or more alternatives; person by person when they are two.

    With `discreet`, what was agreed with one person is not told.
    """
    loaded = [one.loaded for one in alternatives if one.loaded is not None]
    whole = len(loaded) == len(alternatives)
    scenarios = [one.scenario for one in loaded]
    loads = loads_frame(alternatives)
    return Comparison(
        alternatives=tuple(alternatives),
        measures=measures_frame(alternatives),
        arithmetic=arithmetic_frame(alternatives),
        coverage=coverage_frame(alternatives),
        loads=loads,
        spread=spread_frame(loads),
        exceptions=exceptions_frame(alternatives),
        rules=rules_frame(alternatives),
        scenarios=tuple(scenario_differences(scenarios, discreet=discreet)) if whole else None,
        people=people_frame(*alternatives) if len(alternatives) == 2 else None,
    )


def measures_frame(alternatives: Sequence[Alternative]) -> pd.DataFrame:
    """Return the goals and the heltid vector: measure, alternative, value, bound, proven, unit.

    A measure that is no goal of the alternative has no bound.
    """
    lines = [line for one in alternatives for line in _measures(one)]
    return pd.DataFrame(lines, columns=["measure", "alternative", "value", "bound", "proven", "unit"])


def _measures(one: Alternative) -> Iterator[tuple[Any, ...]]:
    goals = {goal.id: goal for goal in one.result.goals}
    for goal in goals.values():
        yield goal.id, one.letter, goal.value, goal.bound, goal.proven, goal.unit
    vector = one.result.heltid
    if vector is None:
        return
    for goal_id, key in VECTOR_GOALS.items():
        if goal_id not in goals:
            unit = {"full_time_posts": "posts", "fewest_heads": "heads"}.get(goal_id, "percent")
            yield goal_id, one.letter, getattr(vector, key), None, None, unit
    if "fewest_part_time" not in goals:
        part_time = vector.heads - vector.full_time_posts
        yield "fewest_part_time", one.letter, part_time, None, None, "posts"
    wished = vector.wished_increase
    others = [
        *((f"below_{step}", count, "posts") for step, count in vector.posts_below.items()),
        ("fte", vector.fte, "fte"),
        ("planned_fte", vector.planned_fte, "fte"),
        ("wish_more", wished.people, "people"),
        ("wish_more_granted", wished.granted, "people"),
        ("wish_more_unmet", wished.unmet_fte, "fte"),
    ]
    for key, value, unit in others:
        yield key, one.letter, value, None, None, unit


def arithmetic_frame(alternatives: Sequence[Alternative]) -> pd.DataFrame:
    """Return arithmetic, solver's bound and found, by goal and alternative, and whether they are in order."""
    lines = []
    for one in alternatives:
        found = one.result.weekend_arithmetic
        if found is None:
            continue
        for three in beside(found.full_time_posts, found.heads, one.result.goal_values):
            lines.append(
                (
                    three.goal,
                    one.letter,
                    three.arithmetic,
                    three.bound,
                    three.found,
                    three.consistent,
                    three.reason,
                )
            )
    columns = ["goal", "alternative", "arithmetic", "bound", "found", "consistent", "reason"]
    return pd.DataFrame(lines, columns=columns)


def coverage_frame(alternatives: Sequence[Alternative]) -> pd.DataFrame:
    """Return person-minutes over the horizon: kind (all, competence, block), part, alternative, needed, …."""
    lines = []
    for one in alternatives:
        cover = one.result.coverage
        if cover is None:
            continue
        parts = [
            ("all", "", cover.headcount),
            *(("competence", key, tally) for key, tally in cover.by_competence.items()),
            *(("block", key, tally) for key, tally in (cover.by_block or {}).items()),
        ]
        for kind, part, tally in parts:
            lines.append(
                (kind, part, one.letter, tally.needed_minutes, tally.uncovered_minutes, tally.over_minutes)
            )
    columns = ["kind", "part", "alternative", "needed_minutes", "uncovered_minutes", "over_minutes"]
    return pd.DataFrame(lines, columns=columns)


def loads_frame(alternatives: Sequence[Alternative]) -> pd.DataFrame:
    """Return one line for each post of each alternative: who, size, hours, and what it carries."""
    lines = [
        {
            "alternative": one.letter,
            "post": post.id,
            "person": post.person,
            "competence": post.competence,
            "size_percent": post.size_percent,
            "planned_minus_position_minutes": post.planned_minus_position_minutes,
            **{name: getattr(post, name) for name in LOADS},
        }
        for one in alternatives
        for post in one.result.posts
    ]
    own = ("alternative", "post", "person", "competence", "size_percent", "planned_minus_position_minutes")
    return pd.DataFrame(lines, columns=[*own, *LOADS])


def spread_frame(loads: pd.DataFrame) -> pd.DataFrame:
    """Return how each load falls: least, mean and most over the posts, how many posts have the most, and who.

    `distribution` holds how many posts there are at each number. A load that some post does not state is
    left out for that alternative.
    """
    lines = []
    for letter, posts in loads.groupby("alternative", sort=False):
        for name in (*LOADS, "planned_minus_position_minutes"):
            values = posts[name]
            if values.isna().any() or not len(values):
                continue
            worst = posts[values == values.max()]
            lines.append(
                {
                    "load": name,
                    "alternative": letter,
                    "least": values.min(),
                    "mean": values.mean(),
                    "most": values.max(),
                    "worst_off": [_who(row.person, row.post) for row in worst.itertuples()],
                    "distribution": dict(sorted(Counter(map(int, values)).items())),
                }
            )
    columns = ["load", "alternative", "least", "mean", "most", "worst_off", "distribution"]
    return pd.DataFrame(lines, columns=columns)


def _who(person: str | None, post: str) -> str:
    return person if isinstance(person, str) else post


def exceptions_frame(alternatives: Sequence[Alternative]) -> pd.DataFrame:
    """Return each value that rests on an agreement, listed or missing: rule, value, levels that would do."""
    lines: list[tuple[Any, ...]] = []
    for one in alternatives:
        for rule in one.result.rules:
            for need in rule.not_named:
                state = "draft" if rule.draft else "not_named"
                said = (need.parameter, need.value, list(need.levels), need.reference, need.verified)
                lines.append((rule.rule, one.letter, *said, None, state))
            if rule.agreement is not None:
                lines.append((rule.rule, one.letter, *[None] * 5, rule.agreement, "named"))
    columns = [
        "rule", "alternative", "parameter", "value", "levels", "reference", "verified", "agreement", "state",
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


def rules_frame(alternatives: Sequence[Alternative]) -> pd.DataFrame:
    """Return the rules whose values, strength or people differ; `values` is None where it is not in use."""
    found: dict[tuple[str, str], dict[str, StoredRule]] = defaultdict(dict)
    for one in alternatives:
        for rule in one.result.rules:
            found[rule.rule, ", ".join(rule.people or ())][one.letter] = rule
    lines = []
    for (name, people), by_letter in found.items():
        said = [by_letter.get(one.letter) for one in alternatives]
        if len({_said(rule) for rule in said}) == 1:
            continue
        for one, held in zip(alternatives, said, strict=True):
            values = (None, None) if held is None else (dict(held.values), held.hard)
            lines.append((name, people, one.letter, *values))
    return pd.DataFrame(lines, columns=["rule", "for", "alternative", "values", "hard"])


def _said(rule: StoredRule | None) -> str:
    return (
        "" if rule is None else repr((sorted(rule.values.items()), rule.hard, rule.people, rule.except_for))
    )


def people_frame(one: Alternative, other: Alternative) -> pd.DataFrame:
    """Return person by person what two alternatives make of them; open posts in order of their size.

    A named person is met by name. An open post has no name: within a competence the largest is set beside
    the largest, and one that has no counterpart stands alone. `days_changed` counts the days whose shift is
    another, for people in both rotas of the same days.
    """
    keys = ("size_percent", "planned_minus_position_minutes", *LOADS)
    firsts, seconds = _by_who(one.result.posts), _by_who(other.result.posts)
    days = _assigned(one), _assigned(other)
    lines = []
    for who in dict.fromkeys((*firsts, *seconds)):
        pair = firsts.get(who), seconds.get(who)
        line: dict[str, Any] = {"person": who[0], "competence": who[1], "number": who[2] or None}
        for post, letter in zip(pair, (one.letter, other.letter), strict=True):
            line |= {f"{key}_{letter}": None if post is None else getattr(post, key) for key in keys}
        line["days_changed"] = _changed(pair, days) if who[0] else None
        lines.append(line)
    return pd.DataFrame(lines)


def _by_who(posts: Sequence[StoredPost]) -> dict[tuple[str | None, str, int], StoredPost]:
    ordered = sorted(posts, key=lambda post: (post.person is None, post.competence, -post.size_percent))
    found: dict[tuple[str | None, str, int], StoredPost] = {}
    for post in ordered:
        same = sum(key[:2] == (None, post.competence) for key in found)
        found[post.person, post.competence, 0 if post.person else same + 1] = post
    return found


def _assigned(one: Alternative) -> dict[str, dict[str, str]]:
    """Return the shift of each post on each day; nothing on days off, whatever their code."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in one.result.assignments:
        code = str(entry.get("code")) if entry.get("shift") is not None else ""
        found[str(entry.get("post"))][str(entry.get("date_or_day"))] = code
    return found


def _changed(
    pair: tuple[StoredPost | None, StoredPost | None],
    days: tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]],
) -> int | None:
    if pair[0] is None or pair[1] is None:
        return None
    first, second = days[0].get(pair[0].id, {}), days[1].get(pair[1].id, {})
    return sum(first[day] != second[day] for day in first) if first.keys() == second.keys() else None


def _scenarios_frame(alternatives: Sequence[Alternative], found: Sequence[Difference]) -> pd.DataFrame:
    letters = [one.letter for one in alternatives]
    lines = [(one.written, one.part, one.place, *one.values) for one in found]
    return pd.DataFrame(lines, columns=["path", "part", "place", *letters])
