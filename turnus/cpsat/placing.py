"""Where movable tasks of one day are placed, so that as few people as possible are needed; exact.

In this order, each kept while the next is sought: the most people needed at once is lowest; the demand of
the day in person-minutes is lowest; the demand in person-minutes of each narrower group of staff is lowest,
in the order of the groups; the tasks begin early (the sum of all starts is lowest); tasks that stand first
begin first. A stretch of the day needs as many people throughout as its busiest moment does.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from turnus.problem.tasks import Placement, Work

#: Work done on one goal before the best placement found is taken as it is, without proof.
MOST_EFFORT = 10.0


def place(works: Sequence[Work], stretches: Sequence[tuple[int, int]]) -> Placement:
    """Return where the works are best placed; `stretches` are those of the day in minutes, in order."""
    return _Day(works, stretches).best()


class _Day:
    def __init__(self, works: Sequence[Work], stretches: Sequence[tuple[int, int]]) -> None:
        self.works, self.stretches = works, stretches
        self.model = cp_model.CpModel()
        self.times = [
            {start: self.model.new_int_var(0, work.times, "") for start in work.starts} for work in works
        ]
        for work, chosen in zip(works, self.times, strict=True):
            self.model.add(sum(chosen.values()) == work.times)
        last = 1 + max((group for work in works for group in work.groups), default=0)
        self.need = [[self._need(group, *stretch) for stretch in stretches] for group in range(last)]
        self.starts = tuple(work.starts[:1] * work.times for work in works)  # the best found so far

    def _need(self, group: int, begins: int, ends: int) -> cp_model.IntVar:
        """Return the people of a group that a stretch needs: those of its busiest moment."""
        inside = [at for at, work in enumerate(self.works) if group in work.groups]
        most = sum(self.works[at].people * self.works[at].times for at in inside)
        need = self.model.new_int_var(0, most, "")
        # People are needed anew only when something begins, so that no other moment is the busiest.
        moments = {begins} | {s for at in inside for s in self.works[at].starts if begins < s < ends}
        for moment in sorted(moments):
            busy = [
                self.works[at].people * times
                for at in inside
                for start, times in self.times[at].items()
                if start <= moment < start + self.works[at].minutes
            ]
            if busy:
                self.model.add(sum(busy) <= need)
        return need

    def best(self) -> Placement:
        peak = self.model.new_int_var(0, sum(work.people * work.times for work in self.works), "")
        for people in self.need[0]:
            self.model.add(peak >= people)
        lengths = [ends - begins for begins, ends in self.stretches]
        proven = self._lowest(peak)
        for need in self.need:
            minutes = sum(n * length for n, length in zip(need, lengths, strict=True))
            proven = self._lowest(minutes) and proven
        early = [sum(start * n for start, n in chosen.items()) for chosen in self.times]
        self._lowest(sum(early))
        self._lowest(sum((len(early) - at) * one for at, one in enumerate(early)))
        return Placement(self.starts, proven)

    def _lowest(self, goal: cp_model.LinearExprT) -> bool:
        """Find the lowest value of a goal and keep it from now on; return whether it is proven."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = MOST_EFFORT
        solver.parameters.catch_sigint_signal = False
        solver.parameters.cp_model_probing_level = 0  # these take longer than the search itself
        solver.parameters.symmetry_level = 0
        self.model.minimize(goal)
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        self.starts = tuple(
            tuple(start for start, times in sorted(chosen.items()) for _ in range(solver.value(times)))
            for chosen in self.times
        )
        self.model.add(goal <= round(solver.objective_value))
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for chosen in self.times:
            for times in chosen.values():
                self.model.add_hint(times, solver.value(times))
        return status == cp_model.OPTIMAL
