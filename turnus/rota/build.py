"""A rota for given posts: several seeded searches side by side until demand is covered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from turnus.lines.halting import StoppedError, heeding
from turnus.problem import Rota
from turnus.rota.effort import TELL_SECONDS, Limits
from turnus.rota.state import Search, Style, Tables

ROUND_MOVES = 250  # between looks at the clock and meetings of the workers
ROUNDS_TO_MEETING = 16
HEAT = 0.3
COVERING = Style(growth=0.3, jitter=0.5, narrow=0.2)
#: Where a whole line is dear to look for, a stretch of it, or one that begins as before, is not.
LONG_COVERING = Style(growth=0.3, jitter=0.5, narrow=0.85, loyal=0.9)
LONG_WEEKS, MANY_PASSES = 8, 8  # beyond which a whole line is dear
LONG_MOVES = 4  # of these cost about what one move of a whole line does

Watch = Callable[[float], None]


@dataclass(frozen=True)
class Built:
    """The best rota found, its weighted shortfall (0: everything covered) and the moves it took."""

    rota: Rota | None
    shortfall: float
    moves: int


def build_rota(
    tables: Tables,
    seed: int,
    limits: Limits,
    target: float,
    watch: Watch = lambda _: None,
    start: Rota | None = None,
) -> Built:
    """Return the rota with the least uncovered demand found within the limits.

    Parameters
    ----------
    target
        Shortfall in the tables' weights at which to stop: nothing better exists.
    watch
        Called with the best shortfall after every round.
    start
        A rota whose lawful lines the first search begins with, given to posts of the same class and size.
    """
    searches: list[Search] = []
    halt = tables.programs.halt
    with heeding(limits.utmost().stop, halt), suppress(StoppedError):  # a late rota is better than none
        searches = _begun_searches(tables, seed, limits.workers)
    if not searches or any(search.stuck_post >= 0 for search in searches):
        return Built(None, np.inf, 0)
    with heeding(limits.stop, halt), suppress(StoppedError):
        if start is not None:
            searches[0].adopt(begun(tables, searches[0].lines, start))
        _run_rounds(searches, limits, target, watch)
    best = min(searches, key=lambda search: search.best[0])
    rota = Rota(tables.posts, best.best_lines.copy())
    return Built(rota, float(best.best[0]), sum(search.moves for search in searches))


def _begun_searches(tables: Tables, seed: int, workers: int) -> list[Search]:
    """Return a search for each worker, with first rotas put together side by side."""
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda worker: Search(tables, seed * 1009 + worker), range(workers)))


def begun(tables: Tables, lines: npt.NDArray[np.int16], start: Rota) -> npt.NDArray[np.int16]:
    """Return the lines with those of another rota in their place, where they are lawful for the post."""
    own = lines.copy()
    given = list(zip(start.posts, start.lines, strict=True))
    for index, post in enumerate(tables.posts):
        fitting = [at for at, (owner, _line) in enumerate(given) if owner == post]
        if fitting:
            _owner, line = given.pop(fitting[0])
            if np.isfinite(tables.own_cost(index, line)):
                own[index] = line
    return own


def covering(tables: Tables) -> tuple[Style, int]:
    """Return how a search for cover moves, and how many times as many moves it makes."""
    dear = tables.problem.weeks > LONG_WEEKS or tables.programs.most_passes > MANY_PASSES
    return (LONG_COVERING, LONG_MOVES) if dear else (COVERING, 1)


def _run_rounds(searches: list[Search], limits: Limits, target: float, watch: Watch) -> None:
    """Let the workers search side by side; at fixed counts the worst goes on from the best."""
    style, times = covering(searches[0].tables)
    rounds, to_meeting = max(1, limits.moves * times // ROUND_MOVES), ROUNDS_TO_MEETING * times
    goal = target + 1e-6
    cover = min(search.best_cover for search in searches)
    with ThreadPoolExecutor(len(searches)) as pool:
        for turn in range(rounds):
            heat = HEAT * (1.0, 0.5, 0.2, 0.1)[turn % 4]
            run_all(pool, searches, heat, style, goal, partial(watch, cover))
            best = min(searches, key=lambda search: search.best[0])
            cover = best.best_cover
            watch(cover)
            if best.best[0] <= goal or limits.stop():
                return
            if (turn + 1) % to_meeting == 0:
                _meet(searches, best, fresh=(turn + 1) % (4 * to_meeting) == 0)


def run_all(
    pool: ThreadPoolExecutor,
    searches: list[Search],
    heat: float,
    style: Style,
    goal: float,
    meanwhile: Callable[[], None],
) -> None:
    """Let every search make `ROUND_MOVES` moves, side by side, and wait for all of them.

    `meanwhile` is called now and then, so that whoever watches hears that work goes on.
    """

    def run(search: Search) -> int:
        return search.run(ROUND_MOVES, heat, style, goal)

    running = [pool.submit(run, search) for search in searches]
    while wait(running, TELL_SECONDS).not_done:
        meanwhile()
    for one in running:
        one.result()


def _meet(searches: list[Search], best: Search, fresh: bool) -> None:
    """Send the worst worker to the best one's rota, or now and then to a fresh start."""
    for search in searches:
        search.forget_dearness()
    worst = max(searches, key=lambda search: search.best[0])
    if worst is best:
        return
    if fresh:
        worst.fill()
    else:
        worst.adopt(best.best_lines)


def shortfall_of(tables: Tables, lines: npt.NDArray[np.int16]) -> float:
    """Return the weighted number of people missing or too many in a given rota."""
    search = Search(tables, 0, lines)
    return float(search.best[0])
