"""`turnus rules`: the rule catalogue for people and, as JSON, for programs."""

from __future__ import annotations

from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from turnus.cli.exits import DONE, put
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


def overview(document: dict[str, Any]) -> list[Any]:
    """Return one table for each group of rules, as rich renderables."""
    profile = _name(document["profiles"], document["profile"])
    parts: list[Any] = [Text.assemble((f"{_('Rules')} ", "bold"), f"{document['profile']} – {profile}")]
    for group in document["groups"]:
        rules = [rule for rule in document["rules"] if rule["group"] == group["id"]]
        if rules:
            parts.append(Padding(Text(_said(group["name"]), style="bold underline"), (1, 0, 0, 0)))
            parts.append(_group_table(rules, document["profile"], header=len(parts) == 2))
    return [*parts, Padding(Text(_legend(), style="dim"), (1, 0, 0, 0))]


def _group_table(rules: list[Entry], profile: str, *, header: bool) -> Table:
    """Return the rules of a group; the columns of all groups stand under each other."""
    table = _table(show_header=header, expand=True)
    for column, ratio in ((_("Rule"), 31), (_("Values"), 21), (_("By agreement"), 14)):
        table.add_column(column, ratio=ratio)
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
    table.add_row(_("Strength"), _strength_sentence(rule))
    counted = rule["counted"]
    table.add_row(_("Counted in"), _said(counted["unit"]))
    table.add_row(_("One breach is"), _said(counted["breach"]))
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


def _by_profile(document: dict[str, Any], rule: Entry) -> list[Any]:
    if not rule["parameters"]:
        return []
    table = _table(_("Profile"), "", _("Values"), _("By agreement"))
    for under in rule["profiles"]:
        table.add_row(
            Text(under["id"], style="cyan"), _name(document["profiles"], under["id"]),
            _values(rule, under), _limits(rule, under),
            style="bold" if under["id"] == document["profile"] else "",
        )  # fmt: skip
    return _headed(_("Under each profile"), table)


def _headed(heading: str, body: Any) -> list[Any]:
    return [Padding(Text(heading, style="bold underline"), (1, 0, 0, 0)), body]


def _source(rule: Entry) -> Text:
    text = Text(_said(rule["source"]["reference"]))
    return text if rule["source"]["verified"] else text.append(f" ({_('not verified')})", style="yellow")


def _strength_word(rule: Entry, under: Entry) -> Text:
    if rule["always"]:
        return Text(_("always"), style="dim")
    return Text(_("hard")) if under["strength"] == "hard" else Text(_("soft"), style="green")


def _strength_sentence(rule: Entry) -> str:
    if rule["always"]:
        return _("Always holds; it cannot be made soft or switched off.")
    if rule["strength"] == "hard":
        if rule["may_soften"]:
            return _("Hard when the file says nothing; it may be made soft or switched off.")
        return _("Hard; it may be switched off, but not made soft.")
    weight = rule["weight"]
    points = ngettext("{n} point", "{n} points", weight).format(n=number(weight))
    costs = _("Each counted breach costs {points} in the goal health.").format(points=points)
    if rule["may_harden"]:
        return f"{_('Soft when the file says nothing; it may be made hard or switched off.')} {costs}"
    return f"{_('Soft; it may be switched off, but not made hard.')} {costs}"


def _legend() -> str:
    words = (
        _("always: cannot be made soft or switched off"),
        _("hard: a rota that breaks it is refused"),
        _("soft: counted in the goal health"),
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
    words = {"least": _("at least {value}"), "most": _("at most {value}")}
    lines = []
    for limit in under["limits"]:
        value = _shown(_of(rule["parameters"], limit["parameter"], "name"), limit["value"])
        name = f"{limit['parameter']} " if len(under["limits"]) > 1 else ""
        lines.append(Text.assemble((name, "cyan"), words[limit["bound"]].format(value=value)))
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
