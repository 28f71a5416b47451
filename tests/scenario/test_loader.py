"""Files read, hashed, and written again in other words."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.files import small
from turnus.clock import WEEKDAY_NAMES, show_clock
from turnus.errors import Finding, InputError
from turnus.scenario import Scenario, content_sha256, load_scenario, read_scenario

TEXT = """turnus: 1
name: Lia
horizon: {weeks: 6}
shifts: [{code: D, from: "07:30", to: "15:00"}]
demand: [{block: day, shifts: [D], need: 1}]
staff: [{name: Ada, competence: staff, size: 80}]
"""

SAME = """# Another hand wrote this.
name: 'Lia'          # a comment
turnus: 1
staff:
  - size: 80.0
    name: Ada
    competence: "staff"
demand:
  - {need: 1, block: day, shifts: [D]}
shifts:
  - code: D
    to: "15:00"
    from: 07:30
horizon:
  weeks: 6
"""


def place(text: str, of: str) -> tuple[int, int]:
    before = text[: text.index(of)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def sha(text: str, *overrides: str) -> str:
    return read_scenario(text, overrides).sha256


def test_comments_layout_quotes_and_the_order_of_keys_do_not_change_the_hash() -> None:
    assert sha(TEXT) == sha(SAME)


def test_content_changes_the_hash() -> None:
    hashes = {
        sha(TEXT),
        sha(TEXT.replace("size: 80", "size: 80.1")),
        sha(TEXT.replace("weeks: 6", "weeks: 6, lines: own")),
        sha(TEXT.replace("Lia", "lia")),
        sha(TEXT, "horizon.weeks=3"),
    }
    assert len(hashes) == 5


def test_an_override_to_the_value_that_stands_there_is_no_change() -> None:
    assert sha(TEXT, "horizon.weeks=6") == sha(TEXT)


def test_the_order_of_competences_is_content() -> None:
    one = TEXT + "competences: {staff: {}, nurse: {}}\n"
    other = TEXT + "competences: {nurse: {}, staff: {}}\n"
    assert sha(one) != sha(other)


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json"])
def test_files_are_read_by_their_ending(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ward{suffix}"
    content = read_scenario(TEXT).root.plain()
    path.write_text(TEXT if suffix != ".json" else json.dumps(content, indent=1), encoding="utf-8")
    loaded = load_scenario(path)
    assert loaded.scenario == read_scenario(TEXT).scenario
    assert loaded.sha256 == sha(TEXT)
    assert loaded.source == str(path)
    assert loaded.place(("staff", 0, "size")) == place(path.read_text(encoding="utf-8"), "80")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert caught.value.lines() == [
        f"{path}: file: expected a scenario file; found no such file or folder. "
        "Check the name, or start with turnus new nursing-home-ward."
    ]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a scenario file"):
        load_scenario(tmp_path)


def test_broken_yaml_and_overrides_carry_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ward.yaml"
    path.write_text("a: [1", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert caught.value.lines()[0].startswith(f"{path}:1:")
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path, ["nonsense"])
    assert caught.value.lines()[0].startswith(f"{path}: --set nonsense: expected PATH=VALUE")


def test_a_finding_gets_its_place() -> None:
    loaded = read_scenario(TEXT, ["staff.0.name=Bo"])
    finding = Finding(("staff", 0, "size"), "expected x", "found y", "Do z.")
    assert loaded.located(finding) == finding.at(*place(TEXT, "80"))
    renamed = loaded.located(Finding(("staff", 0, "name"), "expected x", "found y", ""))
    assert renamed.found == "found y (given by --set staff.0.name=Bo)"


def test_five_thousand_lines_are_read_and_their_places_known() -> None:
    people = "".join(f"  - name: P{i}\n    competence: staff\n    size: 50\n" for i in range(300))
    wishes = "".join(
        f"      - {{on: [week 1 monday], want: D, strength: weak}}  # {i}\n" for i in range(4100)
    )
    head = TEXT.replace("staff: [{name: Ada, competence: staff, size: 80}]\n", "")
    text = f"{head}staff:\n{people}    wishes:\n{wishes}"
    assert text.count("\n") > 5000
    loaded = read_scenario(text)
    line, column = place(text, "D, strength: weak}  # 4099")
    assert loaded.place(("staff", 299, "wishes", 4099, "want")) == (line, column)
    text = text.replace("weak}  # 4000", "week}  # 4000")
    with pytest.raises(InputError) as caught:
        read_scenario(text, (), "ward.yaml")
    line, column = place(text, "week}  # 4000")
    assert caught.value.lines() == [
        f"ward.yaml:{line}:{column}: staff.299.wishes.4000.strength: expected one of weak, medium, strong; "
        'found "week". Did you mean weak?'
    ]


codes = st.from_regex(r"[A-ZÆØÅ][a-z0-9]{0,3}", fullmatch=True)
#: Text that YAML would read as something else, if it were not quoted when written.
texts = st.sampled_from(["NO", "22:00", "0100", "true", "~", "- x", "a: b", "#", "%", "Ærlig", "1e3", "*a"])
clocks = st.integers(0, 1439).map(show_clock)
percents = st.one_of(st.integers(1, 100), st.floats(0.5, 100).map(lambda value: round(value, 2)))
day_keys = st.sampled_from([*WEEKDAY_NAMES, "weekdays", "weekend", "all", "week 2", "week 1 tuesday"])
counts = st.one_of(st.integers(0, 500), st.dictionaries(day_keys, st.integers(0, 500), min_size=1))
shifts = st.fixed_dictionaries(
    {"code": codes, "from": clocks, "to": clocks},
    optional={"name": texts, "tags": st.lists(texts, max_size=2), "volunteers_only": st.booleans()},
)
people = st.fixed_dictionaries(
    {"name": texts, "competence": codes, "size": percents},
    optional={
        "wished_size": percents,
        "wishes": st.lists(
            st.fixed_dictionaries({"on": st.lists(day_keys, max_size=2), "want": codes}), max_size=2
        ),
        "arrangement": st.fixed_dictionaries({"no_nights": st.booleans()}),
    },
)
scenarios = st.fixed_dictionaries(
    {
        "turnus": st.just(1),
        "name": texts,
        "horizon": st.fixed_dictionaries({"weeks": st.integers(1, 104)}),
        "shifts": st.lists(shifts, min_size=1, max_size=3),
        "demand": st.lists(
            st.fixed_dictionaries(
                {"block": texts, "need": counts}, optional={"max_surplus": st.integers(0, 9)}
            ),
            min_size=1,
            max_size=2,
        ),
    },
    optional={
        "staff": st.lists(people, max_size=3),
        "competences": st.dictionaries(codes, st.fixed_dictionaries({"name": texts}), max_size=2),
        "rules": st.fixed_dictionaries({"set": st.dictionaries(codes, st.dictionaries(codes, percents))}),
    },
)


def as_yaml(content: dict[str, Any], *, flow: bool) -> str:
    yaml: Any = YAML(typ="safe")
    yaml.default_flow_style = flow
    yaml.sort_base_mapping_type_on_output = False
    yaml.allow_unicode = True
    out = io.StringIO()
    yaml.dump(content, out)
    return out.getvalue()


@given(content=scenarios)
def test_a_scenario_survives_being_written_in_any_form(content: dict[str, Any]) -> None:
    forms = [json.dumps(content), as_yaml(content, flow=True), as_yaml(content, flow=False)]
    read = [read_scenario(form) for form in forms]
    assert read[0].root.plain() == content
    assert {one.scenario.model_dump_json() for one in read} == {read[0].scenario.model_dump_json()}
    assert len({one.sha256 for one in read}) == 1


@given(content=scenarios)
def test_a_scenario_written_from_the_models_is_the_same_scenario(content: dict[str, Any]) -> None:
    first = read_scenario(json.dumps(content)).scenario
    again = Scenario.model_validate_json(first.model_dump_json(by_alias=True, exclude_unset=True))
    assert again == first
    assert content_sha256(again) == content_sha256(first)


def test_a_scenario_does_not_change() -> None:
    scenario = read_scenario(json.dumps(small())).scenario
    with pytest.raises(ValueError, match="frozen"):
        setattr(scenario, "name", "other")  # noqa: B010 - mypy knows that it cannot be assigned


def test_a_staff_list_that_is_too_long_is_refused_before_its_people_are_read() -> None:
    people = ", ".join(["{wrong: 1}"] * 301)
    text = TEXT.replace("staff: [{name: Ada, competence: staff, size: 80}]\n", f"staff: [{people}]\n")
    with pytest.raises(InputError) as caught:
        read_scenario(text, (), "ward.yaml")
    (told,) = caught.value.lines()
    assert told.endswith(
        "staff: expected at most 300 people in one unit; found 301. "
        "Split the staff into units, one file for each."
    )
