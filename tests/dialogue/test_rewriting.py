"""A file written again keeps its comments and layout, and says exactly what it was told to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from turnus.dialogue.lever import pull
from turnus.dialogue.lever_registry import single_steps
from turnus.dialogue.rewriting import rewritten
from turnus.dialogue.variant import Variant
from turnus.scenario import read_scenario
from turnus.scenario.document import parse_value

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    path
    for path in sorted([*ROOT.glob("scenarios/*/*.yaml"), *ROOT.glob("turnus/scenario/starters/*.yaml")])
    if path.parent.parent.name != "rulebook"
]
TEXT = """\
# Øverst.
a: 1   # på linja
b:
  c: {x: 1, y: "07:30"}

# Over d.
d:
  - {code: D, n: 1}
  - {code: A, n: 2}   # sist

e: slutt
"""


def plain(text: str) -> Any:
    return parse_value(text).plain()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_not_changed_is_byte_for_byte_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rewritten(text, plain(text)) == text


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"a": 2}, ["a: 2", "b:"]),
        ({"b": {"c": {"x": 1, "y": "07:30"}, "t": "09:45"}}, ['  t: "09:45"', "", "# Over d."]),
        ({"e": "ny", "f": {"g": 1}}, ["e: ny", "f: {g: 1}"]),
        ({"d": [{"code": "D", "n": 1}]}, ["d:", "  - {code: D, n: 1}"]),
        ({"d": [{"code": "N", "n": 0}, {"code": "D", "n": 1}, {"code": "A", "n": 3}]},
         ["  - {code: N, n: 0}", "  - {code: D, n: 1}", "  - {code: A, n: 3}", "", "e: slutt"]),
    ],
)  # fmt: skip
def test_a_change_stands_where_it_belongs(change: dict[str, Any], lines: list[str]) -> None:
    new = plain(TEXT) | change
    text = rewritten(TEXT, new)
    assert plain(text) == new
    assert "\n".join(lines) in text
    assert "# Øverst." in text
    assert "\n\n# Over d.\nd:" in text


def test_a_key_taken_out_leaves_what_stands_round_it() -> None:
    text = rewritten(TEXT, {key: value for key, value in plain(TEXT).items() if key != "b"})
    assert "b:" not in text
    assert "d:\n  - {code: D, n: 1}" in text


def test_what_an_alias_repeats_is_changed_in_one_place() -> None:
    text = "a: &x {n: 1}\nb: *x\n"
    new = {"a": {"n": 1}, "b": {"n": 2}}
    assert plain(rewritten(text, new)) == new


def test_words_that_yaml_could_misread_stay_text() -> None:
    new = plain(TEXT) | {"e": "off", "f": "no", "g": "1", "h": "2027-03-10", "i": "null", "j": True}
    assert plain(rewritten(TEXT, new)) == new


@pytest.mark.parametrize(("folder", "every"), [("heltid/00-today", 5), ("ward-40-named", 30)])
def test_a_step_is_written_as_it_is_meant(folder: str, every: int) -> None:
    path = ROOT / "scenarios" / folder / "scenario.yaml"
    variant, text = Variant.of_file(path), path.read_text(encoding="utf-8")
    for step in single_steps(variant)[::every]:
        data = variant.data
        step.edit(data, variant)
        new = rewritten(text, data)
        assert read_scenario(new).root.plain() == data, step.name()
        comments = [line for line in text.splitlines() if line.startswith("#")]
        assert [line for line in new.splitlines() if line.startswith("#")] == comments


def test_levers_one_after_another_keep_the_file_readable() -> None:
    path = ROOT / "scenarios" / "heltid" / "00-today" / "scenario.yaml"
    variant = Variant.of_file(path)
    steps = [step for step in single_steps(variant) if step.id in ("minimum-size", "weekend-frequency")]
    for step in steps:
        variant = pull(step, variant)
    assert (
        read_scenario(rewritten(path.read_text(encoding="utf-8"), variant.data)).root.plain() == variant.data
    )


def test_a_remark_goes_with_the_value_it_was_said_of() -> None:
    text = (
        "budget:\n  fte: 21.6   # the need alone is 20.75\n  limit: 3  # agreed\n\n"
        "staff:\n  - {name: Ada, size: 50}  # wishes 60\n  - {name: Bo, size: 60}  # as she wishes\n"
    )
    new = {
        "budget": {"fte": 22.1, "limit": 3},
        "staff": [{"name": "Ada", "size": 60}, {"name": "Bo", "size": 60}],
    }
    told = rewritten(text, new)
    assert "20.75" not in told
    assert "wishes 60" not in told
    assert "# agreed\n\nstaff:" in told
    assert "# as she wishes" in told
