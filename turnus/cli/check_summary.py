"""What the terminal shows of a checked rota: verdict, broken rules, what was not judged, who is hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from turnus.cli.summary import (
    MOST_LISTED,
    audit_line,
    coverage_parts,
    draft_banner,
    heading,
    note_line,
    output_console,
    plain_table,
    sizes_table,
)
from turnus.result.check import GROUPS, BreachLine, Check, RuleCheck
from turnus.result.sentences import more_breaches, note_sentence
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.audit import Audit
    from turnus.case import Case
    from turnus.errors import Finding
    from turnus.problem import Rota

_MOST_HARD, _MOST_SOFT = MOST_LISTED, 4
_MOST_PEOPLE = 40


def show_check(
    case: Case,
    rota: Rota,
    found: Audit,
    check: Check,
    notes: Sequence[Finding] = (),
    *,
    sized: bool = True,
) -> None:
    """Show a check on stdout: hard rules before soft ones, the law first; then what was not judged."""
    console = output_console()
    parts: list[Any] = [*draft_banner(case), audit_line(found, passes=check.passes), Text(check.verdict)]
    parts += [*_lapsed(check), *_rules(check)]
    if notes:
        parts.append(heading(_("To look at in the file")))
    parts += [note_line(note_sentence(note)) for note in notes]
    parts += [*_unjudged(check), *_held(check), *_read(check), *_people(check)]
    if sized:
        parts += [heading(_("Posts by size")), sizes_table(case.problem, rota)]
    if case.problem.rows:
        parts += coverage_parts(case.problem, rota)
    for part in parts:
        console.print(part)


def _rules(check: Check) -> Iterator[Any]:
    """Yield the broken rules, under a heading for each strength and group."""
    place: tuple[bool, str] | None = None
    for rule in check.broken:
        if (rule.hard, rule.group) != place:
            place = (rule.hard, rule.group)
            strength = _("hard") if rule.hard else _("soft")
            yield heading(f"{_(GROUPS[rule.group])} – {strength}")
            if not rule.hard:
                yield Text(rule.advice, style="dim")
        yield from _rule(rule)


def _rule(rule: RuleCheck) -> Iterator[Any]:
    mark = ("✗ ", "bold red") if rule.hard else ("· ", "yellow")
    yield Text.assemble(mark, *_title(rule), " –")
    yield from _lines(rule.breaches, _MOST_HARD if rule.hard else _MOST_SOFT)
    yield _under(Text(" · ".join(_facts(rule)), style="dim"))
    if rule.hard:
        yield _under(Text.assemble(("→ ", "bold"), rule.advice))


def _title(rule: RuleCheck) -> Iterator[Any]:
    """Yield the rule's name and paragraph, and for whom its values are where that is not everybody."""
    yield (rule.title, "bold")
    yield f" ({rule.source})"
    if rule.for_whom:
        yield f" – {rule.for_whom}"


def _name(rule: RuleCheck) -> Iterator[Any]:
    yield (rule.title, "bold")
    if rule.for_whom:
        yield f" {rule.for_whom}"


def _lines(lines: Sequence[BreachLine], most: int) -> Iterator[Any]:
    for line in lines[:most]:
        where = ", ".join(part for part in (line.who, line.when) if part)
        yield _under(Text(f"{where}: {line.amount}"))
    more = more_breaches(len(lines) - most)
    if more:
        yield _under(Text(more, style="dim"))


def _facts(rule: RuleCheck) -> Iterator[str]:
    yield rule.count
    yield from rule.told
    if rule.agreement and not rule.bases:
        yield _("agreement {id}").format(id=rule.agreement)
    yield from dict.fromkeys(basis.sentence() for basis in rule.bases)
    if not rule.verified:
        yield _("source not verified")


def _lapsed(check: Check) -> Iterator[Any]:
    """Yield what rests on an agreement that has ended, and where the rota needs it after that."""
    if check.lapsed:
        yield heading(_("Rests on an agreement that has expired"))
    for one in check.lapsed:
        yield Text.assemble(("✗ ", "bold red"), *_title(one.rule), f" – {one.basis.sentence()}")
        yield from _lines(one.lines, _MOST_HARD)


def _under(text: Text) -> Any:
    return Padding(text, (0, 0, 0, 4))


def _unjudged(check: Check) -> Iterator[Any]:
    if check.unjudged:
        yield heading(_("Could not be judged"))
    for one in check.unjudged:
        yield Text.assemble(("? ", "bold yellow"), (one.title, "bold"), f": {one.missing}")


def _held(check: Check) -> Iterator[Any]:
    """Yield what the rota keeps, by whether it takes an agreement."""
    if check.resting:
        yield heading(_("Kept, if there is an agreement"))
    for rule, basis in check.resting:
        yield Text.assemble(("! ", "bold yellow"), *_name(rule), f" – {basis.sentence()}")
    if check.kept_by_law:
        yield heading(_("Kept, also without an agreement"))
    for rule in check.kept_by_law:
        text = _("the law: {value}").format(value=rule.law)
        yield Text.assemble(("✓ ", "bold green"), *_name(rule), f" – {text}")


def _read(check: Check) -> Iterator[Any]:
    if check.not_used:
        yield heading(_("Not in use here"))
        yield Text(", ".join(one.title for one in check.not_used), style="dim")
    if check.assumed:
        yield heading(_("Read and taken for granted"))
    for text in check.assumed:
        yield Text(f"· {text}")


def _people(check: Check) -> Iterator[Any]:
    hit = sorted((one for one in check.people if one.hard), key=lambda one: (-one.hard, one.post))
    if not hit:
        return
    yield heading(_("Hard breaches by person"))
    table = plain_table(_("Person"), _("Hard"), _("Soft"), _("Rules"))
    table.columns[3].justify = "left"
    for one in hit[:_MOST_PEOPLE]:
        rules = ", ".join(f"{title} {times}" for title, hard, times in one.rules if hard)
        table.add_row(one.who, str(one.hard), str(one.soft), rules)
    yield table
    more = more_breaches(len(hit) - _MOST_PEOPLE)
    if more:
        yield Text(more, style="dim")
