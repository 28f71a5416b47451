"""From today's posts to larger ones, step by step, as `turnus path` finds them."""

from __future__ import annotations

from pydantic import Field

from turnus.jobs.kind import Done, Job, JobFile, JobKind, JobOptions
from turnus.jobs.sweep import runs_of, seconds_each, telling, variant_of
from turnus.texts import N_, _


class PathOptions(JobOptions):
    """Whether whole rotas are looked for."""

    rotas: bool = Field(False, description="Find a whole rota for each step, too.")


class Path(JobKind):
    """Find which vacancy goes to whom in which order."""

    id = "path"
    title = N_("From today to there")
    Options = PathOptions

    def run(self, job: Job) -> Done:
        """Return the steps, with `path.json`, `path.html` and the result of each step that has a rota."""
        from turnus.dialogue.findings_page import write_findings
        from turnus.dialogue.path import path
        from turnus.dialogue.path_tables import path_lead, path_tables
        from turnus.formats.json import write_json
        from turnus.result import result_document

        variant = variant_of(job)
        found = path(
            variant, runs_of(job), rotas=job.options.rotas,
            seconds=seconds_each(job), watch=telling(job), stop=job.stop,
        )  # fmt: skip
        lead = path_lead(found)
        names = ["path.json", "path.html"]
        write_json(job.out / names[0], found.document())
        write_findings(job.out / names[1], _("From today to there"), variant, lead, path_tables(found))
        for step in found.steps:
            answer = step.rota
            if answer is not None and answer.case is not None and answer.outcome is not None:
                names.append(f"step-{step.number}.json")
                write_json(job.out / names[-1], result_document(answer.case, answer.outcome))
        status = "infeasible" if found.stuck else "done" if found.whole else "unknown"
        return Done(status, " ".join(lead), (), [JobFile.named(name) for name in names])
