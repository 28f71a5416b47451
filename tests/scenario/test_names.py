"""Names exchanged in a scenario's text, and what is personal left out of it; all else as it was."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from turnus.errors import InputError
from turnus.scenario import read_scenario
from turnus.scenario.discreet import discreet
from turnus.scenario.names import pseudonymised, pseudonyms, renamed
from turnus.texts import using_language

LIBRARY = sorted((Path(__file__).resolve().parents[2] / "scenarios").glob("**/scenario.yaml"))

TEXT = """\
# Avdeling Nord. Kari vil helst ha fri fredager.
turnus: 1
name: Lia, turnus etter ønske fra Kari Nordmann
horizon: {weeks: 6, start: "2027-01-04"}
shifts:
  - {code: D, name: "Dag # ikke Kari Nordmann", from: "07:30", to: "15:00"}
  - {code: N, name: Natt, from: "22:00", to: "07:30", tags: [night]}
demand:
  - block: Dag
    shifts: [D]
    need: 1
staff:
  - name: Kari Nordmann   # Kari er tillitsvalgt
    competence: staff
    size: 50
    tags: [ung]
    arrangement:
      no_nights: true     # ryggplager
      valid_until: "2027-06-01"
    leave:
      - {from: "2027-01-11", to: "2027-01-15"}   # sykt barn
    wishes: [{on: [friday], want: "off"}]

  - {name: 'Ola', competence: staff, size: 100, arrangement: {weekend_exempt: true}}
  - name: "Kari Nordmann Dahl"
    competence: staff
    size: 80
agreements:
  - {id: Avtale med Kari Nordmann, parties: "Ola og leder", level: individual, for: [Kari Nordmann, ung]}
rules:
  set:
    pairs_apart: {pairs: [[Kari Nordmann, "Ola"]]}
    strenuous_nights: {for: [Ola], agreement: Avtale med Kari Nordmann}
description: >
  Ola jobber mest, men Kari
  Nordmann ønsker mer.
