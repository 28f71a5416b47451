"""Shifts as a file names them, by code, tag, `off` or `any`; and sequences of them, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from turnus.errors import Finding, Path
from turnus.problem import OFF, Problem
from turnus.scenario.messages import found, suggestion
from turnus.texts import _

Word = Annotated[str, Field(min_length=1)]
Words = Annotated[tuple[Word, ...], Field(min_length=1, max_length=20)]
Step = Word | Annotated[tuple[Word, ...], Field(min_length=1)]
Steps = Annotated[tuple[Step, ...], Field(min_length=1, max_length=14)]


def actions_of(problem: Problem, step: str | tuple[str, ...]) -> frozenset[int]:
    """Return the actions that a step means."""
    words = {step} if isinstance(step, str) else set(step)
    meant = problem.worked if "any" in words else problem.tagged(*words)
    return meant | {OFF} if "off" in words else meant


def unknown_steps(problem: Problem, sequences: tuple[Steps, ...]) -> Iterator[Finding]:
    """Yield each step of `sequences` that is no shift's code or tag."""
    for at, steps in enumerate(sequences):
        for place, step in enumerate(steps):
            for word in {*((step,) if isinstance(step, str) else step)}:
                yield from _unknown(problem, word, ("sequences", at, place))


def unfit_words(problem: Problem, words: Words) -> Iterator[Finding]:
    """Yield each word of a rule's `of` that is no shift's code or tag, and words that leave no day out."""
    unknown = [wrong for at, word in enumerate(words) for wrong in _unknown(problem, word, ("of", at))]
    yield from unknown
    if not unknown and len(actions_of(problem, words)) == problem.actions:
        yield Finding(
            ("of",),
            _("expected words that do not mean every day, at work or off"),
            found(", ".join(words)),
            _("Take out `off`, or name the shifts that are meant."),
        )


def _unknown(problem: Problem, word: str, path: Path) -> Iterator[Finding]:
    """Yield the finding for a word that means nothing in this unit."""
    known = sorted({"off", "any"}.union(problem.codes[1:], *(shift.tags for shift in problem.shifts)))
    if word not in known:
        yield Finding(
            path,
            _("expected a code, a tag, `off` or `any`: {words}").format(words=", ".join(known)),
            found(word),
            suggestion(word, known) or _("Correct the word, or give a shift this tag."),
        )
