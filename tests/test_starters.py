"""The starters: readable for a planner, valid, and sound by arithmetic."""

import re
from pathlib import Path

import pytest

from turnus.case import load_case
from turnus.scenario import STARTERS, starter
from turnus.texts import using_language


@pytest.fixture(params=STARTERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_five_kinds() -> None:
    assert STARTERS == (
        "nursing-home-ward", "home-care-zone", "shared-housing", "dementia-unit", "short-term-ward",
    )  # fmt: skip


def test_another_kind_is_no_starter() -> None:
    with pytest.raises(KeyError):
        starter("hospital")
    with pytest.raises(KeyError):
        starter("../models")


def test_a_starter_is_a_sound_case_without_notes(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.yaml"
    path.write_text(starter(kind), encoding="utf-8")
    with using_language("en"):
        found = load_case(path)
    assert [note.sentence() for note in found.notes] == []
    assert found.problem.rows


def test_a_starter_can_be_read_by_a_planner(kind: str) -> None:
    lines = starter(kind).splitlines()
    assert 60 <= len(lines) <= 120
    assert max(map(len, lines)) <= 120
    assert not any("\t" in line for line in lines)
    assert lines[0].startswith("# "), "the first line says what kind of unit it is"
    words = [word for line in lines if "#" in line for word in line.split("#", 1)[1].split()]
    assert len(words) > 100, "its sections are explained"


def test_every_section_is_introduced_by_a_comment(kind: str) -> None:
    """The block of lines before a section, or its own line, holds a comment; names need none."""
    lines = starter(kind).splitlines()
    for at, line in enumerate(lines):
        section = re.match(r"(shifts|demand|staff|open_posts|budget|rules):", line)
        if section:
            near = lines[max(0, at - 2) : at + 2]
            assert any("#" in other for other in near), f"{section[1]} in line {at + 1}"


def test_the_starters_show_between_them_what_a_file_can_say() -> None:
    together = "\n".join(map(starter, STARTERS))
    keys = (
        "wished_size", "wishes", "fixed", "forbidden", "arrangement", "extra_weekends", "long_shifts",
        "parts", "volunteers_only", "of_which", "covers", "value", "agreements", "share_percent", "tags",
        "max_surplus",
    )  # fmt: skip
    assert [key for key in keys if f"{key}:" not in together] == []
    goals = ("full_time_posts", "mean_size", "fewest_heads", "wishes", "health", "fairness")
    assert [goal for goal in goals if goal not in together] == []
