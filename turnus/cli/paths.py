"""`turnus path`: from today's posts to larger ones, step by step, in every form."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from turnus.cli.exits import DONE, IMPOSSIBLE, NOTHING_FOUND, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.pricing import Effort, show_findings
from turnus.errors import InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.dialogue.path_steps import Path
    from turnus.dialogue.runs import Batch
    from turnus.dialogue.variant import Variant


@dataclass(frozen=True, slots=True)
class PathRequest:
    """What was asked for: the scenario, how hard to try, and the answer's forms."""

    path: FilePath
    overrides: Sequence[str]
    rotas: bool
    effort: Effort
    as_json: bool
    html: FilePath | None
    out: FilePath | None
    draft: bool = False
    present: FilePath | None = None


def path_file(request: PathRequest) -> int:
    """Find the path of a scenario and answer in every form; Ctrl-C keeps the steps found."""
    from turnus.cli.progress import batch_display
    from turnus.cli.solving import watched
    from turnus.dialogue.path import path
    from turnus.dialogue.variant import Variant

    refuse_overwriting([one for one in (request.html,) if one is not None], (request.path,))
    runs = request.effort.runs()
    variant = Variant.of_file(request.path, request.overrides, draft=request.draft)
    if request.present is not None:
        variant = _knowing(variant, request.present)
    stop = threading.Event()
    told: list[Batch] = []
    found = watched(
        lambda: path(
            variant,
            runs,
            rotas=request.rotas or request.present is not None,
            seconds=request.effort.time_seconds,
            watch=told.append,
            stop=stop.is_set,
        ),
        stop,
        batch_display(told, stop),
    )
    for written in _answer(found, request):
        say(_("Wrote {file}").format(file=written))
    if found.stuck:
        return IMPOSSIBLE
    return DONE if found.whole else NOTHING_FOUND


def _knowing(variant: Variant, present: FilePath) -> Variant:
    """Return the scenario with the rota that people have now, as `turnus check` reads it."""
    from turnus.case import case_of
    from turnus.dialogue.path import with_present
    from turnus.formats import read_rota

    problem = case_of(variant.loaded, to_check=True, draft=True).problem
    return with_present(variant, problem, read_rota(present, problem))


def _answer(found: Path, request: PathRequest) -> list[FilePath]:
    from turnus.dialogue.findings_page import write_findings
    from turnus.dialogue.path_tables import path_lead, path_tables
    from turnus.formats.json import to_json

    lead, tables = path_lead(found), path_tables(found)
    written = []
    try:
        if request.html is not None:
            write_findings(request.html, _("From today to there"), found.variant, lead, tables)
            written.append(request.html)
        if request.out is not None:
            written += _write_steps(found, request.out)
    except OSError as error:
        raise InputError([unwritable(error)], str(request.out or request.html)) from None
    if request.as_json:
        put(to_json(found.document()))
    else:
        show_findings(found.variant, lead, tables)
    return written


def _write_steps(found: Path, folder: FilePath) -> list[FilePath]:
    """Write the data, and a folder for each step that has a rota."""
    from turnus.formats import write_result
    from turnus.formats.json import write_json

    write_json(folder / "path.json", found.document())
    written = [folder / "path.json"]
    for step in found.steps:
        answer = step.rota
        if answer is None or answer.case is None or answer.outcome is None or answer.outcome.rota is None:
            continue
        place = folder / f"step-{step.number}"
        write_result(place, answer.case, answer.outcome)
        written.append(place)
    return written
