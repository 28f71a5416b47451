"""All rotas in parts, against trying every rota: valid bounds for every part, and the truth in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from tests.rota.small_tasks import lines_of, own_cost, task, truth
from turnus.lines.cover import NO_LIMIT
from turnus.lines.part import Cell, Part, PartMaster
from turnus.lines.pricing import SCALE
from turnus.rota.branching import Looker, LookTerms, Tree, sets_of
from turnus.rota.effort import Limits
from turnus.rota.least_cost import least_cost
from turnus.rota.mixing import Ask, whole
from turnus.rota.standing import Standing, Task, build_task

TERMS = LookTerms(lines=40, lines_of_all=40, nodes=50)
NO_LISTS = LookTerms(lines=0, lines_of_all=0, nodes=1)
MOST_PARTS = 4_000
SPLIT = (11, 15, 57, 75)  # tasks of three people whose best mix has parts of people in it


@dataclass(frozen=True)
class Pair:
    """A tiny task of two people, with every line that each of them may have and what it costs by itself."""

    task: Task
    lines: tuple[np.ndarray, ...]
    own: tuple[np.ndarray, ...]

    @property
    def dearest(self) -> Standing:
        """Return a bad rota."""
        lines = [lines[own.argmax()] for lines, own in zip(self.lines, self.own, strict=True)]
        return Standing.of_lines(self.task, np.array(lines))

    def least(self, part: Part | None = None, sets: Sequence[np.ndarray] = ()) -> float:
        """Return the least cost of all rotas, or of a part's, by trying every one; inf when there is none."""
        part = part or Part()
        rows = self.task.problem.rows
        counts, own = [], []
        for post, (lines, costs) in enumerate(zip(self.lines, self.own, strict=True)):
            kept = np.ones(len(lines), bool)
            for where, day, action in part.shut:
                kept &= (lines[:, day] != action) | (where != post)
            counts.append(
                np.array(
                    [
                        [sum(line[day] == action for day, action in row.cells) for row in rows]
                        for line in lines
                    ]
                ).reshape(len(lines), len(rows))[kept]
            )
            own.append(costs[kept])
        total = (counts[0][:, None] + counts[1][None]).reshape(-1, len(rows))
        missing = np.maximum(0, np.array([row.need for row in rows]) - total)
        surplus = np.maximum(0, total - np.array([row.most for row in rows]))
        costs = missing @ np.array([row.minutes * row.value for row in rows], float)
        costs += surplus @ np.array([row.minutes * (row.surplus_value or 0) for row in rows], float)
        costs += np.add.outer(*own).reshape(-1)
        for number, (least, most) in part.missing.items():
            there = missing[:, sets[number]].sum(axis=1)
            costs[(there < least) | (there > most)] = np.inf
        return float(costs.min(initial=np.inf))


@cache
def pair(seed: int, counted: bool = False) -> Pair:
    """Return a random task of two people."""
    three, rules = task(seed, counted=counted)
    one = build_task(three.problem, three.pricer.model, three.posts[:2], three.pricer.worth)
    assert one is not None
    lines = tuple(lines_of(one, rules, post) for post in range(2))
    own = tuple(np.array([own_cost(one, post, line) for line in known]) for post, known in enumerate(lines))
    return Pair(one, lines, own)


def some_part(rng: np.random.Generator, sets: int) -> Part:
    """Return a random part: some shut cells, some bounds on missing people."""
    cells: list[Cell] = [
        (int(rng.integers(2)), int(rng.integers(7)), int(rng.integers(3))) for _ in range(rng.integers(5))
    ]
    part = Part().keeping_out(cells)
    for _ in range(rng.integers(1, 3)):
        least, more = (int(number) for number in rng.integers(0, 4, 2))
        most = NO_LIMIT if rng.random() < 0.4 else least + more
        part = part.with_missing(int(rng.integers(sets)), least, most)
    return part


def parts_of(two: Pair, rng: np.random.Generator) -> Iterator[tuple[PartMaster, Part, float]]:
    """Yield one master program at some random parts, one after another, with what a rota of each costs."""
    sets = sets_of(two.task)
    master = PartMaster(two.task.pricer, sets)
    for _ in range(5):
        part = some_part(rng, len(sets))
        master.restrict(part)
        yield master, part, two.least(part, sets)


