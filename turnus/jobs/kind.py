"""What a job is: its kind, its options, what it is given and what it leaves behind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from turnus.texts import N_

Told = Callable[[dict[str, Any]], None]
Override = Annotated[str, Field(max_length=500)]

MEDIA_TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
}


class JobOptions(BaseModel):
    """What every job can be told: how long, how hard, from which seed, and values to override."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time_seconds: float | None = Field(
        None, gt=0, le=86_400, description="Most seconds for each search; the service's own when left out.",
        examples=[60],
    )  # fmt: skip
    effort: int | None = Field(
        None, ge=1, le=10_000_000, description="Most search steps; the repeatable limit.", examples=[2000]
    )
    seed: int = Field(1, ge=0, lt=2**31, description="Start of the random numbers.")
    set: tuple[Override, ...] = Field(
        (), max_length=100, description="Values of the scenario to override, as PATH=VALUE.",
        examples=[["budget.fte=25"]],
    )  # fmt: skip
    draft: bool = Field(
        False, description="Let values through whose agreement is not listed, marked as a draft."
    )


@dataclass(frozen=True)
class Job:
    """One job at work.

    Parameters
    ----------
    folder
        Its own: `scenario.yaml` is there, its files go to `out/`, and `answers/` keeps solves that it shares
        with the other parts of a sweep.
    options
        An instance of its kind's `Options`.
    seconds
        Of each search, or what is left of the whole's; None when effort alone limits it.
    threads
        Searches side by side.
    tell
        Called with what happened: `{"event": "progress", …}`.
    stop
        Asked often; once true, the best so far is the answer.
    """

    folder: Path
    options: Any
    seconds: float | None
    threads: int
    tell: Told
    stop: Callable[[], bool]

    @property
    def scenario(self) -> Path:
        """Return the scenario file."""
        return self.folder / "scenario.yaml"

    @property
    def out(self) -> Path:
        """Return the folder of its files."""
        return self.folder / "out"

    @property
    def answers(self) -> Path:
        """Return the folder of solves that the parts of a sweep share."""
        return self.folder / "answers"

    @property
    def best_so_far(self) -> Path:
        """Return the file of the best rota so far, from which a new attempt goes on."""
        return self.folder / "best-so-far.csv"


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file that a job has left in its `out` folder."""

    name: str
    media_type: str

    @classmethod
    def named(cls, name: str) -> JobFile:
        """Return a file by its name; what it is follows from the ending."""
        return cls(name, MEDIA_TYPES[Path(name).suffix])


@dataclass(frozen=True)
class Done:
    """What came out: one word, one sentence, the goals with value and bound, and the files."""

    status: str
    summary: str
    goals: Sequence[Mapping[str, Any]] = ()
    files: Sequence[JobFile] = ()


@dataclass(frozen=True)
class Part:
    """One part of a sweep, which another machine may work out: a title and the options of the same kind."""

    title: str
    options: Mapping[str, Any]


class JobKind(ABC):
    """A verb that runs as a job; a file in `turnus/jobs/kinds/` with one of these is a kind."""

    id: ClassVar[str]
    title: ClassVar[str] = N_("Job")
    #: Whether `time_seconds` is for the whole, of which a new attempt has what is left; else for each search.
    time_is_for_the_whole: ClassVar[bool] = False
    Options: ClassVar[type[JobOptions]] = JobOptions

    @property
    def is_sweep(self) -> bool:
        """Whether it can be divided into parts."""
        return type(self).parts is not JobKind.parts

    @abstractmethod
    def run(self, job: Job) -> Done:
        """Work the job out and leave its files.

        Raises
        ------
        InputError, ImpossibleError
            When the scenario is refused.
        """

    def parts(self, job: Job) -> Sequence[Part]:
        """Return the parts of a sweep, worked out before `run`; what they solve is kept in `answers`."""
        del job
        return ()
