"""`turnus need`: the statement of need for part-time, and the other papers for the talks, as drafts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from turnus.cli.exits import DONE, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.words import UsageProblem
from turnus.errors import ImpossibleError, InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.dialogue.alternatives import Alternative
    from turnus.dialogue.papers import Basis, Kind

ALL = "all"


def make_papers(
    path: Path, runs: Sequence[Path], kind: str, out: Path | None, overrides: Sequence[str], *, draft: bool
) -> int:
    """Write the papers asked for into a folder, as Markdown and as pages; without one, Markdown to stdout."""
    from turnus.dialogue.papers import KINDS, paper
    from turnus.dialogue.papers_page import write_papers

    if kind not in (*KINDS, ALL):
        text = _("--kind: expected one of {kinds}; found {found}")
        raise UsageProblem(text.format(kinds=", ".join((*KINDS, ALL)), found=repr(kind)))
    kinds: tuple[Kind, ...] = KINDS if kind == ALL else tuple(one for one in KINDS if one == kind)
    basis = read_basis(path, runs, overrides, draft=draft)
    if out is None:
        put("\n---\n\n".join(paper(one, basis) for one in kinds))
        return DONE
    files = [out / f"{one}{ending}" for one in kinds for ending in (".md", ".html")]
    refuse_overwriting(files, [path, *runs])
    try:
        written = write_papers(out, kinds, basis)
    except OSError as error:
        raise InputError([unwritable(error)], str(out)) from None
    for file in written:
        say(_("Wrote {file}").format(file=file))
    return DONE


def read_basis(path: Path, runs: Sequence[Path], overrides: Sequence[str], *, draft: bool) -> Basis:
    """Return the scenario with what is stored of it and of its alternatives; nothing is solved."""
    from turnus.dialogue.cache import default_folder
    from turnus.dialogue.papers import basis_of
    from turnus.dialogue.runs import Runs
    from turnus.dialogue.variant import Variant

    variant = Variant.of_file(path, overrides, draft=draft)
    if variant.case is None:
        raise ImpossibleError(variant.impossible, str(path))
    stored = _stored(runs) if runs else _beside(path, variant.sha256)
    return basis_of(variant, variant.case, stored, Runs(default_folder()))


def _stored(runs: Sequence[Path]) -> list[Alternative]:
    from turnus.dialogue.alternatives import stored_runs

    return stored_runs(runs)


def _beside(path: Path, sha256: str) -> list[Alternative]:
    """Return the result that lies beside the scenario, or in a folder below, and is of it."""
    from turnus.dialogue.alternatives import stored_results, stored_runs

    found = list(stored_results(path, sha256))[:1]
    return stored_runs(found) if found else []
