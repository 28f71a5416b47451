"""A small writer of line charts as SVG: axes, grid, lines or steps with marks, and their names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 620, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 164, 44, 52
COLOURS = ("#1b6ca8", "#c4501b", "#3c7d3c", "#7a4b94")
INK, GRID = "#333", "#ddd"


@dataclass(frozen=True)
class Axis:
    """One axis: its title, its ends, and whether it is logarithmic."""

    title: str
    least: float
    most: float
    log: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        if self.log:
            return math.log(value / self.least) / math.log(self.most / self.least)
        return (value - self.least) / (self.most - self.least)

    @property
    def ticks(self) -> list[float]:
        """Return the values that are written: 1, 2 and 5 times powers of ten, or four steps."""
        if not self.log:
            return [self.least + (self.most - self.least) * step / 4 for step in range(5)]
        powers = range(math.floor(math.log10(self.least)), math.ceil(math.log10(self.most)) + 1)
        steps = (1,) if math.log10(self.most / self.least) > 2.5 else (1, 2, 5)
        values = [step * 10.0**power for power in powers for step in steps]
        return [value for value in values if self.least * 0.999 <= value <= self.most * 1.001]


@dataclass(frozen=True)
class Line:
    """A named line through points; `steps` holds a value until the next, `dashed` is for a reference."""

    name: str
    points: Sequence[tuple[float, float]]
    steps: bool = False
    marks: bool = True
    joined: bool = True
    dashed: bool = False


def chart(title: str, x: Axis, y: Axis, lines: Sequence[Line]) -> str:
    """Return a chart as an SVG document."""
    body = [*_axes(x, y), *(part for at, line in enumerate(lines) for part in _line(at, line, x, y))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="22" font-size="14" font-weight="bold">{escape(title)}</text>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _place(x: Axis, y: Axis, point: tuple[float, float]) -> tuple[float, float]:
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    return round(LEFT + across * x.at(point[0]), 1), round(TOP + down * (1 - y.at(point[1])), 1)


def _axes(x: Axis, y: Axis) -> Iterator[str]:
    for value in x.ticks:
        at, bottom = _place(x, y, (value, y.least))
        yield f'<path d="M{at} {TOP}V{bottom}" stroke="{GRID}"/>'
        yield f'<text x="{at}" y="{bottom + 18}" text-anchor="middle">{value:g}</text>'
    for value in y.ticks:
        left, at = _place(x, y, (x.least, value))
        yield f'<path d="M{left} {at}H{WIDTH - RIGHT}" stroke="{GRID}"/>'
        yield f'<text x="{left - 8}" y="{at + 4}" text-anchor="end">{value:g}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x.title)}</text>'
    yield f'<text x="{LEFT}" y="{TOP - 6}" text-anchor="start" fill="#666">{escape(y.title)}</text>'


def _line(index: int, line: Line, x: Axis, y: Axis) -> Iterator[str]:
    colour = "#999" if line.dashed else COLOURS[index % len(COLOURS)]
    places = [_place(x, y, point) for point in line.points]
    if places and line.joined:
        path = f"M{places[0][0]} {places[0][1]}"
        for across, down in places[1:]:
            path += f"H{across}V{down}" if line.steps else f"L{across} {down}"
        dash = _dash(index, line)
        yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
    if line.marks:
        yield from (_mark(index, across, down, colour) for across, down in places)
    down = TOP + 14 + 22 * index
    across = WIDTH - RIGHT + 16
    if line.marks:
        yield _mark(index, across, down - 4, colour)
    else:
        dash = _dash(index, line)
        yield f'<path d="M{across - 10} {down - 4}h22" stroke="{colour}" stroke-width="2"{dash}/>'
    yield f'<text x="{across + 18}" y="{down}">{escape(line.name)}</text>'


def _dash(index: int, line: Line) -> str:
    """Return how a line is broken: a reference is dashed, and lines without marks differ in it."""
    if line.dashed:
        return ' stroke-dasharray="5 4"'
    broken = "" if line.marks else ("", "9 3", "2 3", "9 3 2 3")[index % 4]
    return f' stroke-dasharray="{broken}"' if broken else ""


def _mark(index: int, across: float, down: float, colour: str) -> str:
    """Return a mark whose form tells lines apart without colour."""
    if index % 3 == 0:
        return f'<circle cx="{across}" cy="{down}" r="4" fill="{colour}"/>'
    if index % 3 == 1:
        return f'<rect x="{across - 4}" y="{down - 4}" width="8" height="8" fill="{colour}"/>'
    return f'<path d="M{across} {down - 5}l5 9h-10z" fill="{colour}"/>'
