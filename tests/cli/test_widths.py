"""Tables on the terminal: no word breaks where the words of all columns fit beside each other."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from turnus.cli import comparing
from turnus.dialogue.tables import Cell, Line, Table

LONG = "Arbeidsgivers avgjørelse og budsjett, drøftet med de tillitsvalgte på arbeidsplassen"


def shown(width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    told = StringIO()
    console = Console(file=told, width=width)
    monkeypatch.setattr("turnus.cli.summary.output_console", lambda: console)
    cells = (Cell("minst 0 t"), Cell("høyst 11", "+2"), Cell(LONG), Cell(LONG))
    columns = ("Udekt behov", "Heltidsstillinger", "Fra → til", "Krever")
    table = Table("prices", "", "", (Line("Grunnbemanning (hverdager, dag +1)", cells),), columns, "Endring")
    console.print(comparing.rich_table(table))
    return told.getvalue()


@pytest.mark.parametrize("width", [100, 110, 200])
def test_no_word_breaks(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(width, monkeypatch)
    words = {word for line in text.splitlines() for word in line.split()}
    assert {"Heltidsstillinger", *LONG.split()} <= words
    assert max(map(len, text.splitlines())) <= width


def test_a_narrow_terminal_breaks_words_and_shows_all(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(50, monkeypatch)
    assert max(map(len, text.splitlines())) <= 50
    assert "Arbeidsgi" in text
