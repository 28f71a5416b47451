"""What the models refuse, said the way the writer of the file thinks: expected, found, what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from turnus.clock import WEEKDAY_NAMES
from turnus.errors import Finding, Path
from turnus.scenario.models import CODE_PATTERN, DAY_KEY_PATTERN, DAY_REF_PATTERN, EXPECTED_YEARS
from turnus.scenario.nodes import Node
from turnus.texts import N_, _

_Words = tuple[str, str, str]  # expected, found, hint

DAY_WORDS = ("weekdays", "weekend", *WEEKDAY_NAMES, "red_days", "eves", "all")


MOST_MISTAKES = 500  # that are told of one file


def findings_of(errors: list[ErrorDetails], root: Node, model: type[BaseModel]) -> list[Finding]:
    """Return one finding for each thing that the models refuse, with its place in the file.

    `root` is the file as nodes and `model` the model that refused it. Of very many mistakes the first ones
    are told.
    """
    found: dict[Path, Finding] = {}
    for error in islice(errors, MOST_MISTAKES):
        if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue  # its items were refused one by one
        path, is_key = _path_in_file(error, root)
        if path in found:
            continue
        words = _words(error, path, model, is_key=is_key)
        finding = Finding(path, *words, *_place(error, path, root, is_key=is_key))
        found[path] = named_after_override(finding, root)
    told = sorted(found.values(), key=lambda finding: (finding.line or 0, finding.column or 0))
    return [*told, *_and_more(len(errors) - MOST_MISTAKES)]


def _and_more(further: int) -> list[Finding]:
    if further <= 0:
        return []
    expected = _("expected a file with fewer mistakes")
    return [Finding((), expected, _("found {n} more").format(n=further), _("Correct these first."))]


def named_after_override(finding: Finding, root: Node) -> Finding:
    """Return the finding with the override named that put the value there, if one did."""
    given = root.given_by(finding.path)
    if given is None:
        return finding
    given = given if len(given) <= 60 else given[:59] + "…"
    found = _("{found} (given by --set {override})").format(found=finding.found, override=given)
    return Finding(finding.path, finding.expected, found, finding.hint, finding.line, finding.column)


def _path_in_file(error: ErrorDetails, root: Node) -> tuple[Path, bool]:
    """Return the error's path without pydantic's union tags, and whether it is about the key itself."""
    path: list[str | int] = []
    node: Node | None = root
    for part in error["loc"]:
        below = node.child(part) if node is not None else None
        if below is not None:
            node = below
            path.append(part)
    if error["type"] == "missing":
        path.append(error["loc"][-1])
    return tuple(path), "[key]" in error["loc"] or error["type"] == "extra_forbidden"


def _place(error: ErrorDetails, path: Path, root: Node, *, is_key: bool) -> tuple[int | None, int | None]:
    if is_key:
        return root.key_place(path)
    return root.place(path[:-1] if error["type"] == "missing" else path)


def shown(value: object) -> str:
    """Return a value as it could stand in the file, cut to one short line."""
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _("a group of keys")
    if isinstance(value, list | tuple):
        return _("a list of {n}").format(n=len(value))
    text = (
        f'"{value}"' if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)
    )
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + '…"'


def found(value: object) -> str:
    """Return `found 12`, `found "abc"`."""
    return _("found {value}").format(value=shown(value))


def suggestion(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return `Did you mean …?` for a word that is close to a known one, else an empty text."""
    close = get_close_matches(word, known, 1, 0.6) or get_close_matches(word.lower(), known, 1, 0.6)
    return _("Did you mean {word}?").format(word=close[0]) if close else ""


def refusal(error: ErrorDetails, field: FieldInfo | None = None) -> tuple[str, str, str]:
    """Return (expected, found, hint) for a value that any model refuses; of a `field`, by its examples."""
    if error["type"] == "string_pattern_mismatch" and field is not None and field.examples:
        return _as_in_examples(field, error["input"])
    return _words(error, error["loc"], BaseModel, is_key=False)


def _as_in_examples(field: FieldInfo, value: object) -> _Words:
    """Return that text should look like a field's examples, with what the field means."""
    *first, last = map(shown, field.examples or ())
    examples = _("{first} or {last}").format(first=", ".join(first), last=last) if first else last
    hint = _(field.description) if field.description else _("Write it in that way.")
    return _("expected text such as {examples}").format(examples=examples), found(value), hint


def _words(error: ErrorDetails, path: Path, model: type[BaseModel], *, is_key: bool) -> _Words:
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    if kind == "extra_forbidden":
        return _unknown_key(path, model)
    if kind == "missing":
        key = str(path[-1])
        return (
            _("expected the key {key}").format(key=key),
            _("found nothing"),
            _("Add {key}.").format(key=key),
        )
    if kind == "string_pattern_mismatch":
        text = str(path[-1]) if is_key else str(value)
        return _pattern(context["pattern"], text)
    if kind == "literal_error":
        return _literal(context["expected"], value)
    if kind == "value_error":
        return _own_check(str(context["error"]), value)
    expected, hint = _PLAIN.get(kind, _other)(context)
    return expected, found(value), hint


def _unknown_key(path: Path, model: type[BaseModel]) -> _Words:
    known = sorted(keys_at(model, path[:-1]))
    close = suggestion(str(path[-1]), known)
    every = _("Known keys here: {keys}.").format(keys=", ".join(known))
    return (
        _("expected a known key"),
        _("found {key}").format(key=path[-1]),
        close or every,
    )


