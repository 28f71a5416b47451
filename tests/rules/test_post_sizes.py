"""Sizes of named and open posts, and how many there are."""

import pytest

from tests.builders import person, problem, rota
from turnus.problem import Post
from turnus.rules.structure.post_sizes import PostSizes
from turnus.texts import using_language

KARI = person("Kari", size=6000, wished=8000, sizes=(6000, 7500, 8000))
PER = person("Per", size=8000, wished=5000, sizes=(5000, 8000))
OPEN = person(None, sizes=(5000, 10000), at_most=2)
UNIT = problem(KARI, PER, OPEN, smallest_size=5000)


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([(0, 6000), (1, 8000)], []),
        ([(0, 8000), (1, 5000), (2, 5000), (2, 10000)], []),
        ([(0, 7000), (1, 6500)], []),  # between present and wished, though not one of the offered steps
        ([(0, 5999), (1, 8000)], [(0, 1, "")]),
        ([(0, 8001), (1, 4999)], [(0, 1, ""), (1, 1, "")]),
        ([(0, 6000), (1, 8000), (2, 7500)], [(2, 1, "")]),
        ([(1, 8000)], [(None, 1, "Kari")]),
        ([(0, 6000), (0, 6000), (1, 8000)], [(None, 1, "Kari")]),
        ([(0, 6000), (1, 8000), *[(2, 5000)] * 4], [(None, 2, "open-staff")]),
    ],
)
def test_wrong_sizes_and_numbers_are_found(posts: list[tuple[int, int]], expected: list[object]) -> None:
    one = rota(UNIT, *["-------"] * len(posts), posts=[Post(*post) for post in posts])
    breaches = PostSizes().violations(UNIT, one)
    assert [(breach.post, breach.amount, breach.about) for breach in breaches] == expected


def test_an_open_post_below_the_smallest_size_is_found_even_if_its_class_allows_it() -> None:
    unit = problem(OPEN, smallest_size=6000)
    one = rota(unit, "-------", posts=[Post(0, 5000)])
    assert len(list(PostSizes().violations(unit, one))) == 1


def test_more_open_posts_than_permitted_in_all_are_found() -> None:
    nurses = person(None, sizes=(5000,), at_most=9, competence=1, id="open-nurse")
    unit = problem(OPEN, nurses, competences=("staff", "nurse"), smallest_size=5000, most_open_posts=2)
    for number, expected in ((1, []), (2, [1]), (3, [2])):
        posts = [Post(0, 5000), *[Post(1, 5000)] * number]
        one = rota(unit, *["-------"] * len(posts), posts=posts)
        assert [breach.amount for breach in PostSizes().violations(unit, one)] == expected


@pytest.mark.parametrize(
    ("posts", "words"),
    [
        ([(0, 5999), (1, 8000)], "has 59.99%, expected 60% to 80%"),
        ([(0, 6000), (1, 8000), (2, 7500)], "has 75%, expected one of 50%, 100%"),
        ([(1, 8000)], "Kari has no line in the rota"),
        ([(0, 6000), (0, 6000), (1, 8000)], "Kari has 2 lines in the rota"),
        ([(0, 6000), (1, 8000), *[(2, 5000)] * 4], "4 open posts for staff, at most 2"),
    ],
)
def test_a_breach_says_whose_it_is_and_both_sizes(posts: list[tuple[int, int]], words: str) -> None:
    one = rota(UNIT, *["-------"] * len(posts), posts=[Post(*post) for post in posts])
    (breach,) = PostSizes().violations(UNIT, one)
    with using_language("en"):
        assert PostSizes().told(UNIT, one, breach) == words


def test_too_many_open_posts_in_all_are_said_with_the_most() -> None:
    unit = problem(OPEN, smallest_size=5000, most_open_posts=1)
    one = rota(unit, "-------", "-------", posts=[Post(0, 5000)] * 2)
    (breach,) = PostSizes().violations(unit, one)
    with using_language("en"):
        assert PostSizes().told(unit, one, breach) == "1 open post more than the 1 that are allowed"