def explored(
    one: Task, worst: Standing, least: float, terms: LookTerms, workers: int = 1
) -> tuple[Standing, Tree]:
    """Return the best rota once no part is left, and see that the bound holds after every look."""
    best, bound = worst, -np.inf
    tree = Tree(one, one.pricer, (), -1e6)
    while not tree.over:
        looked = [look() for look in tree.looks(workers, best, terms)]
        best = min((best, *(found.best for found in looked)), key=lambda found: found.cost)
        tree.learn(looked)
        assert bound - 1e-6 <= min(tree.bound, best.cost) <= least + 1e-6
        bound = min(tree.bound, best.cost)
        assert tree.parts < MOST_PARTS
    assert tree.bound >= best.cost - 1e-6
    return best, tree


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_any_prices_and_tolls_give_a_bound_on_every_rota_of_a_part(seed: int, counted: bool) -> None:
    two, rng = pair(seed, counted), np.random.default_rng(seed)
    for master, _part, least in parts_of(two, rng):
        for _ in range(6):
            prices = rng.normal(0, 3, two.task.cover.groups)
            tolls = rng.normal(0, 3, len(master.sets)) * (rng.random(len(master.sets)) < 0.5)
            cut, _ = master.part_cut(prices, tolls)
            assert cut.value(np.ones(2)) <= least + 1e-6


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_the_mix_of_a_part_bounds_its_rotas_and_parts_before_change_nothing(seed: int, counted: bool) -> None:
    two, rng = pair(seed, counted), np.random.default_rng(seed)
    for master, part, least in parts_of(two, rng):
        mixed = master.evaluate(np.ones(2), gap=0.01, used_only=True)
        assert mixed.bound <= least + 1e-6
        alone = PartMaster(two.task.pricer, list(master.sets))
        alone.restrict(part)
        again = alone.evaluate(np.ones(2), gap=0.01, used_only=True)
        if not counted:  # or else prices of limits that were learned before make the mix another
            assert again.value == pytest.approx(mixed.value, abs=0.05)
        central = master.central_cut(3)
        assert central is None or central.value(np.ones(2)) <= least + 1e-6


def test_a_whole_number_of_missing_people_may_cost_more_than_a_part_of_one() -> None:
    one, rules = task(SPLIT[0])
    least = truth(one, rules)
    assert least is not None
    looker = Looker(one, one.pricer, ())
    mixed = looker.master.evaluate(np.ones(3), gap=0.01, used_only=True)
    bounds = []
    for part in looker.by_missing(Part()):
        looker.master.restrict(part)
        bounds.append(looker.master.evaluate(np.ones(3), gap=0.01, used_only=True).bound)
    assert min(bounds) <= least + 1e-6
    assert max(bounds) > mixed.value + 0.1


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("terms", [NO_LISTS, TERMS, replace(TERMS, lines=5_000, lines_of_all=5_000)])
@pytest.mark.parametrize("seed", range(4))
def test_the_best_rota_is_found_once_no_part_is_left(seed: int, terms: LookTerms, counted: bool) -> None:
    two = pair(seed, counted)
    best, _ = explored(two.task, two.dearest, two.least(), terms)
    assert best.cost == pytest.approx(two.least())


@pytest.mark.parametrize("seed", SPLIT)
def test_the_best_of_three_peoples_rotas_is_found_once_no_part_is_left(seed: int) -> None:
    one, rules = task(seed)
    least = truth(one, rules)
    assert least is not None
    worst = Standing.of_lines(one, np.array([lines_of(one, rules, post)[0] for post in range(3)]))
    for terms, workers in ((NO_LISTS, 1), (NO_LISTS, 3), (TERMS, 2)):
        best, tree = explored(one, worst, least, terms, workers)
        assert best.cost == pytest.approx(least)
        assert tree.parts > 1 or terms is TERMS


def test_what_was_being_looked_at_when_stopped_is_looked_at_again() -> None:
    two = pair(3)
    bad, halt = two.dearest, two.task.pricer.model.halt
    tree = Tree(two.task, two.task.pricer, (), -1e6)
    looked = [look() for look in tree.looks(1, bad, replace(TERMS, stop=lambda: True))]
    tree.learn(looked)
    assert looked[0].best is bad
    assert (tree.over, tree.bound) == (False, -1e6)
    halt[0] = True
    tree.learn([look() for look in tree.looks(1, bad, TERMS)])
    halt[0] = False
    assert (tree.over, tree.bound) == (False, -1e6)


