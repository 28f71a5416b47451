from tests import builders
from tests.goals.small import small_problem, small_rota
from turnus.goals import changed, fairness, unmet_wishes

WISHES = [
    {"on": ["tuesday"], "want": "off", "strength": "strong"},
    {"on": ["weekend"], "want": "day", "strength": "weak"},
]
OPEN = 2


def with_wishes() -> list[dict]:
    return [
        {"name": "Kari", "competence": "nurse", "size": 75, "wishes": WISHES},
        {"name": "Ola", "competence": "aide", "size": 80},
    ]


def test_each_wish_not_met_counts_its_strength() -> None:
    problem = small_problem(staff=with_wishes())
    assert unmet_wishes(problem, small_rota(problem, ["D.D..DD"], [7500])) == 0
    assert unmet_wishes(problem, small_rota(problem, ["DDD..DD"], [7500])) == 3
    # Saturday an evening instead of a day, Sunday off: two weak wishes
    assert unmet_wishes(problem, small_rota(problem, ["D.D..A."], [7500])) == 2


def test_nobody_who_wishes_nothing_is_counted() -> None:
    problem = small_problem(staff=with_wishes())
    assert unmet_wishes(problem, small_rota(problem, ["AAAAAAA"], [8000], [1])) == 0


def test_fairness_is_the_spread_of_evenings_scaled_to_a_full_post() -> None:
    problem = small_problem()
    rota = small_rota(problem, ["AA.....", "DDDD..."], [10000, 5000], [OPEN, OPEN])
    assert fairness(problem, rota) == 900  # 2 evenings at 100 % against none
    # 1 evening at 50 % weighs as much as 2 at 100 %
    even = small_rota(problem, ["AA.....", "ADDD..."], [10000, 5000], [OPEN, OPEN])
    assert fairness(problem, even) == 0


def test_weekends_moved_are_those_worked_in_one_of_the_two_rotas() -> None:
    """Worked in both, newly worked, newly free: two have changed, whichever way."""
    before = "-----D- ------- -----D-"
    unit = builders.problem(builders.person(present_rota=builders.actions(before)), weeks=3)
    (found,) = changed(unit, builders.rota(unit, "------D -----D- -------"))
    assert (found.days, found.weekends) == (4, 2)


def test_who_may_not_work_nights_is_left_out_of_their_spread() -> None:
    problem = small_problem()
    # Kari, the only nurse, has all nights; Ola may not work them
    assert fairness(problem, small_rota(problem, ["NN.....", "DDDD..."], [10000, 10000])) == 0


def test_a_ban_on_every_evening_takes_a_person_out_of_the_spread() -> None:
    staff = [
        {"name": "Kari", "competence": "nurse", "size": 100, "forbidden": [{"shifts": ["evening"]}]},
        {"name": "Ola", "competence": "aide", "size": 100},
    ]
    problem = small_problem(staff=staff)
    rota = small_rota(problem, ["DD.....", "AA....."], [10000, 10000])
    assert fairness(problem, rota) == 0
