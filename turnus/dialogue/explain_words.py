"""An explanation in words: the question, the reply in one sentence, and tables for terminal and page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from turnus.clock import WEEK_DAYS
from turnus.dialogue.explain import Conflict, Explanation, Give
from turnus.dialogue.explain_changes import Change
from turnus.dialogue.explain_elements import Element, day_word, shift_word
from turnus.dialogue.explain_proof import Proof, Verdict
from turnus.dialogue.tables import Cell, Line, Table, Tone
from turnus.goals import UNITS
from turnus.result import GoalValue
from turnus.result.words import amount, condition_phrase, goal_title, noun_phrase
from turnus.rules import RULES
from turnus.texts import N_, _, ngettext, number, percent, weekday

_HOW = {
    "arithmetic": N_("arithmetic alone"),
    "bound": N_("bounds over all lawful lines"),
    "reference": N_("the exact model of all rules"),
    "certificate": N_("the certificate of the bound, by the rules' own encoders"),
}


def question(found: Explanation) -> str:
    """Return what was asked."""
    asked = found.asked
    if "person" in asked:
        return _("Can {person} have {shift} on {day}?").format(
            person=asked["person"], shift=shift_word(asked["shift"]), day=day_word(asked["day"])
        )
    if "post" in asked:
        return _("Can the post of {person} be {size}?").format(
            person=asked["post"], size=percent(asked["size"])
        )
    if "number" in asked:
        return _of_a_number(found)
    if asked["goal"] is None:
        return _("Can all demand be covered?")
    wanted = next((one for one in found.conditions if one.goal == asked["goal"]), None)
    if wanted is None or wanted.goal == "uncovered":
        least = amount(asked["value"], UNITS[asked["goal"]])
        return _("Can all but {hours} of the demand be covered?").format(hours=least)
    told = noun_phrase(GoalValue(wanted.goal, None, None, False, UNITS[wanted.goal]), wanted.value)
    if wanted.bound == "least":
        return _("Can the unit have {goal} or more?").format(goal=told)
    return _("Can the unit have {goal} or fewer?").format(goal=told)


def _of_a_number(found: Explanation) -> str:
    asked = found.asked
    size = percent(asked["size"])
    if asked["competence"] is None:
        return _("Can post {n} be {size}?").format(n=number(asked["number"]), size=size)
    competence = found.variant.loaded.scenario.competences[asked["competence"]].name or asked["competence"]
    return _("Can post {n}, open, {competence} and {present} in the rota, be {size}?").format(
        n=number(asked["number"]), competence=competence, present=percent(asked["present_size"]), size=size
    )


def reply_tone(found: Explanation) -> Tone:
    """Return how the reply stands: yes, no, or open."""
    tones: dict[str, Tone] = {"impossible": "worse", "possible": "better", "free": "better"}
    return tones.get(found.reply, "open")


def reply(found: Explanation) -> str:
    """Return the reply in one sentence; what is not proven says so."""
    if found.reply == "impossible":
        return _("No: that is proven impossible, by {how}.").format(how=_(_HOW[found.how]))
    if found.reply == "free":
        return _("Yes, at no cost: a rota was found in which no goal is worse.")
    if found.reply == "possible":
        return _("Yes: a rota was found.")
    if found.reply == "open":
        return _("Not known: nothing forbids it, and no rota was found in the time given.")
    price = found.prices[0]
    unit = UNITS[price.goal]
    told = _("Yes, at a price: {goal} goes from {before} to {after}").format(
        goal=goal_title(price.goal), before=amount(price.before, unit), after=amount(price.after, unit)
    )
    proof = (
        _("that it gets worse is proven")
        if price.proven
        else _("whether it could stay as it is, is not proven")
    )
    return f"{told}; {proof}."


def lines(found: Explanation) -> Iterator[str]:
    """Yield what else is known, a sentence each."""
    if found.conditions:
        told = ", ".join(condition_phrase(one.goal, one.bound, one.value) for one in found.conditions)
        yield _("Everything here is under: {conditions}.").format(conditions=told)
    yield from map(_what_gives, found.gives)
    if found.conflict is None:
        return
    yield _conflict_sentence(found.conflict)
    yield from again(found.conflict.again)
    if found.further:
        yield ngettext(
            "{n} larger change would do, too.", "{n} larger changes would do, too.", found.further
        ).format(n=number(found.further))
    if not found.changes and found.in_vain:
        yield _("No single change that turnus knows would do, and no pair of them that was tried.")


def _what_gives(one: Give) -> str:
    if one.what == "others":
        told = _(
            "What could give: full-time posts beside this one, {before} in the rota and {after} at best "
            "then; every goal above them stays."
        )
        return told.format(before=number(one.before), after=number(max(0.0, one.at_best)))
    unit = UNITS[one.goal]
    told = _(
        "What could give: {goal}, {before} in the rota and {after} at best then; as many other posts stay "
        "full-time."
    )
    return told.format(
        goal=goal_title(one.goal).lower(), before=amount(one.before, unit), after=amount(one.at_best, unit)
    )


def _conflict_sentence(conflict: Conflict) -> str:
    n = len(conflict.elements)
    if not n:
        return _("Shifts, staff and sizes alone are too little, whatever is let go.")
    if n == 1:
        return _("One thing stands against it; without it, nothing is proven impossible.")
    if conflict.minimal:
        return _(
            "{n} things cannot hold together; with any one of them let go, nothing is proven impossible."
        ).format(n=number(n))
    return _("{n} things cannot hold together; fewer of them may be enough.").format(n=number(n))


def again(proofs: Sequence[Proof]) -> Iterator[str]:
    """Yield how the conflict was proven again."""
    done = [_(_HOW[one.how]) for one in proofs if one.again]
    if done:
        yield _("Proven again by solving it anew with another seed and other settings: {how}.").format(
            how="; ".join(done)
        )
    if any(one.again is False for one in proofs):
        yield _("WARNING: one more proof came to another answer. Please report it.")
    for one in proofs:
        if one.again is None:
            yield _("Not re-checked in time: {how}.").format(how=_(_HOW[one.how]))


def explanation_tables(found: Explanation) -> list[Table]:
    """Return the conflict, the changes that would do, and those that would not."""
    tables = [_conflict_table(found.conflict), _changes_table(found.changes), _vain_table(found)]
    return [one for one in tables if one is not None and one.lines]


def _conflict_table(conflict: Conflict | None) -> Table | None:
    if conflict is None:
        return None
    pairs = list(zip(conflict.elements, conflict.without_one, strict=True))
    rows = [
        Line(
            _name_of(group),
            (
                Cell(_days(group) if group[0][0].kind == "demand" else group[0][0].about or _("everybody")),
                Cell(group[0][0].rests_on or "–"),
                Cell(*_standing([verdict for _element, verdict in group])),
            ),
        )
        for group in _grouped(pairs)
    ]
    columns = (_("For"), _("Rests on"), _("Without it"))
    note = _(
        "Shifts, staff and sizes are taken as they are. Equal demand on several days stands in one line."
    )
    return Table("conflict", _("What cannot hold together"), note, tuple(rows), columns, _("What"))


Pair = tuple[Element, Verdict]


def _grouped(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Return demand that is alike but for its day together; everything else by itself."""
    groups: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        one = pair[0]
        key = (one.kind, one.name) if one.kind == "demand" else (one.id,)
        groups.setdefault(key, []).append(pair)
    return list(groups.values())


