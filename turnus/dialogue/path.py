"""From today to there: which vacancy is merged into whose post, in which order, and what each step gives.

Every step is a staffing plan with proven bounds: those of the vacancy's competence who wish more come first
(AML § 14-3), and what is left goes to new people where the scenario has open posts. Beside each step stands
what is possible at best with the same vacancies, whatever the order and whoever gets them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from turnus.dialogue.answer import Answer
from turnus.dialogue.path_staff import Sizes, Staffing, Unit, Vacancy, orders
from turnus.dialogue.path_steps import NEAR, Merge, Path, Step, bound_of
from turnus.dialogue.runs import Ask, Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, ImpossibleError, InputError
from turnus.goals import PLAN_GOALS
from turnus.problem import FULL_TIME, Problem, Rota
from turnus.texts import _

#: With so many steps solved at most, every order is tried; then the best is gone on with.
MOST_TRIALS = 150
_HUNDREDTHS = FULL_TIME // 100
Conditions = tuple[tuple[str, float], ...]
Watch = Callable[[Batch], None]
Stop = Callable[[], bool]


def path(
    variant: Variant,
    runs: Runs,
    *,
    rotas: bool = False,
    seconds: float | None = None,
    most_trials: int = MOST_TRIALS,
    watch: Watch | None = None,
    stop: Stop | None = None,
) -> Path:
    """Return the way from today's posts to larger ones, year by year as the scenario's `path` says.

    A path is better when its steps together leave less uncovered; then with more full-time posts at the end;
    then with more of them on the way; then with less of what is wished unmet at the end, and on the way.
    In each step the vacancy is merged as is best for that step, or towards the best that the year can end
    with; both are tried.

    Raises
    ------
    InputError
        When the scenario names no years, or nobody.
    ImpossibleError
        When today's staff have no rota at all.
    """
    _refuse_nothing(variant)
    search = _Search(Unit(variant), runs, most_trials, watch, stop or (lambda: False))
    found = search.path()
    if found.whole:
        found = replace(found, steps=tuple(search.judged(found.steps)))
        if rotas:  # which may leave more uncovered than the bounds say, so that the steps are judged by that
            found = replace(found, steps=tuple(search.judged(tuple(search.with_rotas(found.steps, seconds)))))
        found = replace(found, anew=search.anew(found.last))
    return replace(found, whole=found.whole and not search.stopped)


def with_present(variant: Variant, problem: Problem, rota: Rota) -> Variant:
    """Return the scenario with the rota that people have now, which changes as little as it must.

    `rota` is in the posts and shifts of `problem`, which is this scenario's. Changed days come after the
    goals that the posts decide, unless the scenario gives them another place.
    """
    data = variant.data
    codes = ["off", *problem.codes[1:]]
    lines = {
        problem.classes[post.class_index].person: [codes[action] for action in line]
        for post, line in zip(rota.posts, rota.lines.tolist(), strict=True)
    }
    for one in data["staff"]:
        if one["name"] in lines:
            one["present_rota"] = lines[one["name"]]
    goals = list(variant.loaded.scenario.goals)
    if "changed_days" not in goals:
        decided = [at for at, goal in enumerate(goals, 1) if goal in PLAN_GOALS]
        goals.insert(max(decided, default=0), "changed_days")
    return variant.with_data(variant.name, data | {"goals": goals})


def _refuse_nothing(variant: Variant) -> None:
    scenario = variant.loaded.scenario
    expected = _("expected the years in which people leave or posts are free")
    hint = _("Such as `path: [{year: 2027, leavers: [Kari]}]`, with names of the list under staff.")
    if not scenario.path or not scenario.staff:
        raise InputError([Finding(("path",), expected, _("found nothing"), hint)], variant.loaded.source)
    leaving = {name for year in scenario.path for name in year.leavers}
    if scenario.open_posts is None and leaving.issuperset(one.name for one in scenario.staff):
        raise InputError([replace(_nobody_left(), path=("path",))], variant.loaded.source)


def _nobody_left() -> Finding:
    """Return that everybody leaves and nobody new can be taken on."""
    return Finding(
        ("open_posts",),
        _("expected somebody who stays, or open posts for new people"),
        _("found that everybody leaves"),
        _("Take a leaver out, or say under open_posts which posts new people may have."),
    )


@dataclass(frozen=True)
class _Way:
    """Steps so far, and what they add up to; `aim` are the sizes that each year merges towards, if any."""

    steps: tuple[Step, ...]
    aim: Mapping[int, Sizes] | None = None

    @property
    def now(self) -> Staffing:
        return self.steps[-1].now

    def rank(self) -> tuple[float, ...]:
        """Return what is compared, the best first."""
        taken = self.steps[1:]
        return (
            sum(one.uncovered_bound or 0.0 for one in taken),
            -float(self.steps[-1].full_time),
            -float(sum(one.full_time for one in taken)),
            self.steps[-1].unmet_fte,
            sum(one.unmet_fte for one in taken),
        )


class _Stopped(Exception):
    """It was told to stop; the steps found until then are kept."""


@dataclass
class _Search:
    """Looks for the best order, layer by layer: ways that lead to the same staff are one."""

    unit: Unit
    runs: Runs
    most_trials: int
    watch: Watch | None
    stop: Stop
    trials: int = 0
    stopped: bool = False
    known: dict[tuple[str, Conditions], Answer] = field(default_factory=dict)

    def path(self) -> Path:
        ways = [_Way((self._today(),))]
        all_orders = True
        stuck: tuple[Finding, ...] = ()
        try:
            ways.append(_Way(ways[0].steps, dict(self._aim())))
            for year in self.unit.years:
                for _again in year:
                    asked = [(way, one) for way in ways for one in _waiting(year, way.now)]
                    if all_orders and self.trials + len(asked) > self.most_trials:
                        all_orders = False
                        ways = _best_of_aims(ways)
                        asked = [(way, one) for way in ways for one in _waiting(year, way.now)]
                    steps = [(way, self._step(way, one)) for way, one in asked]
                    found = [
                        _Way((*way.steps, step), way.aim) for way, step in steps if isinstance(step, Step)
                    ]
                    if not found:
                        stuck = next(step for _way, step in steps if not isinstance(step, Step))
                        return self._found(ways, all_orders, stuck)
                    ways = _best_each(found) if all_orders else _best_of_aims(found)
        except _Stopped:
            self.stopped = True
        return self._found(ways, all_orders, stuck)

    def _found(self, ways: Sequence[_Way], all_orders: bool, stuck: tuple[Finding, ...]) -> Path:
        unit = self.unit
        return Path(
            variant=unit.variant,
            steps=ways[0].steps,
            vacancies=unit.vacancies,
            orders=orders(unit.years),
            trials=self.trials,
            all_orders=all_orders and not self.stopped,
            stuck=stuck,
            whole=not self.stopped,
        )

    def _today(self) -> Step:
        now = self.unit.today()
        answer = self._answer(Ask(self.unit.settled(now)))
        if answer.impossible:
            raise ImpossibleError(answer.reasons, self.unit.variant.loaded.source)
        return Step(0, None, (), (), now, self.unit.unmet(now), answer)

    def _aim(self) -> Iterator[tuple[int, Sizes]]:
        """Yield the best sizes at the end of each year, were all vacancies until then handed out together."""
        unit, until = self.unit, list[Vacancy]()
        for year in (one for one in unit.years if one):
            until += year
            best = self._answer(Ask(unit.at_once(*until)))
            if not best.impossible:
                yield year[0].year, _after(unit, unit.released(unit.today(), *until), best).sizes

    def _step(self, way: _Way, vacancy: Vacancy) -> Step | tuple[Finding, ...]:
        """Return the step that hands out a vacancy; why there is none when that is proven impossible."""
        unit, before = self.unit, way.now
        self.trials += 1
        free = unit.released(before, vacancy)
        aim = None if way.aim is None else way.aim.get(vacancy.year)
        asked = unit.growing(free, aim) if free.all_sizes else unit.hiring(free)
        if asked is None:
            return (_nobody_left(),)
        answer = self._answer(Ask(asked))
        if answer.impossible:
            return answer.reasons
        after = _after(unit, free, answer)
        hiring = unit.hiring(after)
        if hiring is not None:
            hired = self._answer(Ask(hiring))
            if not hired.impossible:
                answer, after = hired, _after(unit, after, hired)
        merges = tuple(
            Merge(name, before.sizes[name] / _HUNDREDTHS, size / _HUNDREDTHS)
            for name, size in after.sizes.items()
            if size != before.sizes[name]
        )
        new = after.hires[len(before.hires) :]
        return Step(len(way.steps), vacancy, merges, new, after, unit.unmet(after), answer)

    def _answer(self, ask: Ask) -> Answer:
        key = (ask.variant.sha256, tuple(sorted(ask.at_most.items())))
        if ask.kind == "bound" and key in self.known:
            return self.known[key]
        if self.watch is not None:
            done = len(self.known)
            self.watch(Batch(done + 1, done, {ask.variant.name: None}))
        answer = self.runs.answer(ask, stop=self.stop)
        if self.stop() or (ask.kind == "bound" and not answer.whole):
            raise _Stopped
        if ask.kind == "bound":
            self.known[key] = answer
        return answer

    def judged(self, steps: Sequence[Step]) -> Iterator[Step]:
        """Yield the steps with what is possible at best with the same vacancies and as much uncovered."""
        handed_out: list[Vacancy] = []
        for step in steps:
            if step.vacancy is not None:
                handed_out.append(step.vacancy)
            try:
                yield step if self.stopped else self._judged(step, handed_out)
            except _Stopped:
                self.stopped = True
                yield step

    def _judged(self, step: Step, handed_out: Sequence[Vacancy]) -> Step:
        if step.vacancy is None:
            return replace(step, best=step.plan, most_full_time=float(step.full_time))
        variant = self.unit.at_once(*handed_out)
        best, most = self._most_full_time(variant, step.shown_uncovered)
        return replace(step, best=best, most_full_time=most)

    def _most_full_time(self, variant: Variant, uncovered: float | None) -> tuple[Answer, float | None]:
        """Return the best plan, and at most how many full-time posts there are with so much uncovered."""
        best = self._answer(Ask(variant))
        least = bound_of(best, "uncovered")
        if uncovered is None or (least is not None and uncovered <= least + NEAR):
            return best, bound_of(best, "full_time_posts")
        goals = variant.data["goals"]  # with more uncovered, more may fit
        first = {"goals": ["full_time_posts", *(one for one in goals if one != "full_time_posts")]}
        asked = Ask(variant.with_data(variant.name, variant.data | first), at_most={"uncovered": uncovered})
        answer = self._answer(asked)
        return answer, bound_of(answer, "full_time_posts")

    def anew(self, last: Step) -> Answer | None:
        """Return the bounds of the unit with free posts; None where there is no such unit."""
        try:
            return None if self.stopped else self._most_full_time(self.unit.anew(), last.shown_uncovered)[0]
        except InputError:
            return None
        except _Stopped:
            self.stopped = True
            return None

    def with_rotas(self, steps: Sequence[Step], seconds: float | None) -> Iterator[Step]:
        """Yield the steps with a rota each, every one begun from the one before."""
        last: Answer | None = None
        for step in steps:
            if self.stopped:
                yield step
                continue
            ask = Ask(self.unit.settled(step.now), "rota", None, seconds, start=last)
            try:
                last = self._answer(ask)
            except _Stopped:
                self.stopped = True
                yield step
                continue
            found = replace(step, rota=last)
            judged_so = found.shown_uncovered == step.shown_uncovered
            yield found if judged_so else replace(found, most_full_time=None)


def _waiting(year: Sequence[Vacancy], now: Staffing) -> list[Vacancy]:
    return [one for one in year if one.number not in now.handed_out]


def _after(unit: Unit, free: Staffing, answer: Answer) -> Staffing:
    assert answer.case is not None
    assert answer.outcome is not None
    assert answer.outcome.plan is not None
    return unit.merged(free, answer.case.problem, answer.outcome.plan)


def _best_of_aims(ways: Sequence[_Way]) -> list[_Way]:
    """Return the best way with an aim and the best without, the better of the two first."""
    best: dict[bool, _Way] = {}
    for way in sorted(ways, key=_Way.rank):
        best.setdefault(way.aim is None, way)
    return list(best.values())


def _best_each(ways: Sequence[_Way]) -> list[_Way]:
    """Return the best way to each staffing, the best of all first."""
    best: dict[Any, _Way] = {}
    for way in sorted(ways, key=_Way.rank):  # stable: among equals the order of the file
        best.setdefault((way.aim is None, way.now.key), way)
    return list(best.values())
