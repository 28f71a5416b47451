"""A small picture of points over two axes as SVG: marks that differ in form as well as colour, and names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 84, 190, 56, 64
INK, SOFT, GRID = "#1c2430", "#4d5a6b", "#d6dce4"
#: Colours that people with any colour vision tell apart, each with a form of its own.
COLOURS = {"proven": "#0b6e4f", "found": "#b3541e", "bound": "#2f5f9e"}

Mark = Literal["proven", "found", "bound"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its title with the unit, and the values that are written along it, rising."""

    title: str
    ticks: Sequence[tuple[float, str]]

    def at(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        least, most = self.ticks[0][0], self.ticks[-1][0]
        return (value - least) / (most - least)


@dataclass(frozen=True, slots=True)
class Dot:
    """One point with the name that stands beside it; `told` is read out and shown on pointing."""

    x: float
    y: float
    name: str
    told: str
    mark: Mark


def scatter(title: str, x: Axis, y: Axis, dots: Sequence[Dot], legend: Sequence[tuple[Mark, str]]) -> str:
    """Return the picture as an SVG document."""
    parts = [*_grid(x, y), *(part for dot in dots for part in _dot(dot, x, y)), *_legend(legend)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'style="max-width: {WIDTH}px" font-family="sans-serif" font-size="13" fill="{INK}">\n'
        f'<title>{escape(title)}</title>\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="24" font-size="15" font-weight="bold">{escape(title)}</text>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def axis(title: str, values: Sequence[float], words: Callable[[float], str], unit: float = 1.0) -> Axis:
    """Return an axis around some values, with a number in words at each step; steps are whole `unit`s."""
    values = [value / unit for value in values]
    step = _step(min(values), max(values))
    first = step * int(min(values) // step)
    first = max(0.0, first - step) if first == min(values) and first > 0 else first
    count = int((max(values) - first) // step) + 2
    marks = [(first + step * at) * unit for at in range(count)]
    return Axis(title, [(mark, words(mark)) for mark in marks])


def _step(least: float, most: float) -> float:
    """Return 1, 2 or 5 times a power of ten that makes about six steps; never below 1."""
    wide = max(most - least, 1.0) / 6
    power = 1.0
    while power * 10 <= wide:
        power *= 10
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= wide)


def _place(x: Axis, y: Axis, across: float, up: float) -> tuple[float, float]:
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    return round(LEFT + wide * x.at(across), 1), round(TOP + high * (1 - y.at(up)), 1)


def _grid(x: Axis, y: Axis) -> Iterator[str]:
    bottom = HEIGHT - BOTTOM
    for value, text in x.ticks:
        at, _down = _place(x, y, value, y.ticks[0][0])
        yield f'<path d="M{at} {TOP}V{bottom}" stroke="{GRID}"/>'
        yield f'<text x="{at}" y="{bottom + 20}" text-anchor="middle" fill="{SOFT}">{escape(text)}</text>'
    for value, text in y.ticks:
        _across, at = _place(x, y, x.ticks[0][0], value)
        yield f'<path d="M{LEFT} {at}H{WIDTH - RIGHT}" stroke="{GRID}"/>'
        yield f'<text x="{LEFT - 10}" y="{at + 4}" text-anchor="end" fill="{SOFT}">{escape(text)}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 18}" text-anchor="middle">{escape(x.title)}</text>'
    yield f'<text x="{LEFT}" y="{TOP - 10}" fill="{INK}">{escape(y.title)}</text>'


def _dot(dot: Dot, x: Axis, y: Axis) -> Iterator[str]:
    across, down = _place(x, y, dot.x, dot.y)
    yield f"<g><title>{escape(dot.told)}</title>{_mark(dot.mark, across, down)}"
    yield f'<text x="{across + 9}" y="{down - 7}" font-weight="bold">{escape(dot.name)}</text></g>'


def _mark(mark: Mark, across: float, down: float) -> str:
    colour = COLOURS[mark]
    if mark == "proven":
        return f'<circle cx="{across}" cy="{down}" r="6" fill="{colour}"/>'
    if mark == "found":
        return (
            f'<rect x="{across - 5}" y="{down - 5}" width="10" height="10" fill="#fff" '
            f'stroke="{colour}" stroke-width="2.5"/>'
        )
    return f'<path d="M{across} {down - 7}l7 12h-14z" fill="#fff" stroke="{colour}" stroke-width="2"/>'


def _legend(legend: Sequence[tuple[Mark, str]]) -> Iterator[str]:
    for at, (mark, text) in enumerate(legend):
        across, down = WIDTH - RIGHT + 24, TOP + 12 + 26 * at
        yield _mark(mark, across, down - 4)
        yield f'<text x="{across + 14}" y="{down}">{escape(text)}</text>'