"""


def test_nobody_is_named_and_all_else_is_as_it_was() -> None:
    text, names = pseudonymised(TEXT)
    assert names == {"Kari Nordmann": "Person 1", "Ola": "Person 2", "Kari Nordmann Dahl": "Person 3"}
    assert "Nordmann" not in text
    assert "Ola" not in text
    expected = TEXT.split("description:")[0]
    for old, new in reversed(names.items()):  # the longer name of the two first
        expected = expected.replace(old, new)
    expected = expected.replace("name: 'Person 2'", 'name: "Person 2"').replace("Kari", "Person")
    assert text.startswith(expected)
    assert read_scenario(text).scenario.description == "Person 2 jobber mest, men Person 1 ønsker mer.\n"


def test_a_comment_that_calls_somebody_by_the_first_name_only_names_nobody_either() -> None:
    text, _names = pseudonymised(TEXT.replace("Kari Nordmann Dahl", "Berit Dahl"))
    assert "# Avdeling Nord. Person 1 vil helst ha fri fredager." in text
    assert "# Person 1 er tillitsvalgt" in text


def test_what_posts_are_called_is_left_in_comments() -> None:
    text = (
        TEXT.replace(" Dahl", " Dahl 3")
        .replace("Kari Nordmann", "Pleier 1")
        .replace("Ola", "Pleier 2")
        .replace("# Kari", "# Pleier")
    )
    assert "# Pleier er tillitsvalgt" in pseudonymised(text)[0]


def test_json_stays_json() -> None:
    data = read_scenario(TEXT).root.plain()
    for ascii_only in (True, False):
        text, names = pseudonymised(json.dumps(data, ensure_ascii=ascii_only, indent=1), is_json=True)
        found = json.loads(text)
        assert [one["name"] for one in found["staff"]] == list(names.values())
        assert "Kari" not in text
        assert found["demand"] == data["demand"]


def test_names_with_signs_and_letters_of_every_kind_are_found() -> None:
    odd = 'Åse-Marie O\'Hara: "Mia" #2'
    data = read_scenario(TEXT).root.plain()
    data["staff"][1]["name"] = odd
    data["rules"]["set"]["pairs_apart"]["pairs"] = [["Kari Nordmann", odd]]
    data["rules"]["set"]["strenuous_nights"]["for"] = [odd]
    text, names = pseudonymised(json.dumps(data), is_json=True)
    assert names[odd] == "Person 2"
    assert json.loads(text)["rules"]["set"]["pairs_apart"]["pairs"] == [["Person 1", "Person 2"]]
    back = renamed(text, {new: old for old, new in names.items()}, is_json=True)
    assert json.loads(back)["staff"] == data["staff"]


def test_aliases_are_written_out() -> None:
    text = TEXT.replace("[[Kari Nordmann,", "[[&Kari Kari Nordmann,").replace("for: [Ola]", "for: [*Kari]")
    new, _names = pseudonymised(text)
    assert "Kari" not in new
    assert read_scenario(new).root.plain()["rules"]["set"]["strenuous_nights"]["for"] == ["Person 1"]


NAMED_ELSEWHERE = [
    ("tags: [ung]", "tags: [Kari Nordmann vikar]"),
    ("name: Natt", "name: Kari Nordmann"),
    ("Nordmann ønsker mer.", "Nordmann ønsker mer. Kari er syk, Nordmann kommer i mai."),
    ("name: Lia,", "name: Kari og Nordmann på Lia,"),
    ("turnus: 1\n", "turnus: 1\nunit: Laget til Nordmann\n"),
    ("tags: [night]", "tags: [night, Kari Nordmann]"),
    ("size: 50", "size: 50\n    # Kari\n    # Nordmann"),
]


@pytest.mark.parametrize(("old", "new"), NAMED_ELSEWHERE)
def test_nobody_is_named_in_tags_in_what_the_scenario_says_of_itself_or_anywhere(old: str, new: str) -> None:
    told = TEXT.replace(old, new)
    assert told != TEXT
    text, _names = pseudonymised(told)
    assert [name for name in ("Nordmann", "Kari", "Ola") if name in text] == []


@pytest.mark.parametrize(
    "written",
    ['"K\\xE5re Berg"', '"K\\u00E5re\\x20Berg"', "Kåre\n      Berg", "Ka\u030are Berg", '"K\\u00e5re Berg"'],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    text, names = pseudonymised(
        TEXT.replace("Kari Nordmann   #", f"{written}   #")
        .replace("[Kari Nordmann,", "[Kåre Berg,")
        .replace("for: [Kåre Berg,", f"for: [{written},")
    )
    assert "Person 1" in names.values()
    assert [part for part in ("Berg", "Kåre", "are", "5re", "5RE") if part in text] == []
    assert read_scenario(text).scenario.staff[0].name == "Person 1"


def test_a_name_that_is_a_word_of_the_file_as_well_stays_that_word() -> None:
    text = TEXT.replace("'Ola'", "night").replace("Ola", "night")
    new, names = pseudonymised(text)
    loaded = read_scenario(new).scenario
    assert loaded.staff[1].name == names["night"]
    code = pseudonymised(TEXT.replace("'Ola'", "D").replace("Ola", "D"))[0]
    assert read_scenario(code).scenario.shifts[0].code == "D"


def test_pseudonyms_that_are_there_stay_and_are_given_to_nobody_else() -> None:
    assert pseudonyms(["Kari", "Person 1", "Ola"]) == {"Kari": "Person 2", "Ola": "Person 3"}
    text, _names = pseudonymised(TEXT)
    assert pseudonymised(text) == (text, {})


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.parent.name)
def test_every_scenario_of_the_library_says_the_same_of_others(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = read_scenario(text)
    new, names = pseudonymised(text)
    back = {new_name: name for name, new_name in names.items()}
    assert read_scenario(renamed(new, back)).sha256 == before.sha256
    assert len(new.splitlines()) == len(text.splitlines())
    assert len(discreet(text)) <= len(text)


@pytest.fixture
def in_norwegian() -> Iterator[None]:
    with using_language("nb"):
        yield


@pytest.mark.usefixtures("in_norwegian")
def test_what_is_agreed_with_one_person_is_not_shown_nor_is_why() -> None:
    text = discreet(TEXT)
    for word in ("no_nights", "valid_until", "weekend_exempt", "2027-01-11", "rygg", "sykt", "#  ", "# Kari"):
        assert word not in text
    assert text.count("individuelt avtalt") == 3
    assert '    arrangement: "individuelt avtalt"\n    leave: "individuelt avtalt"\n    wishes:' in text
    assert 'name: "Dag # ikke Kari Nordmann"' in text
    assert 'arrangement: "individuelt avtalt"}\n' in text
    assert text.splitlines()[0] == "turnus: 1"
    with pytest.raises(InputError):
        read_scenario(text)


@pytest.mark.usefixtures("in_norwegian")
def test_json_and_aliases_are_no_way_round() -> None:
    data = read_scenario(TEXT).root.plain()
    found = json.loads(discreet(json.dumps(data), is_json=True))
    assert [one.get("arrangement") for one in found["staff"]] == ["individuelt avtalt"] * 2 + [None]
    shared = TEXT.replace("arrangement:\n", "arrangement: &rygg\n").replace("{weekend_exempt: true}", "*rygg")
    assert "no_nights" not in discreet(shared)
    assert "rygg" not in discreet(shared)


def test_a_scenario_without_anything_personal_loses_only_comments() -> None:
    text = "\n".join(line for line in TEXT.split("staff:")[0].splitlines() if not line.startswith("#")) + "\n"
    assert discreet(text) == text
