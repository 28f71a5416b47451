"""Lines of some posts mixed in fractions, while the others keep theirs: bound, dive and whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from turnus.lines.cover import NO_LIMIT, Cover, FloatArray
from turnus.lines.highs import heed, quiet_highs
from turnus.lines.master import BoolArray, Evaluation, Master
from turnus.lines.pricing import Column, PostKind, Pricer

WHOLE = 1 - 1e-5
UNLIMITED = highspy.kHighsInf
MOST_NODES = 2**31 - 1
LIKELY = 0.65  # weight of lines that are tried together; more than a half, so that no post has two
CHOICES = 8  # lines tried for a post where the mix may not become dearer
ALTERNATIVES = 2  # tried where the likeliest line makes the mix much dearer
BEARABLE, BEARABLE_STEPS = 0.0005, 0.2  # of cost and of a step: by how much one line may make the mix dearer
DIVE_ROUNDS = 40  # of new lines after each post of a dive, at most
KEPT_LINES = 12  # of each post, when lines are forgotten in a dive
PRESOLVED_LINES = 5_000  # of an integer program; over more, its presolving heeds no limit for minutes
Stop = Callable[[], bool]
Missing = tuple[BoolArray, int, int]  # a set of rows, and the fewest and most people missing there


class Mix:
    """The master program of some free posts.

    Parameters
    ----------
    pricer
        Of these posts, in this order.
    need, most
        What the other posts leave of the demand; may be below 0.
    fixed
        What the other posts' lines cost by themselves.

    `rounds` is how many rounds of new lines a dive may spend on each post.
    """

    def __init__(self, pricer: Pricer, need: FloatArray, most: FloatArray, fixed: float) -> None:
        self.master = Master(pricer)
        self.pricer = pricer
        self.need, self.most, self.fixed = need.copy(), most.copy(), fixed
        self.numbers = np.ones(len(pricer.kinds))
        self.rounds = DIVE_ROUNDS
        self.taken: dict[int, Column] = {}
        self.master.demand(self.need, self.most)

    def add(self, columns: Iterable[Column]) -> None:
        """Offer known lines."""
        for column in columns:
            self.master.add(column)

    def converged(
        self, stop: Stop, gap: float, enough: float = np.inf, content: float = -np.inf
    ) -> tuple[float, float]:
        """Return value and bound of the best mix for the whole rota.

        It stops at a bound above `enough`, and at a value of at most `content`.
        """
        found = self.evaluated(stop, gap, enough, content)
        return found.value + self.fixed, found.bound + self.fixed

    def evaluated(
        self,
        stop: Stop,
        gap: float,
        enough: float = np.inf,
        content: float = -np.inf,
        rounds: int | None = None,
        begin: FloatArray | None = None,
    ) -> Evaluation:
        """Return the best mix of the posts that have no line yet, after at most some rounds.

        The first round may `begin` at scaled row prices that are nearly right.
        """
        enough, content = enough - self.fixed, content - self.fixed
        return self.master.evaluate(
            self.numbers, stop, gap, enough, content, used_only=True, rounds=rounds, begin=begin
        )

    def nearly(self, stop: Stop, gap: float, enough: float = np.inf, content: float = -np.inf) -> float:
        """Return the value of a mix that is nearly the best, for a dive."""
        return self.evaluated(stop, gap, enough, content, self.rounds).value + self.fixed

    def take(self, column: Column) -> None:
        """Give a post a line for good."""
        self._move(column, 1)
        self.taken[column.kind] = column

    def give_back(self, column: Column) -> None:
        """Take a post's line away again."""
        self._move(column, -1)
        del self.taken[column.kind]

    def _move(self, column: Column, sign: int) -> None:
        self.need -= sign * column.cover
        self.most -= sign * column.cover
        self.fixed += sign * column.cost
        self.numbers[column.kind] -= sign
        self.master.demand(self.need, self.most)

    def trim(self) -> None:
        """Forget lines when there are many for each post that has none yet."""
        if len(self.master.columns) > 2 * KEPT_LINES * max(1.0, self.numbers.sum()):
            self.master.trim(self.numbers > 0, KEPT_LINES)

    def likeliest(self) -> list[tuple[float, Column]]:
        """Return the lines in the present mix of posts without one, the weightiest first."""
        weights = self.master.weights()
        found = [
            (float(weights[at]), self.master.columns[at])
            for at in np.flatnonzero(weights > 1e-4)
            if self.numbers[self.master.columns[at].kind] > 0
        ]
        return sorted(found, key=lambda one: -one[0])


def dive(mix: Mix, step: float, stop: Stop, enough: float = np.inf) -> dict[int, Column] | None:
    """Give post after post the likeliest line of the mix, which is mixed anew each time.

    Where that makes the mix dearer, a few other lines are tried, and the best of them is taken. None when
    stopped, or when the mix costs more than `enough`.
    """
    gap = 0.3 * step
    value, _ = mix.converged(stop, gap)
    while mix.numbers.any():
        if stop() or value > enough:
            return None
        likely = mix.likeliest()
        if not likely:
            return None
        mix.trim()
        sure = [column for weight, column in likely if weight >= WHOLE]
        if sure:
            for column in sure:
                mix.take(column)
            value = mix.nearly(stop, gap, content=value) if mix.numbers.any() else value
            continue
        value = _take_best(mix, [column for _, column in likely[: ALTERNATIVES + 1]], value, step, stop)
    return dict(mix.taken)


