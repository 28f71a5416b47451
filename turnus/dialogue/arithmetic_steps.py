"""The weekend arithmetic as steps that anybody can do with pen and paper."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from turnus.case.weekends import arrivals_on_day, people_on_day
from turnus.clock import WEEK_DAYS, show_clock, show_end
from turnus.problem import FULL_TIME, PostClass, Problem
from turnus.problem.references.budget import paid_minutes_by_competence
from turnus.result import WeekendArithmetic
from turnus.result.weekend import people_on_weekend, weekend_limit
from turnus.rules import Rule
from turnus.texts import _, hours, ngettext, percent, up_to, weekday

MOST_TERMS = 8  # in one sum; a longer one is shown in short
_SLACK = 1e-6

Unit = Literal["people", "weekends", "heads", "percent", "fte", "posts"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line that can be done with pen and paper: what, how in words, the same with numbers, the result."""

    id: str
    title: str
    formula: str
    numbers: str
    value: float
    unit: Unit

    def result(self) -> str:
        """Return the value with its unit in words."""
        if self.unit == "percent":
            return percent(self.value)
        if self.unit == "fte":
            return _("{n} FTE").format(n=up_to(self.value))
        shown = up_to(self.value)
        words = {
            "people": ngettext("{n} person", "{n} people", self.value),
            "weekends": ngettext("{n} weekend of work", "{n} weekends of work", self.value),
            "heads": ngettext("{n} post", "{n} posts", self.value),
            "posts": ngettext("{n} full-time post", "{n} full-time posts", self.value),
        }
        return words[self.unit].format(n=shown)


@dataclass(frozen=True, slots=True)
class _Group:
    """Posts that may work equally many weekends: how many they are, and their frequency."""

    posts: int
    weekends: int
    worked: int
    of_weekends: int


def arithmetic_steps(problem: Problem, rules: Sequence[Rule], found: WeekendArithmetic) -> tuple[Step, ...]:
    """Return the steps from people on a weekend day to heads, and from the budget to full-time posts."""
    return (*_weekend_steps(problem, rules, found), *_budget_steps(problem, found))


def _weekend_steps(problem: Problem, rules: Sequence[Rule], found: WeekendArithmetic) -> Iterable[Step]:
    """Yield people on a weekend day, weekends of work in all, what each can take, and the heads it takes."""
    needed = [people_on_weekend(problem, week) for week in range(problem.weeks)]
    yield Step(
        "people_on_a_weekend_day",
        _("People on the busiest day of a weekend"),
        _("the fewest who fill every part of the day, each on the shift that reaches farthest"),
        _people_numbers(problem, needed),
        found.people_per_day,
        "people",
    )
    total = sum(needed)
    yield Step(
        "weekends_to_fill",
        _("Weekends of work in the whole rota"),
        _("people on a weekend day × weekends in the rota"),
        _times(needed, total),
        total,
        "weekends",
    )
    named = _groups(problem, rules, [post for post in problem.classes if post.named])
    offered = _groups(problem, rules, [post for post in problem.classes if not post.named])
    by_named = sum(group.posts * group.weekends for group in named)
    if named:
        yield Step(
            "weekends_of_named_staff",
            _("Weekends of work that the named staff can take"),
            _("people × the weekends that each of them may work in the rota"),
            _named_numbers(named, by_named),
            by_named,
            "weekends",
        )
    if offered:
        yield from _open_steps(problem, offered[0], total - by_named, by_named)
    if named:
        people = sum(group.posts for group in named)
        yield Step(
            "heads",
            _("Posts that it takes at least"),
            _("named people + open posts") if offered else _("everybody who is named"),
            f"{people} + {found.heads - people} = {found.heads}" if offered else str(people),
            found.heads,
            "heads",
        )


