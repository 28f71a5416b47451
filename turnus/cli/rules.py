"""`turnus rules`: the rule catalogue for people and, as JSON, for programs."""

from __future__ import annotations

from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from turnus.cli.exits import DONE, put
from turnus.cli.words import UsageProblem
from turnus.rules.catalogue import DEFAULT_PROFILE, catalogue, profile_named, rule_named
from turnus.texts import _, hours, language, ngettext, number

Entry = dict[str, Any]
_NONE = "–"


def show_rules(rule: str | None, profile: str | None, *, as_json: bool) -> int:
    """Show every rule as a table, or one rule in full, with the values of a profile."""
    chosen = profile_named(DEFAULT_PROFILE if profile is None else profile)
    rules = {} if rule is None else {"rules": (rule_named(rule),)}
    document = catalogue(profile=chosen.id, **rules)
    if as_json:
        from turnus.formats.json import to_json

        put(to_json(document))
        return DONE
    from turnus.cli.summary import output_console

    console = output_console()
    for part in overview(document) if rule is None else page(document):
        console.print(part)
    return DONE


def show_schema(rule: str | None, profile: str | None) -> int:
    """Write the JSON Schema of the scenario file, which an editor explains and checks every key with."""
    if rule is not None or profile is not None:
        raise UsageProblem(_("--schema is for the whole scenario file; leave out RULE and --profile"))
    from turnus.case import scenario_schema_text

    put(scenario_schema_text())
    return DONE


def overview(document: dict[str, Any]) -> list[Any]:
    """Return one table for each group of rules, as rich renderables."""
    profile = _name(document["profiles"], document["profile"])
    parts: list[Any] = [Text.assemble((f"{_('Rules')} ", "bold"), f"{document['profile']} – {profile}")]
    parts += _profile_note(document)
    for group in document["groups"]:
        rules = [rule for rule in document["rules"] if rule["group"] == group["id"]]
        if rules:
            parts.append(Padding(Text(_said(group["name"]), style="bold underline"), (1, 0, 0, 0)))
            first = not any(isinstance(part, Table) for part in parts)
            parts.append(_group_table(rules, document["profile"], header=first))
    return [*parts, Padding(Text(_legend(), style="dim"), (1, 0, 0, 0))]


def _group_table(rules: list[Entry], profile: str, *, header: bool) -> Table:
    """Return the rules of a group; the columns of all groups stand under each other."""
    table = _table(show_header=header, expand=True)
    for column, ratio in ((_("Rule"), 31), (_("Values"), 21), (_("By agreement"), 14)):
        table.add_column(column, ratio=ratio, overflow="fold")
    table.add_column(_("Strength"), no_wrap=True)
    table.add_column(_("Source"), ratio=34)
    for rule in rules:
        under = _of(rule["profiles"], profile)
        table.add_row(
            Text.assemble(_said(rule["name"]), "\n", (rule["id"], "cyan")),
            _values(rule, under), _limits(rule, under), _strength_word(rule, under), _source(rule),
        )  # fmt: skip
    return table


def _table(*columns: str, **more: Any) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", **more)
    for column in columns:
        table.add_column(column)
    return table


def page(document: dict[str, Any]) -> list[Any]:
    """Return one rule in full, as rich renderables."""
    rule = document["rules"][0]
    return [
        Text.assemble((_said(rule["name"]), "bold"), "  ", (rule["id"], "cyan")),
        Text(_said(rule["sentence"])),
        Padding(_facts(document, rule), (1, 0, 0, 0)),
        *_parameters(rule),
        *_by_level(rule),
        *_by_profile(document, rule),
        *_headed(
            _("In the scenario file"), Padding(Text(rule["example"].rstrip(), style="cyan"), (0, 0, 0, 2))
        ),
    ]


def _facts(document: dict[str, Any], rule: Entry) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(_("Group"), _said(_of(document["groups"], rule["group"])["name"]))
    table.add_row(_("Source"), _source(rule))
    if rule["source"]["url"]:
        table.add_row("", Text(rule["source"]["url"], style="blue"))
    under = _of(rule["profiles"], document["profile"])
    table.add_row(_("Strength"), _strength_sentence(rule, holds=under["holds"]))
    counted = rule["counted"]
    table.add_row(_("Counted in"), _said(counted["unit"]))
    table.add_row(_("One breach is"), _said(counted["breach"]))
    table.add_row(_("For example"), _said(rule["breach_example"]))
    table.add_row(_("Kept by"), _kept(rule))
    if rule["assumed"]:
        table.add_row(_("Taken for granted"), "\n".join(map(_said, rule["assumed"])))
    return table


