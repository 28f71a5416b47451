"""From a file to a case."""

import json
from pathlib import Path

import pytest

from tests.files import ADA, BO, SHIFTS, case, open_unit, small
from turnus.case import load_case
from turnus.errors import ImpossibleError, InputError
from turnus.scenario import load_scenario

TEXT = """turnus: 1
name: Lia
horizon: {weeks: 6}
competences: {nurse: {}, aide: {}}
shifts:
  - {code: D, from: "07:30", to: "15:00", tags: [day]}
  - {code: N, from: "22:00", to: "07:45", tags: [night]}
demand:
  - block: day
    from: "07:30"
    to: "15:00"
    need: {weekdays: 1}
    of_which:
      nurse: {monday: 1}
staff:
  - {name: Ada, competence: aide, size: 80}
"""


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    path = tmp_path / "ward.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_case_holds_all_that_verbs_need(ward: Path) -> None:
    found = load_case(ward, ["staff[Ada].competence=nurse", "horizon.weeks=3"])
    assert found.scenario == load_scenario(ward, ["staff[Ada].competence=nurse", "horizon.weeks=3"]).scenario
    assert found.sha256 == load_scenario(ward, ["staff[Ada].competence=nurse", "horizon.weeks=3"]).sha256
    assert (found.source, found.problem.weeks) == (str(ward), 3)
    assert "daily_rest" in {rule.id for rule in found.rules}
    assert found.reachable_sizes == ((8000,),)


def test_the_place_of_a_proven_impossibility(ward: Path) -> None:
    with pytest.raises(ImpossibleError) as caught:
        load_case(ward)
    assert caught.value.lines() == [
        f"{ward}:14:14: demand.0.of_which.nurse: expected somebody of nurse for week 1 monday 07:45–15:00 "
        "and 5 other days; found nobody who may work the shifts there. "
        "Add staff or open posts of the competence, let another cover it, or open the shift to it."
    ]


def test_the_place_of_a_reference_to_nothing(ward: Path) -> None:
    ward.write_text(TEXT.replace("competence: aide", "competence: aid"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_case(ward)
    assert caught.value.lines() == [
        f'{ward}:16:29: staff.0.competence: expected one of nurse, aide; found "aid". Did you mean aide?'
    ]


def test_the_place_of_a_wrong_rule(ward: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_case(ward, ["rules.profile=ks-lokalt"])
    (finding,) = caught.value.findings
    assert finding.path == ("rules", "profile")
    assert "(given by --set rules.profile=ks-lokalt)" in finding.found
    ward.write_text(TEXT + "rules:\n  set:\n    daily_rest: {rest: 11}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_case(ward)
    assert caught.value.lines()[0].startswith(f"{ward}:19:24: rules.set.daily_rest.rest: expected a duration")


def test_bad_input_comes_before_what_is_impossible() -> None:
    unit = small(
        staff=[ADA | {"fixed": [{"on": ["week 1 monday"], "shift": "D"}], "competence": "aide"},
               BO | {"forbidden": [{"shifts": ["any"]}]}],
        demand=[{"block": "day", "from": "07:30", "to": "15:00", "need": 1, "of_which": {"nurse": 1}}],
    )  # fmt: skip
    with pytest.raises(InputError, match=r"staff\.1\.forbidden"):
        case(unit)


def test_json_and_yaml_make_the_same_case(tmp_path: Path) -> None:
    path = tmp_path / "ward.json"
    path.write_text(json.dumps(open_unit()), encoding="utf-8")
    assert load_case(path).problem == case(open_unit()).problem


def test_loading_twice_is_the_same() -> None:
    assert case(open_unit()).problem == case(open_unit()).problem
    assert case(small(shifts=SHIFTS)).rules == case(small()).rules
