"""The reachable, minimised product of automata: which actions a line may take next, and at what cost.

A graph has one layer of nodes for each weekday; layer 7 is layer 0 of the next week. It repeats
every week, so a horizon of any length is the same graph laid end to end. `roots` are the nodes in
which lines may start before day 0: one for each known history.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.clock import WEEK_DAYS
from turnus.lines.automata import Automaton, State, automaton_of
from turnus.lines.plan_automata import PLAN_AUTOMATA
from turnus.rules.kinds import Kind

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

REFUSED = -1
MOST_STATES = 3_000  # of one layer of a single kind
MOST_NODES = 60_000  # of one layer of a product before it is minimised
_HASHES = np.random.default_rng(1).integers(1, 2**63, (2, 1024), np.uint64) | np.uint64(1)


class GraphTooLargeError(Exception):
    """The product of the automata passes `MOST_NODES`."""


@dataclass(frozen=True)
class WeekGraph:
    """Which node follows which, and at what cost.

    `follow[w][n, a]` is the node after action a on weekday w in node n, or -1; `cost[w][n, a]` its price.
    """

    follow: tuple[IntArray, ...]
    cost: tuple[FloatArray, ...]
    roots: IntArray

    @property
    def nodes(self) -> tuple[int, ...]:
        """Return the number of nodes of each layer."""
        return tuple(len(layer) for layer in self.follow)


def history_state(automaton: Automaton[State], history: Sequence[int]) -> State:
    """Return the automaton's state after the known days before day 0 (their breaches are not refused)."""
    if type(automaton) in PLAN_AUTOMATA:
        return automaton.blank()
    state = automaton.blank(-len(history) % WEEK_DAYS)
    for offset, action in enumerate(history):
        state, _ = automaton.step((offset - len(history)) % WEEK_DAYS, state, action)
    return state


def kind_graph(
    kind: Kind, actions: int, histories: Sequence[Sequence[int]], weight: float | None
) -> WeekGraph:
    """Return the minimised graph of one kind: hard without `weight`, else each count costs `weight`.

    Raises
    ------
    GraphTooLargeError
        When a layer passes `MOST_STATES`: a window of many weeks, say.
    """
    automaton = automaton_of(kind)
    layers: list[dict[Hashable, int]] = [{} for _ in range(WEEK_DAYS)]
    for history in histories:
        layers[0].setdefault(history_state(automaton, history), len(layers[0]))
    roots = np.array([layers[0][history_state(automaton, history)] for history in histories])
    follow: list[dict[tuple[int, int], tuple[int, float]]] = [{} for _ in range(WEEK_DAYS)]
    waiting = [(0, state) for state in layers[0]]
    while waiting:
        weekday, state = waiting.pop()
        beyond = layers[(weekday + 1) % WEEK_DAYS]
        for action in range(actions):
            after, count = automaton.step(weekday, state, action)
            if count and weight is None:
                continue
            if after not in beyond:
                beyond[after] = len(beyond)
                waiting.append(((weekday + 1) % WEEK_DAYS, after))
                if len(beyond) > MOST_STATES:
                    raise GraphTooLargeError
            follow[weekday][layers[weekday][state], action] = (beyond[after], count * (weight or 0.0))
    return minimised(_as_arrays(follow, [len(layer) for layer in layers], actions, roots))


def _as_arrays(
    follow: list[dict[tuple[int, int], tuple[int, float]]], sizes: list[int], actions: int, roots: IntArray
) -> WeekGraph:
    tables, costs = [], []
    for arcs, size in zip(follow, sizes, strict=True):
        table, cost = np.full((size, actions), REFUSED), np.zeros((size, actions))
        for (node, action), (after, price) in arcs.items():
            table[node, action], cost[node, action] = after, price
        tables.append(table)
        costs.append(cost)
    return WeekGraph(tuple(tables), tuple(costs), roots)


def product(left: WeekGraph, right: WeekGraph) -> WeekGraph:
    """Return the reachable product of two graphs, minimised.

    Raises
    ------
    GraphTooLargeError
        When a layer of the product passes `MOST_NODES`.
    """
    widths = [len(layer) for layer in right.follow]
    seen = [np.zeros(one * two, bool) for one, two in zip(left.nodes, widths, strict=True)]
    fresh: list[IntArray] = [np.empty(0, np.int64) for _ in range(WEEK_DAYS)]
    fresh[0] = np.unique(left.roots * widths[0] + right.roots)
    seen[0][fresh[0]] = True
    sizes = [len(one) for one in fresh]
    while any(map(len, fresh)):
        for weekday in range(WEEK_DAYS):
            if not len(fresh[weekday]):
                continue
            pairs, fresh[weekday] = fresh[weekday], np.empty(0, np.int64)
            after = _pair_follow(left, right, weekday, pairs).reshape(-1)
            to = (weekday + 1) % WEEK_DAYS
            after = after[after >= 0]
            new = np.unique(after[~seen[to][after]])
            seen[to][new] = True
            fresh[to] = np.concatenate([fresh[to], new])
            sizes[to] += len(new)
            if sizes[to] > MOST_NODES:
                raise GraphTooLargeError
    found = [np.flatnonzero(one) for one in seen]
    follow, cost = [], []
    for weekday in range(WEEK_DAYS):
        after = _pair_follow(left, right, weekday, found[weekday])
        beyond = found[(weekday + 1) % WEEK_DAYS]
        follow.append(np.where(after >= 0, np.searchsorted(beyond, after), REFUSED))
        one, two = np.divmod(found[weekday], widths[weekday])
        cost.append(left.cost[weekday][one] + right.cost[weekday][two])
    roots = np.searchsorted(found[0], left.roots * widths[0] + right.roots)
    return minimised(WeekGraph(tuple(follow), tuple(cost), roots))


