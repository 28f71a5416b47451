"""A search for one rota: posts, rows and lines as the arrays that the compiled search works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnus.lines.cover import Cover, build_cover
from turnus.lines.model import LineModel
from turnus.lines.program import FloatArray, IntArray, LineArray, LinePrograms, any_pass, best_line
from turnus.problem import Post, Problem
from turnus.rota.own_hours import OUTSIDE, hours_outside, own_hours
from turnus.rota.search import CellRows, Lines, PostArrays, RowCells, State, cover_cost, fill, search


class Tables:
    """What all searches for the same posts share, whatever their seed.

    Parameters
    ----------
    cover_worth
        What one missing person in the weightiest row costs, against the lines' own costs.
    worth
        Extra worth of each (post, day, action), for wishes and fairness; nothing when left out.
    end_values
        Worth of each (post, hours in units), for even hours; nothing when left out.
    """

    def __init__(
        self,
        problem: Problem,
        model: LineModel,
        posts: Sequence[Post],
        cover_worth: float = 1.0,
        worth: FloatArray | None = None,
        end_values: FloatArray | None = None,
    ) -> None:
        self.problem = problem
        self.model = model
        self.posts = tuple(posts)
        self.programs: LinePrograms = model.programs()
        cover = build_cover(problem, model)
        heaviest = float(cover.row_weight.max(initial=1.0))
        self.weight = cover.row_weight / heaviest * cover_worth
        self.need, self.most, self.over = cover.row_need, cover.row_most, cover.row_over
        self.cover = _cells_to_rows(cover)
        self.row_cells = _rows_to_cells(problem)
        classes = [model.classes[post.class_index] for post in self.posts]
        windows = [model.classes[post.class_index].windows[post.size] for post in self.posts]
        ends = np.zeros((1, model.most_units + 1)) if end_values is None else end_values
        self.post_arrays: PostArrays = (
            np.array([c.program for c in classes], np.int64),
            np.array([c.competence for c in classes], np.int64),
            np.arange(len(ends)) if len(ends) > 1 else np.zeros(len(classes), np.int64),
            np.array([lo for lo, _ in windows], np.int64),
            np.array([hi for _, hi in windows], np.int64),
            self.static(worth),
            ends,
            OUTSIDE * cover_worth,
            own_hours(problem, model, self.posts),
        )

    def static(self, worth: FloatArray | None) -> FloatArray:
        """Return what each (post, day, action) is worth apart from demand; banned cells minus infinity."""
        shape = (len(self.posts), self.problem.days, self.problem.actions)
        static: FloatArray = np.zeros(shape) if worth is None else worth.copy()
        for index, post in enumerate(self.posts):
            static[index][self.model.classes[post.class_index].banned] = -np.inf
        return static

    def reprice(self, worth: FloatArray) -> None:
        """Replace the extra worth of cells in place; searches see it from their next move."""
        self.post_arrays[5][:] = self.static(worth)

    def own_cost(self, post: int, line: LineArray) -> float:
        """Return what a given line costs by itself: soft rules, wishes and hours, without demand."""
        program, _, end_of, lo, hi, static, ends, dearness, hours = self.post_arrays
        only = np.full_like(static[post], -np.inf)
        days = np.arange(len(line))
        only[days, line] = static[post][days, line]
        value = best_line(
            self.programs.heedless, program[post], only, ends[end_of[post]], lo[post], hi[post],
            self.programs.scratch, np.zeros(len(line), np.int16), any_pass(),
        )  # fmt: skip
        return -float(value) + dearness * float(hours_outside(post, line, hours))


@dataclass(frozen=True, slots=True)
class Style:
    """How a search moves.

    `growth` makes rows that stay breached dearer, in shares of their weight; `jitter` is the size of
    the noise on prices; `narrow` the share of moves that change a week or two and not the whole line;
    `loyal` the share of lines looked for among those that begin in the same state as the line before, which
    is so many times quicker as there are such states.
    """

    growth: float
    jitter: float
    narrow: float
    loyal: float = 0.0


class Search:
    """One seeded search: its present rota, its best, and the dearness it has given to stubborn rows."""

    def __init__(self, tables: Tables, seed: int, lines: Lines | None = None) -> None:
        self.tables = tables
        posts, days = len(tables.posts), tables.problem.days
        self.lines = np.zeros((posts, days), np.int16)
        self.counts = np.zeros(len(tables.need), np.int64)
        self.own = np.zeros(posts)
        self.passes = np.full(posts, -1)
        self.best_lines = self.lines.copy()
        self.best = np.array([np.inf])
        self.weight = np.sqrt(tables.weight)
        self.rng = np.array([(seed * 0x9E3779B97F4A7C15 + 0x1234567) % 2**64 or 1], np.uint64)
        self.scratch = tables.programs.new_scratch()
        self.moves = 0
        self.stuck_post = -1
        if lines is None:
            self.fill()
        else:
            self.adopt(lines)

    @property
    def _state(self) -> State:
        t = self.tables
        return (self.lines, self.counts, self.own, t.need, t.most, t.over, self.passes)

    @property
    def best_cover(self) -> float:
        """Return what people missing or too many cost in the best rota, without what its lines cost."""
        t = self.tables
        counts = _counts(t, self.best_lines)
        return float(cover_cost(counts, t.need, t.most, t.over, t.weight))

    def fill(self) -> None:
        """Start afresh: every post gets a good line, in random order."""
        t = self.tables
        noise = 0.1 * float(t.weight.max(initial=1.0))
        self.stuck_post = fill(
            t.post_arrays, t.cover, self._state, t.weight, self.rng, t.programs.arrays, self.scratch, noise
        )
        t.programs.check_halt()  # a post without a line may only be one that was not looked at in time
        if self.stuck_post < 0:
            self._note_best()

    def adopt(self, lines: Lines) -> None:
        """Go on from a given rota."""
        self.lines[:] = lines
        self.passes[:] = -1
        self.own[:] = [self.tables.own_cost(post, line) for post, line in enumerate(lines)]
        self.counts[:] = _counts(self.tables, lines)
        self._note_best()

    def _note_best(self) -> None:
        t = self.tables
        cost = cover_cost(self.counts, t.need, t.most, t.over, t.weight) + self.own.sum()
        if cost < self.best[0]:
            self.best[0] = cost
            self.best_lines[:] = self.lines

    def run(self, moves: int, heat: float, style: Style, goal: float) -> int:
        """Make up to `moves` moves at a heat, fewer when `goal` is reached; return how many."""
        t = self.tables
        made = search(
            t.post_arrays, t.cover, t.row_cells, self._state, self.best_lines, self.best,
            t.weight, self.weight, self.rng, t.programs.arrays, self.scratch,
            moves, heat, style.growth, goal, style.jitter, style.narrow, style.loyal,
        )  # fmt: skip
        self.moves += made
        return int(made)

    def forget_dearness(self) -> None:
        """Give every row its first dearness again: the root of its weight, lest short rows come last."""
        self.weight[:] = np.sqrt(self.tables.weight)


def _counts(tables: Tables, lines: Lines) -> IntArray:
    starts, rows = tables.cover
    counts = np.zeros(len(tables.need), np.int64)
    days = np.arange(lines.shape[1])
    for post, line in enumerate(lines):
        for cell in days * tables.problem.actions + line:
            competence = tables.post_arrays[1][post]
            counts[rows[starts[competence, cell] : starts[competence, cell + 1]]] += 1
    return counts


def _cells_to_rows(cover: Cover) -> CellRows:
    """Return (start[competence, cell], rows) so that a cell's rows are a slice."""
    size = cover.days * cover.actions
    starts, rows, offset = [], [], 0
    for cells, of_cells in zip(cover.cells, cover.cell_rows, strict=True):
        starts.append(np.searchsorted(cells, np.arange(size + 1)) + offset)
        rows.append(of_cells)
        offset += len(of_cells)
    return np.stack(starts), np.concatenate(rows)


def _rows_to_cells(problem: Problem) -> RowCells:
    ordered = [sorted(row.cells) for row in problem.rows]
    start = np.cumsum([0, *map(len, ordered)])
    flat = np.array([cell for cells in ordered for cell in cells], np.int64).reshape(-1, 2)
    competences = range(len(problem.competences))
    workers = np.array([[c in row.workers for c in competences] for row in problem.rows])
    return start, flat[:, 0].copy(), flat[:, 1].copy(), workers.reshape(len(problem.rows), len(competences))
