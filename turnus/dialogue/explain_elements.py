"""What a conflict may consist of: rules, rows of demand, people's own conditions, budget, sizes and hours.

Each element can be taken out of a scenario alone. Shifts, staff and their sizes always stay: they are what
the question is about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from turnus.case import Case, case_of, precheck
from turnus.case.unplanned import only_planned
from turnus.clock import WEEK_DAYS
from turnus.dialogue.variant import Variant
from turnus.problem import FULL_TIME, Budget, PostClass, Problem, Row
from turnus.result.rulebook import values_in_words
from turnus.rules import Rule
from turnus.rules.agreements import cited
from turnus.scenario import scenario_of
from turnus.texts import _, hours, ngettext, number, percent, up_to, weekday

Kind = Literal["rule", "demand", "person", "budget", "sizes", "hours", "surplus"]
#: What is tried to do without first; what is left stays in the conflict.
_ORDER: tuple[Kind, ...] = ("person", "hours", "surplus", "rule", "demand", "sizes", "budget")
#: Keys of a person's entry that bind the rota, item by item or whole.
_PERSONAL = ("fixed", "forbidden", "leave", "arrangement")
_AMPLE = 3  # a budget of so many times its size binds nothing


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a scenario asks for.

    `about` is whom or which days it is for, `rests_on` its paragraph, agreement or whose decision it is.
    `rule` is the rule's id, for elements of that kind, and `exactly` all that the element says, by which
    one of another scenario is known to be the same.
    """

    id: str
    kind: Kind
    name: str
    about: str = ""
    rests_on: str = ""
    rule: str = ""
    day: int | None = None
    exactly: str = ""


def elements_of(variant: Variant) -> list[Element]:
    """Return every element of a scenario, those first that are best done without."""
    case = whole_case(variant)
    found = [
        *_of_people(variant),
        *_of_hours(case.problem),
        *_of_surplus(case.problem),
        *_of_rules(case),
        *_of_demand(case.problem),
        *_of_sizes(case.problem),
        *_of_budget(case.problem),
    ]
    return sorted(found, key=lambda one: _ORDER.index(one.kind))


def same_but_for(before: Variant, after: Variant, elements: Sequence[Element]) -> bool:
    """Whether another scenario has all of some elements, and the shifts and staff that they are about.

    What is refuted of the one by these elements alone is then refuted of the other.
    """
    theirs = {(one.id, one.exactly) for one in elements_of(after)}
    kept = all((one.id, one.exactly) in theirs for one in elements)
    return kept and _background(before.data) == _background(after.data)


def _background(data: dict[str, Any]) -> dict[str, Any]:
    """Return what no element is about."""
    keys = ("horizon", "weekend", "competences", "shifts", "handover")
    found = {key: data.get(key) for key in keys}
    found["full_week"] = data.get("hours", {}).get("full_week")
    posts = data.get("open_posts") or {}
    found["open_posts"] = {key: posts.get(key) for key in ("sizes", "competences", "accepts")}
    found["staff"] = [
        {key: value for key, value in person.items() if key not in _PERSONAL}
        for person in data.get("staff", ())
    ]
    return found


def without(variant: Variant, dropped: Collection[str]) -> Variant:
    """Return the scenario without some elements, by their ids; never stricter than it was.

    What arithmetic refuses makes the variant impossible, mistakes of the file included.
    """
    if not dropped and variant.case is not None:
        return variant
    gone = frozenset(dropped)
    loaded = variant.loaded
    if any(one.startswith("person/") for one in gone):
        loaded = scenario_of(_without_personal(variant.data, gone), loaded.source)
    case = case_of(loaded, to_check=True, draft=True)
    rules = tuple(rule for rule in case.rules if _rule_id(rule) not in gone)
    problem = _loosened(only_planned(case.problem, rules), gone)
    checked = precheck(case.scenario, problem, rules)
    name = f"{variant.name} – {len(gone)}"
    if checked.errors or checked.impossible:
        return Variant(name, loaded, None, (*checked.errors, *checked.impossible), draft=True)
    digest = hashlib.sha256(repr((loaded.sha256, sorted(gone))).encode()).hexdigest()
    left = replace(case, problem=checked.reduced(problem), rules=rules, sha256=digest)
    return Variant(name, loaded, left, draft=True)