def _pair_follow(left: WeekGraph, right: WeekGraph, weekday: int, pairs: IntArray) -> IntArray:
    one, two = np.divmod(pairs, len(right.follow[weekday]))
    first, second = left.follow[weekday][one], right.follow[weekday][two]
    width = len(right.follow[(weekday + 1) % WEEK_DAYS])
    return np.where((first >= 0) & (second >= 0), first * width + second, REFUSED)


def minimised(graph: WeekGraph) -> WeekGraph:
    """Return the graph with nodes merged that permit and cost the same for ever after."""
    if not all(graph.nodes):  # a day that no line reaches: there is no line
        return _closed_graph(graph.follow[0].shape[1], len(graph.roots))
    blocks = [np.zeros(size, np.int64) for size in graph.nodes]
    count = 0
    while True:
        for weekday in reversed(range(WEEK_DAYS)):
            blocks[weekday] = _refined(graph, weekday, blocks)
        total = sum(int(block.max()) + 1 for block in blocks)
        if total == count:
            break
        count = total
    return _merged(graph, blocks)


def _refined(graph: WeekGraph, weekday: int, blocks: list[IntArray]) -> IntArray:
    follow = graph.follow[weekday]
    after = np.where(follow >= 0, blocks[(weekday + 1) % WEEK_DAYS][follow], REFUSED)
    cost = np.where(follow >= 0, graph.cost[weekday], 0.0)
    signature = np.hstack([after, cost.view(np.int64), blocks[weekday][:, None]])
    return _numbered(signature)


def _numbered(rows: IntArray) -> IntArray:
    """Return a number for each row, in their order; the same for equal rows and only for them.

    Rows are told apart by a hash, which is far quicker than sorting them, and compared afterwards.
    """
    one, two = _HASHES[:, : rows.shape[1]]
    mixed = (rows.view(np.uint64) ^ one) * two
    mixed ^= mixed >> np.uint64(29)
    _, first, number = np.unique(mixed.sum(axis=1), return_index=True, return_inverse=True)
    if (rows == rows[first[number]]).all():
        ranked = np.lexsort(rows[first].T[::-1])
        rank = np.empty_like(ranked)
        rank[ranked] = np.arange(len(ranked))
        return rank[number.reshape(-1)]
    return np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)


def _merged(graph: WeekGraph, blocks: list[IntArray]) -> WeekGraph:
    follow, cost = [], []
    for weekday in range(WEEK_DAYS):
        _, representative = np.unique(blocks[weekday], return_index=True)
        table = graph.follow[weekday][representative]
        follow.append(np.where(table >= 0, blocks[(weekday + 1) % WEEK_DAYS][table], REFUSED))
        cost.append(graph.cost[weekday][representative])
    return WeekGraph(tuple(follow), tuple(cost), blocks[0][graph.roots])


def trimmed(graph: WeekGraph) -> WeekGraph:
    """Return the graph without arcs to nodes from which no line can go on for ever (for cycles only)."""
    alive: list[BoolArray] = [np.ones(size, bool) for size in graph.nodes]
    follow = list(graph.follow)
    changed = True
    while changed:
        changed = False
        for weekday in reversed(range(WEEK_DAYS)):
            beyond = alive[(weekday + 1) % WEEK_DAYS]
            table = follow[weekday]
            follow[weekday] = np.where((table >= 0) & beyond[table], table, REFUSED)
            now: BoolArray = np.any(follow[weekday] >= 0, axis=1)
            changed |= bool((now != alive[weekday]).any())
            alive[weekday] = now
    return minimised(WeekGraph(tuple(follow), graph.cost, graph.roots))


def _closed_graph(actions: int, roots: int) -> WeekGraph:
    """Return the graph that permits nothing, with one node a layer."""
    free = free_graph(actions, roots)
    return WeekGraph(tuple(np.full_like(table, REFUSED) for table in free.follow), free.cost, free.roots)


def free_graph(actions: int, roots: int) -> WeekGraph:
    """Return the graph that permits everything, with one node a layer."""
    follow = tuple(np.zeros((1, actions), np.int64) for _ in range(WEEK_DAYS))
    cost = tuple(np.zeros((1, actions)) for _ in range(WEEK_DAYS))
    return WeekGraph(follow, cost, np.zeros(roots, np.int64))
