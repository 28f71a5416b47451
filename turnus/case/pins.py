"""Fixed shifts that contradict each other, the person's own data, or a hard rule."""

from __future__ import annotations

from collections.abc import Iterator

from turnus.case.usable import Usable
from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.errors import Finding, Path
from turnus.problem import OFF, Problem
from turnus.problem.calendar import Calendar
from turnus.rules.kinds import ClockGap, Kind, RunLength, WeekEvents, WindowSum
from turnus.rules.kinds import Sequence as Steps
from turnus.scenario import Scenario
from turnus.texts import _

Line = dict[int, int]


def pin_errors(scenario: Scenario, usable: Usable, person: int) -> Iterator[Finding]:
    """Yield fixed shifts that cannot be worked whatever the rules say; paths start at the person."""
    problem, post = usable.problem, usable.post
    fixed: dict[int, set[int]] = {}
    for path, day, action in _pins(scenario, problem, person):
        others = fixed.setdefault(day, set())
        if others - {action}:
            yield Finding(
                path, _("expected one fixed shift on {day}").format(day=problem.day_name(day)),
                _("found {one} and {other}").format(
                    one=_code(problem, min(others)), other=_code(problem, action)
                ),
                _("Take out one of the two."),
            )  # fmt: skip
        others.add(action)
    for path, day, action in _pins(scenario, problem, person):
        if action != OFF and len(fixed[day]) == 1 and (day, action) not in usable.free:
            yield Finding(
                path,
                _("expected a shift that {person} can work on {day}").format(
                    person=post.id, day=problem.day_name(day)
                ),
                _("found {code}, but {why}").format(
                    code=_code(problem, action), why=_why_not(usable, day, action)
                ),
                _("Change the fixed shift, or what it contradicts."),
            )


def pin_conflicts(scenario: Scenario, usable: Usable, person: int) -> Iterator[Finding]:
    """Yield each hard rule that the fixed shifts break among themselves, or with the history."""
    problem = usable.problem
    line = dict(usable.post.pins)
    first = next(_pins(scenario, problem, person), None)
    if first is None:
        return
    paths = {day: path for path, day, _action in _pins(scenario, problem, person)}
    line |= {day - len(usable.post.history): a for day, a in enumerate(usable.post.history)}
    told = set()
    for rule, kind in usable.kinds:
        day = _broken_on(problem, kind, line)
        if day is None or day in told:
            continue  # one rule a day is enough to see what is wrong
        told.add(day)
        yield Finding(
            paths.get(day, first[0]),
            _("expected fixed shifts that keep the rule “{rule}”").format(rule=_(rule.title)),
            _("found a breach on {day}").format(day=problem.day_name(day)),
            _("Change a fixed shift near that day, or the rule's value for this person."),
        )


def _pins(scenario: Scenario, problem: Problem, person: int) -> Iterator[tuple[Path, int, int]]:
    calendar = Calendar.of(scenario.horizon)
    for at, pin in enumerate(scenario.staff[person].fixed):
        for i, on in enumerate(pin.on):
            day = calendar.day_of(on)
            if day is not None:
                action = OFF if pin.shift == "off" else problem.codes.index(pin.shift)
                yield ("staff", person, "fixed", at, "on", i), day, action


def _code(problem: Problem, action: int) -> str:
    return "off" if action == OFF else problem.codes[action]


def _why_not(usable: Usable, day: int, action: int) -> str:
    shift, post = usable.problem.shifts[action - 1], usable.post
    if day in post.leave:
        return _("that is a day of leave")
    if post.competence not in shift.competences:
        return _("the shift is not open to their competence")
    if day not in shift.days:
        return _("the shift does not exist on that day")
    if shift.volunteers_only and not post.long_shifts:
        return _("the shift is for volunteers only")
    if action in usable.unplanned:
        return _("overtime is not planned")
    return _("it is forbidden to them or agreed away")


def _broken_on(problem: Problem, kind: Kind, line: Line) -> int | None:
    """Return a day on which the days that are known already break a kind; None when they do not."""
    for day in sorted(d for d in line if d >= 0):
        if isinstance(kind, Steps) and _matches(problem, kind, line, day):
            return day
        if isinstance(kind, RunLength) and _too_long(problem, kind, line, day):
            return day
        if isinstance(kind, ClockGap) and _too_close(problem, kind, line, day):
            return day
        if isinstance(kind, WindowSum) and _window_above(problem, kind, line, day):
            return day
        if isinstance(kind, WeekEvents) and _weeks_above(problem, kind, line, day):
            return day
    return None


def _read(problem: Problem, line: Line, day: int) -> int | None:
    return line.get(day % problem.days if problem.cyclic else day)


def _matches(problem: Problem, kind: Steps, line: Line, last: int) -> bool:
    first = last - len(kind.steps) + 1
    if first % WEEK_DAYS not in kind.weekdays:
        return False
    return all(_read(problem, line, first + i) in step for i, step in enumerate(kind.steps))


def _too_long(problem: Problem, kind: RunLength, line: Line, day: int) -> bool:
    if kind.longest is None:
        return False
    return all(_read(problem, line, day - back) in kind.members for back in range(kind.longest + 1))


def _too_close(problem: Problem, kind: ClockGap, line: Line, day: int) -> bool:
    action = _read(problem, line, day)
    if action is None or action == OFF or action not in kind.before:
        return False
    for back in range(1, 1 + kind.minimum // DAY_MINUTES + 2):
        earlier = _read(problem, line, day - back)
        if earlier is None:
            return False
        if earlier != OFF:
            gap = kind.starts[action] + back * DAY_MINUTES - kind.ends[earlier]
            return earlier in kind.after and gap < kind.minimum
    return False


def _window_above(problem: Problem, kind: WindowSum, line: Line, day: int) -> bool:
    """Whether the window that ends on a day, or with its week, is above the most by its known days alone."""
    last = day if kind.every == 1 else day - day % WEEK_DAYS + WEEK_DAYS - 1
    window = range(last - kind.days + 1, last + 1)
    total = sum(kind.weights[_read(problem, line, on) or OFF] for on in window)
    return not kind.given and total > kind.most


def _weeks_above(problem: Problem, kind: WeekEvents, line: Line, day: int) -> bool:
    week = day // WEEK_DAYS
    with_event = {
        d // WEEK_DAYS for d, action in line.items() if (d % WEEK_DAYS, action) in kind.cells
    }  # fmt: skip
    window = range(week - kind.of_weeks + 1, week + 1)
    read = {w: (w % problem.weeks if problem.cyclic else w) in with_event for w in window}
    return read[week] and sum(read.values()) > kind.most
