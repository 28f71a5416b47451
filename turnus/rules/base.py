"""What every rule is: parameters, source, a hand-written checker and a lowering to kinds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from turnus.clock import DAY_MINUTES, parse_duration
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.group_kinds import GroupKind
from turnus.rules.kinds import Actions, Kind
from turnus.rules.levels import Limit

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

#: A rest between two shifts; one longer than a day would forbid work on two days in a row.
RestMinutes = Annotated[Minutes, Field(le=DAY_MINUTES)]


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
    names what else the breach concerns: a competence, a block of the day, a class of posts. `parameter` is
    the value that it is measured from, as written in the file, where the rule has several.
    """

    rule: str
    post: int | None
    day: int | None
    amount: int
    unit: str
    times: int = 1
    about: str = ""
    parameter: str = ""


class Rule(BaseModel, ABC):
    """A rule with this unit's values. One file each; its docstring's first line is for the ward manager."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: ClassVar[str]
    title: ClassVar[str]  # English msgid, translated in the catalogues
    sentence: ClassVar[str]  # one sentence for the ward manager, English msgid
    #: one breach as a representative would point it out, with its figures; English msgid.
    example: ClassVar[str]
    source: ClassVar[Source]
    unit: ClassVar[str]
    #: whether profiles use the rule: hard, soft, or off until a scenario sets it.
    standing: ClassVar[Literal["hard", "soft", "off"]] = "hard"
    #: how far law and agreements let the parameters go; empty for a rule that is not the law's.
    limits: ClassVar[tuple[Limit, ...]] = ()
    #: whether a breach's amount is how far the rota is from the value itself; not a sum over several weeks.
    measured: ClassVar[bool] = True
    #: how the rule reaches the engine: "line" (kinds of one line), "together" (kinds over several named
    #: lines), "posts" (sizes and numbers), "rows" (cover rows), "structure" (a rota cannot even express
    #: the breach) or "audit_only" (checked, not solved for, for the stated `reason`).
    lowering: ClassVar[Literal["line", "together", "posts", "rows", "structure", "audit_only"]] = "line"
    #: why the rule is not lowered, English msgid; only for "audit_only".
    reason: ClassVar[str] = ""
    #: whether it is part of what a rota is: hard for everybody, and not to be switched off.
    always: ClassVar[bool] = False
    #: whether a scenario may state it several times, each with its own values; `for` replaces nothing then.
    many: ClassVar[bool] = False

    strength: Literal["hard", "soft"] = Field(
        "hard",
        description="hard: a rota that breaks it is refused. soft: its breaches are counted and made fewer.",
    )
    weight: Annotated[int, Field(ge=1, le=100)] = Field(
        1, description="How many points each breach of a soft rule costs in the goal health."
    )
    agreement: str | None = Field(
        None, description="Id of the agreement, listed under `agreements`, that the value rests on."
    )
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

    @property
    def counts_as_health(self) -> bool:
        """Whether its breaches are health points: soft, and such that another rota may have fewer."""
        return not self.hard and self.lowering != "audit_only"

    def applies_to(self, post: PostClass) -> bool:
        """Whether the rule, with these values, is for this class of posts."""
        return (self.people is None or is_named(post, self.people)) and not is_named(post, self.except_for)

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield what is wrong with these values in this unit; paths start at the rule's own parameter."""
        del problem
        return iter(())

    def notes(self, problem: Problem) -> Iterator[Finding]:
        """Yield what is worth knowing of values that hold in this unit; paths as in `findings`."""
        del problem
        return iter(())

    def assumed(self) -> tuple[str, ...]:
        """Return what these values take for granted because the source leaves it open, English msgids."""
        return ()

    def unjudged(self, problem: Problem) -> str:
        """Return what is missing to judge the rule in this unit, translated; empty when nothing is."""
        del problem
        return ""

    def idle(self, problem: Problem) -> bool:
        """Whether the values say nothing in this unit, so that no rota of it could break or keep the rule."""
        del problem
        return False

    def unplanned(self, problem: Problem) -> Actions:
        """Return the shifts that no plan may hold, although a rota from elsewhere may be worked with them."""
        del problem
        return frozenset()

    def told(self, problem: Problem, rota: Rota, breach: Breach) -> str:
        """Return a breach in words, translated, where its amount alone says too little; else nothing."""
        del problem, rota, breach
        return ""

    @abstractmethod
    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield every breach in a rota; the truth about the rule, written without any solver."""

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the kinds that say the same for one class of posts (empty when lowering is not "line")."""
        del problem, post
        return ()

    def lower_together(self, problem: Problem) -> tuple[GroupKind, ...]:
        """Return the kinds over several named posts' lines (empty when lowering is not "together")."""
        del problem
        return ()

    def hours_cost(self, apart_minutes: int) -> int:
        """Return how often planned hours that many whole minutes from the post's break a soft rule."""
        del apart_minutes
        return 0

    def posts_concerned(self, problem: Problem, rota: Rota) -> Iterator[int]:
        """Yield the posts of a rota that the rule is for."""
        for index, post in enumerate(rota.posts):
            if self.applies_to(problem.classes[post.class_index]):
                yield index


def is_named(post: PostClass, names: tuple[str, ...]) -> bool:
    """Whether names or tags mean a class of posts; open posts have neither."""
    return post.person in names or bool(post.tags & set(names))
