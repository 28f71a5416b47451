"""Ruin and recreate on whole lines, compiled.

A move takes out one to three lines, whole or for a week or two, prefers posts that could mend a
breached row, and puts each back by the exact line program against what every person more or less
in each row is worth. The shorter the stretch, the cheaper the move.
Moves are accepted as in annealing; rows that stay breached grow dearer until they are mended.
Everything random comes from one counter, so that the same seed and number of moves repeat.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from turnus.lines.program import FloatArray, IntArray, LineArray, ProgramArrays, Scratch, best_line
from turnus.rota.own_hours import TRIES, OwnHours, hours_outside, units_of_line

Counter = npt.NDArray[np.uint64]
Lines = npt.NDArray[np.int16]
#: Of each post: program, competence, row of `end_values`, least and most units; then the worth of its
#: (day, action) cells and of its hours, what an hour outside costs, and the hours that lines decide.
PostArrays = tuple[
    IntArray, IntArray, IntArray, IntArray, IntArray, FloatArray, FloatArray, float, OwnHours
]  # fmt: skip
CellRows = tuple[IntArray, IntArray]  # start[competence, cell], rows: a cell's rows are a slice
RowCells = tuple[IntArray, IntArray, IntArray, npt.NDArray[np.bool_]]  # start, day, action, workers
FreeDays = npt.NDArray[np.bool_]  # days a move may change
#: lines, counts, own costs, need, most, what one too many costs in persons missing, and each line's pass
State = tuple[Lines, IntArray, FloatArray, IntArray, IntArray, FloatArray, IntArray]

MOST_REMOVED = 3
_STRETCHES = np.array([7, 10, 14, 21])  # days; a whole line otherwise
_NOISE = np.array([0.001, 0.02, 0.1, 0.3])


@njit(cache=True, nogil=True)
def _random(rng: Counter) -> float:
    """Return a number in [0, 1) and step the counter (xorshift64*)."""
    x = rng[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    rng[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True, nogil=True)
def _breach(count: int, need: int, most: int, over: float) -> float:
    """Return how badly a row is breached, in persons missing."""
    return max(0, need - count) + over * max(0, count - most)


@njit(cache=True, nogil=True)
def cover_cost(
    counts: IntArray, need: IntArray, most: IntArray, over: FloatArray, weight: FloatArray
) -> float:
    """Return the weighted number of people missing from, or too many in, all rows."""
    total = 0.0
    for r in range(len(counts)):
        total += weight[r] * _breach(counts[r], need[r], most[r], over[r])
    return total


@njit(cache=True, nogil=True)
def _count(
    cover: CellRows, competence: int, line: LineArray, actions: int, counts: IntArray, step: int
) -> None:
    """Add (`step` 1) or take (`step` -1) a line's people to or from the rows."""
    cell_start, cell_rows = cover
    for day in range(len(line)):
        cell = day * actions + line[day]
        for i in range(cell_start[competence, cell], cell_start[competence, cell + 1]):
            counts[cell_rows[i]] += step


@njit(cache=True, nogil=True)
def _fill_prices(
    cover: CellRows, competence: int, counts: IntArray, need: IntArray, most: IntArray, over: FloatArray,
    weight: FloatArray, static: FloatArray, noise: float, rng: Counter, prices: FloatArray,
) -> None:  # fmt: skip
    """Fill the worth of each (day, action) for one more person of a competence; noise breaks ties."""
    cell_start, cell_rows = cover
    days, actions = prices.shape
    for day in range(days):
        for action in range(actions):
            cell = day * actions + action
            worth = 0.0
            for i in range(cell_start[competence, cell], cell_start[competence, cell + 1]):
                r = cell_rows[i]
                if counts[r] < need[r]:
                    worth += weight[r]
                elif counts[r] >= most[r]:
                    worth -= over[r] * weight[r]
            prices[day, action] = static[day, action] + worth + noise * _random(rng)


@njit(cache=True, nogil=True)
def _best_own_line(
    post: int, posts: PostArrays, prices: FloatArray, old: LineArray, arrays: ProgramArrays, scratch: Scratch,
    line: LineArray, via: IntArray,
) -> float:  # fmt: skip
    """Fill `line` with a post's best one and return its worth; -inf when there is none.

    Where lines decide their own hours, it is looked for within those of the line before, `old` at first.
    """
    program, _competence, end_of, lo, hi, _static, end_values, _dearness, hours = posts
    ends = end_values[end_of[post]]
    first, last = units_of_line(post, old, lo[post], hi[post], hours)
    value = -np.inf
    only = via[0]
    for _ in range(TRIES):
        via[0] = only  # and not the pass of the line found before
        found = best_line(arrays, program[post], prices, ends, first, last, scratch, line, via)
        if found > -np.inf:
            value = found
            if hours_outside(post, line, hours) == 0.0:
                break
            first, last = units_of_line(post, line, lo[post], hi[post], hours)
        elif value == -np.inf and (first > lo[post] or last < hi[post]):
            first, last = lo[post], hi[post]
        else:
            break
    return value