def _take_best(mix: Mix, choices: Sequence[Column], before: float, step: float, stop: Stop) -> float:
    """Take the first line that makes the mix hardly dearer, or else the one that does least."""
    best: tuple[float, Column] | None = None
    for column in choices:
        mix.take(column)
        bearable = before + max(BEARABLE_STEPS * step, BEARABLE * abs(before))
        value = mix.nearly(stop, 0.3 * step, np.inf if best is None else best[0], bearable)
        if best is None or value < best[0]:
            best = (value, column)
        if value <= bearable or stop():
            return value
        mix.give_back(column)
    assert best is not None
    mix.take(best[1])
    return mix.nearly(stop, 0.3 * step)


def straight(mix: Mix, target: float, stop: Stop, choices: int = CHOICES) -> dict[int, Column] | None:
    """Give post after post a line with which the best mix of the others still costs at most `target`.

    None when stopped, or when none of a post's `choices` likeliest lines is such a one: what was given
    stays given. A dive that bears no dearer mix goes wrong seldom where the bound can be reached.
    """
    slack = 1e-6 * max(1.0, abs(target))

    def within() -> bool:
        found = mix.evaluated(stop, 0.0, target + slack, target + slack)
        return found.value + mix.fixed <= target + slack

    if not within():
        return None
    while mix.numbers.any():
        likely = mix.likeliest()
        mix.trim()
        sure = [column for weight, column in likely if weight >= WHOLE]
        for column in sure:
            mix.take(column)
        if sure:
            if not within():
                return None
            continue
        together = [column for weight, column in likely if weight >= LIKELY]
        ways = [[column] for _, column in likely[:choices]]
        if not any(_fit(mix, columns, within) for columns in ([together] if together[1:] else []) + ways):
            return None
    return dict(mix.taken)


def _fit(mix: Mix, columns: Sequence[Column], within: Stop) -> bool:
    """Whether lines can be taken, and then are."""
    for column in columns:
        mix.take(column)
    if within():
        return True
    for column in columns:
        mix.give_back(column)
    return False


@dataclass(frozen=True)
class Ask:
    """What is asked of an integer program: a choice that costs at most `below`, and how long to look for it.

    It stops after some seconds, or some nodes of its tree, which repeat.
    """

    below: float
    seconds: float = UNLIMITED
    nodes: int = MOST_NODES
    stop: Stop = lambda: False


def whole(
    pricer: Pricer,
    columns: Sequence[Column],
    need: FloatArray,
    most: FloatArray,
    ask: Ask,
    missing: Sequence[Missing] = (),
) -> tuple[dict[int, Column] | None, bool]:
    """Return the cheapest choice of a column for each post, if it costs at most what is asked; and if proven.

    Proven says that no choice of these columns costs less than what is returned, or than what is asked,
    among those with so many `missing` people (least, most) in sets of rows.
    """
    program = quiet_highs(
        threads=1, time_limit=max(0.1, ask.seconds), mip_max_nodes=ask.nodes, mip_rel_gap=0.0,
        mip_abs_gap=0.5, objective_bound=ask.below + 0.5,
        presolve="choose" if len(columns) <= PRESOLVED_LINES else "off",
    )  # fmt: skip
    heed(program, ask.stop)
    program.passModel(_program(pricer.kinds, columns, need, most, pricer.cover))
    for members, fewest, greatest in missing:
        index = (len(columns) + np.flatnonzero(members)).astype(np.int32)
        upper = float(greatest) if greatest < NO_LIMIT else highspy.kHighsInf
        program.addRow(float(fewest), upper, len(index), index, np.ones(len(index)))
    program.run()
    status = program.getModelStatus()
    proven = status in (
        highspy.HighsModelStatus.kOptimal,
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kObjectiveBound,
    )
    feasible = program.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not feasible or program.getObjectiveValue() > ask.below + 0.5:
        return None, proven
    values = np.array(program.getSolution().col_value)[: len(columns)]
    chosen = {columns[at].kind: columns[at] for at in np.flatnonzero(values > 0.5).tolist()}
    return (chosen, proven) if len(chosen) == len(pricer.kinds) else (None, False)


def _program(
    kinds: Sequence[PostKind],
    columns: Sequence[Column],
    need: FloatArray,
    most: FloatArray,
    cover: Cover,
) -> highspy.HighsLp:
    """Return the integer program: a line for each post, then missing and surplus people of each row."""
    groups, count = len(need), len(columns)
    weight, over, limit = cover.weight, cover.over, cover.most
    limited = np.flatnonzero(limit < NO_LIMIT)
    starts, index, value = [0], [], []
    for column in columns:
        rows = np.flatnonzero(column.cover)
        index += [*rows.tolist(), groups + column.kind]
        value += [*column.cover[rows].tolist(), 1.0]
        starts.append(len(index))
    index += [*range(groups), *limited.tolist()]
    value += [1.0] * groups + [-1.0] * len(limited)
    starts += list(range(starts[-1] + 1, len(index) + 1))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count + groups + len(limited), groups + len(kinds)
    lp.col_cost_ = np.concatenate([[column.cost for column in columns], weight, over[limited]])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate([np.ones(count), np.full(lp.num_col_ - count, highspy.kHighsInf)])
    lp.row_lower_ = np.concatenate([need, np.ones(len(kinds))])
    lp.row_upper_ = np.concatenate([np.where(limit < NO_LIMIT, most, highspy.kHighsInf), np.ones(len(kinds))])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array(starts, np.int32)
    lp.a_matrix_.index_ = np.array(index, np.int32)
    lp.a_matrix_.value_ = np.array(value)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count + [highspy.HighsVarType.kContinuous] * (
        lp.num_col_ - count
    )
    return lp
