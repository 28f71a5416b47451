"""A page of the dialogue: sentences, a picture where there is one, and tables; one file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from turnus.dialogue.tables import Table
from turnus.dialogue.variant import Variant
from turnus.formats.json import write_whole
from turnus.formats.pages import style, template
from turnus.result.document import versions
from turnus.result.rulebook import draft_title
from turnus.rules.agreements import sentences
from turnus.texts import _, language


def write_findings(
    path: Path, kicker: str, variant: Variant, lead: Sequence[str], tables: Sequence[Table], picture: str = ""
) -> None:
    """Write the page, whole or not at all; `picture` is SVG."""
    write_whole(path, findings_html(kicker, variant, lead, tables, picture).encode("utf-8"))


def findings_html(
    kicker: str, variant: Variant, lead: Sequence[str], tables: Sequence[Table], picture: str = ""
) -> str:
    """Return the page in the language in use."""
    from markupsafe import Markup

    scenario = variant.loaded.scenario
    source = f"{variant.loaded.source} · sha256 {variant.sha256[:12]}"
    text: str = template("findings.html").render(
        _=_,
        language=language(),
        version=versions()["turnus"],
        style=style("report.css", "compare.css"),
        name=scenario.name,
        subtitle=" · ".join(filter(None, (scenario.unit, source))),
        draft=sentences(variant.needs),
        draft_title=draft_title(),
        kicker=kicker,
        lead=lead,
        picture=Markup(picture),
        tables=tables,
        names={},
    )
    return text
