"""A front in words and as a picture: each point with what is proven and what was found."""

from __future__ import annotations

from functools import partial

from turnus.dialogue.frontier import Frontier, Point
from turnus.dialogue.frontier_goals import direction, title_of, unit_of, value_of
from turnus.dialogue.frontier_loads import LOADS
from turnus.dialogue.tables import Cell, Line, Table
from turnus.formats.scatter import Dot, Mark, axis, scatter
from turnus.result.view import weeks_word
from turnus.texts import _, hours, ngettext, up_to

_HOUR_MINUTES = 60


def frontier_lead(found: Frontier) -> list[str]:
    """Return what the front holds, in sentences."""
    count = len(found.points)
    told = [
        ngettext("{n} trade-off between {goals}.", "{n} trade-offs between {goals}.", count).format(
            n=count, goals=", ".join(title_of(goal).lower() for goal in found.goals)
        )
    ]
    if found.uncovered is not None:
        text = _("At most {hours} of the demand is left uncovered in each of them.")
        told.append(text.format(hours=hours(found.uncovered)))
    if "uncovered" in found.goals:
        weeks = weeks_word(found.variant.loaded.scenario.horizon.weeks)
        told.append(
            _("Uncovered demand is counted in hours over the whole rota, {weeks}.").format(weeks=weeks)
        )
    if set(LOADS) & set(found.goals):
        weeks = weeks_word(found.variant.loaded.scenario.horizon.weeks)
        told.append(_("What people carry is counted over the whole rota, {weeks}.").format(weeks=weeks))
    if not all(one.exact for one in found.points):
        told.append(_("Not proven: the bounds cannot hold what people carry in this rota, day by day."))
    elif found.whole:
        told.append(_("Proven: under these rules no rota lies beyond them."))
    else:
        told.append(_("Stopped before all were known: there may be others."))
    return told


def frontier_table(found: Frontier) -> Table:
    """Return one line for each point, its limits and, where one was looked for, its rota."""
    columns = [_("{goal}, {way}").format(goal=title_of(goal), way=_way(goal)) for goal in found.goals]
    if found.rotas:
        columns.append(_("Rota found"))
    lines = [Line(str(one.number), tuple(_cells(one, found))) for one in found.points]
    note = _(
        "The numbers are proven limits: with the other goals of the line, no rota has a better value. "
        "Without a rota it is not known whether one reaches them."
    )
    return Table("frontier", _("The trade-offs"), note, tuple(lines), tuple(columns), _("Point"))


def _way(goal: str) -> str:
    return _("at most") if direction(goal) == "max" else _("at least")


def _cells(one: Point, found: Frontier) -> list[Cell]:
    note = "" if one.exact else _("not proven")
    cells = [Cell(value_of(goal, one.limit[goal]), note) for goal in found.goals]
    if not found.rotas:
        return cells
    return [*cells, _rota(one, found)]


def _rota(one: Point, found: Frontier) -> Cell:
    values = one.values
    if values is None:
        return Cell(_("not found"), tone="open")
    if one.proven:
        return Cell("✓ " + _("proven best"), tone="proven")
    text = ", ".join(f"{title_of(goal)} {value_of(goal, values[goal])}" for goal in found.goals)
    note = _("beaten by another point's rota") if one.number in found.dominated else _("not proven")
    return Cell(text, note, "open")


def frontier_picture(found: Frontier) -> str:
    """Return the first two goals as a picture; empty without points."""
    if not found.points:
        return ""
    across, up = found.goals[:2]
    shown = [one for one in found.points if one.number not in found.dominated]
    places = [one.values or one.limit for one in shown]
    dots = [
        Dot(place[across], place[up], _name(one, found), _told(one), _mark(one))
        for one, place in zip(shown, places, strict=True)
    ]
    words: dict[Mark, str] = {
        "proven": _("rota found, proven best"),
        "found": _("rota found, not proven"),
        "bound": _("proven limit, no rota"),
    }
    used = {dot.mark for dot in dots}
    axes = [
        axis(_title(goal), [place[goal] for place in places], partial(_number, goal), _unit(goal))
        for goal in (across, up)
    ]
    title = _("{one} against {other}").format(one=title_of(up), other=title_of(across).lower())
    legend = [(mark, text) for mark, text in words.items() if mark in used]
    return scatter(title, axes[0], axes[1], dots, legend)


def _mark(one: Point) -> Mark:
    return "bound" if one.values is None else "proven" if one.proven else "found"


def _name(one: Point, found: Frontier) -> str:
    """Return the point's number, with its third goal where there is one."""
    place = one.values or one.limit
    third = [f"{title_of(goal)} {value_of(goal, place[goal])}" for goal in found.goals[2:]]
    return " · ".join([str(one.number), *third])


def _told(one: Point) -> str:
    values = one.values or one.limit
    return f"{one.number}: " + ", ".join(
        f"{title_of(goal)} {value_of(goal, value)}" for goal, value in values.items()
    )


def _unit(goal: str) -> float:
    return _HOUR_MINUTES if unit_of(goal) == "person-minutes" else 1.0


def _number(goal: str, value: float) -> str:
    return up_to(value / _unit(goal))


def _title(goal: str) -> str:
    units = {"person-minutes": _("hours"), "percent": "%", "heads": _("people"), "posts": _("posts")}
    units |= {"weekends": _("weekends"), "long shifts": _("long shifts")}
    return f"{title_of(goal)} ({units[unit_of(goal)]})"
