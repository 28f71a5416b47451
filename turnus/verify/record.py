"""The proof record of a `result.json`, read and judged by shape: nothing in it is believed yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turnus.case import Case
from turnus.errors import Finding, InputError
from turnus.goals import PLAN_GOALS
from turnus.problem import Problem
from turnus.result.stored_json import json_of_file
from turnus.texts import _

_MOST = 2**44  # of any number in a record, so that no sum leaves the solver's whole numbers

#: A goal that is at `least` or at `most` a value.
Condition = tuple[str, str, float]
#: A kind of post: index of its class, size in hundredths of a percent.
PostKind = tuple[int, int]


@dataclass(frozen=True)
class Cut:
    """One cut as stated: a price for each row of the problem, and what each listed kind earns at most."""

    prices: tuple[int, ...]
    constant: int
    profits: Mapping[PostKind, int | None]


@dataclass(frozen=True)
class Record:
    """The proof record of a result; `stated` and `values` are what the result says of each goal.

    Every bound is one under the `conditions`.
    """

    scale: int
    cuts: tuple[Cut, ...]
    bounds: Mapping[str, float]
    given: Mapping[str, float]
    stated: Mapping[str, float | None]
    values: Mapping[str, float | None]
    left_out: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()


def read_record(path: Path, case: Case) -> Record:
    """Return the proof record of a `result.json` that was made from this very scenario.

    Raises
    ------
    InputError
        When the file is no result with a record, or belongs to another scenario.
    """
    return record_of(json_of_file(path), case, str(path))


def record_of(document: Any, case: Case, source: str = "") -> Record:
    """Return the record of a result given as data; raises as `read_record` does."""
    try:
        digest = document["scenario"]["sha256"]
        entry = document["run"]["proof"][0]
        goals = document["goals"]
        if digest != case.sha256:
            raise _other_scenario(source, str(digest), case.sha256)
        return _record(entry, goals, case.problem)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        found = _("found a record that cannot be read ({error})").format(
            error=f"{type(error).__name__} {error}"
        )
        raise _refused(
            source, ("run", "proof", 0), _("expected the proof record of a solve"), found
        ) from None


def _refused(source: str, path: tuple[str | int, ...], expected: str, found: str) -> InputError:
    return InputError([Finding(path, expected, found, _("Give a result.json of `turnus solve`."))], source)


def _other_scenario(source: str, theirs: str, ours: str) -> InputError:
    return InputError(
        [
            Finding(
                ("scenario", "sha256"),
                _("expected the scenario's hash {hash}").format(hash=ours),
                _("found {value}").format(value=theirs),
                _("Give the file, and the `--set` values, that the result was made from."),
            )
        ],
        source,
    )


def _record(entry: Any, goals: Any, problem: Problem) -> Record:
    classes = {post.id: index for index, post in enumerate(problem.classes)}
    kinds = [(classes[kind["class"]], round(kind["size_percent"] * 100)) for kind in entry["kinds"]]
    if len(set(kinds)) != len(kinds):
        raise ValueError("kinds")
    scale = _whole(entry["scale"])
    if scale < 1:
        raise ValueError("scale")
    return Record(
        scale=scale,
        cuts=tuple(_cut(cut, kinds, len(problem.rows)) for cut in entry["cuts"]),
        bounds=_numbers(entry["bounds"]),
        given=_numbers(entry["given"]),
        stated={goal["id"]: _number(goal["bound"]) for goal in goals},
        values={goal["id"]: _number(goal["value"]) for goal in goals},
        left_out=tuple(str(left["rule"]) for left in entry["left_out"]),
        conditions=tuple(_condition(one) for one in entry.get("conditions", ())),
    )


def _condition(one: Any) -> Condition:
    value = _number(one["value"])
    if one["bound"] not in ("least", "most") or one["goal"] not in PLAN_GOALS or value is None:
        raise ValueError("conditions")
    return one["goal"], one["bound"], value


def _cut(cut: Any, kinds: list[PostKind], rows: int) -> Cut:
    prices = tuple(_whole(price) for price in cut["row_prices"])
    profits = [None if profit is None else _whole(profit) for profit in cut["profits"]]
    if len(prices) != rows:
        raise ValueError("row_prices")
    return Cut(prices, _whole(cut["constant"]), dict(zip(kinds, profits, strict=True)))


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MOST:
        raise ValueError(repr(value))
    return value


def _number(value: Any) -> float | None:
    if value is not None and not (isinstance(value, (int, float)) and abs(value) <= _MOST):
        raise ValueError(repr(value))
    return value


def _numbers(part: Any) -> dict[str, float]:
    return {str(goal): float(number) for goal, number in part.items() if _number(number) is not None}