def _parameters(rule: Entry) -> list[Any]:
    if not rule["parameters"]:
        return _headed(_("Values"), Text(_no_values(rule)))
    described = any(parameter["description"] for parameter in rule["parameters"])
    meaning = [_("Meaning")] if described else []
    table = _table(_("Name"), _("Unit"), _("Default"), _("Allowed"), *meaning)
    for parameter in rule["parameters"]:
        cells = [_unit(parameter), _shown(parameter, parameter["default"]), _allowed(parameter)]
        meant = [_said(parameter["description"])] if parameter["description"] else []
        table.add_row(Text(parameter["name"], style="cyan"), *cells, *meant)
    return _headed(_("Values"), table)


def _no_values(rule: Entry) -> str:
    if rule["always"]:
        return _("The rule has no values of its own; it reads the rest of the file.")
    return _("The rule has no values of its own.")


def _kept(rule: Entry) -> str:
    """Return who sees to the rule: the search itself, a repair after it, or the audit alone."""
    words = {
        "line": _("the search, in every line it makes, and the audit"),
        "together": _("a repair after the search, for it ties people together, and the audit"),
        "posts": _("the choice of posts, and the audit"),
        "rows": _("the search, in how many are at work, and the audit"),
        "structure": _("the form of a rota itself; the audit finds it in rotas from elsewhere"),
    }
    kept = rule["kept"]
    if kept["by"] == "audit_only":
        return _("the audit alone: {reason}").format(reason=_said(kept["reason"]))
    return words[kept["by"]]


def _by_level(rule: Entry) -> list[Any]:
    """Return how far the law and the agreements at each level let the values go."""
    if not rule["levels"]:
        return []
    names = {
        "law": _("The law"), "individual": _("Employee"), "local": _("Local representative"),
        "central": _("Central union"), "labour_inspection": _("Labour Inspection Authority"),
    }  # fmt: skip
    table = _table(_("Value"), _("Who agrees"), _("How far"), _("Paragraph"))
    notes = []
    for limit in rule["levels"]:
        parameter = _of(rule["parameters"], limit["parameter"], "name")
        for level, name in names.items():
            opening = limit["openings"][level]
            if opening["level"] != level:
                continue  # it opens for no more than the one before it
            shown = Text(limit["parameter"] if level == "law" else "", style="cyan")
            table.add_row(
                shown, name, _reach(parameter, limit["bound"], limit["by"][level]), _paragraph(opening)
            )
            if opening["note"]:
                note = f"{limit['parameter']} – {name}: {_said(opening['note'])}"
                notes.append(Text(note, style="yellow"))
    return [*_headed(_("How far a value may go"), table), *notes]


def _reach(parameter: Entry, bound: str, value: int | None) -> str:
    words = {"least": _("at least {value}"), "most": _("at most {value}")}
    return _("any value") if value is None else words[bound].format(value=_shown(parameter, value))


def _by_profile(document: dict[str, Any], rule: Entry) -> list[Any]:
    """Return what each profile makes of the rule; one that leaves it out has no values in force."""
    if rule["always"] and not rule["parameters"]:
        return []
    table = _table(_("Profile"), "", _("Strength"), _("Values"), _("By agreement"))
    for under in rule["profiles"]:
        none = Text(_NONE, style="dim")
        cells = (_values(rule, under), _limits(rule, under)) if under["holds"] else (none, none)
        table.add_row(
            Text(under["id"], style="cyan"), _name(document["profiles"], under["id"]),
            _strength_word(rule, under), *cells,
            style="bold" if under["id"] == document["profile"] else "",
        )  # fmt: skip
    return [*_headed(_("Under each profile"), table), *_profile_note(document)]


def _profile_note(document: dict[str, Any]) -> list[Any]:
    """Return what is not verified about the profile whose values are shown."""
    profile = _of(document["profiles"], document["profile"])
    return [Text(f"{profile['id']}: {_said(profile['note'])}", style="yellow")] if profile["note"] else []


def _headed(heading: str, body: Any) -> list[Any]:
    return [Padding(Text(heading, style="bold underline"), (1, 0, 0, 0)), body]


def _source(rule: Entry) -> Text:
    return _paragraph(rule["source"])


def _paragraph(source: Entry) -> Text:
    """Return a reference, marked where it was not read."""
    text = Text(_said(source["reference"]))
    return text if source["verified"] else text.append(f" ({_('not verified')})", style="yellow")


