"""`--set PATH=VALUE`."""

from typing import Any

import pytest

from tests.files import case, open_unit, refused, small
from turnus.errors import InputError
from turnus.scenario.document import read_document
from turnus.scenario.overrides import apply_overrides

TEXT = b"""
horizon: {weeks: 6}
need: 3
staff:
  - {name: Ada, size: 50}
  - {name: "7", size: 60}
shifts:
  - {name: Dag, code: D}
  - {name: Aften, code: A}
demand: [{block: Dag, need: {weekdays: 1}}]
"""


def applied(*overrides: str) -> Any:
    return apply_overrides(read_document(TEXT), overrides).plain()


@pytest.mark.parametrize(
    ("override", "path", "value"),
    [
        ("horizon.weeks=12", ("horizon", "weeks"), 12),
        ("staff.1.size=80", ("staff", 1, "size"), 80),
        ("staff[Ada].size=80.5", ("staff", 0, "size"), 80.5),
        ("staff[7].size=90", ("staff", 1, "size"), 90),
        ("shifts[A].to=22:15", ("shifts", 1, "to"), "22:15"),
        ("shifts[Aften].to=22:15", ("shifts", 1, "to"), "22:15"),
        ("shifts.D.to='15:00'", ("shifts", 0, "to"), "15:00"),
        ("demand[Dag].need.weekend=2", ("demand", 0, "need", "weekend"), 2),
        ("open_posts.sizes=[50, 100]", ("open_posts", "sizes"), [50, 100]),
        ('rules.set.daily_rest.rest="11 h"', ("rules", "set", "daily_rest", "rest"), "11 h"),
        ("staff=[]", ("staff",), []),
        ("staff=", ("staff",), None),
        ("name=a=b", ("name",), "a=b"),
        (" name =x", ("name",), "x"),
        ("staff.0={name: Bo, size: 10}", ("staff", 0), {"name": "Bo", "size": 10}),
    ],
)
def test_a_value_is_set_and_nothing_else_changes(
    override: str, path: tuple[str | int, ...], value: Any
) -> None:
    found = applied(override)
    expected = applied()
    below_found, below_expected = found, expected
    for part in path[:-1]:
        below_found = below_found[part]
        if isinstance(below_expected, dict):
            below_expected = below_expected.setdefault(part, {})
        else:
            below_expected = below_expected[part]
    assert below_found[path[-1]] == value
    below_expected[path[-1]] = value
    assert found == expected


def test_the_last_of_two_counts() -> None:
    assert applied("horizon.weeks=3", "horizon.weeks=4")["horizon"] == {"weeks": 4}


def test_an_override_below_an_alias_leaves_the_anchor_alone() -> None:
    root = read_document(b"a: &x {b: 1}\nc: *x")
    assert apply_overrides(root, ["c.b=2"]).plain() == {"a": {"b": 1}, "c": {"b": 2}}
    assert root.plain() == {"a": {"b": 1}, "c": {"b": 1}}


def test_what_was_read_stays_as_it_was() -> None:
    root = read_document(TEXT)
    before = root.plain()
    apply_overrides(root, ["staff.0.size=1", "horizon.weeks=2", "demand[Dag].need.sunday=3"])
    assert root.plain() == before


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("horizon.weeks", "expected PATH=VALUE; found horizon.weeks. "
             "Write for instance --set horizon.weeks=12 or --set staff[Ada].size=80."),
        ("=3", "expected PATH=VALUE; found =3. "
             "Write for instance --set horizon.weeks=12 or --set staff[Ada].size=80."),
        ("staff[Ida].size=1", "expected an item of staff; found Ida. Did you mean Ada?"),
        ("staff[zzzz].size=1", "expected an item of staff; found zzzz. Numbers run from 0 to 1."),
        ("staff.2.size=1", "expected an item of staff; found 2. Numbers run from 0 to 1."),
        ("need.weekdays=1", "expected a group of keys at need; found a single value. "
             "Set the whole value instead."),
        ("horizon.weeks=[1", "expected valid YAML; found a bracket that is not closed as it was opened. "
             "Check [ ], { } and the commas here."),
    ],
)  # fmt: skip
def test_an_override_that_leads_nowhere_is_named(override: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        applied(override)
    assert caught.value.lines() == [f"--set {override}: {expected}"]


def test_a_value_is_checked_like_the_file_and_the_override_named() -> None:
    (finding,) = refused(small(), "horizon.weeks=0")
    assert finding.sentence() == (
        "horizon.weeks: expected at least 1; found 0 (given by --set horizon.weeks=0). Change the value."
    )
    assert (finding.line, finding.column) == (None, None)


def test_cross_checks_name_the_override_too_and_cut_a_long_one() -> None:
    (finding,) = refused(small(), f"staff.1.competence={'x' * 80}")
    assert f"(given by --set staff.1.competence={'x' * 40}" in finding.found
    assert finding.found.endswith("…)")


def test_an_override_reaches_the_problem() -> None:
    assert case(open_unit(), "horizon.weeks=12").problem.weeks == 12