def keys_at(model: type[BaseModel], path: Path) -> set[str]:
    """Return the keys that may stand at a path of the file, as they are written there."""
    models = {model}
    for part in path:
        if isinstance(part, int):
            continue
        fields = [f for m in models for name, f in m.model_fields.items() if part in (f.alias, name)]
        below = {m for f in fields for m in _models_in(f.annotation)}
        models = below or models
    return {f.alias or name for m in models for name, f in m.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _pattern(pattern: str, text: str) -> _Words:
    if pattern == CODE_PATTERN:
        return (
            _("expected a code without spaces, commas, semicolons or colons"),
            found(text), _("Use a short code such as D or L2."),
        )  # fmt: skip
    if pattern == DAY_REF_PATTERN:
        return (
            _("expected one day"), found(text),
            _('Write a date such as "2027-03-22", or "week 2 tuesday" in a base rota.'),
        )  # fmt: skip
    every = _(
        "Use weekdays, weekend, monday … sunday, red_days, eves, all, week 2, week 2 tuesday or a date."
    )
    if pattern == DAY_KEY_PATTERN:
        return _("expected days"), found(text), suggestion(text, DAY_WORDS) or every
    return _("expected other text"), found(text), _other({})[1]


def _literal(expected: str, value: object) -> _Words:
    known = re.findall(r"'([^']*)'", expected) or [expected]
    close = suggestion(value, known) if isinstance(value, str) else ""
    expected = _("expected one of {words}").format(words=", ".join(known))
    return expected, found(value), close or _("Choose one of them.")


EXPECTED_DATE = N_('expected a date such as "2027-03-22"')
#: What turnus's own checks expect, marked here because `turnus.clock` has no texts of its own.
OWN_CHECKS = (
    N_('expected a clock time in quotes such as "07:30"'),
    N_('expected a duration with its unit such as "9 h" or "45 min"'),
    N_("expected a whole number of minutes"),
    N_('expected a day and a clock time such as "friday 21:00"'),
    N_("expected text in quotes"),
    EXPECTED_DATE,
    N_("expected a number without quotes"),
    N_("expected dates from 2000 to 2100, whose red days are known"),
)


def _own_check(message: str, value: object) -> _Words:
    """Return the words of turnus's own checks, which say `expected …, found …`."""
    expected, sign, _rest = message.partition(", found ")
    if sign:
        hint = _("Check the year.") if expected == EXPECTED_YEARS else _in_that_way(expected, value)
        return _(expected), found(value), hint
    return _("expected a date that exists"), found(value), _("Check the day and the month.")


def _in_that_way(expected: str, value: object) -> str:
    """Return what to write instead; a date as people write it is turned round."""
    written = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", str(value).strip(), re.ASCII)
    if written and expected == EXPECTED_DATE:
        day, month, year = map(int, written.groups())
        with suppress(ValueError):
            return _('Write "{date}".').format(date=dt.date(year, month, day).isoformat())
    return _("Write it in that way.")


_LIMITS = ("ge", "gt", "le", "lt", "min_length", "max_length")


def _limit(msgid: str) -> Callable[[dict[str, Any]], tuple[str, str]]:
    def words(context: dict[str, Any]) -> tuple[str, str]:
        limit = next(context[key] for key in _LIMITS if key in context)
        shown = limit if isinstance(limit, str) else f"{limit:g}"
        return _(msgid).format(limit=shown), _("Change the value.")

    return words


def _kind(msgid: str, hint: str) -> Callable[[dict[str, Any]], tuple[str, str]]:
    def words(context: dict[str, Any]) -> tuple[str, str]:
        del context
        return _(msgid), _(hint)

    return words


_whole = _kind(N_("expected a whole number"), N_("Write a number such as 3, without quotes or unit."))
_number = _kind(N_("expected a number"), N_("Write a number such as 80 or 35.5, without quotes or unit."))
_list = _kind(N_("expected a list"), N_("Write [a, b], or one item a line with a dash before it."))
_group = _kind(N_("expected a group of keys"), N_("Write the keys below it, indented, each with a colon."))
_truth = _kind(N_("expected true or false"), N_("Write true or false."))
_words_only = _kind(N_("expected text"), N_('Put it in quotes, such as "D".'))
_date = _kind(N_("expected a date that exists"), N_("Check the day and the month."))
_PLAIN: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "int_type": _whole,
    "int_parsing": _whole,
    "int_from_float": _whole,
    "float_type": _number,
    "float_parsing": _number,
    "finite_number": _number,
    "tuple_type": _list,
    "dict_type": _group,
    "model_type": _group,
    "model_attributes_type": _group,
    "bool_type": _truth,
    "bool_parsing": _truth,
    "string_type": _words_only,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "greater_than_equal": _limit(N_("expected at least {limit}")),
    "greater_than": _limit(N_("expected more than {limit}")),
    "less_than_equal": _limit(N_("expected at most {limit}")),
    "less_than": _limit(N_("expected less than {limit}")),
    "string_too_short": _limit(N_("expected text of at least {limit} characters")),
    "string_too_long": _limit(N_("expected text of at most {limit} characters")),
    "too_short": _limit(N_("expected at least {limit} in the list")),
    "too_long": _limit(N_("expected at most {limit} in the list")),
}


def _other(context: dict[str, Any]) -> tuple[str, str]:
    del context
    return _("expected another value"), _("Compare with an example: turnus new nursing-home-ward.")
