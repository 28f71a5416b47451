"""A week graph laid over a horizon: the passes that together see every legal line.

In a cycle a line must end in the node in which it began. Every closed walk of the horizon goes
through one of a few (Monday, node) pairs; one pass for each pair, begun and ended there, sees them all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.clock import WEEK_DAYS
from turnus.lines.graph import FloatArray, IntArray, WeekGraph

BoolMatrix = npt.NDArray[np.bool_]
_NEVER = 10**9  # hours of nodes that no line passes
_Arcs = tuple[IntArray, IntArray, IntArray, FloatArray]  # source, target, group, cost


@dataclass(frozen=True)
class Passes:
    """Arrays for the line program; pass p begins on day `first_day[p]` and walks `days` days.

    Arcs of step i of pass p are `arc_start[p, i]:arc_start[p, i + 1]` of `source`, `target`,
    `group` and `cost`. A group is a set of actions that lead from every node to the same node at
    the same cost and hours: `members[w, g]` (padded with -1). `ends[p, n]` says where a pass may end.
    `hours[p, i, n]` holds the least and most hours worked before step i by a line that stands in
    node n then, and the least and most that can still follow: what need not be looked at.
    """

    days: int
    widest: int
    first_day: IntArray
    first_node: IntArray
    ends: BoolMatrix
    arc_start: IntArray
    source: IntArray
    target: IntArray
    group: IntArray
    cost: FloatArray
    members: IntArray
    units: IntArray
    hours: IntArray


def cyclic_passes(graph: WeekGraph, units: IntArray, weeks: int) -> Passes:
    """Return the passes of a cycle of `weeks` weeks; `units` are the hours of each action, in units."""
    steps = [_reach_one_day(graph, weekday) for weekday in range(WEEK_DAYS)]
    begins = [(week, node) for week, nodes in _feedback_nodes(steps, weeks).items() for node in nodes]
    return _compiled(graph, units, weeks, begins, closed=True)


def calendar_passes(graph: WeekGraph, units: IntArray, weeks: int, root: int) -> Passes:
    """Return the single pass of a calendar plan that starts after the history of `root`."""
    return _compiled(graph, units, weeks, [(0, int(graph.roots[root]))], closed=False)


def _reach_one_day(graph: WeekGraph, weekday: int) -> BoolMatrix:
    follow = graph.follow[weekday]
    reach = np.zeros((len(follow), graph.nodes[(weekday + 1) % WEEK_DAYS]), bool)
    source, action = np.nonzero(follow >= 0)
    reach[source, follow[source, action]] = True
    return reach


def _feedback_nodes(steps: list[BoolMatrix], weeks: int) -> dict[int, list[int]]:
    """Return nodes by week such that every closed walk passes one of them on that week's Monday."""
    week = np.eye(len(steps[0]), dtype=bool)
    for step in steps:
        week = _chain(week, step)
    powers = [np.eye(len(week), dtype=bool)]
    for _ in range(weeks):
        powers.append(_chain(powers[-1], week))
    closed = [int(n) for n in np.flatnonzero(np.diag(powers[weeks]))]
    best: dict[int, list[int]] = {0: closed}
    for other in range(1, weeks):
        via = powers[other] & powers[weeks - other].T
        single = {n: int(np.flatnonzero(via[n])[0]) for n in closed if via[n].sum() == 1}
        crowded = {t for t in single.values() if list(single.values()).count(t) > 1}
        kept = [n for n in closed if single.get(n) not in crowded]
        if len(kept) + len(crowded) < sum(map(len, best.values())):
            best = {0: kept, other: sorted(crowded)}
    return best


def _chain(one: BoolMatrix, two: BoolMatrix) -> BoolMatrix:
    return (one.astype(np.float32) @ two.astype(np.float32)) > 0


def _compiled(
    graph: WeekGraph,
    units: IntArray,
    weeks: int,
    begins: list[tuple[int, int]],
    closed: bool,
) -> Passes:
    days = weeks * WEEK_DAYS
    members, group_of = _action_groups(graph, units)
    arc_start = np.zeros((len(begins), days + 1), np.int64)
    parts: list[_Arcs] = []
    ends = np.zeros((len(begins), graph.nodes[0]), bool)
    total = 0
    for index, (_, node) in enumerate(begins):
        ends[index] = np.arange(graph.nodes[0]) == node if closed else True
        active = _active_nodes(graph, weeks, node, ends[index])
        for day in range(days):
            arc_start[index, day] = total
            part = _arcs(graph, day % WEEK_DAYS, group_of, active[day], active[day + 1])
            parts.append(part)
            total += len(part[0])
        arc_start[index, days] = total
    source, target, group, cost = _joined(parts)
    gunits = np.array([[units[m[0]] if m[0] >= 0 else 0 for m in layer] for layer in members])
    hours = [
        _hours(parts[at * days : (at + 1) * days], gunits, graph.nodes, node, ends[at])
        for at, (_, node) in enumerate(begins)
    ]
    widest = max(graph.nodes)
    return Passes(
        days=days,
        widest=widest,
        first_day=np.array([week * WEEK_DAYS for week, _ in begins], np.int64),
        first_node=np.array([node for _, node in begins], np.int64),
        ends=ends,
        arc_start=arc_start,
        source=source,
        target=target,
        group=group,
        cost=cost,
        members=members,
        units=gunits.astype(np.int64),
        hours=np.array(hours, np.int64).reshape(len(begins), days + 1, widest, 4),
    )


