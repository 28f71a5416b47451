"""What a path holds: its steps, each with what it hands out, to whom, and how good it can be at best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from turnus.dialogue.answer import Answer
from turnus.dialogue.path_staff import Hire, Staffing, Vacancy
from turnus.dialogue.variant import Variant
from turnus.errors import Finding
from turnus.goals import Changed, changed
from turnus.problem import FULL_TIME

SCHEMA = "turnus-path/1"
NEAR = 1e-6
_HUNDREDTHS = FULL_TIME // 100
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merge:
    """What somebody's post was and is, in percent."""

    person: str
    before: float
    after: float


@dataclass(frozen=True)
class Step:
    """One vacancy handed out; the first step has none and is today.

    Parameters
    ----------
    merges, hires
        Who gets how much of it, and who is new.
    now
        The staff after it.
    unmet
        How much more each person still wishes, in hundredths of a percent.
    plan
        The staffing plan of the step: its bounds hold for the sizes chosen here.
    best
        What is possible at best when the vacancies so far are handed out together, from today's sizes.
    most_full_time
        At most so many full-time posts, with these vacancies and no more uncovered than `shown_uncovered`.
    rota
        A whole rota with these posts; None where none was looked for.
    """

    number: int
    vacancy: Vacancy | None
    merges: tuple[Merge, ...]
    hires: tuple[Hire, ...]
    now: Staffing
    unmet: dict[str, int]
    plan: Answer
    best: Answer | None = None
    most_full_time: float | None = None
    rota: Answer | None = None

    @property
    def full_time(self) -> int:
        """Return how many posts are full-time."""
        return sum(size >= FULL_TIME for size in self.now.all_sizes)

    @property
    def heads(self) -> int:
        """Return how many posts there are."""
        return len(self.now.all_sizes)

    @property
    def unmet_fte(self) -> float:
        """Return how much more is wished in all, in FTE."""
        return sum(self.unmet.values()) / FULL_TIME

    @property
    def uncovered_bound(self) -> float | None:
        """Return how much these posts leave uncovered at least, in person-minutes."""
        return bound_of(self.plan, "uncovered")

    @property
    def uncovered(self) -> float | None:
        """Return what the rota found leaves uncovered, in person-minutes; None without a rota."""
        held = None if self.rota is None else self.rota.goal("uncovered")
        return None if held is None else held.value

    @property
    def shown_uncovered(self) -> float | None:
        """Return what the rota found leaves uncovered; without one, what these posts leave at least."""
        return self.uncovered_bound if self.uncovered is None else self.uncovered

    @property
    def changes(self) -> dict[str, Changed]:
        """Return what changes from the present rota to the one found, for each person whose rota is known."""
        answer = self.rota
        if answer is None or answer.case is None or answer.outcome is None or answer.outcome.rota is None:
            return {}
        problem, rota = answer.case.problem, answer.outcome.rota
        return {problem.classes[rota.posts[one.post].class_index].id: one for one in changed(problem, rota)}

    @property
    def most_changed(self) -> tuple[str, Changed] | None:
        """Return whose days change most; None where nobody's present rota or no rota is known."""
        return max(self.changes.items(), key=lambda pair: (pair[1].days, pair[1].weekends), default=None)

    @property
    def proven(self) -> bool:
        """Whether no order and no other merging gives more full-time posts with the same vacancies."""
        return self.most_full_time is not None and self.full_time >= self.most_full_time - NEAR


@dataclass(frozen=True)
class Path:
    """The way from today to there.

    Parameters
    ----------
    all_orders
        Whether every order of the vacancies of each year was tried; `orders` is how many there are and
        `trials` how many steps were solved for it.
    anew
        The proven maximum of a unit with the same money and demand, and free posts in nobody's name; None
        where its rules name people so that it makes no sense.
    stuck
        Why no step follows the last one: it is proven impossible.
    whole
        False when it was stopped before the end.
    """

    variant: Variant
    steps: tuple[Step, ...]
    vacancies: tuple[Vacancy, ...]
    orders: int
    trials: int
    all_orders: bool
    anew: Answer | None = None
    stuck: tuple[Finding, ...] = ()
    whole: bool = True

    @property
    def last(self) -> Step:
        """Return where the path ends."""
        return self.steps[-1]

    def document(self) -> Document:
        """Return everything as plain data after `SCHEMA`, each answer after `turnus-answer/1`."""
        most = None if self.anew is None else bound_of(self.anew, "full_time_posts")
        return {
            "schema": SCHEMA,
            "scenario": {"name": self.variant.loaded.scenario.name, "sha256": self.variant.sha256},
            "order": {
                "found_by": "all_orders" if self.all_orders else "greedy",
                "orders": self.orders,
                "steps_solved": self.trials,
            },
            "whole": self.whole,
            "stuck": [finding.sentence() for finding in self.stuck],
            "steps": [_step_part(one) for one in self.steps],
            "free_posts": {
                "full_time_posts_at_most": most,
                "answer": None if self.anew is None else self.anew.document(),
            },
        }


def bound_of(answer: Answer, goal: str) -> float | None:
    """Return a goal's bound; None where it is not known."""
    held = answer.goal(goal)
    return None if held is None else held.bound


def _step_part(step: Step) -> Document:
    vacancy = step.vacancy
    return {
        "number": step.number,
        "year": None if vacancy is None else vacancy.year,
        "vacancy": None
        if vacancy is None
        else {
            "person": vacancy.person,
            "competence": vacancy.competence,
            "size_percent": vacancy.size / _HUNDREDTHS,
        },
        "merged_into": [
            {"person": one.person, "before_percent": one.before, "after_percent": one.after}
            for one in step.merges
        ],
        "hired": [
            {"name": one.name, "competence": one.competence, "size_percent": one.size / _HUNDREDTHS}
            for one in step.hires
        ],
        "left_percent": {name: size / _HUNDREDTHS for name, size in step.now.free.items()},
        "sizes_percent": {name: size / _HUNDREDTHS for name, size in step.now.sizes.items()},
        "heads": step.heads,
        "full_time_posts": {
            "value": step.full_time,
            "bound": step.most_full_time,
            "proven": step.proven,
            "uncovered_minutes_at_most": step.shown_uncovered,
        },
        "uncovered_minutes": {"value": step.uncovered, "bound": step.uncovered_bound},
        "unmet_wishes": {
            "people": len(step.unmet),
            "fte": round(step.unmet_fte, 4),
            "percent": {name: less / _HUNDREDTHS for name, less in step.unmet.items()},
        },
        "changed": {name: {"days": one.days, "weekends": one.weekends} for name, one in step.changes.items()},
        "plan": step.plan.document(),
        "best": None if step.best is None else step.best.document(),
        "rota": None if step.rota is None else step.rota.document(),
    }
