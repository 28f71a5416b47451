"""The rota of least cost against trying every rota: valid bounds, right proofs, nothing gets worse."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from highspy import HighsModelStatus

from tests.rota.small_tasks import lines_of, own_cost, task, truth
from turnus.lines import master
from turnus.lines.cover import FloatArray
from turnus.lines.halting import StoppedError
from turnus.lines.highs import heed, quiet_highs
from turnus.lines.master import BoolArray, Cut, Evaluation
from turnus.lines.pricing import SCALE, Priced
from turnus.rota.choosing import Chooser
from turnus.rota.effort import Limits
from turnus.rota.least_cost import FIRST_PARTS, Told, good_prices, guides, least_cost, parts_first
from turnus.rota.mixing import MOST_NODES, UNLIMITED, Ask, Mix, dive, straight, whole
from turnus.rota.neighbourhood import Choice, Finding, Pool, Way, explored, mix_of, rows_of, worth_listing
from turnus.rota.standing import Standing, build_task

MOVES = 40


def never() -> bool:
    return False


@pytest.mark.parametrize("seed", range(16))
def test_bound_and_cost_against_every_rota(seed: int) -> None:
    one, rules = task(seed)
    least = truth(one, rules)
    assert least is not None
    found = least_cost(one, seed, Limits(MOVES))
    assert found.standing is not None
    assert found.bound <= least + 1e-6
    assert found.standing.cost >= least - 1e-6
    if found.proven:
        assert found.standing.cost == pytest.approx(least)


def test_most_tiny_tasks_are_proven() -> None:
    proven = [least_cost(task(seed)[0], seed, Limits(MOVES)).proven for seed in range(16)]
    assert sum(proven) >= 12


@pytest.mark.parametrize("seed", range(6))
def test_what_a_line_costs_by_itself(seed: int) -> None:
    one, rules = task(seed)
    for post in range(len(one.posts)):
        for line in lines_of(one, rules, post)[::7]:
            assert one.column(post, line).cost == own_cost(one, post, line)


@pytest.mark.parametrize("seed", range(8))
def test_a_neighbourhood_with_nothing_better_is_told_exactly(seed: int) -> None:
    one, rules = task(seed)
    least = truth(one, rules)
    start = Standing.of_lines(one, np.array([lines_of(one, rules, post)[0] for post in range(3)]))
    everything = Choice((0, 1, 2), np.ones(one.problem.days, bool))
    found = explored(one, start, everything, Pool(), 5_000, UNLIMITED, MOST_NODES, never)
    assert found.exact
    better = start if found.standing is None else found.standing
    assert better.cost == pytest.approx(least)


def test_days_that_are_held_stay_as_they_are() -> None:
    one, rules = task(3)
    start = Standing.of_lines(one, np.array([lines_of(one, rules, post)[-1] for post in range(3)]))
    days = np.zeros(one.problem.days, bool)
    days[2:5] = True
    found = explored(one, start, Choice((0, 1, 2), days), Pool(), 5_000, UNLIMITED, MOST_NODES, never)
    if found.standing is not None:
        assert (found.standing.lines == start.lines)[:, ~days].all()
        assert found.standing.cost < start.cost


@pytest.mark.parametrize("seed", range(10))
def test_rows_of_other_days_cost_what_they_cost(seed: int) -> None:
    one, rules = task(seed)
    rng = np.random.default_rng(seed)
    start = Standing.of_lines(one, np.array([rng.choice(lines_of(one, rules, post)) for post in range(3)]))
    days = np.zeros(one.problem.days, bool)
    days[2:5] = True
    found = explored(one, start, Choice((0, 2), days), Pool(), 5_000, UNLIMITED, MOST_NODES, never)
    best = min(
        start.replaced({0: one.column(0, mine), 2: one.column(2, other)}).cost
        for mine in lines_of(one, rules, 0)
        if (mine == start.lines[0])[~days].all()
        for other in lines_of(one, rules, 2)
        if (other == start.lines[2])[~days].all()
    )
    assert found.exact
    assert found.bound <= best + 1e-6
    assert (start if found.standing is None else found.standing).cost == pytest.approx(best)


def test_a_run_that_begins_with_a_rota_is_never_worse() -> None:
    one, _ = task(5)
    first = least_cost(one, 1, Limits(MOVES))
    assert first.standing is not None
    again = least_cost(one, 2, Limits(1), start=list(first.standing.lines))
    assert again.standing is not None
    assert again.standing.cost <= first.standing.cost


def test_the_same_seed_and_number_of_neighbourhoods_give_the_same_rota() -> None:
    found = [least_cost(task(9, weeks=1)[0], 4, Limits(12)) for _ in range(2)]
    standings = [one.standing for one in found]
    assert standings[0] is not None
    assert standings[1] is not None
    assert (standings[0].lines == standings[1].lines).all()


def test_what_is_told_only_gets_better() -> None:
    told: list[Told] = []
    least_cost(task(7)[0], 1, Limits(MOVES), told.append)
    costs = [one.cost for one in told if one.cost is not None]
    bounds = [one.bound for one in told if one.bound is not None]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)


def test_cancelling_keeps_what_was_found() -> None:
    one, _ = task(5)
    first = least_cost(one, 1, Limits(MOVES))
    assert first.standing is not None
    stopped = least_cost(one, 1, Limits(MOVES, cancelled=lambda: True), start=list(first.standing.lines))
    assert stopped.standing is not None
    assert stopped.standing.cost == first.standing.cost


def test_an_integer_program_says_when_nothing_is_cheap_enough() -> None:
    one, rules = task(2)
    columns = [one.column(post, line) for post in range(3) for line in lines_of(one, rules, post)]
    least = truth(one, rules)
    assert least is not None
    cover = one.cover
    none, proven = whole(one.pricer, columns, cover.need, cover.most, Ask(least - 1.0))
    assert (none, proven) == (None, True)
    some, proven = whole(one.pricer, columns, cover.need, cover.most, Ask(least))
    assert some is not None
    assert proven
    assert Standing(one, [some[post] for post in range(3)]).cost == pytest.approx(least)


@pytest.mark.parametrize("most_lines", [1, 2, 3, 6])
@pytest.mark.parametrize("seed", range(8))
def test_exact_is_never_said_when_lines_were_left_out(seed: int, most_lines: int) -> None:
    one, rules = task(seed)
    start = Standing.of_lines(one, np.array([lines_of(one, rules, post)[0] for post in range(3)]))
    everything = Choice((0, 1, 2), np.ones(one.problem.days, bool))
    found = explored(one, start, everything, Pool(), most_lines, UNLIMITED, MOST_NODES, never)
    better = start if found.standing is None else found.standing
    if found.exact:
        assert better.cost == pytest.approx(truth(one, rules))


@pytest.mark.parametrize("way", get_args(Way))
@pytest.mark.parametrize("seed", range(8))
def test_a_neighbourhood_that_was_stopped_is_not_told_exactly(seed: int, way: Way) -> None:
    """Only its mix may have shown before that it holds nothing better."""
    one, rules = task(seed)
    start = Standing.of_lines(one, np.array([lines_of(one, rules, post)[0] for post in range(3)]))
    everything = Choice((0, 1, 2), np.ones(one.problem.days, bool), way=way)
    found = explored(one, start, everything, Pool(), 100, UNLIMITED, MOST_NODES, lambda: True)
    assert found.standing is None
    assert found.exact == found.pruned
    if found.exact:
        assert start.cost == pytest.approx(truth(one, rules))


def test_a_neighbourhood_that_the_sign_ends_is_known_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its way of choosing is not weighed as one that was seen to the end, and the bound stays what it was."""
    learnt: list[Finding] = []

    def stopped(*_given: object) -> Finding:
        raise StoppedError

    monkeypatch.setattr("turnus.rota.least_cost.explored", stopped)
    monkeypatch.setattr(Chooser, "learn", lambda _self, _choice, found: learnt.append(found))
    monkeypatch.setattr("turnus.rota.least_cost._LeastCost._root", lambda _self, _share: None)
    found = least_cost(task(2)[0], 1, Limits(4))
    assert found.bound == -np.inf
    assert len(learnt) == 4
    assert not any(one.exact for one in learnt)
    assert all((one.standing, one.bound) == (None, -np.inf) for one in learnt)


