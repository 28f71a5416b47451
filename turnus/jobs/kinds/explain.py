"""Why something cannot be had, and the smallest changes that would do, as `turnus explain` finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from turnus.errors import Finding, InputError
from turnus.jobs.kind import Done, Job, JobFile, JobKind, JobOptions
from turnus.jobs.sweep import runs_of, seconds_each, variant_of
from turnus.texts import N_, _

if TYPE_CHECKING:
    from turnus.dialogue.explain import Explanation, Settings
    from turnus.dialogue.variant import Variant


class ExplainOptions(JobOptions):
    """One question: a goal and its value, a person's shift on a day, or a post's size; else all demand."""

    goal: str | None = Field(None, max_length=100, description="A goal that the posts decide.")
    value: float | None = Field(None, ge=0, le=1e9, description="What the goal should reach, in its unit.")
    person: str | None = Field(None, max_length=200, description="Who the question is about.")
    day: str | None = Field(None, max_length=50, description="A day as the scenario writes it.")
    shift: str | None = Field(None, max_length=20, description="A shift's code, or off.")
    post: int | None = Field(
        None, ge=1, le=100_000, description="Number of a post in the result; takes a size, 100 when left out."
    )
    size: float | None = Field(None, gt=0, le=100, description="The size of the post, in percent.")
    changes: int = Field(5, ge=0, le=50, description="How many of the smallest changes are told.")
    rotas: bool = Field(False, description="Look for a rota with each change, too.")

    @model_validator(mode="after")
    def _one_question(self) -> ExplainOptions:
        if (self.goal is None) != (self.value is None):
            raise ValueError(_("goal and value go together"))
        asks_for_shift = self.day is not None or self.shift is not None
        if asks_for_shift and None in (self.person, self.day, self.shift):
            raise ValueError(_("person, day and shift go together"))
        if self.person is not None and not asks_for_shift and self.size is None:
            raise ValueError(_("a person takes a day and a shift, or a size"))
        if self.post is not None and self.person is not None:
            raise ValueError(_("one post at a time: by a person or by a number"))
        if self.size is not None and self.post is None and self.person is None:
            raise ValueError(_("a size takes a person or the number of a post"))
        asks_for_size = self.size is not None or self.post is not None
        if sum((self.goal is not None, asks_for_shift, asks_for_size)) > 1:
            raise ValueError(_("one question at a time: a goal, a shift or a size"))
        return self


class Explain(JobKind):
    """Find the conflict and the smallest changes."""

    id = "explain"
    title = N_("Why not, and what would do")
    Options = ExplainOptions

    def run(self, job: Job) -> Done:
        """Return the answer, with `explain.json` and `explain.html` as files."""
        from turnus.dialogue.explain import Settings
        from turnus.dialogue.explain_page import explanation_document, write_explanation
        from turnus.dialogue.explain_words import reply
        from turnus.formats.json import write_json

        options = job.options

        def tell(text: str) -> None:
            job.tell({"event": "progress", "phase": "explain", "trying": text})

        settings = Settings(
            runs_of(job), options.changes, options.rotas, options.effort,
            seconds_each(job), tell=tell, stop=job.stop,
        )  # fmt: skip
        found = _explained(variant_of(job), options, settings)
        write_json(job.out / "explain.json", explanation_document(found))
        write_explanation(job.out / "explain.html", found)
        return Done("done", reply(found), (), [JobFile.named("explain.json"), JobFile.named("explain.html")])


def _explained(variant: Variant, options: ExplainOptions, settings: Settings) -> Explanation:
    from turnus.dialogue.explain import explain_goal, explain_shift, explain_size
    from turnus.dialogue.explain_post import explain_open_post
    from turnus.dialogue.explain_questions import day_named, owner_of, person_named, shift_coded

    if options.post is not None:
        owner = owner_of(variant, str(options.post), "post")
        if owner is None:
            return explain_open_post(variant, options.post, options.size or 100, settings, where="post")
        return explain_size(variant, owner, options.size or 100, settings)
    if options.person is None:
        return explain_goal(variant, _goal(options.goal), options.value or 0.0, settings)
    person = person_named(variant, options.person, "person")
    if options.size is not None:
        return explain_size(variant, person, options.size, settings)
    on = day_named(variant, options.day or "", "day")
    return explain_shift(variant, person, on, shift_coded(variant, options.shift or "", "shift"), settings)


def _goal(word: str | None) -> str | None:
    from turnus.goals import PLAN_GOALS

    if word is None or word in PLAN_GOALS:
        return word
    expected = _("expected one of {known}").format(known=", ".join(PLAN_GOALS))
    raise InputError([Finding(("goal",), expected, _("found {value}").format(value=word), "")])
