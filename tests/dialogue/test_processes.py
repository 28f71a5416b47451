"""Answers of several processes: the same as of one, found on disk, and none lost with a process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.dialogue.test_runs import variant
from turnus.dialogue import processes
from turnus.dialogue.price import price
from turnus.dialogue.processes import answered
from turnus.dialogue.runs import Ask, Batch, Runs

ONLY = ["minimum-size", "budget"]


def test_two_processes_price_as_one_and_keep_what_they_find(tmp_path: Path) -> None:
    ward, told = variant(tmp_path), list[Batch]()
    alone = price(ward, Runs(tmp_path / "alone"), only=ONLY)
    runs = Runs(tmp_path / "shared")
    together = price(ward, runs, only=ONLY, processes=2, watch=told.append)
    assert len(together.rows) == len(alone.rows) >= 3
    for one, other in zip(together.rows, alone.rows, strict=True):
        assert (one.bound is None) == (other.bound is None)
        if one.bound is not None and other.bound is not None:
            assert one.bound.goals == other.bound.goals
    worked = [row.bound for row in together.rows if row.bound is not None and not row.same]
    assert len(worked) >= 2
    assert all(answer.cached for answer in worked)  # by the processes
    assert max(batch.done for batch in told) == told[-1].total


def test_what_a_lost_process_has_not_answered_is_answered_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted fault: every process ends at once."""
    monkeypatch.setattr(processes, "_answer", _ends)
    ward = variant(tmp_path)
    asks = [Ask(ward), Ask(ward.with_sets("more", "budget.fte=4"))]
    found = answered(Runs(tmp_path / "kept"), asks, 2, 1)
    assert [one.cached for one in found if one is not None] == [False, False]


def _ends(ask: Ask) -> None:
    del ask
    os._exit(9)


def test_a_stop_ends_the_processes_and_leaves_out_what_was_not_begun(tmp_path: Path) -> None:
    ward = variant(tmp_path)
    asks = [Ask(ward), Ask(ward.with_sets("more", "budget.fte=4"))]
    assert answered(Runs(tmp_path / "kept"), asks, 2, 1, stop=lambda: True) == [None, None]


def test_without_a_folder_there_is_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_work_out", None)
    ward = variant(tmp_path)
    assert all(answered(Runs(), [Ask(ward), Ask(ward)], 2, 1))