@pytest.mark.parametrize("seed", range(6))
def test_a_mix_with_every_line_taken_costs_what_the_rota_does(seed: int) -> None:
    one, rules = task(seed)
    rota = Standing.of_lines(one, np.array([lines_of(one, rules, post)[0] for post in range(3)]))
    mix = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
    for column in rota.columns[:2]:
        mix.take(column)
    mix.add([rota.columns[2]])
    value, bound = mix.converged(never, 0.01)
    assert bound <= value + 1e-6
    assert value <= rota.cost + 1e-6
    mix.take(rota.columns[2])
    assert mix.converged(never, 0.01)[0] == pytest.approx(rota.cost)
    mix.give_back(rota.columns[2])
    assert mix.converged(never, 0.01)[0] == pytest.approx(value)


@pytest.mark.parametrize("seed", range(8))
def test_a_mix_of_some_days_counts_what_other_days_cost(seed: int) -> None:
    one, rules = task(seed)
    rota = Standing.of_lines(one, np.array([lines_of(one, rules, post)[-1] for post in range(3)]))
    days = np.zeros(one.problem.days, bool)
    days[1:3] = True
    choice = Choice((0, 2), days)
    rows = rows_of(one, choice)
    assert not rows.all()
    mix = mix_of(one, rota, choice, rows)
    for at, post in enumerate(choice.posts):
        mix.take(mix.pricer.column_of(at, rota.columns[post].line))
    assert mix.converged(never, 0.01)[0] == pytest.approx(rota.cost)


