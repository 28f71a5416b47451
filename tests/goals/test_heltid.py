import pytest

from tests.builders import actions, one_line, person, problem
from tests.goals.small import small_problem, small_rota
from turnus.goals import heltid
from turnus.goals.frames import posts_frame
from turnus.problem import Post

KARI, OLA, OPEN = 0, 1, 2


def test_the_vector_of_two_named_and_two_open_posts() -> None:
    vector = heltid(
        small_problem(), [Post(KARI, 10000), Post(OLA, 8000), Post(OPEN, 10000), Post(OPEN, 5000)]
    )
    assert (vector.full_time_posts, vector.full_time_named, vector.full_time_open) == (2, 1, 1)
    assert vector.heads == 4
    assert vector.full_time_share == 50.0
    assert vector.mean_size_percent == pytest.approx((100 + 80 + 100 + 50) / 4)
    assert vector.min_size_percent == 50.0
    assert vector.fte == pytest.approx(3.3)


def test_posts_below_a_step_do_not_include_the_step_itself() -> None:
    vector = heltid(small_problem(), [Post(OPEN, 1999), Post(OPEN, 2000), Post(OPEN, 5000), Post(OPEN, 8000)])
    assert vector.posts_below == {"20": 1, "50": 2, "80": 3}


def test_a_size_just_below_100_percent_is_not_full_time() -> None:
    assert heltid(small_problem(), [Post(OPEN, 9999)]).full_time_posts == 0


def test_a_wish_for_more_is_granted_only_in_full() -> None:
    problem = small_problem()
    assert heltid(problem, [Post(KARI, 9000)]).wished_increase.granted == 0
    assert heltid(problem, [Post(KARI, 9000)]).wished_increase.unmet_fte == pytest.approx(0.1)
    assert heltid(problem, [Post(KARI, 10000)]).wished_increase.granted == 1
    assert heltid(problem, [Post(KARI, 10000)]).wished_increase.unmet_fte == 0


def test_who_wishes_no_more_than_today_is_not_counted_among_the_wishers() -> None:
    assert heltid(small_problem(), [Post(OLA, 8000), Post(OPEN, 5000)]).wished_increase.people == 0


def test_planned_fte_is_known_only_with_a_rota() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["DDDD..."], [7500])
    assert heltid(problem, rota.posts).planned_fte is None
    assert heltid(problem, rota.posts, rota).planned_fte == pytest.approx(4 * 450 / 2130)


def test_without_posts_sizes_are_unknown_not_zero() -> None:
    vector = heltid(small_problem(), [])
    assert (vector.heads, vector.full_time_share, vector.mean_size_percent, vector.min_size_percent) == (
        0, None, None, None,
    )  # fmt: skip


def test_the_posts_frame_shows_hours_against_the_position() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["DDDD...", "DD....."], [7500, 5000], [KARI, OPEN])
    frame = posts_frame(problem, rota)
    assert list(frame["planned_minus_position_minutes"]) == [1800 - 0.75 * 2130, 900 - 0.5 * 2130]
    assert frame.iloc[0]["person"] == "Kari"
    assert frame.iloc[1]["person"] is None or frame["person"].isna()[1]


def test_converted_hours_are_those_of_the_line() -> None:
    # One week: 2250 - a night's 480 / 4 - an evening's 75 / 4 = 2111.25 min of a full position.
    post = person(converted=True, full_week_minutes=2130)
    unit = problem(post)
    line = one_line(unit, actions("DDA-N--"))
    assert list(posts_frame(unit, line)["position_minutes"]) == [2111.25]
    assert list(posts_frame(unit, line)["planned_minus_position_minutes"]) == [1935 - 2111.25]
    assert heltid(unit, line.posts, line).planned_fte == pytest.approx(1935 / 2111.25)
