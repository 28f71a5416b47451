"""What the HTML pages share: their templates and style sheets, and keys of the file shown as code."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

_KEY = re.compile(r"`([^`]+)`")


@cache
def template(name: str) -> Any:
    """Return the template of a page; text is escaped, and the filter `code` shows keys as code."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("turnus.formats"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["code"] = with_code
    return environment.get_template(name)


@cache
def style(*sheets: str) -> Any:
    """Return style sheets, one after the other, to stand inside a page."""
    from markupsafe import Markup

    folder = files("turnus.formats").joinpath("templates")
    return Markup("\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in sheets))


def with_code(text: object) -> Any:
    """Return text as markup, escaped, with what stands in backticks as `<code>`."""
    from markupsafe import Markup, escape

    return Markup(_KEY.sub(r"<code>\1</code>", str(escape(text))))
