"""Papers as files: Markdown to edit, and the same as a page to print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from turnus.dialogue.papers import Basis, Kind, paper
from turnus.formats.json import write_whole
from turnus.formats.pages import style, template
from turnus.result.document import versions
from turnus.texts import _, language


def write_papers(folder: Path, kinds: Sequence[Kind], basis: Basis) -> list[Path]:
    """Write each paper as `KIND.md` and `KIND.html`, whole or not at all, and return the files."""
    told = [(kind, paper(kind, basis)) for kind in kinds]  # all of them before the first is written
    written = []
    for kind, markdown in told:
        for ending, text in ((".md", markdown), (".html", paper_html(markdown))):
            written.append(folder / f"{kind}{ending}")
            write_whole(written[-1], text.encode("utf-8"))
    return written


def paper_html(markdown: str) -> str:
    """Return a paper as one page in the language in use."""
    heading, _line, body = markdown.partition("\n")
    title = inline_text(heading.removeprefix("# "))
    text: str = template("paper.html").render(
        _=_,
        language=language(),
        version=versions()["turnus"],
        style=style("report.css", "paper.css"),
        name=title,
        subtitle="",
        draft=[],
        draft_title="",
        body=markdown_html(body),
    )
    return text


def markdown_html(markdown: str) -> Any:
    """Return Markdown as markup; HTML inside it is text."""
    from markupsafe import Markup

    return Markup(_parser().render(markdown))


def inline_text(markdown: str) -> str:
    """Return one line of Markdown as the plain text that it shows."""
    (line,) = _parser().parseInline(markdown)
    return "".join(token.content for token in line.children or () if token.content)


def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")