@njit(cache=True, nogil=True)
def _place(
    post: int, posts: PostArrays, cover: CellRows, state: State, weight: FloatArray, noise: float,
    rng: Counter, arrays: ProgramArrays, scratch: Scratch, prices: FloatArray, spare: LineArray,
    old: LineArray, free: FreeDays, loyal: float, via: IntArray,
) -> bool:  # fmt: skip
    """Give a taken-out post its best line that is as `old` but for `free` days; False when there is none.

    With chance `loyal` only lines are looked at that begin as the one before does.
    """
    _program, competence, _end_of, _lo, _hi, static, _end_values, dearness, hours = posts
    lines, counts, own, need, most, over, passes = state
    c = competence[post]
    via[0] = passes[post] if loyal > 0 and _random(rng) < loyal else -1
    _fill_prices(cover, c, counts, need, most, over, weight, static[post], noise, rng, prices)
    for day in range(len(old)):
        if not free[day]:
            for action in range(prices.shape[1]):
                if action != old[day]:
                    prices[day, action] = -np.inf
    value = _best_own_line(post, posts, prices, old, arrays, scratch, spare, via)
    outside = hours_outside(post, spare, hours)
    if value == -np.inf or outside > hours_outside(post, old, hours):
        return False
    earned = 0.0
    for day in range(len(spare)):
        lines[post, day] = spare[day]
        earned += prices[day, spare[day]] - static[post, day, spare[day]]
    own[post] = np.round(earned - value, 3) + dearness * outside
    passes[post] = via[0]
    _count(cover, c, lines[post], prices.shape[1], counts, 1)
    return True


@njit(cache=True, nogil=True)
def _helpful_post(
    row: int, row_cells: RowCells, posts: PostArrays, state: State, rng: Counter, removed: IntArray, k: int
) -> int:
    """Return a post that could mend a row: it may work its cells and does not (or does, if too many)."""
    _program, competence, _end_of, _lo, _hi, static, _end_values, _dearness, _hours = posts
    lines, counts, _own, need, _most, _over, _passes = state
    row_start, row_day, row_action, row_workers = row_cells
    missing = counts[row] < need[row]
    found, seen = -1, 0
    for post in range(len(lines)):
        if not row_workers[row, competence[post]]:
            continue
        works, may, taken = False, False, False
        for i in range(row_start[row], row_start[row + 1]):
            works = works or lines[post, row_day[i]] == row_action[i]
            may = may or static[post, row_day[i], row_action[i]] > -np.inf
        for j in range(k):
            taken = taken or removed[j] == post
        if may and not taken and works != missing:
            seen += 1
            if _random(rng) * seen < 1.0:
                found = post
    return found


@njit(cache=True, nogil=True)
def _breached_row(state: State, rng: Counter) -> int:
    """Return one of the breached rows at random; -1 when there is none."""
    _lines, counts, _own, need, most, over, _passes = state
    found, seen = -1, 0
    for r in range(len(counts)):
        if _breach(counts[r], need[r], most[r], over[r]) > 0:
            seen += 1
            if _random(rng) * seen < 1.0:
                found = r
    return found


@njit(cache=True, nogil=True)
def _other_post(state: State, rng: Counter, removed: IntArray, k: int) -> int:
    """Return a post not taken out yet, of three the one whose line costs most."""
    lines, _counts, own, _need, _most, _over, _passes = state
    best = -1
    for _ in range(3):
        post = int(_random(rng) * len(lines))
        taken = False
        for j in range(k):
            taken = taken or removed[j] == post
        if not taken and (best < 0 or own[post] > own[best]):
            best = post
    return best


@njit(cache=True, nogil=True)
def _free_days(row: int, row_cells: RowCells, narrow: float, rng: Counter, free: FreeDays) -> None:
    """Choose the days a move may change: with chance `narrow` a stretch, round the row if there is one."""
    days = len(free)
    free[:] = True
    if _random(rng) >= narrow:
        return
    length = _STRETCHES[int(_random(rng) * len(_STRETCHES))]
    if length >= days:
        return
    row_start, row_day, _row_action, _row_workers = row_cells
    first = int(_random(rng) * days)
    if row >= 0 and row_start[row] < row_start[row + 1]:
        first = row_day[row_start[row]] - int(_random(rng) * length) + days
    free[:] = False
    for i in range(length):
        free[(first + i) % days] = True