def _strength_word(rule: Entry, under: Entry) -> Text:
    if rule["always"]:
        return Text(_("always"), style="dim")
    if not under["holds"]:
        return Text(_("off"), style="dim")
    return Text(_("hard")) if under["strength"] == "hard" else Text(_("soft"), style="green")


def _strength_sentence(rule: Entry, *, holds: bool) -> str:
    if rule["always"]:
        return _("Always holds; it cannot be made soft or switched off.")
    if not holds:
        return _("Off until the file sets it.")
    if rule["strength"] == "hard":
        if not rule["may_switch_off"]:
            fixed = _("Hard; no agreement that the profile presumes lets it be made soft or switched off.")
            return f"{fixed} {_('How far its values may go is said below.')}" if rule["levels"] else fixed
        if rule["may_soften"]:
            return _("Hard when the file says nothing; it may be made soft or switched off.")
        return _("Hard; it may be switched off, but not made soft.")
    costs = _cost_sentence(rule)
    if rule["may_harden"]:
        return f"{_('Soft when the file says nothing; it may be made hard or switched off.')} {costs}"
    return f"{_('Soft; it may be switched off, but not made hard.')} {costs}"


def _cost_sentence(rule: Entry) -> str:
    """Return what a breach of a soft rule costs; nothing where another rota would not have fewer."""
    if rule["kept"]["by"] == "audit_only":
        return _("Its breaches are told and cost nothing.")
    weight = rule["weight"]
    points = ngettext("{n} point", "{n} points", weight).format(n=number(weight))
    return _("Each counted breach costs {points} in the goal health.").format(points=points)


def _legend() -> str:
    words = (
        _("always: cannot be made soft or switched off"),
        _("hard: a rota that breaks it is refused"),
        _("soft: counted in the goal health"),
        _("off: holds when the file sets it"),
    )
    return f"{' · '.join(words)}\n{_('Write the id of a rule after `turnus rules` to see it in full.')}"


def _values(rule: Entry, under: Entry) -> Text:
    """Return the values that hold under a profile, a line for each: `rest 9 h`."""
    lines = [
        Text.assemble((parameter["name"], "cyan"), " ", _shown(parameter, under["values"][parameter["name"]]))
        for parameter in rule["parameters"]
    ]
    return Text("\n").join(lines) if lines else Text(_NONE, style="dim")


def _limits(rule: Entry, under: Entry) -> Text:
    """Return how far an agreement may move the values: `at least 8 h`, with the name if there are several."""
    lines = []
    for limit in under["limits"]:
        shown = _reach(_of(rule["parameters"], limit["parameter"], "name"), limit["bound"], limit["value"])
        name = f"{limit['parameter']} " if len(under["limits"]) > 1 else ""
        doubt = "" if limit["verified"] else f" ({_('not verified')})"
        lines.append(Text.assemble((name, "cyan"), shown, (doubt, "yellow")))
    return Text("\n").join(lines) if lines else Text(_NONE, style="dim")


def _unit(parameter: Entry) -> str:
    """Return the unit as people write it: a duration may be given in hours, minutes or both."""
    if parameter["unit"] == "minutes":
        return _("hours and minutes")
    return _(parameter["unit"]) if parameter["unit"] else _NONE


def _shown(parameter: Entry, value: Any) -> str:
    """Return a value the way the language writes it, durations in hours."""
    if value is None or value == []:
        return _NONE
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_shown(parameter, item) for item in value)
    if parameter["unit"] == "minutes":
        return hours(value, 2)
    return number(value) if isinstance(value, int) else str(value)


def _allowed(parameter: Entry) -> str:
    least, most = parameter["least"], parameter["most"]
    if parameter["choices"]:
        return _("{first} or {last}").format(
            first=", ".join(parameter["choices"][:-1]), last=parameter["choices"][-1]
        )
    if least is not None and most is not None:
        return _("from {least} to {most}").format(
            least=_shown(parameter, least), most=_shown(parameter, most)
        )
    return _NONE if not least else _("at least {value}").format(value=_bound(parameter, least))


def _bound(parameter: Entry, value: int) -> str:
    """Return a bound in the parameter's own unit; a minute is not shown as a part of an hour."""
    if parameter["unit"] == "minutes" and value < 60:
        return f"{number(value)} min"
    return _shown(parameter, value)


def _name(entries: list[Entry], id: str) -> str:
    return _said(_of(entries, id)["name"])


def _of(entries: list[Entry], id: str, key: str = "id") -> Entry:
    return next(one for one in entries if one[key] == id)


def _said(text: dict[str, str]) -> str:
    return text[language()]
