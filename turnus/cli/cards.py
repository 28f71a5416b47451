"""`turnus cards`: decks of discussion cards with this unit's own figures, as one page to print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from turnus.cli.exits import DONE, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.words import UsageProblem
from turnus.errors import InputError
from turnus.texts import _


def make_cards(names: Sequence[str], runs: Sequence[Path], out: Path | None, paper: str) -> int:
    """Write the decks named, or all of them, as one page; to stdout without a file."""
    from turnus.dialogue.alternatives import stored_runs
    from turnus.dialogue.cards_page import PAPERS, cards_html, write_cards
    from turnus.dialogue.decks import DECKS, load_deck

    if paper not in PAPERS:
        text = _("--paper: expected one of {papers}; found {found}")
        raise UsageProblem(text.format(papers=", ".join(PAPERS), found=repr(paper)))
    decks = [load_deck(name) for name in names or DECKS]
    found = stored_runs(runs) if runs else []
    if out is None:
        put(cards_html(decks, found, paper))
        return DONE
    refuse_overwriting((out,), [*runs, *(Path(name) for name in names)])
    try:
        write_cards(out, decks, found, paper)
    except OSError as error:
        raise InputError([unwritable(error)], str(out)) from None
    say(_("Wrote {file}").format(file=out))
    return DONE
