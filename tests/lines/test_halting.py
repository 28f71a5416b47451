"""The sign to stop: searches for lines end half-way, and what they had not found out is not claimed."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tests.rota.small_tasks import lines_of, task
from turnus.lines.halting import LOOK_SECONDS, Halt, StoppedError, heeding, new_halt
from turnus.lines.master import Master
from turnus.lines.model import build_line_model
from turnus.lines.program import LinePrograms
from turnus.rota.build import COVERING, build_rota
from turnus.rota.effort import Limits
from turnus.rota.least_cost import least_cost
from turnus.rota.state import Search, Tables


def test_once_the_sign_is_given_every_question_about_lines_is_refused() -> None:
    one, _ = task(2)
    programs, prices = one.pricer.programs, one.pricer.prices(0, np.zeros(one.cover.groups))
    one.pricer.model.halt[0] = True
    with pytest.raises(StoppedError):
        programs.best(0, prices, 0, programs.most_units)
    with pytest.raises(StoppedError):
        programs.by_hours(0, prices)
    with pytest.raises(StoppedError):
        programs.near(0, prices, 0, programs.most_units, one.pricer.no_hours, -1e9, 10)
    with pytest.raises(StoppedError):
        one.pricer.profits(np.zeros(one.cover.groups))
    one.pricer.model.halt[0] = False
    assert np.isfinite(one.pricer.profits(np.zeros(one.cover.groups))).all()


def test_what_a_known_line_costs_is_told_all_the_same() -> None:
    one, rules = task(3)
    line = lines_of(one, rules, 0)[0]
    cost = one.column(0, line).cost
    one.pricer.model.halt[0] = True
    assert one.column(0, line).cost == cost


def test_a_mix_stopped_in_its_first_round_claims_no_bound() -> None:
    one, _ = task(2)
    one.pricer.model.halt[0] = True
    found = Master(one.pricer).evaluate(np.ones(3))
    assert found.bound == -np.inf
    assert found.cuts == ()


def test_a_search_makes_no_move_after_the_sign() -> None:
    one, _ = task(2)
    tables = Tables(one.problem, one.pricer.model, one.posts)
    search = Search(tables, 1)
    lines = search.lines.copy()
    tables.programs.halt[0] = True
    assert search.run(1000, 1.0, COVERING, -1.0) == 0
    assert (search.lines == lines).all()
    with pytest.raises(StoppedError):
        search.fill()


def test_a_search_stopped_before_its_first_rota_has_none_and_says_nothing_of_lawful_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, _ = task(2)
    tables = Tables(one.problem, one.pricer.model, one.posts)
    monkeypatch.setattr(tables.programs, "check_halt", _refuse)
    built = build_rota(tables, 1, Limits(1000), 0.0)
    assert (built.rota, built.moves) == (None, 0)


def _refuse() -> None:
    raise StoppedError


@pytest.mark.parametrize("after", [1, 10, 40])
def test_no_more_lines_are_looked_for_than_were_under_way(
    after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: what a round had asked for is refused at once, and no other round begins."""
    one, rules = task(5)
    start = [lines_of(one, rules, post)[0] for post in range(3)]
    halt, lock = one.pricer.model.halt, threading.Lock()
    asked, refused = 0, 0
    best = LinePrograms.best

    def counted(*args: object) -> object:
        nonlocal asked, refused
        with lock:
            asked += 1
            halt[0] |= asked >= after
        try:
            return best(*args)  # type: ignore[arg-type]
        except StoppedError:
            refused += 1
            raise

    monkeypatch.setattr(LinePrograms, "best", counted)
    limits = Limits(200, cancelled=lambda: asked >= after)
    found = least_cost(one, 1, limits, start=start)
    assert refused <= len(one.posts)
    assert found.standing is not None
    assert found.standing.cost <= sum(one.column(post, line).cost for post, line in enumerate(start)) + (
        one.cover_cost(np.sum([one.column(post, line).cover for post, line in enumerate(start)], axis=0))
    )
    assert not halt[0]


def test_building_line_programs_can_be_stopped() -> None:
    one, rules = task(2)
    with pytest.raises(StoppedError):
        build_line_model(one.problem, rules, soft=True, stop=lambda: True)


def given(halt: Halt) -> bool:
    """Whether the sign comes, within a time after which it never would."""
    waiting = threading.Event()
    return any(halt[0] or waiting.wait(0.01) for _ in range(1000))


def test_the_sign_is_given_while_something_runs_and_taken_back_after() -> None:
    halt = new_halt()
    with heeding(lambda: True, halt):
        assert given(halt)
    assert not halt[0]


def test_the_sign_stays_when_stop_takes_it_back() -> None:
    halt, asked = new_halt(), threading.Event()
    answers = iter([False, True])

    def stop() -> bool:
        answer = next(answers, False)
        assert not asked.is_set()  # true once, it is not asked again
        if answer:
            asked.set()
        return answer

    with heeding(stop, halt):
        assert given(halt)
        threading.Event().wait(4 * LOOK_SECONDS)  # looks that must not come
        assert halt[0]
    assert not halt[0]


def test_nobody_looks_any_more_after_the_end() -> None:
    """A look that was under way at the end has ended with it, and gives no sign to whatever comes next."""
    halt, asked, answered = new_halt(), threading.Event(), threading.Event()

    def stop() -> bool:
        asked.set()
        threading.Event().wait(0.3)
        answered.set()
        return True

    with heeding(stop, halt):
        assert asked.wait(10)
    assert answered.is_set()
    assert not halt[0]


class AskedWronglyError(Exception):
    """What a caller's question whether to stop may raise."""


def _wrongly() -> bool:
    raise AskedWronglyError


def test_what_the_question_raises_ends_the_work_and_is_heard() -> None:
    halt = new_halt()
    with pytest.raises(AskedWronglyError), heeding(_wrongly, halt):
        assert given(halt)
    assert not halt[0]


def test_it_is_heard_although_the_work_ended_by_the_sign() -> None:
    halt = new_halt()

    def stopped() -> None:
        with heeding(_wrongly, halt):
            assert given(halt)
            raise StoppedError

    with pytest.raises(AskedWronglyError) as caught:
        stopped()
    assert isinstance(caught.value.__context__, StoppedError)
