"""Ruin and recreate in every style: lines stay lawful, costs are counted right, each line has its pass."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rota.small_tasks import lines_of, task
from turnus.lines.program import best_line
from turnus.problem import Rota
from turnus.rota import build
from turnus.rota.build import COVERING, LONG_COVERING, build_rota, shortfall_of
from turnus.rota.effort import Limits
from turnus.rota.state import Search, Style, Tables


@pytest.mark.parametrize("style", [COVERING, LONG_COVERING, Style(0.3, 0.5, 0.0, 1.0)])
@pytest.mark.parametrize("seed", range(6))
def test_lines_stay_lawful_and_costs_true_in_every_style(seed: int, style: Style) -> None:
    one, rules = task(seed)
    tables = Tables(one.problem, one.pricer.model, one.posts)
    search = Search(tables, seed)
    search.run(300, 0.3, style, -1.0)
    lawful = [set(map(tuple, lines_of(one, rules, post).tolist())) for post in range(3)]
    for lines in (search.lines, search.best_lines):
        assert all(tuple(line) in lawful[post] for post, line in enumerate(lines.tolist()))
    assert shortfall_of(tables, search.best_lines) == pytest.approx(search.best[0], abs=1e-3)


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_the_best_line_of_its_own_pass_is_the_best_of_all(seed: int) -> None:
    one, _ = task(seed)
    programs = one.pricer.programs
    rng = np.random.default_rng(seed)
    arrays, ends = programs.arrays, np.zeros(programs.most_units + 1)
    for _ in range(20):
        prices = rng.integers(-5, 9, (one.problem.days, one.problem.actions)).astype(float)
        line, via = np.zeros(one.problem.days, np.int16), np.full(1, -1)
        about = (arrays, 0, prices, ends, 0, programs.most_units, programs.scratch, line, via)
        value = best_line(*about)
        assert via[0] >= 0
        assert best_line(*about) == value
        others = []
        for other in range(int(arrays[0][0]), int(arrays[0][1])):
            via[0] = other
            others.append(best_line(*about))
        assert max(others) == value


@pytest.mark.parametrize("style", [COVERING, LONG_COVERING, Style(0.3, 2.0, 0.0, 1.0)])
@pytest.mark.parametrize("seed", [1, 3, 5])
def test_every_line_is_found_in_the_pass_that_is_kept_for_it(seed: int, style: Style) -> None:
    """A loyal move looks in that pass alone: in another one it would miss the line that it begins with."""
    one, _ = task(seed)
    tables = Tables(one.problem, one.pricer.model, one.posts)
    search = Search(tables, seed)
    first = _passes_seen(tables, search)
    for _ in range(20):
        search.run(20, 0.3, style, -1.0)
        first |= _passes_seen(tables, search)
    assert len(first) > 1


def _passes_seen(tables: Tables, search: Search) -> set[int]:
    """Return the passes kept for lines; each line must be found in its own."""
    programs, days = tables.programs, np.arange(search.lines.shape[1])
    for post, line in enumerate(search.lines):
        only = np.full((len(days), tables.problem.actions), -np.inf)
        only[days, line] = 0.0
        via, program = search.passes[post : post + 1].copy(), int(tables.post_arrays[0][post])
        ends, found = np.zeros(programs.most_units + 1), np.zeros(len(days), np.int16)
        assert via[0] >= 0
        value = best_line(
            programs.arrays, program, only, ends, 0, programs.most_units, programs.scratch, found, via
        )
        assert value > -np.inf
    return set(search.passes.tolist())


def test_rotas_with_dear_lines_are_searched_in_their_own_style(monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = task(2)
    tables = Tables(one.problem, one.pricer.model, one.posts)
    used: list[Style] = []
    run = Search.run

    def noted(self: Search, moves: int, heat: float, style: Style, goal: float) -> int:
        used.append(style)
        return run(self, moves, heat, style, goal)

    monkeypatch.setattr(Search, "run", noted)
    dear = (LONG_COVERING, build.LONG_MOVES)
    for longest, most, (style, rounds) in ((8, 8, (COVERING, 1)), (0, 8, dear), (8, 0, dear)):
        monkeypatch.setattr(build, "LONG_WEEKS", longest)
        monkeypatch.setattr(build, "MANY_PASSES", most)
        used.clear()
        built = build_rota(tables, 1, Limits(build.ROUND_MOVES, workers=1), -1.0)
        assert isinstance(built.rota, Rota)
        assert used == [style] * rounds


def test_a_first_rota_is_finished_when_only_its_part_of_the_time_is_over() -> None:
    one, _ = task(2)
    tables = Tables(one.problem, one.pricer.model, one.posts)
    whole = Limits(10_000)
    over = Limits(10_000, deadline=0.0, whole=whole)
    assert over.part(0.5).utmost() is whole
    assert build_rota(tables, 1, over, 0.0).rota is not None