@njit(cache=True, nogil=True)
def fill(
    posts: PostArrays, cover: CellRows, state: State, weight: FloatArray, rng: Counter,
    arrays: ProgramArrays, scratch: Scratch, noise: float,
) -> int:  # fmt: skip
    """Give every post a line, in random order; return the index of a post without any legal line, or -1."""
    _program, _competence, _end_of, _lo, _hi, static, _end_values, _dearness, _hours = posts
    lines, counts, _own, _need, _most, _over, _passes = state
    prices = np.empty(static.shape[1:])
    spare = np.zeros(lines.shape[1], np.int16)
    counts[:] = 0
    order: IntArray = np.arange(len(lines))
    for i in range(len(order) - 1, 0, -1):
        j = int(_random(rng) * (i + 1))
        order[i], order[j] = order[j], order[i]
    free = np.ones(lines.shape[1], np.bool_)
    via = np.full(1, -1)
    for post in order:
        if not _place(
            post, posts, cover, state, weight, noise, rng, arrays, scratch, prices, spare, lines[post], free,
            0.0, via,
        ):  # fmt: skip
            return int(post)
    return -1


@njit(cache=True, nogil=True)
def search(
    posts: PostArrays, cover: CellRows, row_cells: RowCells, state: State, best_lines: Lines,
    best: FloatArray, base_weight: FloatArray, weight: FloatArray, rng: Counter, arrays: ProgramArrays,
    scratch: Scratch, moves: int, heat: float, growth: float, goal: float, jitter: float, narrow: float,
    loyal: float,
) -> int:  # fmt: skip
    """Make up to `moves` moves; stop early at a `goal` reached or the sign to stop. Return the moves made.

    `best[0]` is the lowest cost seen (cover at `base_weight` plus the lines' own costs) and
    `best_lines` the rota that has it. `heat` is the annealing temperature at the start of the call,
    falling to a tenth at its end; `growth` makes rows that stay breached dearer;
    `jitter` is the size of the noise on prices, `narrow` the share of moves that change a stretch only, and
    `loyal` that of lines that begin as before.
    """
    _program, competence, _end_of, _lo, _hi, static, _end_values, _dearness, _hours = posts
    lines, counts, own, need, most, over, passes = state
    total_posts, days = lines.shape
    actions = static.shape[2]
    prices = np.empty(static.shape[1:])
    spare = np.zeros(days, np.int16)
    removed = np.empty(MOST_REMOVED, np.int64)
    kept = np.empty((MOST_REMOVED, days), np.int16)
    kept_own = np.empty(MOST_REMOVED)
    kept_pass = np.empty(MOST_REMOVED, np.int64)
    via = np.full(1, -1)
    free = np.ones(days, np.bool_)
    before_counts = counts.copy()
    cost = cover_cost(counts, need, most, over, weight) + own.sum()
    stalled = 0
    halt = arrays[-1]
    for move in range(moves):
        if best[0] <= goal or halt[0]:
            return move
        temperature = heat * 0.1 ** (move / moves)
        row = _breached_row(state, rng)
        _free_days(row, row_cells, narrow, rng, free)
        wanted = 1 + int(_random(rng) * min(MOST_REMOVED, total_posts))
        k = 0
        while k < wanted:
            post = -1
            if row >= 0 and _random(rng) < 0.7:
                post = _helpful_post(row, row_cells, posts, state, rng, removed, k)
            if post < 0:
                post = _other_post(state, rng, removed, k)
            if post < 0:
                break
            removed[k] = post
            k += 1
        before_counts[:] = counts
        for j in range(k):
            kept[j] = lines[removed[j]]
            kept_own[j] = own[removed[j]]
            kept_pass[j] = passes[removed[j]]
            _count(cover, competence[removed[j]], lines[removed[j]], actions, counts, -1)
            own[removed[j]] = 0.0
        noise = jitter * _NOISE[int(_random(rng) * len(_NOISE))]
        placed = True
        for j in range(k):
            placed = placed and _place(
                removed[j], posts, cover, state, weight, noise, rng, arrays, scratch, prices, spare,
                kept[j], free, loyal, via,
            )  # fmt: skip
        after = cover_cost(counts, need, most, over, weight) + own.sum()
        if placed and (after <= cost or _random(rng) < np.exp((cost - after) / temperature)):
            cost = after
            true_cost = cover_cost(counts, need, most, over, base_weight) + own.sum()
            if true_cost < best[0] - 1e-9:
                best[0] = true_cost
                best_lines[:] = lines
                stalled = 0
        else:
            counts[:] = before_counts
            for j in range(k):
                lines[removed[j]] = kept[j]
                own[removed[j]] = kept_own[j]
                passes[removed[j]] = kept_pass[j]
        stalled += 1
        if growth > 0 and stalled % 50 == 0:
            for r in range(len(counts)):
                if _breach(counts[r], need[r], most[r], over[r]) > 0:
                    weight[r] += growth * base_weight[r]
            cost = cover_cost(counts, need, most, over, weight) + own.sum()
    return moves