def _open_steps(problem: Problem, group: _Group, left: int, by_named: int) -> Iterable[Step]:
    """Yield how many weekends one open post can take, and how many posts what the named leave takes."""
    yield Step(
        "weekends_of_one_post",
        _("Weekends of work that one open post can take"),
        _("the frequency × weekends in the rota, whole weekends only"),
        _("{worked} of {of} × {weeks} = {n}").format(
            worked=group.worked, of=group.of_weekends, weeks=problem.weeks, n=group.weekends
        ),
        group.weekends,
        "weekends",
    )
    if not group.weekends:
        return
    posts = max(0, left) / group.weekends
    whole = math.ceil(posts)
    rounded = f" → {whole}" if whole != posts else ""
    taken = f"({left + by_named} − {by_named})" if by_named else str(left)
    yield Step(
        "open_posts",
        _("Open posts that the weekends take"),
        _("weekends of work left ÷ weekends that one post can take, rounded up"),
        f"{taken} ÷ {group.weekends} = {up_to(posts)}{rounded}",
        whole,
        "heads",
    )


def _budget_steps(problem: Problem, found: WeekendArithmetic) -> Iterable[Step]:
    """Yield the FTE the demand takes, the mean size, and the full-time posts that the budget buys."""
    yield from _demand_step(problem)
    heads, budget = found.heads, found.budget_fte
    yield Step(
        "mean_size",
        _("Mean size of the posts"),
        _("FTE in the budget ÷ posts"),
        f"{up_to(budget)} ÷ {heads} = {percent(found.mean_size_percent)}",
        found.mean_size_percent,
        "percent",
    )
    named = [min(post.sizes) for post in problem.classes if post.named]
    added = heads - len(named)
    smallest = (sum(named) + added * problem.smallest_size) / FULL_TIME
    yield Step(
        "smallest_sizes",
        _("FTE when every post has its smallest size"),
        _("posts × the smallest size they may have"),
        f"{_size_terms([*named, *[problem.smallest_size] * added])} = {up_to(smallest)}",
        smallest,
        "fte",
    )
    left = budget - smallest
    yield Step(
        "left_of_budget",
        _("Left of the budget"),
        _("FTE in the budget − FTE at the smallest sizes"),
        f"{up_to(budget)} − {up_to(smallest)} = {up_to(left)}",
        left,
        "fte",
    )
    yield Step(
        "full_time_posts",
        _("Full-time posts at most"),
        _("what is left ÷ what makes a post full-time, the smallest steps first, whole posts only"),
        _full_time_numbers(problem, found, added, left),
        found.full_time_posts,
        "posts",
    )
    yield from _for_all_full_time(problem, found, added)


def _demand_step(problem: Problem) -> Iterable[Step]:
    """Yield the FTE that the demand takes, when everybody's full week is equally long."""
    weeks = {post.full_weeks for post in problem.classes}
    if len(weeks) != 1 or len(set(next(iter(weeks)))) != 1:
        return
    full_week = next(iter(weeks))[0]
    minutes = paid_minutes_by_competence(problem.rows, problem.shifts).get(None, 0.0) / problem.weeks
    yield Step(
        "fte_of_demand",
        _("FTE that the demand takes"),
        _("hours of work a week ÷ hours in a full week"),
        f"{hours(minutes, 2)} ÷ {hours(full_week, 2)} = {up_to(minutes / full_week)}",
        minutes / full_week,
        "fte",
    )


def _for_all_full_time(problem: Problem, found: WeekendArithmetic, added: int) -> Iterable[Step]:
    """Yield how many weekends each would have to work if every post were full-time; open posts only."""
    posts = problem.budget.total // FULL_TIME
    if added != found.heads or not posts or posts >= found.heads:
        return
    total = sum(people_on_weekend(problem, week) for week in range(problem.weeks))
    each = total / posts
    yield Step(
        "weekends_if_all_full_time",
        _("Weekends each would have to work if every post were full-time"),
        _("weekends of work ÷ whole FTE in the budget"),
        _("{total} ÷ {posts} = {each} of {weeks}, one in {nth}").format(
            total=total, posts=posts, each=up_to(each), weeks=problem.weeks, nth=up_to(problem.weeks / each)
        ),
        each,
        "weekends",
    )


