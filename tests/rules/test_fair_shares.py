"""Nights, evenings, weekends and red days by the size of each post."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import person, problem, rota
from tests.rules.checks import found
from turnus.problem import Post, Problem
from turnus.rules.agreed.fair_shares import WHAT, FairShares
from turnus.texts import using_language

EXACT = FairShares(what="nights", within=0)


def unit(ola: int = 10_000, **changes: Any) -> Problem:
    return problem(person("Kari"), person("Ola", sizes=(ola,), **changes))


@pytest.mark.parametrize(
    ("kari", "ola", "expected"),
    [
        ("NN-----", "--NN---", []),
        ("NNN----", "---N---", [(0, None, 1), (1, None, 1)]),  # 3 and 1; the share is 2
        ("NN-----", "---N---", []),  # 2 and 1; the share is 1.5, half a day beside it
        ("NNN----", "-------", [(0, None, 1), (1, None, 1)]),  # 3 and 0; 1.5 beside, one whole day
        ("DDDD---", "-------", []),
    ],
)
def test_whole_days_beside_the_share(kari: str, ola: str, expected: list[object]) -> None:
    assert found(EXACT, unit(), kari, ola) == expected


def test_half_a_post_has_half_as_many() -> None:
    assert found(EXACT, unit(5_000), "NNNN---", "----NN-") == []
    # of 6 nights 4 and 2 would be the shares
    assert found(EXACT, unit(5_000), "NNN----", "----NNN") == [(0, None, 1), (1, None, 1)]


def test_the_size_is_that_of_the_post_in_the_rota() -> None:
    posts = [Post(0, 10_000), Post(1, 2_500)]
    # of 5 nights 4 and 1
    assert found(EXACT, unit(), "NNNN---", "----N--", posts=posts) == []


def test_leave_makes_the_share_smaller() -> None:
    # 7 and 3.5 days would be thirds; with 7 and 0 present days Kari has them all
    assert found(EXACT, unit(leave=frozenset(range(7))), "NNNN---", "-------") == []


@pytest.mark.parametrize(("within", "expected"), [(1, []), (0, [(0, None, 1), (1, None, 1)])])
def test_a_stated_slack(within: int, expected: list[object]) -> None:
    rule = FairShares(what="nights", within=within)
    assert found(rule, unit(), "NNN----", "---N---") == expected


def test_weekends_evenings_and_red_days() -> None:
    ward = replace(unit(), red_days=frozenset({3}))
    line, off = "--ADNDD", "-------"
    # Friday night, Saturday and Sunday: 3 against a share of 1.5
    assert found(FairShares(what="weekends", within=0), ward, line, off) == [(0, None, 1), (1, None, 1)]
    assert found(FairShares(what="evenings", within=0), ward, "A-A----", off) == [(0, None, 1), (1, None, 1)]
    assert found(FairShares(what="red_days", within=0), ward, line, off) == []  # half a day
    two = replace(ward, red_days=frozenset({3, 5}))
    assert found(FairShares(what="red_days", within=0), two, line, off) == [(0, None, 1), (1, None, 1)]


def test_who_may_not_work_nights_has_no_share_and_open_posts_have_none() -> None:
    never = frozenset((day, 3) for day in range(7))
    assert found(EXACT, unit(bans=never), "NNNN---", "-------") == []
    ward = problem(person("Kari"), person(None))
    assert found(EXACT, ward, "NNNN---", "-------") == []


def test_it_is_soft_unless_it_is_said_to_be_hard() -> None:
    assert not FairShares().hard
    assert FairShares(strength="hard").hard


def test_what_a_breach_is_about_is_left_to_be_translated_where_it_is_shown() -> None:
    uneven = rota(unit(), "NNN----", "-------")
    with using_language("nb"):
        assert {breach.about for breach in EXACT.violations(unit(), uneven)} == {WHAT["nights"]}
