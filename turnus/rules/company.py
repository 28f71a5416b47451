"""Who is at work together with whom: what the rules about two or more named people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import DAY_MINUTES
from turnus.errors import Finding, Path
from turnus.problem import Problem, Rota
from turnus.rules.base import Rule
from turnus.scenario.messages import found, suggestion
from turnus.texts import _

Word = Annotated[str, Field(min_length=1)]
Words = tuple[Word, ...]
Pairs = tuple[Annotated[tuple[Word, ...], Field(min_length=2, max_length=2)], ...]


def stretches_at_work(problem: Problem, action: int) -> tuple[tuple[int, int], ...]:
    """Return from when to when a shift keeps somebody at work, in minutes after its day's midnight.

    Passive duty is at the place of work, standby is not.
    """
    if not action:
        return ()
    shift = problem.shifts[action - 1]
    if not shift.parts:
        return ((shift.start, shift.end),)
    return tuple((part.start, part.end) for part in shift.parts if part.kind != "standby")


def minutes_together(problem: Problem, first: int, days: int, second: int) -> int:
    """Return how long two shifts keep both people at work, the second's starting `days` days later."""
    shift = days * DAY_MINUTES
    return sum(
        max(0, min(end, other_end + shift) - max(start, other_start + shift))
        for start, end in stretches_at_work(problem, first)
        for other_start, other_end in stretches_at_work(problem, second)
    )


def days_to_meet(problem: Problem) -> range:
    """Return on how many days later or earlier a shift can start that still meets one of day 0."""
    reach = max((-(-end // DAY_MINUTES) - 1 for end in problem.ends), default=0)
    return range(-max(0, reach), max(0, reach) + 1)


def class_of(problem: Problem, name: str) -> int | None:
    """Return the index of a person's class; None for a name that is no person's."""
    named = (index for index, post in enumerate(problem.classes) if post.person == name)
    return next(named, None)


def post_of(rota: Rota, class_index: int) -> int | None:
    """Return the post of a named person's class; None when the rota has no line for them."""
    held = (index for index, post in enumerate(rota.posts) if post.class_index == class_index)
    return next(held, None)


def people_findings(problem: Problem, path: Path, names: Sequence[str]) -> Iterator[Finding]:
    """Yield each name that is no person of the unit, and each that is there twice."""
    known = sorted(post.person for post in problem.classes if post.person is not None)
    for at, name in enumerate(names):
        if name not in known:
            yield Finding(
                (*path, at),
                _("expected the name of a person in `staff`: {names}").format(names=", ".join(known) or "–"),
                found(name),
                suggestion(name, known) or _("Write the name as it stands under `staff`."),
            )
        elif name in names[:at]:
            yield Finding(
                (*path, at),
                _("expected each person once"),
                found(name),
                _("Name another person, or take this one out."),
            )


def people_meant(problem: Problem, words: Sequence[str]) -> list[int]:
    """Return the classes of the named people whose name or one of whose tags is among the words."""
    return [
        index
        for index, post in enumerate(problem.classes)
        if post.person is not None and (post.person in words or post.tags & set(words))
    ]


def shifts_meant(problem: Problem, words: Sequence[str]) -> frozenset[int]:
    """Return the shifts with one of these codes or tags; every shift when there are no words."""
    return problem.tagged(*words) if words else problem.worked


def unknown_people(problem: Problem, path: Path, words: Sequence[str]) -> Iterator[Finding]:
    """Yield each word that is no person's name or tag; one finding when there are no words at all."""
    staff = [post for post in problem.classes if post.person is not None]
    known = sorted({post.person or "" for post in staff}.union(*(post.tags for post in staff)))
    for at, word in enumerate(words):
        if word not in known:
            yield Finding(
                (*path, at),
                _("expected one of {words}").format(words=", ".join(known) or "–"),
                found(word),
                suggestion(word, known) or _("Write a name or a tag as it stands under `staff`."),
            )
    if not words:
        yield Finding(
            path,
            _("expected a list of names or tags"),
            found(words),
            _("Write for example `[Kari, night]`."),
        )


def unknown_shifts(problem: Problem, path: Path, words: Sequence[str]) -> Iterator[Finding]:
    """Yield each word that is no shift's code or tag."""
    known = sorted(set(problem.codes[1:]).union(*(shift.tags for shift in problem.shifts)))
    for at, word in enumerate(words):
        if word not in known:
            yield Finding(
                (*path, at),
                _("expected a shift's code or tag: {words}").format(words=", ".join(known)),
                found(word),
                suggestion(word, known) or _("Correct the word, or give a shift this tag."),
            )


class TogetherRule(Rule):
    """A rule over several named people, who are stated in its own parameters and not under `for`."""

    lowering: ClassVar = "together"
    many: ClassVar[bool] = True

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield that `for` and `except` say nothing here."""
        del problem
        for name, given in (("for", self.people), ("except", self.except_for)):
            if given:
                yield Finding(
                    (name,),
                    _("expected no `{key}`, for the rule itself says whom it is about").format(key=name),
                    found(given),
                    _("Take it out."),
                )


class PairRule(TogetherRule):
    """A rule over stated pairs of people."""

    pairs: Pairs = ()

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield people who do not exist, somebody paired with themselves, and that no pair is stated."""
        yield from super().findings(problem)
        for at, names in enumerate(self.pairs):
            yield from people_findings(problem, ("pairs", at), names)
        if not self.pairs:
            yield Finding(
                ("pairs",),
                _("expected at least one pair of people"),
                found(self.pairs),
                _("Write for example `pairs: [[Kari, Ola]]`."),
            )

    def posts_of_pairs(self, problem: Problem, rota: Rota) -> Iterator[tuple[int, int, str]]:
        """Yield (first post, second post, name of the second) of each pair with two lines in a rota."""
        for first, second in self.pairs:
            classes = [class_of(problem, name) for name in (first, second)]
            posts = [None if index is None else post_of(rota, index) for index in classes]
            if posts[0] is not None and posts[1] is not None:
                yield posts[0], posts[1], second
