"""Demand as rows: how many people of which competence must be on one of which shifts.

A block by clock interval is cut where shifts start or end inside it, so that every row asks for
the same shifts throughout. Stretches no longer than the hand-over limit are not rows of their own:
two shifts that overlap at hand-over count once, each in its own block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from turnus.clock import DAY_MINUTES, parse_clock, parse_duration
from turnus.problem.calendar import Calendar
from turnus.problem.model import Row, Shift
from turnus.scenario.models import Demand, Scenario
from turnus.scenario.models import Shift as ShiftText

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    begins: int
    ends: int
    minutes: int
    cells: frozenset[Cell]


def span_of(begins: str, ends: str) -> tuple[int, int]:
    """Return a clock interval in minutes; an end at or before the start is the next day."""
    first, last = parse_clock(begins), parse_clock(ends)
    return first, last if last > first else last + DAY_MINUTES


def block_spans(block: Demand, shifts: Sequence[ShiftText]) -> list[tuple[int, int]]:
    """Return when a block asks for people, in minutes after midnight: its own times, or its shifts' work."""
    if block.shifts is not None:
        return [span for shift in shifts if shift.code in block.shifts for span in active_spans(shift)]
    return [span_of(block.begins, block.ends)] if block.begins and block.ends else []


def active_spans(shift: ShiftText) -> Iterator[tuple[int, int]]:
    """Yield when a shift is active work, each stretch by its own clock times."""
    if shift.begins is not None and shift.ends is not None:
        yield span_of(shift.begins, shift.ends)
    for part in shift.parts:
        if part.kind == "active":
            yield span_of(part.begins, part.ends)


def demand_rows(
    scenario: Scenario,
    shifts: tuple[Shift, ...],
    calendar: Calendar,
    workers_of: dict[str | None, frozenset[int]],
    yesterday: list[tuple[int, int]],
) -> tuple[Row, ...]:
    """Return every row of the scenario's demand, day by day.

    `workers_of` gives, for a competence's name or None for the headcount, who counts for it;
    `yesterday` the (competence, action) of people whose last shift before a calendar plan is known:
    a night that ends inside the plan covers its first morning.
    """
    rows: list[Row] = []
    names = list(scenario.competences)
    for block in scenario.demand:
        headcount = calendar.per_day(block.need)
        inside = {name: calendar.per_day(need) for name, need in block.of_which.items()}
        for day in range(calendar.days):
            need = headcount[day] or 0
            for piece in _pieces(block, day, scenario, shifts, calendar):
                # A day that no key speaks of asks for nobody and limits nobody.
                silent = block.max_surplus is None or headcount[day] is None
                most = None if silent else need + (block.max_surplus or 0)
                if need or most is not None:
                    rows.append(_row(block, day, piece, None, need, most, workers_of[None]))
                for name, per_day in inside.items():
                    least = per_day[day] or 0
                    if least:
                        rows.append(_row(block, day, piece, names.index(name), least, None, workers_of[name]))
    return tuple(_inside_horizon(row, calendar.days, yesterday) for row in rows)


def _inside_horizon(row: Row, days: int, yesterday: list[tuple[int, int]]) -> Row:
    outside = {cell for cell in row.cells if not 0 <= cell[0] < days}
    if not outside:
        return row
    there = sum((-1, action) in outside and competence in row.workers for competence, action in yesterday)
    most = None if row.most is None else max(0, row.most - there)
    return replace(row, cells=row.cells - outside, need=max(0, row.need - there), most=most)


def _row(
    block: Demand, day: int, piece: _Piece, competence: int | None, need: int, most: int | None,
    workers: frozenset[int],
) -> Row:  # fmt: skip
    return Row(
        day, block.block, piece.begins, piece.ends, competence, need, most, piece.minutes, block.value,
        piece.cells, workers,
    )  # fmt: skip


def _pieces(
    block: Demand, day: int, scenario: Scenario, shifts: tuple[Shift, ...], calendar: Calendar
) -> list[_Piece]:
    if block.shifts is not None:
        return [_piece_of_shifts(block.shifts, day, shifts)]
    assert block.begins is not None
    assert block.ends is not None
    begins, ends = span_of(block.begins, block.ends)
    present = _present(day, shifts, calendar)
    edges = sorted({t for _, first, last in present for t in (first, last) if begins < t < ends})
    bounds = [begins, *edges, ends]
    stretches = _without_handovers(bounds, parse_duration(scenario.handover.at_most))
    merged: list[_Piece] = []
    for first, last, minutes in stretches:
        cells = frozenset(cell for cell, start, end in present if start <= first and last <= end)
        if merged and merged[-1].cells == cells:
            before = merged.pop()
            merged.append(_Piece(before.begins, last, before.minutes + minutes, cells))
        else:
            merged.append(_Piece(first, last, minutes, cells))
    return merged


def _without_handovers(bounds: list[int], handover: int) -> list[tuple[int, int, int]]:
    """Return (begins, ends, minutes) of the stretches between bounds that are longer than a hand-over.

    The minutes of a hand-over are added to the stretch before it (after it at the block's start).
    """
    kept: list[tuple[int, int, int]] = []
    waiting = 0
    for first, last in pairwise(bounds):
        length = last - first
        if length > handover:
            kept.append((first, last, length + waiting))
            waiting = 0
        elif kept:
            begins, ends, minutes = kept.pop()
            kept.append((begins, ends, minutes + length))
        else:
            waiting += length
    return kept or [(bounds[0], bounds[-1], bounds[-1] - bounds[0])]


def _present(day: int, shifts: tuple[Shift, ...], calendar: Calendar) -> list[tuple[Cell, int, int]]:
    """Return (cell, start, end) of each active stretch near a day, in minutes after its midnight."""
    found = []
    for offset in (-1, 0, 1):
        other = day + offset
        if calendar.start is None:
            other %= calendar.days
        for index, shift in enumerate(shifts):
            if other in shift.days or other == -1:
                for first, last in shift.active:
                    cell = (other, index + 1)
                    found.append((cell, first + offset * DAY_MINUTES, last + offset * DAY_MINUTES))
    return found


def _piece_of_shifts(codes: tuple[str, ...], day: int, shifts: tuple[Shift, ...]) -> _Piece:
    chosen = [(i + 1, shift) for i, shift in enumerate(shifts) if shift.code in codes]
    first = chosen[0][1]
    cells = frozenset((day, action) for action, shift in chosen if day in shift.days)
    return _Piece(first.start, first.end, first.end - first.start, cells)