def test_a_rota_that_is_worth_something_has_a_bound_below_nothing() -> None:
    one, _ = task(4)
    paid = replace(one.pricer.worth, cells={post: np.full((7, 3), 5.0) for post in range(3)})
    worth = build_task(one.problem, one.pricer.model, one.posts, paid)
    assert worth is not None
    found = least_cost(worth, 1, Limits(MOVES))
    assert found.standing is not None
    assert found.bound <= found.standing.cost < 0


@pytest.mark.parametrize("seed", range(4))
def test_lines_are_all_listed_or_it_is_said_that_some_are_not(seed: int) -> None:
    one, rules = task(seed)
    mix = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
    cut = mix.evaluated(never, 0.01).cuts[-1]
    slack = 6.0
    meant = [
        sum(
            float(one.column(post, line).cover @ cut.prices) - SCALE * own_cost(one, post, line)
            >= cut.profits[post] - SCALE * (slack + 1e-6)
            for line in lines_of(one, rules, post)
        )
        for post in range(3)
    ]
    for most in sorted({1, *(number - 1 for number in meant), *meant}):
        listed, complete = worth_listing(mix, cut, slack, most, ())
        assert complete == (max(meant) <= most)
        if complete:
            assert len(listed) == sum(meant)


def test_a_program_ends_when_it_is_told_to_and_goes_on_when_it_is_not() -> None:
    program = quiet_highs(threads=1, presolve="off")
    told = [True]
    heed(program, lambda: told[0])
    rng = np.random.default_rng(1)
    for cost in rng.random(30):
        program.addVar(0.0, 1.0)
        program.changeColCost(program.getNumCol() - 1, float(cost))
    for _ in range(29):
        program.addRow(1.0, 9.0, 30, np.arange(30, dtype=np.int32), rng.random(30))
    program.run()
    assert program.getModelStatus() == HighsModelStatus.kInterrupt
    told[0] = False
    program.run()
    assert program.getModelStatus() == HighsModelStatus.kOptimal


@pytest.mark.parametrize("seed", range(12))
def test_a_straight_dive_reaches_its_target_or_gives_nothing(seed: int) -> None:
    one, rules = task(seed)
    least = truth(one, rules)
    assert least is not None
    for target in (least - 1.0, least, least + 2.0):
        mix = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
        lines = straight(mix, target, never)
        if lines is not None:
            rota = Standing(one, [lines[post] for post in range(3)])
            assert least <= rota.cost <= target + 1e-6
        assert lines is None or target >= least


def test_a_straight_dive_reaches_what_the_mix_promises_on_most_tiny_units() -> None:
    reached = 0
    for seed in range(12):
        one, rules = task(seed)
        least = truth(one, rules)
        assert least is not None
        mix = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
        reached += straight(mix, least, never) is not None
    assert reached >= 10


def test_a_straight_dive_that_is_stopped_leaves_what_was_given_to_the_next_dive() -> None:
    one, _ = task(3)
    mix = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
    asked = iter(range(100))
    assert straight(mix, -1e9, lambda: next(asked) > 2) is None
    lines = dive(mix, 1.0, never)
    assert lines is not None
    assert sorted(lines) == [0, 1, 2]