def test_bounds_on_missing_people_only_become_narrower() -> None:
    part = Part().with_missing(2, most=3).with_missing(2, least=1, most=8).with_missing(0, least=2)
    assert part.missing == {2: (1, 3), 0: (2, NO_LIMIT)}


@pytest.mark.parametrize("seed", range(6))
def test_an_integer_program_keeps_to_the_missing_people_of_a_part(seed: int) -> None:
    two = pair(seed)
    one, sets = two.task, sets_of(two.task)
    columns = [column for post in range(2) for column in one.pricer.columns_of(post, two.lines[post])]
    for most in (0, 4, 6):
        least = two.least(Part().with_missing(0, most=most), sets)
        ask = Ask(10_000.0)
        lines, proven = whole(one.pricer, columns, one.cover.need, one.cover.most, ask, [(sets[0], 0, most)])
        assert proven
        if lines is None:
            assert least == np.inf
        else:
            assert Standing(one, [lines[post] for post in range(2)]).cost == pytest.approx(least)


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_many_lines_at_once_are_what_they_are_one_by_one(seed: int, counted: bool) -> None:
    two = pair(seed, counted)
    pricer = two.task.pricer
    prices = np.round(np.random.default_rng(seed).normal(0, 3, two.task.cover.groups) * SCALE)
    for post, (lines, own) in enumerate(zip(two.lines, two.own, strict=True)):
        limits = pricer.model.classes[post].limits
        every = np.random.default_rng(seed).integers(0, 3, (50, 7)).astype(np.int16)
        assert limits.kept_by(every).tolist() == [limits.kept(line) for line in every]
        columns, earned = pricer.columns_of(post, lines), pricer.earned(post, prices, lines)
        for at, line in enumerate(lines):
            alone = two.task.column(post, line)
            assert (columns[at].line == line).all()
            assert (columns[at].cover == alone.cover).all()
            assert columns[at].cost == alone.cost == own[at]
            assert earned[at] == alone.cover @ prices - SCALE * alone.cost


def test_sets_of_rows_are_all_of_them_and_those_that_ask_for_the_same() -> None:
    one = pair(1).task
    sets = sets_of(one)
    assert sets[0].all()
    for chosen in sets[1:]:
        rows = [one.problem.rows[at] for at in np.flatnonzero(chosen).tolist()]
        assert len({frozenset(action for _, action in row.cells) for row in rows}) == 1
    assert (np.sum(sets[1:], axis=0) == 1).all()


def test_every_tiny_task_is_proven() -> None:
    for seed in range(8):
        two = pair(seed, seed % 3 == 0)
        found = least_cost(two.task, seed, Limits(4))
        assert found.proven
        assert found.bound == pytest.approx(two.least())


@pytest.mark.parametrize("seed", SPLIT)
def test_two_parts_hold_every_rota_of_a_part_once(seed: int) -> None:
    one, _ = task(seed)
    looker = Looker(one, one.pricer, ())
    mixed = looker.master.evaluate(np.ones(3), gap=0.01, used_only=True)
    split = looker.by_missing(Part())
    if split:
        ((at, (none, below)),) = split[0].missing.items()
        assert split[1].missing == {at: (below + 1, NO_LIMIT)}
        assert none == 0
    has, has_not = looker.by_cell(Part(), mixed)
    ((post, day, _),) = has_not.shut
    assert not has.shut & has_not.shut
    assert has.shut | has_not.shut == {(post, day, action) for action in range(3)}


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_lists_hold_every_line_that_earns_enough_at_every_cut(seed: int, counted: bool) -> None:
    two = pair(seed, counted)
    looker = Looker(two.task, two.task.pricer, ())
    mixed = looker.master.evaluate(np.ones(2), gap=0.01, used_only=True)
    cuts = looker.with_central(mixed.cuts[-1], lambda: False)
    level = mixed.value + 5.0
    meant = set()
    for post, lines in enumerate(two.lines):
        for line in lines:
            column = two.task.column(post, line)
            lost = [cut.profits[post] - column.cover @ cut.prices + SCALE * column.cost for cut in cuts]
            slack = [SCALE * (level - cut.value(np.ones(2)) + 1e-6) for cut in cuts]
            if all(one <= most for one, most in zip(lost, slack, strict=True)):
                meant.add((post, line.tobytes()))
    listed = looker.listed(cuts, level, 10_000, lambda: False)
    assert listed is not None
    assert {(column.kind, column.line.tobytes()) for column in listed} == meant
    assert looker.listed(cuts, level, len(meant) - 1, lambda: False) is None