def asking(name: str, variant: Variant, data: dict[str, Any]) -> Variant:
    """Return the scenario with something more asked of it, even where that contradicts the rest.

    Raises
    ------
    InputError
        Where the data are no scenario at all.
    """
    loaded = scenario_of(data, variant.loaded.source)
    return replace(without(Variant(name, loaded, None, draft=True), ()), name=name)


def whole_case(variant: Variant) -> Case:
    """Return the case even where arithmetic refuses it."""
    return variant.case or case_of(variant.loaded, to_check=True, draft=True)


def _rule_id(rule: Rule) -> str:
    whom = ",".join(rule.people or ())
    values = rule.model_dump_json(exclude={"agreement", "weight"}) if rule.many else ""
    return f"rule/{rule.id}/{whom}{values}"


def _of_rules(case: Case) -> Iterator[Element]:
    """Yield the hard rules that something can be done about; the law's first."""
    for rule in sorted(case.rules, key=lambda one: one.standing != "hard"):
        if not rule.hard or rule.always or rule.lowering == "audit_only" or rule.idle(case.problem):
            continue
        yield Element(
            _rule_id(rule),
            "rule",
            _in_words(rule),
            ", ".join(rule.people or ()),
            rule.agreement or cited(rule.source.reference, verified=rule.source.verified),
            rule.id,
            exactly=repr(rule),
        )


def _in_words(rule: Rule) -> str:
    values = "; ".join(values_in_words(rule))
    return f"{_(rule.title)} ({values})" if values else _(rule.title)


def _of_demand(problem: Problem) -> Iterator[Element]:
    """Yield what each weekday asks for in each block: the headcount, and each competence inside it."""
    rows: dict[str, list[Row]] = {}
    for row in problem.rows:
        if row.need:
            rows.setdefault(_row_id(row), []).append(row)
    for key, alike in rows.items():
        first, needs = alike[0], sorted({row.need for row in alike})
        people = number(needs[0]) if len(needs) == 1 else f"{number(needs[0])}–{number(needs[-1])}"
        name = ngettext("{n} person", "{n} people", needs[-1]).format(n=people)
        if first.competence is not None:
            name = _("{n} with {competence}").format(
                n=people, competence=problem.competence_names[first.competence]
            )
        day = first.day % WEEK_DAYS
        about = weekday(day)
        yield Element(
            key,
            "demand",
            f"{first.block}: {name}",
            about,
            _("The unit's own demand."),
            day=day,
            exactly=repr([_plain(row) for row in alike]),
        )


def _plain(row: Row) -> tuple[object, ...]:
    """Return what a row asks for, in an order that is always the same."""
    return row.day, row.need, row.minutes, row.value, sorted(row.cells), sorted(row.workers)


def _row_id(row: Row) -> str:
    whom = "all" if row.competence is None else row.competence
    return f"demand/{row.block}/{row.begins}/{whom}/{row.day % WEEK_DAYS}"


def _of_budget(problem: Problem) -> Iterator[Element]:
    decision = _("The employer's decision and budget.")
    fte = up_to(problem.budget.total / FULL_TIME)
    yield Element(
        "budget/all", "budget", _("Budget of {fte} FTE").format(fte=fte), rests_on=decision, exactly=fte
    )
    for competence, most in problem.budget.by_competence:
        if most >= problem.budget.total:
            continue
        name = _("At most {fte} FTE of {competence}").format(
            fte=up_to(most / FULL_TIME), competence=problem.competence_names[competence]
        )
        yield Element(f"budget/{competence}", "budget", name, rests_on=decision, exactly=repr(most))


def _of_sizes(problem: Problem) -> Iterator[Element]:
    decision = _("The employer's decision, discussed with the representatives (AML § 14-1 a and b).")
    small = [size for one in problem.classes if not one.named for size in one.sizes]
    if any(size < problem.smallest_size for size in small):
        size = percent(100 * problem.smallest_size / FULL_TIME)
        name = _("No open post below {size}").format(size=size)
        yield Element("sizes/smallest", "sizes", name, rests_on=decision, exactly=size)
    if problem.most_open_posts is not None:
        name = ngettext("At most {n} open post", "At most {n} open posts", problem.most_open_posts)
        yield Element(
            "sizes/number", "sizes", name.format(n=problem.most_open_posts), rests_on=decision, exactly=name
        )


