"""What every rule is: parameters, source, a hand-written checker and a lowering to kinds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from turnus.clock import parse_duration
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.kinds import Kind

DURATION_PATTERN = r"^\s*(\d+([.,]\d+)?\s*h)?\s*(\d+\s*min)?\s*$"


def _minutes(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise ValueError(f'expected a duration with its unit such as "9 h", found {value!r}')
    return parse_duration(value)


#: Whole minutes; in a file a duration with its unit, such as "9 h" or "45 min".
Minutes = Annotated[
    int,
    BeforeValidator(_minutes),
    Field(ge=0),
    WithJsonSchema({"type": "string", "pattern": DURATION_PATTERN, "examples": ["9 h", "45 min"]}),
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: the paragraph, and whether the text was verified."""

    reference: str  # "AML § 10-8 (1)"
    url: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rota breaks a rule.

    `amount` is in `unit` (minutes short, days too many, …); `times` is how often the rule's kind
    counts it. `post` is None when the breach is the whole unit's. `day` counts from 0. `about`
    names what else the breach concerns: a competence, a block of the day, a class of posts.
    """

    rule: str
    post: int | None
    day: int | None
    amount: int
    unit: str
    times: int = 1
    about: str = ""


class Rule(BaseModel, ABC):
    """A rule with this unit's values. One file each; its docstring's first line is for the ward manager."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: ClassVar[str]
    title: ClassVar[str]  # English msgid, translated in the catalogues
    sentence: ClassVar[str]  # one sentence for the ward manager, English msgid
    source: ClassVar[Source]
    unit: ClassVar[str]
    #: how the rule reaches the engine: "line" (kinds below), "posts" (sizes and numbers), "rows" (cover
    #: rows) or "structure" (a rota cannot even express the breach).
    lowering: ClassVar[Literal["line", "posts", "rows", "structure"]] = "line"
    #: whether it is part of what a rota is: hard for everybody, and not to be switched off.
    always: ClassVar[bool] = False

    strength: Literal["hard", "soft"] = "hard"
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    agreement: str | None = None
    people: tuple[str, ...] | None = Field(
        None, alias="for", description="Names or tags; everybody when left out."
    )
    except_for: tuple[str, ...] = Field(
        (), alias="except", description="Names or tags that these values are not for."
    )

    @property
    def hard(self) -> bool:
        """Whether a rota that breaks it is refused."""
        return self.strength == "hard"

    def applies_to(self, post: PostClass) -> bool:
        """Whether the rule, with these values, is for this class of posts."""
        return (self.people is None or _named(post, self.people)) and not _named(post, self.except_for)

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield what is wrong with these values in this unit; paths start at the rule's own parameter."""
        del problem
        return iter(())

    @abstractmethod
    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield every breach in a rota; the truth about the rule, written without any solver."""

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the kinds that say the same for one class of posts (empty when lowering is not "line")."""
        del problem, post
        return ()

    def hours_cost(self, position_minutes: float, planned_minutes: int) -> int:
        """Return how often planned hours break a soft rule about them, read at the end of the hours axis."""
        del position_minutes, planned_minutes
        return 0

    def posts_concerned(self, problem: Problem, rota: Rota) -> Iterator[int]:
        """Yield the posts of a rota that the rule is for."""
        for index, post in enumerate(rota.posts):
            if self.applies_to(problem.classes[post.class_index]):
                yield index


def _named(post: PostClass, names: tuple[str, ...]) -> bool:
    return post.person in names or bool(post.tags & set(names))
