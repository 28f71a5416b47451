"""One worker's attempt at a run: what it takes from the rows and what it may write there.

Every writing is guarded by the number of the attempt: a worker that was given up, but still lives, writes
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.store import UNFINISHED, Artifact, Database, Event, KeptAnswer, Revision, Run, now

MOST_CRASHES = 3
BEST_SO_FAR = "best-so-far.csv"
_MOST_FILES = 200


class Superseded(Exception):
    """Another worker has the run now, or it is gone."""


@dataclass(frozen=True)
class Taken:
    """What an attempt begins with.

    `spent_seconds` is what earlier attempts used; `files` are the best so far and the answers that the parts
    of a sweep have found, by their path in the job's folder.
    """

    run_id: str
    number: int
    phase: str
    kind: str
    options: Mapping[str, Any]
    language: str
    scenario: str
    spent_seconds: float
    answers_of: str
    files: Mapping[str, bytes]


def take(database: Database, run_id: str, phase: str, executor: str) -> Taken | None:
    """Take a run; None when there is nothing left to do."""
    with database.writing() as session:
        run = _locked(session, run_id)
        if run is None or run.state not in UNFINISHED or run.phase != phase:
            return None
        if run.wanted == "cancel":
            close(session, run, "cancelled")
            return None
        run.attempt += 1
        run.executor, run.state, run.started_at = executor, "running", run.started_at or now()
        tell(session, run.id, "state", {"state": "running", "attempt": run.attempt})
        revision = session.get_one(Revision, (run.scenario_id, run.revision))
        answers_of = run.parent_id or run.id
        kept = session.scalars(select(KeptAnswer).where(KeptAnswer.run_id == answers_of))
        files = {f"answers/{one.name}": one.content for one in kept}
        best = session.get(Artifact, (run.id, BEST_SO_FAR))
        if best is not None:
            files[BEST_SO_FAR] = best.content
        return Taken(
            run.id, run.attempt, phase, run.kind, run.options, run.language, revision.content,
            run.spent_seconds, answers_of, files,
        )  # fmt: skip


@dataclass
class Attempt:
    """A run in this worker's hands.

    Raises
    ------
    Superseded
        From every method, once the run is in other hands.
    """

    database: Database
    taken: Taken

    def note(self, spent_seconds: float, events: Sequence[dict[str, Any]] = ()) -> str | None:
        """Write down progress and time used; returns what somebody wants of the run meanwhile."""
        with self.database.writing() as session:
            run = self._mine(session)
            run.spent_seconds = spent_seconds
            for one in events:
                data = {key: value for key, value in one.items() if key != "event"}
                tell(session, run.id, one["event"], data)
            return run.wanted

    def keep(self, best: bytes) -> None:
        """Keep the best so far, from which the next attempt would go on."""
        with self.database.writing() as session:
            run = self._mine(session)
            _put(session, run.id, BEST_SO_FAR, "text/csv; charset=utf-8", best)

    def keep_answers(self, answers: Mapping[str, bytes]) -> None:
        """Keep solves for the other parts of the sweep."""
        with self.database.writing() as session:
            self._mine(session)
            owner = self.taken.answers_of
            known = set(session.scalars(select(KeptAnswer.name).where(KeptAnswer.run_id == owner)))
            for name, content in answers.items():
                if name not in known:
                    session.add(KeptAnswer(run_id=owner, name=name, content=content))

    def finish(self, told: Mapping[str, Any], out: Path, spent_seconds: float) -> None:
        """Write the answer and its files; all of it or nothing."""
        with self.database.writing() as session:
            run = self._mine(session)
            run.spent_seconds, run.status, run.summary = spent_seconds, told["status"], told["summary"]
            run.goals = list(told["goals"])
            for file in told["files"][:_MOST_FILES]:
                content = (out / Path(file["name"]).name).read_bytes()
                _put(session, run.id, file["name"], file["media_type"], content)
            session.execute(delete(Artifact).where(Artifact.run_id == run.id, Artifact.name == BEST_SO_FAR))
            close(session, run, "finished")

    def divide(self, parts: Sequence[Mapping[str, Any]], spent_seconds: float) -> None:
        """Make a run of each part of a sweep; without parts the sweep itself goes on."""
        with self.database.writing() as session:
            run = self._mine(session)
            run.spent_seconds, run.phase = spent_seconds, "run"
            if run.wanted == "cancel":
                close(session, run, "cancelled")
                return
            run.state, run.executor = "running" if parts else "queued", None
            for number, part in enumerate(parts, 1):
                session.add(
                    Run(
                        id=f"{run.id}p{number:03d}", tenant_id=run.tenant_id, unit=run.unit,
                        scenario_id=run.scenario_id, revision=run.revision, parent_id=run.id,
                        title=part["title"][:300], kind=run.kind, options=part["options"],
                        language=run.language, created_by=run.created_by, goals=[],
                    )
                )  # fmt: skip
            tell(session, run.id, "parts", {"total": len(parts), "finished": 0})

    def fail(self, problem: Mapping[str, Any], spent_seconds: float) -> None:
        """Write why there is no answer."""
        with self.database.writing() as session:
            run = self._mine(session)
            run.spent_seconds, run.problem = spent_seconds, dict(problem)
            close(session, run, "failed")

    def cancel(self, spent_seconds: float) -> None:
        """Write that the run was cancelled; its best so far goes."""
        with self.database.writing() as session:
            run = self._mine(session)
            run.spent_seconds = spent_seconds
            close(session, run, "cancelled")

    def give_back(self, spent_seconds: float, *, crashed: bool = False) -> bool:
        """Let another attempt go on; returns False when the run's processes have crashed too often."""
        with self.database.writing() as session:
            run = self._mine(session)
            run.spent_seconds, run.executor = spent_seconds, None
            run.crashes += crashed
            if run.crashes >= MOST_CRASHES:
                return False
            run.state = "queued"
            tell(session, run.id, "state", {"state": "queued", "attempt": run.attempt})
            return True

    def _mine(self, session: Session) -> Run:
        run = _locked(session, self.taken.run_id)
        if run is None or run.attempt != self.taken.number or run.state not in UNFINISHED:
            raise Superseded(self.taken.run_id)
        return run


def close(session: Session, run: Run, state: str) -> None:
    """End a run in a state that nothing follows, and tell its listeners and its parent's."""
    run.state, run.finished_at, run.executor = state, now(), None
    data = {"state": state, "status": run.status, "summary": run.summary, "goals": run.goals}
    tell(session, run.id, "state", {**data, "problem": run.problem})
    if run.parent_id is not None:
        session.flush()
        states = list(session.scalars(select(Run.state).where(Run.parent_id == run.parent_id)))
        finished = sum(state not in UNFINISHED for state in states)
        tell(session, run.parent_id, "parts", {"total": len(states), "finished": finished, "last": run.title})


def tell(session: Session, run_id: str, kind: str, data: dict[str, Any]) -> None:
    """Write down something for the run's listeners."""
    session.add(Event(run_id=run_id, kind=kind, data=data))


def _locked(session: Session, run_id: str) -> Run | None:
    found: Run | None = session.scalars(select(Run).where(Run.id == run_id).with_for_update()).first()
    return found


def _put(session: Session, run_id: str, name: str, media_type: str, content: bytes) -> None:
    session.merge(
        Artifact(run_id=run_id, name=name, media_type=media_type, content=content, created_at=now())
    )
