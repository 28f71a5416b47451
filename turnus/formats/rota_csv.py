"""`rota.csv`: one line for each post, one column for each day, made to be opened in a spreadsheet.

Semicolons separate the columns, because Excel with Norwegian settings splits a file on them and not on
commas (the comma is the decimal mark there); the byte order mark tells it that the text is UTF-8.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from turnus.formats.json import write_whole
from turnus.problem import FULL_TIME, OFF, Problem, Rota
from turnus.result.document import post_id
from turnus.texts import N_, _, language, weekday

SEPARATOR = ";"
FIXED_HEADINGS = (N_("Post"), N_("Person"), N_("Competence"), N_("Size %"))


def write_rota_csv(path: Path, problem: Problem, rota: Rota, free: list[list[str]]) -> None:
    """Write the rota; `free` holds the free-day codes of each post and day, a plain day off is left empty."""
    write_whole(path, rota_csv(problem, rota, free).encode("utf-8-sig"))


def rota_csv(problem: Problem, rota: Rota, free: list[list[str]]) -> str:
    """Return the text of `rota.csv`, without the byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow([*map(_, FIXED_HEADINGS), *(day_heading(problem, day) for day in range(problem.days))])
    for index in range(len(rota.posts)):
        writer.writerow(_line(problem, rota, index, free[index]))
    return out.getvalue()


def day_heading(problem: Problem, day: int) -> str:
    """Return the heading of a day's column: its date, or `2 ma` for the Monday of week 2 of a base rota."""
    if problem.start is not None:
        return problem.day_name(day)
    return f"{day // 7 + 1} {weekday(day % 7, short=True)}"


def _line(problem: Problem, rota: Rota, index: int, free: list[str]) -> list[str]:
    post = rota.posts[index]
    owner = problem.classes[post.class_index]
    codes = [
        free[day] if action == OFF else problem.codes[action] for day, action in enumerate(rota.lines[index])
    ]
    return [
        post_id(index),
        owner.person or "",
        problem.competences[owner.competence],
        _size(post.size),
        *codes,
    ]


def _size(size: int) -> str:
    """Return a size in percent as a spreadsheet reads it: decimal comma in Norwegian."""
    text = f"{100 * size / FULL_TIME:g}"
    return text if language() == "en" else text.replace(".", ",")