def _hours(
    parts: list[_Arcs], units: IntArray, nodes: tuple[int, ...], node: int, ends: BoolMatrix
) -> IntArray:
    """Return [step, node] → least and most hours before, least and most hours after; steps of one pass."""
    days, widest = len(parts), max(nodes)
    hours = np.empty((days + 1, widest, 4), np.int64)
    hours[:, :, (0, 2)] = _NEVER
    hours[:, :, (1, 3)] = -_NEVER
    hours[0, node, :2] = 0
    hours[days, : len(ends)][ends, 2:] = 0
    for step, (source, target, group, _) in enumerate(parts):
        worked = units[step % WEEK_DAYS][group]
        np.minimum.at(hours[step + 1, :, 0], target, hours[step, source, 0] + worked)
        np.maximum.at(hours[step + 1, :, 1], target, hours[step, source, 1] + worked)
    for step in reversed(range(days)):
        source, target, group, _ = parts[step]
        worked = units[step % WEEK_DAYS][group]
        np.minimum.at(hours[step, :, 2], source, hours[step + 1, target, 2] + worked)
        np.maximum.at(hours[step, :, 3], source, hours[step + 1, target, 3] + worked)
    return hours


def _active_nodes(graph: WeekGraph, weeks: int, node: int, ends: BoolMatrix) -> list[BoolMatrix]:
    """Return, for each day, the nodes that lie between the pass's beginning and a permitted end."""
    days = weeks * WEEK_DAYS
    forward: list[BoolMatrix] = [np.arange(graph.nodes[0]) == node]
    for day in range(days):
        after = graph.follow[day % WEEK_DAYS][forward[-1]]
        reached = np.zeros(graph.nodes[(day + 1) % WEEK_DAYS], bool)
        reached[after[after >= 0]] = True
        forward.append(reached)
    backward = [np.asarray(ends)]
    for day in reversed(range(days)):
        after = graph.follow[day % WEEK_DAYS]
        backward.append(np.any((after >= 0) & backward[-1][after], axis=1))
    return [f & b for f, b in zip(forward, reversed(backward), strict=True)]


def _action_groups(graph: WeekGraph, units: IntArray) -> tuple[IntArray, list[dict[int, int]]]:
    found: list[dict[tuple[bytes, bytes, int], list[int]]] = []
    for follow, cost in zip(graph.follow, graph.cost, strict=True):
        groups: dict[tuple[bytes, bytes, int], list[int]] = {}
        for action in range(follow.shape[1]):
            allowed = follow[:, action] >= 0
            if allowed.any():
                price = np.where(allowed, cost[:, action], 0.0)
                key = (follow[:, action].tobytes(), price.tobytes(), int(units[action]))
                groups.setdefault(key, []).append(action)
        found.append(groups)
    most = max(1, *(len(groups) for groups in found))  # of a graph without any line there is none
    deepest = max((len(actions) for groups in found for actions in groups.values()), default=1)
    members = np.full((WEEK_DAYS, most, deepest), -1, np.int64)
    group_of: list[dict[int, int]] = []
    for weekday, groups in enumerate(found):
        first: dict[int, int] = {}
        for index, actions in enumerate(groups.values()):
            members[weekday, index, : len(actions)] = actions
            first[actions[0]] = index
        group_of.append(first)
    return members, group_of


def _arcs(
    graph: WeekGraph, weekday: int, group_of: list[dict[int, int]], here: BoolMatrix, there: BoolMatrix
) -> _Arcs:
    parts: list[_Arcs] = []
    for action, index in group_of[weekday].items():
        follow = graph.follow[weekday][:, action]
        nodes = np.flatnonzero(here & (follow >= 0) & there[follow])
        cost = graph.cost[weekday][nodes, action]
        parts.append((nodes, follow[nodes], np.full(len(nodes), index), cost))
    return _joined(parts)


def _joined(parts: list[_Arcs]) -> _Arcs:
    """Return the arcs of all parts, one after another."""
    empty = np.empty(0, np.int64)
    source, target, group, cost = zip((empty, empty, empty, np.empty(0)), *parts, strict=True)
    return np.concatenate(source), np.concatenate(target), np.concatenate(group), np.concatenate(cost)
