"""What the HTML pages share: keys of the file as code, lists that a reader can read."""

import re
from importlib.resources import files

import pytest

from turnus.formats.pages import with_code

TEMPLATES = files("turnus.formats").joinpath("templates")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nothing to show", "nothing to show"),
        ("Add `for` or `except`.", "Add <code>for</code> or <code>except</code>."),
        ("`a < b` & c", "<code>a &lt; b</code> &amp; c"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("one ` alone", "one ` alone"),
        (12, "12"),
    ],
)
def test_keys_in_backticks_are_shown_as_code(text: object, shown: str) -> None:
    assert str(with_code(text)) == shown


@pytest.mark.parametrize(("sheet", "name"), [("report.css", "places"), ("check.css", "list")])
def test_the_bullets_of_a_list_in_columns_stand_clear_of_the_column_before(sheet: str, name: str) -> None:
    style = TEMPLATES.joinpath(sheet).read_text(encoding="utf-8")
    (whole,) = re.findall(rf"^\.{name} \{{(.*)\}}", style, re.M)
    (item,) = re.findall(rf"^\.{name} li \{{(.*)\}}", style, re.M)
    assert "columns:" in whole
    assert "column-gap:" in whole
    assert re.search(r"padding: 0;", whole)
    assert re.search(r"margin: [^;]* 1\.2rem;", item)  # in every column, not in the first alone
