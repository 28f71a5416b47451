"""`turnus frontier`: what is given up for what, in every form, with a rota for each point."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from turnus.cli.exits import DONE, IMPOSSIBLE, NOTHING_FOUND, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.pricing import Effort, show_findings
from turnus.errors import InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.dialogue.frontier import Frontier
    from turnus.dialogue.runs import Batch


@dataclass(frozen=True, slots=True)
class FrontierRequest:
    """What was asked for: the scenario, the goals, how hard to try, and the answer's forms."""

    path: Path
    overrides: Sequence[str]
    goals: str | None
    bounds: bool
    effort: Effort
    as_json: bool
    html: Path | None
    svg: Path | None
    out: Path | None
    draft: bool = False


def frontier_file(request: FrontierRequest) -> int:
    """Find the front of some goals and answer in every form; Ctrl-C keeps the points found."""
    from turnus.cli.progress import batch_display
    from turnus.cli.solving import watched
    from turnus.dialogue.frontier import frontier_of
    from turnus.dialogue.frontier_goals import asked_goals
    from turnus.dialogue.variant import Variant

    goals = None if request.goals is None else asked_goals(request.goals)
    files = [path for path in (request.html, request.svg) if path is not None]
    refuse_overwriting(files, (request.path,))
    runs = request.effort.runs()
    variant = Variant.of_file(request.path, request.overrides, draft=request.draft)
    stop = threading.Event()
    told: list[Batch] = []
    found = watched(
        lambda: frontier_of(
            variant,
            goals,
            runs,
            rotas=not request.bounds,
            seconds=request.effort.time_seconds,
            jobs=request.effort.workers,
            watch=told.append,
            stop=stop.is_set,
        ),
        stop,
        batch_display(told, stop),
    )
    written = _answer(found, request)
    for path in written:
        say(_("Wrote {file}").format(file=path))
    if not found.points:
        return IMPOSSIBLE if found.whole else NOTHING_FOUND
    return DONE


def _answer(found: Frontier, request: FrontierRequest) -> list[Path]:
    from turnus.dialogue.findings_page import write_findings
    from turnus.dialogue.frontier_tables import frontier_lead, frontier_picture, frontier_table
    from turnus.formats.json import to_json, write_whole

    lead, tables, picture = frontier_lead(found), [frontier_table(found)], frontier_picture(found)
    written = []
    try:
        if request.html is not None:
            write_findings(request.html, _("Trade-offs"), found.variant, lead, tables, picture)
            written.append(request.html)
        if request.svg is not None and picture:
            write_whole(request.svg, picture.encode("utf-8"))
            written.append(request.svg)
        if request.out is not None:
            written += _write_points(found, request.out)
    except OSError as error:
        raise InputError([unwritable(error)], str(request.out or request.html or request.svg)) from None
    if request.as_json:
        put(to_json(found.document()))
    else:
        show_findings(found.variant, lead, tables)
    return written


def _write_points(found: Frontier, folder: Path) -> list[Path]:
    """Write the data, the picture, and a folder for each rota that no other beats."""
    from turnus.dialogue.frontier_tables import frontier_picture
    from turnus.formats import write_result
    from turnus.formats.json import write_json, write_whole

    write_json(folder / "frontier.json", found.document())
    picture = frontier_picture(found)
    written = [folder / "frontier.json"]
    if picture:
        write_whole(folder / "frontier.svg", picture.encode("utf-8"))
        written.append(folder / "frontier.svg")
    for one in found.points:
        answer = one.answer
        if answer is None or answer.case is None or answer.outcome is None or answer.outcome.rota is None:
            continue
        if one.number not in found.dominated:
            place = folder / f"point-{one.number}"
            write_result(place, answer.case, answer.outcome)
            written.append(place)
    return written