def _people_numbers(problem: Problem, needed: Sequence[int]) -> str:
    """Return who comes to the busiest day of the first busiest weekend, part by part."""
    week = max(range(problem.weeks), key=lambda index: needed[index])
    days = [week * WEEK_DAYS + on for on in problem.weekend_days]
    day = max(days, key=lambda one: people_on_day(problem, one))
    terms = " + ".join(
        f"{come.people} {come.shift.code} ({show_clock(come.shift.start)}–{show_end(come.shift.end)})"
        for come in arrivals_on_day(problem, day)
    )
    text = f"{weekday(day % WEEK_DAYS)}: {terms} = {needed[week]}"
    if len(set(needed)) == 1:
        return text
    return _("{busiest}; over the {weeks} weekends {mean} on average").format(
        busiest=text, weeks=problem.weeks, mean=up_to(sum(needed) / problem.weeks)
    )


def _times(needed: Sequence[int], total: int) -> str:
    """Return `12 × 6 = 72`, or the sum of weekends that are not alike."""
    counts = Counter(needed)
    terms = [f"{people} × {weekends}" for people, weekends in sorted(counts.items(), reverse=True)]
    return f"{' + '.join(terms)} = {total}"


def _groups(problem: Problem, rules: Sequence[Rule], posts: Sequence[PostClass]) -> list[_Group]:
    """Return classes of posts by how many weekends each post may work, the most first."""
    limits = Counter(weekend_limit(problem, rules, post) for post in posts)
    groups = [
        _Group(count, limit.most(problem), limit.worked, limit.of_weekends) for limit, count in limits.items()
    ]
    return sorted(groups, key=lambda group: -group.weekends)


def _named_numbers(groups: Sequence[_Group], total: int) -> str:
    return f"{' + '.join(f'{group.posts} × {group.weekends}' for group in groups)} = {total}"


def _size_terms(sizes: Sequence[int]) -> str:
    """Return `4 × 50 % + 36 × 14 %`, the largest first, in short when there are many sizes."""
    counts = sorted(Counter(sizes).items(), reverse=True)
    if len(counts) > MOST_TERMS:
        return _("{n} posts of {smallest} to {largest}").format(
            n=len(sizes),
            smallest=percent(100 * min(sizes) / FULL_TIME),
            largest=percent(100 * max(sizes) / FULL_TIME),
        )
    return " + ".join(f"{count} × {percent(100 * size / FULL_TIME, 2)}" for size, count in counts)


def _full_time_numbers(problem: Problem, found: WeekendArithmetic, added: int, left: float) -> str:
    """Return how what is left is shared out: a division where all steps are alike, else the steps."""
    named = [FULL_TIME - min(p.sizes) for p in problem.classes if p.named and FULL_TIME in p.sizes]
    steps = [*named, *[FULL_TIME - problem.smallest_size] * added]
    bound = found.full_time_bound
    rounded = f" → {found.full_time_posts}" if abs(found.full_time_posts - bound) > _SLACK else ""
    if left < 0:
        return _("nothing is left, {fte} FTE are missing for the smallest sizes alone").format(
            fte=up_to(-left)
        )
    if not steps:
        return _("nobody's post may become full-time")
    step = steps[0] / FULL_TIME
    if len(set(steps)) == 1 and step and added and bound <= len(steps):
        return f"{up_to(left)} ÷ (100 − {up_to(100 - 100 * step)}) % = {up_to(bound)}{rounded}"
    counts = sorted(Counter(steps).items())
    terms = " + ".join(f"{count} × {percent(100 * one / FULL_TIME, 2)}" for one, count in counts)
    if len(counts) > MOST_TERMS:
        terms = _("steps of {smallest} to {largest}").format(
            smallest=percent(100 * min(steps) / FULL_TIME), largest=percent(100 * max(steps) / FULL_TIME)
        )
    return _("{left} FTE for {steps}: {n}").format(
        left=up_to(left), steps=terms, n=f"{up_to(bound)}{rounded}"
    )
