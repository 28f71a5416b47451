"""`turnus lever`: the levers, and a scenario file changed by one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnus.cli.exits import DONE, put, say
from turnus.cli.words import UsageProblem
from turnus.errors import ImpossibleError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.dialogue.compare import Comparison
    from turnus.dialogue.differences import Difference
    from turnus.dialogue.lever import Lever
    from turnus.dialogue.variant import Variant
    from turnus.result import Outcome

SCHEMA = "turnus-lever/1"
LIST_SCHEMA = "turnus-levers/1"
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class LeverRequest:
    """What was asked for: which lever, on which file, and how hard to solve where the effect is shown."""

    name: str | None
    path: Path | None
    parameters: Sequence[str]
    overrides: Sequence[str]
    out: Path | None
    effect: bool
    time_seconds: float | None
    effort: int | None
    seed: int
    workers: int
    as_json: bool
    draft: bool


def lever_verb(request: LeverRequest) -> int:
    """List the levers, explain one, or pull it on a file."""
    from turnus.dialogue.lever_registry import LEVERS, lever_named

    if request.name is None:
        return _show(list(LEVERS.values()), request)
    kind = lever_named(request.name)
    if request.path is None:
        return _show([kind], request)
    return _pull(kind, request)


def _show(kinds: Sequence[type[Lever]], request: LeverRequest) -> int:
    from turnus.dialogue.lever_catalogue import lever_catalogue

    if request.parameters or request.out or request.effect or request.overrides:
        raise UsageProblem(_("a lever is pulled on a file: name the scenario after the lever"))
    levers = lever_catalogue(kinds)
    if request.as_json:
        from turnus.formats import to_json

        put(to_json({"schema": LIST_SCHEMA, "levers": levers}))
        return DONE
    from turnus.cli.summary import output_console

    console = output_console()
    for part in _page(levers[0]) if request.name else _overview(levers):
        console.print(part)
    return DONE


def _overview(levers: Sequence[dict[str, Any]]) -> list[Any]:
    from rich.table import Table
    from rich.text import Text

    from turnus.texts import language

    code = language()
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in (_("Lever"), _("What it changes"), _("Parameters")):
        table.add_column(column, overflow="fold")
    for lever in levers:
        table.add_row(
            Text.assemble(lever["name"][code], "\n", (lever["id"], "cyan")),
            lever["sentence"][code],
            "\n".join(_default(one) for one in lever["parameters"]),
        )
    hint = _("turnus lever LEVER explains one; turnus lever LEVER FILE --param NAME=VALUE pulls it.")
    return [table, Text(f"\n{hint}", style="dim")]


def _default(parameter: dict[str, Any]) -> str:
    return f"{parameter['name']}={_written(parameter['default'])}"


def _written(value: Any) -> str:
    return "…" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _page(lever: dict[str, Any]) -> list[Any]:
    from rich.table import Table
    from rich.text import Text

    from turnus.texts import language

    code = language()
    table = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
    for column in (_("Parameter"), _("Usual"), _("Values"), _("Meaning")):
        table.add_column(column, overflow="fold")
    for one in lever["parameters"]:
        table.add_row(one["name"], _written(one["default"]), one["values"], one["description"][code])
    head = Text.assemble((lever["name"][code], "bold"), "  ", (lever["id"], "cyan"))
    rests_on = Text.assemble((f"{_('Rests on')}: ", "dim"), lever["rests_on"][code])
    return [
        head,
        Text(lever["sentence"][code]),
        rests_on,
        *([Text(""), table] if lever["parameters"] else []),
    ]


def _pull(kind: type[Lever], request: LeverRequest) -> int:
    from turnus.cli.verbs import write_new
    from turnus.dialogue.differences import scenario_differences
    from turnus.dialogue.lever import lever_with, pull
    from turnus.dialogue.variant import Variant
    from turnus.result.rulebook import draft_title
    from turnus.rules.agreements import sentences

    assert request.path is not None
    lever = lever_with(kind, _parameters(request.parameters))
    before = Variant.of_file(request.path, request.overrides, draft=request.draft)
    after = pull(lever, before)
    after = after.with_data(after.name, after.data | {"name": _name(before, lever)})
    if after.case is None:
        raise ImpossibleError(after.impossible, str(request.path))
    found = scenario_differences([before.loaded.scenario, after.loaded.scenario])
    for one in found:
        say(_line(one))
    say(f"{_('Rests on')}: {_(lever.rests_on)}")
    if after.needs:
        say(f"{draft_title()}: " + "; ".join(sentences(after.needs)))
    text = _text_of(request.path, after)
    if request.out is not None:
        write_new(request.out, text)
        say(_("Wrote {file}").format(file=request.out))
    effect = _effect(before, after, request) if request.effect else None
    if request.as_json:
        _put_document(lever, before, after, found, text, effect)
    elif effect is not None:
        from turnus.cli.comparing import show_comparison

        show_comparison(effect)
    elif request.out is None:
        put(text)
    return DONE


def _parameters(words: Sequence[str]) -> dict[str, str]:
    found = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            text = _("--param: expected NAME=VALUE, such as share=60; found {found}")
            raise UsageProblem(text.format(found=word))
        found[name.strip()] = value
    return found


def _name(before: Variant, lever: Lever) -> str:
    """Return what the new scenario is called: the old name and the lever's."""
    old = before.loaded.scenario.name
    names = (f"{old} – {lever.name()}", f"{old} – {_(lever.title)}", lever.name())
    return next((name for name in names if len(name) <= _LONGEST_NAME), names[-1][:_LONGEST_NAME])


