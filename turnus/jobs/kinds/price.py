"""The price of each rule and lever, as `turnus price` finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from turnus.jobs.kind import Done, Job, JobFile, JobKind, JobOptions, Part
from turnus.jobs.sweep import in_groups, runs_of, seconds_each, telling, variant_of
from turnus.texts import N_, _

if TYPE_CHECKING:
    from turnus.dialogue.price import Prices
    from turnus.dialogue.variant import Variant

_MOST_PARTS = 8


class PriceOptions(JobOptions):
    """Which steps, how many, and whether whole rotas are looked for."""

    only: tuple[Annotated[str, Field(max_length=100)], ...] = Field(
        (), max_length=200, description="Ids of levers and rules to try; all when empty."
    )
    rows: int | None = Field(None, ge=1, le=1000, description="Most rows to work out; all when left out.")
    rotas: bool = Field(False, description="Find a whole rota for each row, too.")


class Price(JobKind):
    """Find what each step alone gives; groups of steps are parts that other machines may work out."""

    id = "price"
    title = N_("The price of each rule")
    Options = PriceOptions

    def run(self, job: Job) -> Done:
        """Return the table, with `price.json`, `price.html` and `price.csv` as files."""
        from turnus.dialogue.findings_page import write_findings
        from turnus.dialogue.price_tables import price_lead, price_tables, prices_csv
        from turnus.formats.json import write_json, write_whole

        variant = variant_of(job)
        found = _found(job, variant, job.options.rows)
        lead = price_lead(found)
        write_json(job.out / "price.json", found.document())
        write_findings(
            job.out / "price.html", _("The price of each rule"), variant, lead, price_tables(found)
        )
        write_whole(job.out / "price.csv", prices_csv(found).encode("utf-8"))
        bound = found.base.bound
        status = "unknown" if bound is None else "infeasible" if bound.impossible else "done"
        files = [JobFile.named(name) for name in ("price.json", "price.html", "price.csv")]
        return Done(status, " ".join(lead), (), files)

    def parts(self, job: Job) -> Sequence[Part]:
        """Return groups of levers and rules; what all of them are measured against is solved first.

        A few `rows` are not divided.
        """
        from turnus.dialogue.price import steps_of, subject

        variant = variant_of(job)
        if variant.case is None:
            return ()
        steps = [one for one in steps_of(variant, job.options.only) if one.variant is not None]
        subjects = list(dict.fromkeys(subject(one.lever) for one in steps if one.lever is not None))
        if len(subjects) < 2 or job.options.rows is not None:
            return ()
        _found(job, variant, 0)
        given = job.options.model_dump(mode="json")
        return [
            Part(", ".join(group[:3]) + (" …" if len(group) > 3 else ""), {**given, "only": group})
            for group in in_groups(subjects, _MOST_PARTS)
        ]


def _found(job: Job, variant: Variant, most: int | None) -> Prices:
    """Return the prices of at most so many rows; with none, what all rows are measured against."""
    from turnus.dialogue.price import price

    options = job.options
    return price(
        variant, runs_of(job), only=options.only, most=most, rotas=options.rotas, seconds=seconds_each(job),
        jobs=job.threads, watch=telling(job), stop=job.stop,
    )  # fmt: skip