def _name_of(group: Sequence[Pair]) -> str:
    return group[0][0].name


def _days(group: Sequence[Pair]) -> str:
    """Return the weekdays of some demand: `monday–friday`, `saturday, sunday`."""
    days = sorted({one.day for one, _verdict in group if one.day is not None})
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(days) == WEEK_DAYS:
        return _("every day")
    told = [
        f"{weekday(run[0])}–{weekday(run[-1])}" if len(run) > 2 else ", ".join(map(weekday, run))
        for run in runs
    ]
    return ", ".join(told)


def _standing(verdicts: Sequence[Verdict]) -> tuple[str, str, Tone]:
    if "impossible" in verdicts:
        return _("still impossible"), "", "worse"
    if all(one == "possible" for one in verdicts):
        return _("possible, by a rota"), "", "better"
    return _("not proven impossible"), "", ""


def _changes_table(changes: Sequence[Change]) -> Table:
    rows = [
        Line(
            f"{at}. {one.name}",
            (
                Cell("; ".join(_difference(one)) or "–"),
                Cell(one.rests_on or "–", "; ".join(one.needs)),
                Cell(*_reached(one)),
            ),
        )
        for at, one in enumerate(changes, start=1)
    ]
    columns = (_("What changes"), _("What it takes"), _("Would it do?"))
    note = _(
        "The smallest first: fewest steps, then least more budget, then fewest new agreements. "
        "Each was solved alone; two together only where no single one would do."
    )
    return Table("changes", _("The smallest changes that would do"), note, tuple(rows), columns, _("Change"))


def _difference(change: Change) -> Iterator[str]:
    for one in change.differences:
        before, after = (_("nothing") if value is None else value for value in one.values)
        yield f"{one.written}: {before} → {after}"


def _reached(change: Change) -> tuple[str, str, Tone]:
    note = "; ".join(_how_small(change))
    if change.verdict == "possible":
        return _("yes, by a rota"), note, "better"
    if change.rota is not None:
        return _("the bounds allow it; no rota found in the time given"), note, "open"
    return _("the bounds allow it; no rota was looked for"), note, "open"


def _how_small(change: Change) -> Iterator[str]:
    if change.smallest:
        yield _("one step less is proven too little")
    if change.fewest:
        yield _("for fewer people it is proven too little, whoever they are")
    elif change.people is not None:
        yield _("whether it would do for fewer people is not proven")


def _vain_table(found: Explanation) -> Table:
    tried = [one for one in found.in_vain if not one.untouched]
    others = [one for one in found.in_vain if one.untouched and not one.rule]
    rules = dict.fromkeys(one.rule for one in found.in_vain if one.untouched and one.rule)
    titles = [_(rule.title) for rule in RULES if rule.id in rules]
    told = (
        (_("Solved, and still proven impossible"), [one.name for one in tried]),
        (_("Leaves everything in the conflict as it is"), [one.name for one in others]),
        (_("Other rules, whatever their value: not in the conflict"), titles),
    )
    rows = [Line(why, (Cell("; ".join(names)),)) for why, names in told if names]
    note = _("Where a lever changes demand, the budget follows the hours.")
    return Table("vain", _("What would not do"), note, tuple(rows), (_("Changes"),), _("Why not"))
