"""`turnus story`: comparison, arithmetic, prices, questions and statement of a unit on one page."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from turnus.cli.exits import DONE, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.words import UsageProblem
from turnus.errors import Finding, ImpossibleError, InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.dialogue.alternatives import Alternative
    from turnus.dialogue.explain import Explanation
    from turnus.dialogue.frontier import Frontier
    from turnus.dialogue.papers import Basis
    from turnus.dialogue.price import Prices
    from turnus.dialogue.runs import Batch, Runs
    from turnus.dialogue.variant import Variant
    from turnus.result import Outcome

PAGE = "story.html"
_CHANGES = 3  # that would cover all demand


@dataclass(frozen=True, slots=True)
class StoryRequest:
    """What was asked for: today and its alternatives, how hard to try, how many changes, and where to."""

    paths: Sequence[Path]
    time_seconds: float | None
    effort: int | None
    seed: int
    workers: int
    rows: int
    goals: str | None
    out: Path
    draft: bool = False


def tell_story(request: StoryRequest) -> int:
    """Write the page, and the result of each scenario that had none."""
    from turnus.dialogue.cache import default_folder
    from turnus.dialogue.papers import basis_of
    from turnus.dialogue.runs import Runs
    from turnus.dialogue.story import story
    from turnus.dialogue.story_page import write_story

    if request.rows < 0:
        raise UsageProblem(_("--rows: expected 0 or more; found {found}").format(found=request.rows))
    page = request.out / PAGE
    refuse_overwriting((page,), request.paths)
    found = _alternatives(request)
    variant = _today(found[0], request)
    assert variant.case is not None
    runs = Runs(default_folder(), request.seed)
    basis = replace(basis_of(variant, variant.case, found, runs), result=found[0])
    stop = threading.Event()
    more = _worked_out(variant, basis, runs, request, stop)
    told = story(basis, more.prices, more.front, more.explanation, more.attempt)
    if stop.is_set():
        say(_("Stopped early: the page holds what was found, and says where something was not reached."))
    try:
        write_story(page, told)
    except OSError as error:
        raise InputError([unwritable(error)], str(page)) from None
    put(f"{told.lead}\n")
    say(_("Wrote {file}").format(file=page))
    return DONE


def _alternatives(request: StoryRequest) -> list[Alternative]:
    """Return today and the alternatives; what is solved now is kept beside the page."""
    from turnus.cli.solving import Request, check_numbers, solve_watched
    from turnus.dialogue.alternatives import alternatives
    from turnus.formats import write_json
    from turnus.result import result_document

    limits = (request.time_seconds, request.effort, request.seed, request.workers)
    asked = Request(Path(), (), *limits, None, as_json=True, draft=request.draft)
    check_numbers(asked)
    written: dict[str, Path] = {}

    def solve(case: Case) -> Outcome:
        say(_("Solving {name}, which has no stored result").format(name=case.scenario.name))
        outcome = solve_watched(case, asked)
        file = request.out / f"result-{len(written) + 1}.json"
        try:
            write_json(file, result_document(case, outcome))
        except OSError as error:
            raise InputError([unwritable(error)], str(file)) from None
        written[case.sha256] = file
        return outcome

    found = alternatives(request.paths, solve, draft=request.draft, fewest=1)
    for file in written.values():
        say(_("Wrote {file}").format(file=file))
    return [replace(one, source=str(written.get(one.result.scenario.sha256, one.source))) for one in found]


def _today(first: Alternative, request: StoryRequest) -> Variant:
    """Return the scenario of the first file; refuse a result whose scenario is not at hand."""
    from turnus.dialogue.variant import Variant

    if first.loaded is None:
        finding = Finding(
            (),
            _("expected the scenario of the first file beside it or one folder up"),
            _("found none with its hash"),
            _("Name the scenario file itself."),
        )
        raise InputError([finding], first.source)
    variant = Variant.of_file(Path(first.loaded.source), draft=request.draft)
    if variant.case is None:
        raise ImpossibleError(variant.impossible, first.source)
    return variant


@dataclass(frozen=True, slots=True)
class _More:
    """What is worked out for the page beside the results; None where it was not asked for or not reached."""

    prices: Prices | None = None
    front: Frontier | None = None
    explanation: Explanation | None = None
    attempt: Explanation | None = None


def _worked_out(
    variant: Variant, basis: Basis, runs: Runs, request: StoryRequest, stop: threading.Event
) -> _More:
    """Return prices, trade-offs and why demand is not covered; Ctrl-C keeps what there is."""
    from turnus.cli.progress import batch_display
    from turnus.cli.solving import watched

    told: list[Batch] = []

    def work() -> _More:
        prices = _prices(variant, runs, request, told, stop)
        front = None if stop.is_set() else _front(variant, runs, request, told, stop)
        why = None if stop.is_set() else _explanation(variant, basis, runs, stop)
        attempt = None if stop.is_set() else _attempt(variant, basis, runs, request, stop)
        return _More(prices, front, why, attempt)

    if request.rows:
        say(_("Trying {n} changes, each alone").format(n=request.rows))
    return watched(work, stop, batch_display(told, stop))


def _prices(
    variant: Variant, runs: Runs, request: StoryRequest, told: list[Batch], stop: threading.Event
) -> Prices | None:
    from turnus.dialogue.price import price

    if not request.rows:
        return None
    found = price(variant, runs, most=request.rows, jobs=request.workers, watch=told.append, stop=stop.is_set)
    return None if found.base.bound is None else found


def _front(
    variant: Variant, runs: Runs, request: StoryRequest, told: list[Batch], stop: threading.Event
) -> Frontier | None:
    """Return what goals can have together, by bounds alone; None when the file has not got them."""
    from turnus.dialogue.frontier import frontier, liveliest
    from turnus.dialogue.frontier_goals import asked_goals
    from turnus.dialogue.frontier_loads import LOADS

    def front(goals: Sequence[str]) -> Frontier:
        return frontier(
            variant, goals, runs, rotas=False, jobs=request.workers, watch=told.append, stop=stop.is_set
        )

    if request.goals is None:
        return liveliest(variant, front, stop.is_set)
    goals = asked_goals(request.goals) if request.goals else ()
    mine = {*variant.loaded.scenario.goals, *LOADS}
    return front(goals) if goals and set(goals) <= mine else None


def _explanation(variant: Variant, basis: Basis, runs: Runs, stop: threading.Event) -> Explanation | None:
    """Return why not all demand can be covered; None where it is, or where that is not proven."""
    from turnus.dialogue.explain import Settings, explain_goal

    goals = basis.result.result.goal_values if basis.result else ()
    if not any(one.id == "uncovered" and one.bound for one in goals):
        return None
    return explain_goal(variant, None, 0, Settings(runs, _CHANGES, recheck_seconds=0.0, stop=stop.is_set))


def _attempt(
    variant: Variant, basis: Basis, runs: Runs, request: StoryRequest, stop: threading.Event
) -> Explanation | None:
    """Return whether the first goal short of its bound can reach it; None where every bound is reached."""
    from turnus.dialogue.explain import Settings, explain_goal
    from turnus.dialogue.story import unreached

    goal = next(unreached(basis.result.result.goal_values if basis.result else ()), None)
    if goal is None or goal.bound is None:
        return None
    settings = Settings(
        runs,
        _CHANGES,
        effort=request.effort,
        seconds=request.time_seconds,
        recheck_seconds=0.0,
        stop=stop.is_set,
    )
    return explain_goal(variant, goal.id, goal.bound, settings)
