"""Old runs are deleted with all they left, and nothing else is."""

import datetime as dt

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.access import retention
from api.access.retention import delete_old_runs
from api.settings import Settings
from api.store import AccessRecord, Artifact, Database, Event, KeptAnswer, Run, Scenario, new_id, now
from tests.api.test_scenarios import created


def keep(database: Database, scenario: str, days: float | None, **more: object) -> str:
    """Keep a run that ended so many days ago, with one of everything that a run leaves."""
    ended = None if days is None else now() - dt.timedelta(days=days)
    run = new_id("run")
    told = {"state": "finished", "finished_at": ended} | more
    with database.writing() as session:
        session.add(
            Run(
                id=run, tenant_id="local", scenario_id=scenario, revision=1, kind="solve", options={},
                language="nb", created_by="x", **told,
            )
        )  # fmt: skip
        session.flush()
        session.add(Artifact(run_id=run, name="a", media_type="text/csv", content=b"x"))
        session.add(KeptAnswer(run_id=run, name="a", content=b"x"))
        session.add(Event(run_id=run, kind="state", data={}))
    return run


def test_old_runs_go_with_all_they_left(client: TestClient, settings: Settings, database: Database) -> None:
    scenario = created(client)[0]
    old = keep(database, scenario, 31)
    keep(database, scenario, 30, parent_id=old)
    young = keep(database, scenario, 29)
    works = keep(database, scenario, None, state="running")
    sweep = keep(database, scenario, 31)
    part = keep(database, scenario, None, parent_id=sweep, state="running")
    limited = settings.model_copy(update={"retention_days": 30})
    assert delete_old_runs(database, settings) == 0
    assert delete_old_runs(database, limited) == 1
    with database.reading() as session:
        assert set(session.scalars(select(Run.id))) == {young, works, sweep, part}
        for table in (Artifact, KeptAnswer, Event):
            assert session.scalar(select(func.count()).select_from(table)) == 4
        assert session.get(Scenario, scenario) is not None
        told = session.scalars(select(AccessRecord).where(AccessRecord.action == "run.delete")).one()
        assert (told.who, told.subject) == ("retention", old)


def test_many_old_runs_go_a_few_at_a_time(
    client: TestClient, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = created(client)[0]
    for _number in range(5):
        keep(database, scenario, 2)
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    assert delete_old_runs(database, settings.model_copy(update={"retention_days": 1})) == 5
