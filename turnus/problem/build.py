"""From the scenario file to the indexed problem; every reference is checked on the way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from turnus.clock import DAY_MINUTES, WEEK_DAYS, parse_duration, parse_week_moment
from turnus.errors import InputError
from turnus.problem.calendar import Calendar
from turnus.problem.conversion import CONVERTED, longest_week
from turnus.problem.demand import demand_rows, span_of
from turnus.problem.model import FULL_TIME, OFF, Budget, Part, PostClass, Problem, Shift, Wish
from turnus.problem.references import missing_budget, reference_findings
from turnus.scenario.models import Hours, OpenPosts, Person, Scenario, ShiftPart
from turnus.scenario.models import Shift as ShiftText

STRENGTHS = {"weak": 1, "medium": 2, "strong": 3}
_HUNDREDTHS = FULL_TIME // 100
_NO_LIMIT = FULL_TIME * 10**6


def build_problem(scenario: Scenario) -> Problem:
    """Return the scenario indexed and in whole minutes.

    Raises
    ------
    InputError
        With every unknown code, competence or day, and every key that this version does not serve.
    """
    findings = reference_findings(scenario)
    if findings:
        raise InputError(findings)
    builder = _Builder(scenario)
    missing = missing_budget(scenario, builder.rows, builder.shifts)
    if missing:
        raise InputError(missing)
    return builder.problem()


class _Builder:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.calendar = Calendar.of(scenario.horizon)
        self.competences = tuple(scenario.competences)
        self.shifts = tuple(self._shift(shift) for shift in scenario.shifts)
        self.codes = [shift.code for shift in self.shifts]
        last = parse_week_moment(scenario.weekend.ends) or WEEK_DAYS * DAY_MINUTES
        self.weekend = (parse_week_moment(scenario.weekend.begins), last)
        self.weekend_cells = frozenset(
            (weekday, i + 1)
            for weekday in range(WEEK_DAYS)
            for i, shift in enumerate(self.shifts)
            if self.weekend[0] <= weekday * DAY_MINUTES + shift.start < last
        )
        self.rows = demand_rows(scenario, self.shifts, self.calendar, self._workers(), self._yesterday())

    def problem(self) -> Problem:
        scenario, calendar = self.scenario, self.calendar
        first, last = self.weekend
        open_posts = scenario.open_posts
        return Problem(
            name=scenario.name,
            unit=scenario.unit,
            days=calendar.days,
            cyclic=calendar.start is None,
            start=calendar.start,
            red_days=calendar.red_days,
            shifts=self.shifts,
            competences=self.competences,
            competence_names=tuple(c.name or key for key, c in scenario.competences.items()),
            classes=(*map(self._person, scenario.staff), *(self._open(open_posts) if open_posts else ())),
            rows=self.rows,
            budget=self._budget(),
            weekend_cells=self.weekend_cells,
            weekend_days=tuple(
                d for d in range(WEEK_DAYS) if first <= d * DAY_MINUTES and (d + 1) * DAY_MINUTES <= last
            ),
            goals=scenario.goals,
            smallest_size=round(open_posts.smallest_size * _HUNDREDTHS) if open_posts else 0,
            most_open_posts=open_posts.at_most if open_posts else None,
            discussed=scenario.horizon.discussed,
        )

    def _shift(self, text: ShiftText) -> Shift:
        spans: list[tuple[ShiftPart | None, int, int]]
        if text.parts:
            spans = [(part, *span_of(part.begins, part.ends)) for part in text.parts]
        else:
            assert text.begins is not None
            assert text.ends is not None
            spans = [(None, *span_of(text.begins, text.ends))]
        ordered: list[tuple[float, bool, int, int]] = []
        for part, begins, ends in spans:
            shifted = DAY_MINUTES if ordered and begins < ordered[-1][3] else 0
            active = part is None or part.kind == "active"
            ordered.append((1.0 if part is None else part.counts, active, begins + shifted, ends + shifted))
        counted = sum(counts * (ends - begins) for counts, _, begins, ends in ordered)
        competences = (
            range(len(self.competences))
            if text.competences is None
            else map(self.competences.index, text.competences)
        )
        return Shift(
            code=text.code,
            name=text.name,
            start=ordered[0][2],
            end=ordered[-1][3],
            minutes=round(counted) - parse_duration(text.unpaid_break),
            tags=frozenset(text.tags),
            days=frozenset().union(*map(self.calendar.days_of, text.days)),
            competences=frozenset(competences),
            volunteers_only=text.volunteers_only,
            active=_joined([(b, e) for _, active, b, e in ordered if active and text.covers]),
            parts=tuple(
                Part(part.kind, b, e, counts)
                for (part, _, _), (counts, _, b, e) in zip(spans, ordered, strict=True)
                if part is not None
            ),
            break_minutes=_breaks(text),
        )

    def _workers(self) -> dict[str | None, frozenset[int]]:
        workers: dict[str | None, frozenset[int]] = {None: frozenset(range(len(self.competences)))}
        for name in self.competences:
            workers[name] = frozenset(
                i
                for i, (other, c) in enumerate(self.scenario.competences.items())
                if other == name or name in c.covers
            )
        return workers

    def _yesterday(self) -> list[tuple[int, int]]:
        """Return (competence, action) of everybody whose shift on the day before the start is known."""
        return [
            (self.competences.index(person.competence), self._action(person.history[-1]))
            for person in self.scenario.staff
            if person.history
        ]

    def _budget(self) -> Budget:
        budget = self.scenario.budget
        if budget is None:
            return Budget(sum(round(p.size * _HUNDREDTHS) for p in self.scenario.staff), ())
        total = round(budget.fte * FULL_TIME)
        limits = []
        for name, part in budget.by_competence.items():
            most = _NO_LIMIT if part.fte is None else round(part.fte * FULL_TIME)
            if part.share_percent is not None:
                most = min(most, int(total * part.share_percent / 100 + 1e-6))
            limits.append((self.competences.index(name), most))
        return Budget(total, tuple(limits))

    def _open(self, posts: OpenPosts) -> list[PostClass]:
        sizes = sorted({round(s * _HUNDREDTHS) for s in posts.sizes if s >= posts.smallest_size})
        budget = self._budget().total
        at_most = budget // sizes[0] if posts.at_most is None else posts.at_most
        return [
            PostClass(
                id=f"open-{name}",
                person=None,
                competence=self.competences.index(name),
                sizes=tuple(sizes),
                at_most=at_most,
                size=0,
                wished=0,
                tags=frozenset(),
                long_shifts=posts.accepts.long_shifts,
                extra_weekends=posts.accepts.extra_weekends,
                leave=frozenset(),
                pins=(),
                bans=frozenset(),
                wishes=(),
                history=(),
                **_hours(self.scenario.hours),
            )
            for name in posts.competences or self.competences
        ]

    def _person(self, person: Person) -> PostClass:
        leave = frozenset(
            day
            for stretch in person.leave
            for day in range(self._day(stretch.first), self._day(stretch.last) + 1)
        )
        size = round(person.size * _HUNDREDTHS)
        wished = round((person.wished_size or person.size) * _HUNDREDTHS)
        return PostClass(
            id=person.name,
            person=person.name,
            competence=self.competences.index(person.competence),
            sizes=self._sizes_between(size, wished),
            at_most=1,
            size=size,
            wished=wished,
            tags=frozenset(person.tags),
            long_shifts=person.accepts.long_shifts,
            extra_weekends=person.accepts.extra_weekends,
            leave=leave,
            pins=tuple((self._day(on), self._action(pin.shift)) for pin in person.fixed for on in pin.on),
            bans=self._bans(person),
            wishes=tuple(
                Wish(day, self._actions(wish.want), STRENGTHS[wish.strength])
                for wish in person.wishes
                for key in wish.on
                for day in sorted(self.calendar.days_of(key))
            ),
            history=tuple(map(self._action, person.history)),
            present_rota=tuple(map(self._action, person.present_rota)),
            **_hours(person.hours or self.scenario.hours),
        )

    def _sizes_between(self, size: int, wished: int) -> tuple[int, ...]:
        offered = self.scenario.open_posts.sizes if self.scenario.open_posts else OpenPosts().sizes
        steps = {round(s * _HUNDREDTHS) for s in offered}
        low, high = min(size, wished), max(size, wished)
        return tuple(sorted({size, wished} | {s for s in steps if low < s < high}))

    def _bans(self, person: Person) -> frozenset[tuple[int, int]]:
        """Return the cells a person may not work: own bans and what was individually agreed."""
        banned = {
            (day, action)
            for ban in person.forbidden
            for key in ban.on
            for day in self.calendar.days_of(key)
            for action in self._actions(ban.shifts)
        }
        return frozenset(banned | self._arranged(person))

    def _arranged(self, person: Person) -> set[tuple[int, int]]:
        """Return the cells that an individually agreed arrangement takes out while it is valid."""
        arrangement = person.arrangement
        if arrangement is None:
            return set()
        longest = parse_duration(arrangement.longest_shift) if arrangement.longest_shift else None
        last = self._last_valid_day(arrangement.valid_until)
        weekend = self.weekend_cells if arrangement.weekend_exempt else frozenset()
        return {
            (day, i + 1)
            for day in range(last + 1)
            for i, shift in enumerate(self.shifts)
            if (arrangement.no_nights and "night" in shift.tags)
            or (longest is not None and shift.end - shift.start > longest)
            or (day % WEEK_DAYS, i + 1) in weekend
        }

    def _last_valid_day(self, until: dt.date | None) -> int:
        if until is None or self.calendar.start is None:
            return self.calendar.days - 1
        return min(self.calendar.days - 1, (until - self.calendar.start).days)

    def _day(self, reference: str) -> int:
        day = self.calendar.day_of(reference)
        assert day is not None  # reference_findings refused the others
        return day

    def _action(self, code: str) -> int:
        return OFF if code == "off" else self.codes.index(code) + 1

    def _actions(self, words: str | tuple[str, ...]) -> frozenset[int]:
        wanted = {words} if isinstance(words, str) else set(words)
        found = {
            i + 1 for i, s in enumerate(self.shifts) if s.code in wanted or wanted & s.tags or "any" in wanted
        }
        return frozenset(found | ({OFF} if "off" in wanted else set()))


def _breaks(text: ShiftText) -> int | None:
    """Return all breaks of a shift in minutes; None when the file states neither paid nor unpaid ones."""
    unpaid = parse_duration(text.unpaid_break)
    if text.paid_break is None:
        return unpaid or None
    return unpaid + parse_duration(text.paid_break)


def _hours(hours: Hours) -> dict[str, Any]:
    return {
        "full_week_minutes": longest_week(hours),
        "converted": hours.full_week == CONVERTED,
        "under_minutes": parse_duration(hours.under),
        "over_minutes": parse_duration(hours.over),
    }


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for begins, ends in spans:
        if joined and joined[-1][1] == begins:
            joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((begins, ends))
    return tuple(joined)
