"""The story as one HTML page that needs nothing beside it."""

from __future__ import annotations

from pathlib import Path

from turnus.dialogue.arithmetic import beside_lines
from turnus.dialogue.cards import not_computed
from turnus.dialogue.papers_page import markdown_html
from turnus.dialogue.story import Story
from turnus.formats.json import write_whole
from turnus.formats.pages import style, template
from turnus.result.document import versions
from turnus.texts import _, language


def write_story(path: Path, told: Story) -> None:
    """Write the page, whole or not at all."""
    write_whole(path, story_html(told).encode("utf-8"))


def story_html(told: Story) -> str:
    """Return the page in the language in use."""
    from markupsafe import Markup

    _title, _line, statement = told.statement.partition("\n")
    text: str = template("story.html").render(
        _=_,
        language=language(),
        version=versions()["turnus"],
        style=style("report.css", "compare.css", "paper.css", "story.css"),
        name=told.name,
        subtitle=_("How many full-time posts, why, and what would change it"),
        draft=[],
        draft_title="",
        story=told,
        beside=beside_lines(told.arithmetic),
        unknown=not_computed(),
        names=dict(told.alternatives),
        picture=Markup(told.picture),
        statement=markdown_html(statement.replace("\n## ", "\n### ")),
    )
    return text