def _line(one: Difference) -> str:
    before, after = (_("nothing") if value is None else value for value in one.values)
    return f"{one.written}: {before} → {after}"


def _text_of(path: Path, after: Variant) -> str:
    """Return the new file's text: as it was, with its comments, but for what the lever changes."""
    if path.suffix.lower() == ".json":
        from turnus.formats import to_json

        return to_json(after.data)
    from turnus.dialogue.rewriting import rewritten

    return rewritten(path.read_text(encoding="utf-8-sig"), after.data)


def _effect(before: Variant, after: Variant, request: LeverRequest) -> Comparison:
    """Solve both scenarios and set them beside each other."""
    from turnus.cli.solving import Request, check_numbers, solve_watched
    from turnus.dialogue.alternatives import Alternative
    from turnus.dialogue.compare import compare
    from turnus.dialogue.stored import result_of
    from turnus.result import result_document

    limits = (request.time_seconds, request.effort, request.seed, request.workers)
    asked = Request(Path(), (), *limits, None, True, request.draft)
    check_numbers(asked)

    def alternative(letter: str, name: str, variant: Variant) -> Alternative:
        case = variant.case
        if case is None:
            raise ImpossibleError(variant.impossible, str(request.path))
        say(_("Solving {name}").format(name=name))
        outcome = _solved(case)
        return Alternative(
            letter, name, result_of(result_document(case, outcome)), variant.loaded, str(request.path), True
        )

    def _solved(case: Case) -> Outcome:
        return solve_watched(case, asked)

    return compare(
        [alternative("A", _("before"), before), alternative("B", after.loaded.scenario.name, after)]
    )


def _put_document(
    lever: Lever,
    before: Variant,
    after: Variant,
    found: Sequence[Difference],
    text: str,
    effect: Comparison | None,
) -> None:
    from turnus.dialogue.compare_document import comparison_document
    from turnus.formats import to_json
    from turnus.result.document import draft_part

    assert after.case is not None
    put(
        to_json(
            {
                "schema": SCHEMA,
                "lever": {
                    "id": lever.id,
                    "name": lever.name(),
                    "parameters": lever.model_dump(by_alias=True),
                },
                "rests_on": _(lever.rests_on),
                "before": {"name": before.loaded.scenario.name, "sha256": before.sha256},
                "after": {"name": after.loaded.scenario.name, "sha256": after.sha256},
                "changes": [
                    {"path": one.written, "before": one.values[0], "after": one.values[1]} for one in found
                ],
                "draft": draft_part(after.case),
                "scenario": text,
                "effect": None if effect is None else comparison_document(effect),
            }
        )
    )
