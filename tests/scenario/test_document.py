"""The text of a file as nodes: YAML 1.2 values, places, and limits."""

import json

import pytest

from turnus.errors import InputError
from turnus.scenario.document import MOST_BYTES, MOST_DEPTH, MOST_NODES, read_document


def plain(text: str) -> object:
    return read_document(text.encode()).plain()


def refusal(raw: bytes | str, *, is_json: bool = False) -> str:
    with pytest.raises(InputError) as caught:
        read_document(raw.encode() if isinstance(raw, str) else raw, is_json=is_json)
    finding = caught.value.findings[0]
    return f"{finding.line}:{finding.column}: {finding.expected}; {finding.found}. {finding.hint}"


def test_a_folded_text_says_no_more_than_its_words() -> None:
    assert plain("key: >-\n  one\n  two\n\n  three\n") == {"key": "one two\nthree"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22:00", "22:00"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("0100", 100),
        ("12e2", 1200.0),
        ("35.5", 35.5),
        ("-3", -3),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("2027-03-22", "2027-03-22"),
        ("2027-02-30", "2027-02-30"),
        ("~", None),
        ("", None),
        ("null", None),
        ("True", True),
        ('"true"', "true"),
        ("'12'", "12"),
        ("1234567890123456789", 1234567890123456789.0),
    ],
)
def test_scalars_follow_the_core_schema_and_nothing_more(text: str, value: object) -> None:
    found = plain(f"key: {text}\nlist: [1]")
    assert found == {"key": value, "list": [1]}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(value)


def test_every_value_and_key_knows_its_place() -> None:
    root = read_document(b"name: X\nstaff:\n  - {name: Ada, size: 80}\n  - name: Bo\n")
    assert root.place(("staff", 0, "size")) == (3, 23)
    assert root.key_place(("staff", 0, "size")) == (3, 17)
    assert root.place(("staff", 1, "name")) == (4, 11)
    assert root.place(("staff", 1, "size")) == (4, 5), "a missing key is its parent's place"
    assert root.place(("staff", 9, "size")) == (3, 3)
    assert root.place(()) == (1, 1)


def test_a_byte_order_mark_and_windows_lines_do_not_matter() -> None:
    assert plain("\ufeffname: X\r\nweeks: 3\r\n") == {"name": "X", "weeks": 3}


def test_an_alias_stands_for_its_anchor() -> None:
    assert plain("a: &x {b: [1, 2]}\nc: *x") == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: expected a scenario; found an empty file. Start from an example: "
             "turnus new nursing-home-ward."),
        ("# only a comment\n", "1:1: expected a scenario; found an empty file. Start from an example: "
             "turnus new nursing-home-ward."),
        ("a: 1\nb: 2\na: 3", "3:1: expected each key once; found a again; it stands in line 1 already. "
             "Take out one of the two."),
        ("a: 1\n---\nb: 2", "2:1: expected one document in the file; found a second one. "
             "Take out the line with ---, or put the second scenario in a file of its own."),
        ("a:\n\t- 1", "2:1: expected valid YAML; found a tab, which is not allowed in YAML. "
             "Use spaces instead of tabs."),
        ("a: b: c", "1:5: expected valid YAML; found a colon where no key can stand. "
             "Line the keys up with their neighbours, and put text with a colon in quotes."),
        ("a: 1\n  b: 2", "2:4: expected valid YAML; found a colon where no key can stand. "
             "Line the keys up with their neighbours, and put text with a colon in quotes."),
        ('a: "x', "1:6: expected valid YAML; found a quote that is never closed. "
             "Close the text with the same quote."),
        ("a: [1, 2\nb: 3", "2:2: expected valid YAML; found a bracket that is not closed as it was opened. "
             "Check [ ], { } and the commas here."),
        ("- 1\na: 2", "2:1: expected valid YAML; found a line that does not fit in. "
             "Line it up with its neighbours; each key needs a colon and each list item a dash."),
        ("a: @x", "1:4: expected valid YAML; found a sign that text cannot start with. "
             "Put the text in quotes."),
        ("a: *x", "1:4: expected an anchor &x further up; found none that is complete. Define it first, "
             'or put quotes round text that starts with *: "*x".'),
        ("a: &x [*x]", "1:8: expected an anchor &x further up; found none that is complete. Define it first, "
             'or put quotes round text that starts with *: "*x".'),
        ("a: !!python/object:os.system x", "1:4: expected a plain value; found the tag "
             "tag:yaml.org,2002:python/object:os.system. Take the tag out; "
             "put text that starts with ! in quotes."),
        ("? [1, 2]\n: 3", "1:3: expected a key that is a word; found something else. Write key: value. "
             "Lists, empty keys and merge keys (<<) cannot stand before the colon."),
        ("a: &x {b: 1}\nc:\n  <<: *x", "3:3: expected a key that is a word; found something else. "
             "Write key: value. Lists, empty keys and merge keys (<<) cannot stand before the colon."),
        ("%YAML 3.0\n---\na: 1", "1:1: expected valid YAML; found a mistake: "
             "found incompatible YAML document (version 1.* is required). "
             "Check this line and the line above."),
        ("a: 1\nb: \x07", "2:4: expected readable text; found the control character 0x07. "
             "Delete it; it may have come along from a copy."),
    ],
)  # fmt: skip
def test_broken_files_are_told_where_and_what_to_do(text: str, expected: str) -> None:
    assert refusal(text) == expected


def test_another_encoding_is_told_with_its_place() -> None:
    assert refusal("name: X\nunit: Bråten\n".encode("latin-1")) == (
        "2:9: expected text in UTF-8; found the byte 0xE5. "
        "Save the file as UTF-8; æ, ø and å saved in another encoding cause this."
    )


def test_a_file_too_large_is_not_read() -> None:
    assert refusal(b"#" * (MOST_BYTES + 1)).startswith(
        "None:None: expected a file of at most 2 MB; found 2000001"
    )
    assert plain("a: 1 " + "#" * (MOST_BYTES - 5)) == {"a": 1}


def nested(levels: int) -> str:
    return "a: " + "[" * levels + "]" * levels


def test_nesting_is_limited() -> None:
    assert plain(nested(MOST_DEPTH))
    assert f"expected at most {MOST_DEPTH} levels" in refusal(nested(MOST_DEPTH + 1))
    assert f"expected at most {MOST_DEPTH} levels" in refusal("[" * 100_000)
    assert f"expected at most {MOST_DEPTH} levels" in refusal("[" * 100_000, is_json=True)


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 9):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    message = refusal("\n".join(lines))
    assert f"expected at most {MOST_NODES} values in a file" in message
    assert message.startswith("6:"), "it stops where the limit is passed"


def test_half_a_character_in_json_does_no_harm() -> None:
    assert read_document(b'{"name": "\\ud83d x"}', is_json=True).plain() == {"name": "\ufffd x"}


def test_json_is_read_with_places_and_its_own_mistakes() -> None:
    content = {"name": "Å \U0001f600", "staff": [{"size": 80.5}], "none": None}
    text = json.dumps(content, indent="\t")
    root = read_document(text.encode(), is_json=True)
    assert root.plain() == content
    assert root.place(("staff", 0, "size")) == (5, 12)
    assert refusal('{\n "a" 1\n}', is_json=True).startswith("2:6: expected valid JSON; found a mistake: ")
    assert refusal('{"a": 1, "a": 2}', is_json=True).startswith("1:10: expected each key once; found a again")
