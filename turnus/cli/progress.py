"""Live progress on stderr: the phase, and value and bound of each goal. Nothing when it is no terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from turnus.goals import UNITS
from turnus.result.words import amount_or_unknown, goal_title, phase_title
from turnus.texts import _, number

if TYPE_CHECKING:
    from turnus.dialogue.runs import Batch
    from turnus.result import Progress


@contextmanager
def progress_display(reports: Sequence[Progress], stop: threading.Event) -> Iterator[Callable[[], None]]:
    """Draw what the solve reports for as long as the block lasts; the value given redraws."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    started = time.monotonic()
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield lambda: live.update(
            progress_table(reports, time.monotonic() - started, stop.is_set()), refresh=True
        )


def progress_table(reports: Sequence[Progress], seconds: float, stopping: bool) -> Any:
    """Return one headline and a line for each goal that something is known about, as a rich renderable."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    phase = reports[-1].phase if reports else "reading"
    wheel = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"[int(seconds * 8) % 10]
    headline = Text.assemble(
        (f"{wheel} ", "cyan"), (phase_title(phase), "bold"), f"  {number(seconds, 1)} s   "
    )
    if stopping:
        headline.append(_("Stopping; the best so far is kept. Ctrl-C again aborts."), "yellow")
    else:
        headline.append(_("Ctrl-C stops and keeps the best so far"), "dim")
    table = Table(box=None, padding=(0, 3, 0, 2), header_style="dim")
    for title in (_("Goal"), _("Found"), _("Bound")):
        table.add_column(title, justify="left" if title == _("Goal") else "right")
    for goal, (value, bound) in latest(reports).items():
        unit = UNITS[goal]
        table.add_row(goal_title(goal), amount_or_unknown(value, unit), amount_or_unknown(bound, unit))
    return Group(headline, table) if table.row_count else headline


@contextmanager
def batch_display(told: Sequence[Batch], stop: threading.Event) -> Iterator[Callable[[], None]]:
    """Draw how many of many questions are answered and which are being worked on; one line for all."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    started = time.monotonic()
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield lambda: live.update(batch_lines(told, time.monotonic() - started, stop.is_set()), refresh=True)


def batch_lines(told: Sequence[Batch], seconds: float, stopping: bool) -> Any:
    """Return a headline with a bar, and what is being worked on, as a rich renderable."""
    from rich.text import Text

    width = 24
    done, total = (told[-1].done, told[-1].total) if told else (0, 0)
    full = round(width * done / total) if total else 0
    count = _("{done} of {total}").format(done=done, total=total)
    text = Text.assemble(("━" * full, "cyan"), ("─" * (width - full), "dim"), f" {count}  ")
    text.append(f"{number(seconds, 1)} s   ")
    if stopping:
        text.append(_("Stopping; the best so far is kept. Ctrl-C again aborts."), "yellow")
    else:
        text.append(_("Ctrl-C stops and keeps the best so far"), "dim")
    for name in told[-1].running if told else ():
        text.append(f"\n  {name}", "dim")
    return text


def latest(reports: Sequence[Progress]) -> dict[str, tuple[float | None, float | None]]:
    """Return the last known value and bound of each goal, in the order in which they were first heard of."""
    found: dict[str, tuple[float | None, float | None]] = {}
    for report in list(reports):
        if report.goal not in UNITS:
            continue
        value, bound = found.get(report.goal, (None, None))
        value = value if report.value is None else report.value
        bound = bound if report.bound is None else report.bound
        if (value, bound) != (None, None):
            found[report.goal] = value, bound
    return found
