"""`turnus explain`: why something cannot be had, and the smallest changes that would do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from turnus.cli.exits import DONE, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.words import UsageProblem
from turnus.errors import InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.dialogue.explain import Explanation, Settings
    from turnus.dialogue.variant import Variant


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """What was asked for: the question, how long to work on it, and how to answer."""

    path: Path
    overrides: Sequence[str]
    goal: str | None
    person: str | None
    day: str | None
    shift: str | None
    post: str | None
    size: float
    changes: int
    rotas: bool
    time_seconds: float | None
    effort: int | None
    seed: int
    workers: int
    cache: Path | None
    as_json: bool
    html: Path | None
    draft: bool


def explain_file(request: ExplainRequest) -> int:
    """Answer the question in every form."""
    from turnus.dialogue.variant import Variant

    _check(request)
    if request.html is not None:
        refuse_overwriting((request.html,), (request.path,))
    variant = Variant.of_file(request.path, request.overrides, draft=request.draft)
    found = _answered(variant, request)
    if request.html is not None:
        from turnus.dialogue.explain_page import write_explanation

        try:
            write_explanation(request.html, found)
        except OSError as error:
            raise InputError([unwritable(error)], str(request.html)) from None
    if request.as_json:
        from turnus.dialogue.explain_page import explanation_document
        from turnus.formats import to_json

        put(to_json(explanation_document(found)))
    else:
        show_explanation(found)
    if request.html is not None:
        say(_("Wrote {file}").format(file=request.html))
    return DONE


def _check(request: ExplainRequest) -> None:
    from turnus.cli.solving import Request, check_numbers

    limits = (request.time_seconds, request.effort, request.seed, request.workers)
    check_numbers(Request(request.path, (), *limits, None, True, request.draft))
    asked = [request.goal is not None, request.person is not None, request.post is not None]
    if sum(asked) > 1:
        raise UsageProblem(_("one question at a time: --goal, --person or --post"))
    if request.person is not None and (request.day is None or request.shift is None):
        raise UsageProblem(_("--person takes --day and --shift, such as --day tue1 --shift off"))
    if request.person is None and (request.day is not None or request.shift is not None):
        raise UsageProblem(_("--day and --shift take --person"))
    if not 0 < request.size <= 100:
        raise UsageProblem(_("--size: expected a size above 0 and at most 100 percent"))
    if request.changes < 0:
        raise UsageProblem(_("--changes: expected a whole number from 0"))


def _answered(variant: Variant, request: ExplainRequest) -> Explanation:
    """Return the explanation, worked out in a thread; Ctrl-C keeps what is known so far."""
    from turnus.cli.solving import watched

    stop = threading.Event()
    told: list[str] = []
    ask = _question(variant, request)
    settings = _settings(request, told, stop)
    return watched(lambda: ask(settings), stop, _display(told, stop))


def _question(variant: Variant, request: ExplainRequest) -> Callable[[Settings], Explanation]:
    from turnus.dialogue.explain import explain_goal, explain_shift, explain_size
    from turnus.dialogue.explain_questions import day_named, owner_of, person_named, shift_coded

    if request.person is not None:
        person = person_named(variant, request.person, "--person")
        on, shift = (
            day_named(variant, request.day or "", "--day"),
            shift_coded(variant, request.shift or "", "--shift"),
        )
        return lambda settings: explain_shift(variant, person, on, shift, settings)
    if request.post is not None:
        owner = owner_of(variant, request.post, "--post")
        if owner is None:
            return _open_post(variant, int(request.post), request)
        return lambda settings: explain_size(variant, owner, request.size, settings)
    goal, value = _goal(request.goal)
    return lambda settings: explain_goal(variant, goal, value, settings)


def _open_post(variant: Variant, at: int, request: ExplainRequest) -> Callable[[Settings], Explanation]:
    """Return the question about an open post of the result beside the file; without one, of a rota found."""
    from turnus.dialogue.alternatives import stored_results
    from turnus.dialogue.explain_post import Today, explain_open_post
    from turnus.dialogue.stored import read_result

    found = next(stored_results(request.path, variant.sha256), None)
    today = None
    if found is not None and (result := read_result(found)).posts:
        today = Today.stored(result)
        say(_("The posts are those of {file}").format(file=found))
    return lambda settings: explain_open_post(variant, at, request.size, settings, today, "--post")


def _settings(request: ExplainRequest, told: list[str], stop: threading.Event) -> Settings:
    from turnus.dialogue import cache
    from turnus.dialogue.explain import Settings
    from turnus.dialogue.runs import Runs

    return Settings(
        Runs(request.cache or cache.default_folder(), seed=request.seed, workers=request.workers),
        request.changes,
        request.rotas,
        request.effort,
        request.time_seconds,
        tell=told.append,
        stop=stop.is_set,
    )


@contextmanager
def _display(told: Sequence[str], stop: threading.Event) -> Iterator[Callable[[], None]]:
    """Show on stderr what is being tried; nothing when it is no terminal."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        yield lambda: None
        return

    def text() -> str:
        if stop.is_set():
            return _("Stopping; the best so far is kept. Ctrl-C again aborts.")
        return _("Trying: {change}").format(change=told[-1]) if told else first

    first = _("Looking for what stands against it")
    with console.status(first) as status:
        yield lambda: status.update(text())


def show_explanation(found: Explanation) -> None:
    """Show the answer on stdout."""
    from rich.panel import Panel
    from rich.text import Text

    from turnus.cli.comparing import rich_table
    from turnus.cli.summary import heading, output_console
    from turnus.dialogue.explain_words import explanation_tables, lines, question, reply, reply_tone

    console = output_console()
    border = {"better": "green", "worse": "red"}.get(reply_tone(found), "yellow")
    told = Text(reply(found), style="bold")
    console.print(
        Panel(told, title=Text(question(found)), title_align="left", border_style=border, padding=(0, 1))
    )
    for line in lines(found):
        console.print(Text(line))
    for table in explanation_tables(found):
        console.print(heading(table.title))
        console.print(rich_table(table))
        if table.note:
            console.print(Text(table.note, style="dim"))


def _goal(word: str | None) -> tuple[str | None, float]:
    """Return goal and value of `full_time_posts=25`; uncovered demand is given in hours."""
    from turnus.goals import PLAN_GOALS

    if word is None:
        return None, 0.0
    name, sign, value = (part.strip() for part in word.partition("="))
    if name not in PLAN_GOALS:
        raise UsageProblem(_("--goal: expected one of {known}").format(known=", ".join(PLAN_GOALS)))
    try:
        amount = float(value.replace(",", ".")) if sign else -1.0
    except ValueError:
        amount = -1.0
    if not 0 <= amount < float("inf"):
        raise UsageProblem(_("--goal: expected NAME=VALUE with a number from 0, such as full_time_posts=25"))
    return name, amount * 60 if name == "uncovered" else amount
