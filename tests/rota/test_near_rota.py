"""Keeping to the present rota: stopped in mid-round, told of, and in the style of its length."""

from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest

from tests.rota.small_tasks import lines_of, task
from turnus.goals import changed_days
from turnus.lines.model import LineModel
from turnus.problem import Problem, Rota, present_rota
from turnus.rota import build
from turnus.rota.build import COVERING, LONG_COVERING, ROUND_MOVES
from turnus.rota.effort import Limits
from turnus.rota.near import near_rota
from turnus.rota.state import Search, Style
from turnus.rules import Rule

SIGN_SECONDS = 10.0  # longer than any sign takes to come


@pytest.fixture
def known() -> tuple[Problem, tuple[Rule, ...], LineModel, Rota, Rota]:
    """Return a task whose people have a rota, and another lawful rota for the same posts."""
    one, rules = task(2)
    lines = [lines_of(one, rules, post) for post in range(3)]
    classes = tuple(
        dataclasses.replace(each, present_rota=tuple(of_post[0].tolist()))
        for each, of_post in zip(one.problem.classes, lines, strict=True)
    )
    unit = dataclasses.replace(one.problem, classes=classes)
    present = present_rota(unit)
    assert present is not None
    found = Rota(one.posts, np.array([of_post[-1] for of_post in lines], np.int16))
    assert changed_days(unit, found) > 0
    return unit, rules, one.pricer.model, found, present


def test_it_is_stopped_in_mid_round(
    known: tuple[Problem, tuple[Rule, ...], LineModel, Rota, Rota], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round of large units takes minutes: the sign comes to searches that are under way."""
    heard: list[bool] = []

    def until_the_sign(self: Search, *_given: object) -> int:
        waiting, halt = threading.Event(), self.tables.programs.halt
        for _ in range(round(SIGN_SECONDS / 0.01)):
            if halt[0] or waiting.wait(0.01):
                break
        heard.append(bool(halt[0]))
        return 0

    monkeypatch.setattr(Search, "run", until_the_sign)
    near_rota(*known, 1, Limits(10_000, cancelled=lambda: True))
    assert heard == [True, True]  # a round of two workers, and no other


def test_changed_days_are_told_of_and_only_get_fewer(
    known: tuple[Problem, tuple[Rule, ...], LineModel, Rota, Rota],
) -> None:
    unit, _rules, _model, found, _present = known
    told: list[float] = []
    near = near_rota(*known, 1, Limits(4 * ROUND_MOVES), told.append)
    assert len(told) >= 4
    assert told == sorted(told, reverse=True)
    assert told[-1] == changed_days(unit, near) < changed_days(unit, found)


@pytest.mark.parametrize(("longest", "style", "rounds"), [(8, COVERING, 1), (0, LONG_COVERING, 4)])
def test_long_rotas_are_searched_in_their_own_style(
    known: tuple[Problem, tuple[Rule, ...], LineModel, Rota, Rota],
    longest: int,
    style: Style,
    rounds: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used: list[Style] = []
    run = Search.run

    def noted(self: Search, moves: int, heat: float, style: Style, goal: float) -> int:
        used.append(style)
        return run(self, moves, heat, style, goal)

    monkeypatch.setattr(Search, "run", noted)
    monkeypatch.setattr(build, "LONG_WEEKS", longest)
    near_rota(*known, 1, Limits(ROUND_MOVES, workers=1))
    assert used == [style] * rounds
