"""`turnus arithmetic`: the weekend arithmetic of a scenario, step by step, beside a result's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnus.cli.exits import DONE, put
from turnus.errors import Finding, InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.dialogue.arithmetic import Arithmetic
    from turnus.result import GoalValue


def show_arithmetic(
    path: Path, result: Path | None, overrides: Sequence[str], *, as_json: bool, draft: bool = False
) -> int:
    """Write the arithmetic to stdout; with a result, its bounds and values beside it."""
    from turnus.case import load_case
    from turnus.dialogue.arithmetic import arithmetic, arithmetic_document
    from turnus.formats import to_json

    case = load_case(path, overrides, draft=draft)
    found = arithmetic(case, () if result is None else _goals_of(case, result))
    if as_json:
        put(to_json(arithmetic_document(case, found)))
        return DONE
    from turnus.cli.summary import output_console

    console = output_console()
    for part in arithmetic_parts(case, found):
        console.print(part)
    return DONE


def _goals_of(case: Case, path: Path) -> tuple[GoalValue, ...]:
    """Return the goals of a result that was made from this very scenario."""
    from turnus.dialogue.stored import read_result

    stored = read_result(path)
    if stored.scenario.sha256 != case.sha256:
        finding = Finding(
            ("scenario", "sha256"),
            _("expected the scenario's hash {hash}").format(hash=case.sha256),
            _("found {value}").format(value=stored.scenario.sha256),
            _("Give the file, and the `--set` values, that the result was made from."),
        )
        raise InputError([finding], str(path))
    return stored.goal_values


def arithmetic_parts(case: Case, found: Arithmetic) -> list[Any]:
    """Return the steps and the three numbers as rich renderables."""
    from rich.text import Text

    from turnus.cli.summary import heading, note_line
    from turnus.result.summary import conditions

    given = _("With {conditions}.").format(conditions=conditions(case.problem))
    parts: list[Any] = [
        Text(f"{_('Weekend arithmetic')}: {case.scenario.name}", style="bold"),
        Text(given, style="dim"),
    ]
    if not found.steps:
        return [*parts, note_line(_("The arithmetic does not apply: {reason}").format(reason=found.reason))]
    for index, step in enumerate(found.steps, start=1):
        parts += [
            Text(f"\n{index}. {step.title}: {step.result()}", style="bold"),
            Text(f"   = {step.formula}", style="dim"),
            Text(f"   {step.numbers}"),
        ]
    return [*parts, heading(_("Three numbers beside each other")), *beside_parts(found)]


def beside_parts(found: Arithmetic) -> list[Any]:
    """Return the table of arithmetic, solver's bound and rota found, and what it says."""
    from rich.text import Text

    from turnus.cli.summary import plain_table
    from turnus.dialogue.arithmetic import beside_lines

    table = plain_table(_("Goal"), _("Arithmetic"), _("Solver's bound"), _("Found"), "")
    table.columns[4].justify = "left"
    for line in beside_lines(found):
        style = {True: "green", False: "bold red", None: "dim"}[line.consistent]
        table.add_row(line.title, line.arithmetic, line.bound, line.found, Text(line.verdict, style=style))
    note = _(
        "The arithmetic looks at weekends, budget and smallest size alone; the solver looks at every rule, "
        "so that its bound is at least as tight."
    )
    return [table, Text(note, style="dim")]
