"""A path in words: what each step hands out, to whom, what that gives, and how good it can be at best."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from turnus.dialogue.path_staff import Vacancy
from turnus.dialogue.path_steps import Path, Step, bound_of
from turnus.dialogue.tables import Cell, Line, Table
from turnus.goals import Changed
from turnus.problem import FULL_TIME
from turnus.result.words import amount
from turnus.scenario.models import OpenPosts
from turnus.texts import _, hours, ngettext, number, percent, up_to

_HUNDREDTHS = FULL_TIME // 100


def path_lead(found: Path) -> list[str]:
    """Return where the path leads, how its order was found and what is proven, in sentences."""
    told = [_from_to(found), _how_ordered(found)]
    if found.stuck:
        told.append(_("No step follows, which is proven: {reason}").format(reason=found.stuck[0].words()))
    if not found.whole:
        told.append(_("Stopped before the end: what is shown is the best so far."))
        return told
    told += _how_good(found)
    told.append(
        _(
            "A vacancy goes first to those of its competence who wish more (AML § 14-3). Nobody's post "
            "becomes smaller against their wish. A leaver's is worked as today until it is handed out."
        )
    )
    return told


def _from_to(found: Path) -> str:
    first, last, steps = found.steps[0], found.last, len(found.steps) - 1
    text = ngettext(
        "Full-time posts: {before} today among {heads} people, {after} among {left} after {n} step.",
        "Full-time posts: {before} today among {heads} people, {after} among {left} after {n} steps.",
        steps,
    )
    shown = {"before": first.full_time, "heads": first.heads, "after": last.full_time, "left": last.heads}
    return text.format(n=number(steps), **{key: number(value) for key, value in shown.items()})


def _how_ordered(found: Path) -> str:
    wanted = _(
        "Wanted is least uncovered over all steps, then most full-time posts in the end, then on the way, "
        "then fewest wishes unmet. Each step is merged as is best for it or for its year; both were tried."
    )
    if found.all_orders:
        text = ngettext(
            "The vacancies have {n} order within the years.",
            "Order found by trying all {n} orders of the vacancies within the years.",
            found.orders,
        )
    else:
        text = _("Greedy order, not proven, because there are {n} orders: the best next step is taken.")
    return f"{text.format(n=number(found.orders))} {wanted}"


def _how_good(found: Path) -> Iterator[str]:
    last = found.last
    if not found.stuck and last.most_full_time is not None:
        if last.proven:
            yield _(
                "Proven: no other order or merging of these vacancies ends with more full-time posts, unless "
                "more is left uncovered."
            )
        else:
            yield ngettext(
                "With these vacancies at most {n} full-time post is possible in the end.",
                "With these vacancies at most {n} full-time posts are possible in the end.",
                last.most_full_time,
            ).format(n=number(last.most_full_time))
    yield from _where_uncovered(found)
    most = None if found.anew is None else bound_of(found.anew, "full_time_posts")
    if most is not None and not found.stuck:
        posts = found.variant.loaded.scenario.open_posts or OpenPosts()
        yield ngettext(
            "With the same money and demand, but free posts of at least {size} in nobody's name, at most {n} "
            "full-time post is possible with no more uncovered; the path ends with {here}.",
            "With the same money and demand, but free posts of at least {size} in nobody's name, at most {n} "
            "full-time posts are possible with no more uncovered; the path ends with {here}.",
            most,
        ).format(size=percent(posts.smallest_size), n=number(most), here=number(last.full_time))


def _where_uncovered(found: Path) -> Iterator[str]:
    """Yield each run of steps that leave more uncovered than today, whatever the rota."""
    for worse, run in groupby(found.steps, key=lambda step: _worse(step, found.steps[0])):
        steps = list(run)
        if worse:
            first, last = steps[0], steps[-1]
            text = (
                _("In step {n}")
                if last is first and last is not found.last
                else _("From step {n} on")
                if last is found.last
                else _("From step {n} to step {last}")
            )
            yield _(
                "{steps} the staff cannot cover the demand: at least {hours} is uncovered, whatever the "
                "rota. More people, more weekends each, or a later merging would."
            ).format(
                steps=text.format(n=number(first.number), last=number(last.number)),
                hours=hours(min(one.uncovered_bound or 0.0 for one in steps)),
            )


def _worse(step: Step, first: Step) -> bool:
    """Whether a step leaves more uncovered than the first one may, whatever the rota."""
    now, today = step.uncovered_bound, first.uncovered_bound
    return now is not None and today is not None and now > today


def path_tables(found: Path) -> list[Table]:
    """Return the steps and the people whose post changes or who still wish more."""
    tables = [_steps(found), _people(found)]
    return [table for table in tables if table.lines]


def _steps(found: Path) -> Table:
    columns: tuple[str, ...] = (
        _("Vacancy"),
        _("Merged into"),
        _("Full-time posts"),
        _("People"),
        _("Uncovered demand"),
        _("Wish more"),
    )
    note = _(
        "Full-time posts: at most so many with the same vacancies, whatever the order and whoever gets them, "
        "with no more uncovered than is shown here. Uncovered: what the rota found leaves; where none was "
        "looked for or found, at least so much with these posts. Left over: kept for a later step, too "
        "little for the next size that somebody wishes, or nobody of that competence wishes more."
    )
    lines = [_step(one, found) for one in found.steps]
    if any(one.changes for one in found.steps):
        columns = (*columns, _("Changed days"))
        note += " " + _(
            "Changed days: days on which somebody works another shift, or is off, unlike in the rota of "
            "today; weekends: worked in one of the two and free in the other."
        )
    return Table("steps", _("Step by step"), note, tuple(lines), columns, _("Step"))


def _step(step: Step, found: Path) -> Line:
    vacancy = step.vacancy
    title = _("Today") if vacancy is None else f"{step.number} ({vacancy.year})"
    names = _competences(found)
    cells = (
        Cell("–") if vacancy is None else _vacancy(vacancy, names),
        _merged(step, names),
        _full_time(step),
        Cell(number(step.heads)),
        _uncovered(step, found.steps[0]),
        _wishes(step),
        *([_changed(step)] if any(one.changes for one in found.steps) else []),
    )
    return Line(title, cells)


def _competences(found: Path) -> dict[str, str]:
    return {key: one.name or key for key, one in found.variant.loaded.scenario.competences.items()}


def _vacancy(vacancy: Vacancy, names: dict[str, str]) -> Cell:
    who = _("vacant") if vacancy.person is None else vacancy.person
    return Cell(f"{who}, {percent(vacancy.size / _HUNDREDTHS)}", names[vacancy.competence])


def _merged(step: Step, names: dict[str, str]) -> Cell:
    told = [f"{one.person} {percent(one.before)} → {percent(one.after)}" for one in step.merges]
    told += [
        _("{name}: {competence} {size}").format(
            name=one.name, competence=names[one.competence], size=percent(one.size / _HUNDREDTHS)
        )
        for one in step.hires
    ]
    if step.vacancy is None:
        return Cell("–")
    left = step.now.free.get(step.vacancy.competence, 0)
    note = _("left over: {what}").format(what=percent(left / _HUNDREDTHS)) if left else ""
    return Cell("; ".join(told) or _("nobody yet"), note)


def _full_time(step: Step) -> Cell:
    if step.most_full_time is None:
        return Cell(number(step.full_time), _("bound not found"), "open")
    if step.proven:
        return Cell(number(step.full_time), "✓ " + _("proven most"), "proven")
    return Cell(number(step.full_time), _("at most {n}").format(n=number(step.most_full_time)), "open")


def _uncovered(step: Step, first: Step) -> Cell:
    bound = step.uncovered_bound
    least = _("not found") if bound is None else _("at least {n}").format(n=hours(bound))
    worse = _worse(step, first)
    if step.rota is None:
        return Cell(least, tone="worse" if worse else "")
    if step.uncovered is None:
        return Cell(_("not found"), least, "open")
    if step.uncovered == bound:
        return Cell(hours(step.uncovered), "✓ " + _("proven least"), "worse" if worse else "proven")
    return Cell(hours(step.uncovered), least, "worse" if worse else "open")


def _wishes(step: Step) -> Cell:
    people = len(step.unmet)
    text = ngettext("{n} person", "{n} people", people).format(n=number(people))
    return Cell(text, _("{fte} FTE").format(fte=up_to(step.unmet_fte)) if people else "")


def _changed(step: Step) -> Cell:
    most = step.most_changed
    if most is None:
        return Cell(_("not found"))
    days = sum(one.days for one in step.changes.values())
    who, worst = most
    note = _("most: {name}, {days}").format(name=who, days=_days_and_weekends(worst)) if worst.days else ""
    return Cell(amount(days, "days"), note)


def _days_and_weekends(one: Changed) -> str:
    days = amount(one.days, "days")
    if not one.weekends:
        return days
    return f"{days}, {ngettext('{n} weekend', '{n} weekends', one.weekends).format(n=number(one.weekends))}"


def _people(found: Path) -> Table:
    first, last, changes = found.steps[0].now.sizes, found.last.now.sizes, found.last.changes
    rows: list[tuple[str, list[Cell]]] = []
    for person in found.variant.loaded.scenario.staff:
        name, now, then = person.name, first[person.name], last.get(person.name)
        change = changes.get(name)
        if then == now and name not in found.last.unmet and not (change and change.days):
            continue
        wish = percent(person.wished_size) if person.wished_size and then is not None else "–"
        cells = [Cell(percent(now / _HUNDREDTHS)), Cell(wish), _after(then, name, found), _when(name, found)]
        rows.append((name, [*cells, Cell("–" if change is None else _days_and_weekends(change))]))
    for one in found.last.now.hires:
        dash, size = Cell("–"), Cell(percent(one.size / _HUNDREDTHS))
        rows.append((one.name, [dash, dash, size, dash, dash]))
    columns = [_("Today"), _("Wishes"), _("In the end"), _("In step"), _("Changed days")]
    shown = len(columns) if changes else len(columns) - 1
    lines = tuple(Line(name, tuple(cells[:shown])) for name, cells in rows)
    return Table("people", _("Each person's post"), "", lines, tuple(columns[:shown]), _("Person"))


def _after(then: int | None, person: str, found: Path) -> Cell:
    if then is None:
        return Cell(_("leaves"))
    less = found.last.unmet.get(person)
    note = "" if less is None else _("{size} less than wished").format(size=percent(less / _HUNDREDTHS))
    return Cell(percent(then / _HUNDREDTHS), note, "" if less else "better")


def _when(person: str, found: Path) -> Cell:
    steps = [
        str(one.number)
        for one in found.steps
        if any(merge.person == person for merge in one.merges)
        or (one.vacancy is not None and one.vacancy.person == person)
    ]
    return Cell(", ".join(steps) or "–")