def _of_hours(problem: Problem) -> Iterator[Element]:
    windows = sorted({(one.under_minutes, one.over_minutes) for one in problem.classes})
    told = "; ".join(
        _("{under} less to {over} more").format(under=hours(under), over=hours(over))
        for under, over in windows
    )
    name = _("Planned hours against the post's: {window}").format(window=told)
    choice = _("The unit's own choice (`hours`).")
    yield Element("hours/window", "hours", name, rests_on=choice, exactly=repr(windows))


def _of_surplus(problem: Problem) -> Iterator[Element]:
    if any(row.most is not None for row in problem.rows):
        yield Element(
            "surplus/all",
            "surplus",
            _("Limits on people above the need"),
            rests_on=_("The unit's own demand."),
            exactly=repr([(row.day, row.block, row.competence, row.most) for row in problem.rows]),
        )


def _of_people(variant: Variant) -> Iterator[Element]:
    """Yield each fixed shift, forbidden shifts, leave and arrangement; an arrangement's kind is not told."""
    agreed = _("Individually agreed.")
    for person in variant.data.get("staff", ()):
        name = person["name"]
        for at, pin in enumerate(person.get("fixed", ())):
            for on in pin["on"]:
                told = _("Fixed: {shift} on {day}").format(shift=shift_word(pin["shift"]), day=day_word(on))
                yield Element(f"person/{name}/fixed/{at}/{on}", "person", told, name, agreed)
        for at, ban in enumerate(person.get("forbidden", ())):
            told = _("Does not work {shifts}").format(shifts=", ".join(ban["shifts"]))
            yield Element(f"person/{name}/forbidden/{at}", "person", told, name, agreed)
        for at, leave in enumerate(person.get("leave", ())):
            told = _("Leave from {first} to {last}").format(
                first=day_word(leave["from"]), last=day_word(leave["to"])
            )
            yield Element(f"person/{name}/leave/{at}", "person", told, name)
        if person.get("arrangement"):
            yield Element(f"person/{name}/arrangement", "person", _("Individual arrangement"), name, agreed)


def _without_personal(data: dict[str, Any], gone: Collection[str]) -> dict[str, Any]:
    for person in data["staff"]:
        head = f"person/{person['name']}"
        if f"{head}/arrangement" in gone:
            del person["arrangement"]
        for key in ("forbidden", "leave"):
            if key in person:
                person[key] = [one for at, one in enumerate(person[key]) if f"{head}/{key}/{at}" not in gone]
        pins = []
        for at, pin in enumerate(person.get("fixed", ())):
            days = [on for on in pin["on"] if f"{head}/fixed/{at}/{on}" not in gone]
            pins += [{**pin, "on": days}] if days else []
        person["fixed"] = pins
    return data


def _loosened(problem: Problem, gone: Collection[str]) -> Problem:
    """Return the problem without elements of demand, hours, surplus, sizes and budget."""
    rows = (replace(row, need=0) if _row_id(row) in gone else row for row in problem.rows)
    if "surplus/all" in gone:
        rows = (replace(row, most=None) for row in rows)
    kept = tuple(row for row in rows if row.need or row.most is not None)
    ample = _AMPLE if "budget/all" in gone else 1
    caps = tuple(
        (one, ample * most) for one, most in problem.budget.by_competence if f"budget/{one}" not in gone
    )
    return replace(
        problem,
        rows=kept,
        budget=Budget(ample * problem.budget.total, caps),
        classes=tuple(_roomier(one, ample, "hours/window" in gone) for one in problem.classes),
        smallest_size=0 if "sizes/smallest" in gone else problem.smallest_size,
        most_open_posts=None if "sizes/number" in gone else problem.most_open_posts,
    )


def _roomier(post: PostClass, ample: int, any_hours: bool) -> PostClass:
    week = post.full_week_minutes if any_hours else 0
    return replace(
        post,
        at_most=post.at_most if post.named else ample * post.at_most,
        under_minutes=max(post.under_minutes, week),
        over_minutes=max(post.over_minutes, week),
    )


def shift_word(code: str) -> str:
    """Return a shift's code, or the word for a day off."""
    return _("a day off") if code == "off" else code


def day_word(on: str) -> str:
    """Return a day of the file in words: `tuesday in week 2`, translated; a date stays."""
    from turnus.clock import WEEKDAY_NAMES

    if not on.startswith("week "):
        return on
    _week, n, *name = on.split()
    if not name:
        return _("week {n}").format(n=n)
    return _("{weekday} in week {n}").format(weekday=weekday(WEEKDAY_NAMES.index(name[0])), n=n)