def test_asking_whether_to_stop_in_mid_program_takes_no_rounds_from_a_dive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Large programs ask at every step of the simplex method; only whole rounds of new lines are counted."""
    one, _ = task(3)
    costs, asked = [], []
    for large in (10**6, 0):
        monkeypatch.setattr(master, "LARGE_ROWS", large)
        mix = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
        stops = 0

        def stop() -> bool:
            nonlocal stops
            stops += 1
            return False

        costs.append(mix.evaluated(stop, 0.0, rounds=6).value)
        asked.append(stops)
    assert costs[0] == costs[1] < np.inf
    assert asked[1] > asked[0] + 6, "nobody asked in mid-program, so that this shows nothing"


@pytest.mark.parametrize("seed", range(8))
def test_a_mix_is_the_same_at_whatever_prices_it_begins(seed: int) -> None:
    one, rules = task(seed)
    least, rng = truth(one, rules), np.random.default_rng(seed)
    assert least is not None
    mixes = [Mix(one.pricer, one.cover.need, one.cover.most, 0.0) for _ in range(3)]
    for factor, mix in zip((1, 3), mixes[1:], strict=True):  # also prices that no row may have
        begin = np.round(factor * SCALE * one.cover.weight * rng.normal(size=one.cover.groups))
        assert mix.evaluated(never, 0.0, rounds=1, begin=begin).bound <= least + 1e-6
    found = [mix.evaluated(never, 0.0) for mix in mixes]
    assert [one.value for one in found] == pytest.approx([found[0].value] * 3)
    assert [one.bound for one in found] == pytest.approx([found[0].value] * 3, abs=0.1)


def test_a_mix_that_begins_at_the_best_prices_is_proven_at_once() -> None:
    one, _ = task(3)
    first = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
    best = first.evaluated(never, 0.0)
    second = Mix(one.pricer, one.cover.need, one.cover.most, 0.0)
    begun = second.evaluated(never, 0.0, rounds=1, begin=best.cuts[-1].prices)
    assert begun.bound == best.bound
    assert second.evaluated(never, 0.0, rounds=1).bound < best.bound, "one round is enough anyway"


def counted_cuts(monkeypatch: pytest.MonkeyPatch) -> list[FloatArray]:
    """Return the list into which the prices of every cut from now on are written."""
    asked: list[FloatArray] = []
    cut = master.Master.cut

    def noted(self: master.Master, prices: FloatArray, wanted: BoolArray | None = None) -> tuple[Cut, Priced]:
        asked.append(prices)
        return cut(self, prices, wanted)

    monkeypatch.setattr(master.Master, "cut", noted)
    return asked


def test_a_mix_ends_after_its_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = task(3)
    asked = counted_cuts(monkeypatch)
    Mix(one.pricer, one.cover.need, one.cover.most, 0.0).evaluated(never, -1.0, rounds=2)
    two = len(asked)
    asked.clear()
    Mix(one.pricer, one.cover.need, one.cover.most, 0.0).evaluated(never, -1.0)
    assert two <= 3 < len(asked)  # a round prices twice when smoothed prices give nothing new


def test_a_neighbourhood_begins_at_the_prices_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    one, rules = task(3)
    standing = Standing.of_lines(one, np.array([lines_of(one, rules, post)[0] for post in range(3)]))
    choice = Choice((0, 1), np.ones(one.problem.days, bool))
    prices = (np.arange(one.cover.groups) % 7 * SCALE).astype(np.float64)
    asked = counted_cuts(monkeypatch)
    explored(one, standing, choice, Pool(prices), 60, UNLIMITED, MOST_NODES, never)
    assert (asked[0] == prices / SCALE).all()


def test_neighbourhoods_side_by_side_learn_nothing_from_each_other() -> None:
    one, rules = task(3)
    standing = Standing.of_lines(one, np.array([lines_of(one, rules, post)[0] for post in range(3)]))
    choice = Choice((0, 1), np.ones(one.problem.days, bool))
    mixes = [mix_of(one, standing, choice, rows_of(one, choice)) for _ in range(2)]
    withins = [mix.pricer.within for mix in mixes]
    withins[0].penalties[0] = np.ones(1)
    withins[0].broken[0] = frozenset()
    assert not withins[1].penalties
    assert not withins[1].broken
    assert 0 not in one.pricer.within.penalties


@pytest.mark.parametrize(
    ("value", "bound", "near"),
    [
        (100.0, 91.0, True),
        (100.0, 89.0, False),
        (0.0, 0.0, True),
        (np.inf, 5.0, False),
        (100.0, -np.inf, False),
    ],
)
def test_a_mix_far_from_converged_is_no_guide(value: float, bound: float, near: bool) -> None:
    assert guides(Evaluation(value, bound, (), (), np.empty(0))) == near


@pytest.mark.parametrize(("bound", "good"), [(91.0, True), (89.0, False)])
def test_only_prices_of_a_mix_that_is_nearly_the_best_are_begun_at(bound: float, good: bool) -> None:
    cuts = tuple(Cut(np.full(2, float(at)), 0.0, np.empty(0)) for at in range(2))
    prices = good_prices(Evaluation(100.0, bound, cuts, (), np.empty(0)))
    assert (prices is not None and prices.tolist() == [1.0, 1.0]) if good else prices is None


def test_without_a_cut_there_are_no_prices_to_begin_at() -> None:
    assert good_prices(Evaluation(100.0, 100.0, (), (), np.empty(0))) is None


@pytest.mark.parametrize(
    ("parts", "part_seconds", "given_seconds", "first"),
    [
        (0, 0.0, 60.0, True),
        (FIRST_PARTS - 1, 2.9, 60.0, True),
        (FIRST_PARTS, 0.0, 60.0, False),  # there were enough
        (1, 3.1, 60.0, False),  # they take too much of the time
        (1, 1e6, np.inf, True),  # no time to take from
    ],
)
def test_few_and_quick_parts_come_first(
    parts: int, part_seconds: float, given_seconds: float, first: bool
) -> None:
    assert parts_first(parts, part_seconds, given_seconds) == first
