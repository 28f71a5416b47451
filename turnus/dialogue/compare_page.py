"""The comparison as one HTML page that needs nothing beside it, and as CSV files."""

from __future__ import annotations

from pathlib import Path

from turnus.dialogue.alternatives import Alternative
from turnus.dialogue.compare import Comparison
from turnus.dialogue.compare_tables import tables
from turnus.dialogue.rule_tables import draft_lines
from turnus.formats.json import write_whole
from turnus.formats.pages import style, template
from turnus.result import rulebook
from turnus.result.document import versions
from turnus.texts import _, language


def write_comparison(path: Path, found: Comparison) -> None:
    """Write the page, whole or not at all."""
    write_whole(path, comparison_html(found).encode("utf-8"))


def comparison_html(found: Comparison) -> str:
    """Return the page in the language in use."""
    units = dict.fromkeys(one.loaded.scenario.unit for one in found.alternatives if one.loaded is not None)
    text: str = template("compare.html").render(
        _=_,
        language=language(),
        version=versions()["turnus"],
        style=style("report.css", "compare.css"),
        name=_("{n} alternatives beside each other").format(n=len(found.alternatives)),
        subtitle=" · ".join(filter(None, units)),
        draft=draft_lines(found.alternatives),
        draft_title=rulebook.draft_title(),
        alternatives=found.alternatives,
        names={one.letter: one.name for one in found.alternatives},
        sources=[source_text(one) for one in found.alternatives],
        tables=tables(found),
    )
    return text


def source_text(one: Alternative) -> str:
    """Return where an alternative comes from: its file, its hash, and whether it was solved just now."""
    solved = _("solved for this comparison") if one.solved else _("stored result")
    return f"{one.source} · {solved} · sha256 {one.result.scenario.sha256[:12]}"


def write_frames(folder: Path, found: Comparison) -> list[Path]:
    """Write each frame as a CSV file with commas and decimal points, and return the files."""
    written = []
    for name, frame in found.frames().items():
        path = folder / f"{name}.csv"
        write_whole(path, frame.to_csv(index=False).encode("utf-8"))
        written.append(path)
    return written
