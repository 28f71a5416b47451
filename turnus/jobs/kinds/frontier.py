"""Every best trade-off between goals, as `turnus frontier` finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from turnus.jobs.kind import Done, Job, JobFile, JobKind, JobOptions, Part
from turnus.jobs.sweep import in_groups, runs_of, seconds_each, telling, variant_of
from turnus.texts import N_, _

if TYPE_CHECKING:
    from turnus.dialogue.frontier import Frontier as Found

_MOST_PARTS = 8


class FrontierOptions(JobOptions):
    """Which goals, and whether whole rotas are looked for."""

    goals: (
        Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(min_length=2, max_length=3)] | None
    ) = Field(
        None,
        description="Two or three goals; the unit's own first pair with something to trade when left out.",
    )
    rotas: bool = Field(True, description="Find a rota for each point; otherwise proven limits alone.")
    points: tuple[Annotated[int, Field(ge=1, le=10_000)], ...] | None = Field(
        None,
        max_length=1000,
        description="Numbers of the points whose rotas are looked for; all when left out.",
    )


class Frontier(JobKind):
    """Find the front; the rotas of its points are parts that other machines may work out."""

    id = "frontier"
    title = N_("Trade-offs")
    Options = FrontierOptions

    def run(self, job: Job) -> Done:
        """Return the front as data, page and picture, and the result of each point."""
        from turnus.dialogue.findings_page import write_findings
        from turnus.dialogue.frontier_tables import frontier_lead, frontier_picture, frontier_table
        from turnus.formats.json import write_json, write_whole
        from turnus.result import result_document

        found = _found(job, rotas=job.options.rotas)
        lead, picture = frontier_lead(found), frontier_picture(found)
        write_json(job.out / "frontier.json", found.document())
        page = job.out / "frontier.html"
        write_findings(page, _("Trade-offs"), found.variant, lead, [frontier_table(found)], picture)
        names = ["frontier.json", "frontier.html"]
        if picture:
            write_whole(job.out / "frontier.svg", picture.encode("utf-8"))
            names.append("frontier.svg")
        for one in found.points:
            answer = one.answer
            if answer is not None and answer.case is not None and answer.outcome is not None:
                names.append(f"point-{one.number}.json")
                write_json(job.out / names[-1], result_document(answer.case, answer.outcome))
        status = "done" if found.points else "infeasible" if found.whole else "unknown"
        return Done(status, " ".join(lead), (), [JobFile.named(name) for name in names])

    def parts(self, job: Job) -> Sequence[Part]:
        """Return groups of points whose rotas are looked for; the front itself is solved first, by bounds."""
        if not job.options.rotas or job.options.points is not None:
            return ()
        found = _found(job, rotas=False)
        if not found.whole or len(found.points) < 2:
            return ()
        given = job.options.model_dump(mode="json")
        groups = in_groups([one.number for one in found.points], _MOST_PARTS)
        return [Part(_numbers(group), {**given, "points": group}) for group in groups]


def _numbers(group: Sequence[int]) -> str:
    return _("points {numbers}").format(numbers=", ".join(map(str, group)))


def _found(job: Job, *, rotas: bool) -> Found:
    from turnus.dialogue.frontier import frontier_of
    from turnus.dialogue.frontier_goals import asked_goals

    options = job.options
    goals = None if options.goals is None else asked_goals(",".join(options.goals))
    return frontier_of(
        variant_of(job), goals, runs_of(job), rotas=rotas, only=options.points,
        seconds=seconds_each(job), jobs=job.threads,
        watch=telling(job), stop=job.stop,
    )  # fmt: skip
