"""Every documented route of the service asked at random, from its OpenAPI document.

`python -m benchmarks.service_fuzz --examples 2000` is the long run; the tests make a short one. Nothing may
be answered with a 5xx, and every answer has a documented status, media type and shape.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import schemathesis
import typer
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given
from hypothesis import seed as seeded
from hypothesis import settings as how
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

from api.access import LOCAL_TENANT
from api.access.keys import ensure_tenant, new_key
from api.app import create_app
from api.settings import Settings
from api.store import Artifact, Database, Event, Revision, Run, Scenario, new_id, open_database
from turnus import read_scenario, starter

_CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
_STARTER = "dementia-unit"


@dataclass(frozen=True)
class Known:
    """Rows that are there: parameters of paths by their names, and bodies by their operations."""

    path: Mapping[str, Any]
    bodies: Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """An answer that does not keep the document, and how to get it again."""

    operation: str
    told: str


class NoQueue:
    """A queue whose runs nobody takes."""

    def put(self, run_id: str, phase: str, attempt: int) -> bool:
        """Forget a run."""
        del run_id, phase, attempt
        return True

    def put_webhook(self, run_id: str) -> None:
        """Forget a webhook."""

    def take_over(self, executor: str) -> set[str]:
        """Take nothing over."""
        del executor
        return set()

    def close(self) -> None:
        """Have nothing to give back."""


def fuzz(
    settings: Settings, database: Database, examples: int, seed: int | None = None
) -> Iterator[tuple[str, int, Fault | None]]:
    """Yield every operation with how often it was asked, and the first fault found.

    Without a seed the same questions are asked each time.
    """
    app = create_app(settings, database, queue=NoQueue())
    known = rows(database)
    with TestClient(app, raise_server_exceptions=False):
        yield from asked(app, known, examples, seed)


def asked(
    app: FastAPI, known: Known, examples: int, seed: int | None = None
) -> Iterator[tuple[str, int, Fault | None]]:
    """Ask an application that has started; what deletes comes last, so that there is something to ask for."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    for operation in sorted(found, key=lambda one: one.method == "delete"):
        yield _asked_one(operation, known, examples, seed)


def _asked_one(
    operation: Any, known: Known, examples: int, seed: int | None
) -> tuple[str, int, Fault | None]:
    name = operation.definition.raw["operationId"]
    count = 0

    @given(case=operation.as_strategy(), way=st.sampled_from(("as it comes", "known", "known whole")))
    @how(max_examples=examples, derandomize=seed is None, deadline=None, database=None,
         suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink))  # fmt: skip
    def ask(case: Any, way: str) -> None:
        nonlocal count
        count += 1
        if way != "as it comes":
            for key in case.path_parameters.keys() & known.path.keys():
                case.path_parameters[key] = known.path[key]
        if way == "known whole" and name in known.bodies:
            case.media_type, case.body = known.bodies[name]
        case.call_and_validate(checks=_CHECKS)

    try:
        (ask if seed is None else seeded(seed)(ask))()
    except (Exception, FailureGroup) as error:  # a group of failures is no Exception
        return name, count, Fault(name, str(error))
    return name, count, None


def rows(database: Database) -> Known:
    """Put a scenario, a finished run and a key into the rows."""
    text = starter(_STARTER)
    loaded = read_scenario(text)
    scenario, run = new_id("scn"), new_id("run")
    common: dict[str, Any] = {"tenant_id": LOCAL_TENANT, "created_by": "local"}
    with database.writing() as session:
        ensure_tenant(session, LOCAL_TENANT)
        session.add(Scenario(id=scenario, name=loaded.scenario.name, revision=1, **common))
        session.flush()
        session.add(Revision(scenario_id=scenario, number=1, sha256=loaded.sha256, content=text,
                             media_type="application/yaml", created_by="local"))  # fmt: skip
        session.add(Run(id=run, scenario_id=scenario, revision=1, kind="solve", options={}, language="nb",
                        state="finished", finished_at=dt.datetime.now(dt.UTC), **common))  # fmt: skip
        session.flush()
        session.add(Event(run_id=run, kind="state", data={"state": "finished"}))
        for name, media_type in (("result.json", "application/json"), ("rota.csv", "text/csv")):
            session.add(Artifact(run_id=run, name=name, media_type=media_type, content=b"{}"))
        key, _text = new_key(session, tenant=LOCAL_TENANT, name="fuzz", role="planner")
        key_id = key.id
    return Known(
        {"scenario_id": scenario, "run_id": run, "key_id": key_id, "number": 1, "name": "result.json",
         "rule_id": "weekly_rest", "template_id": _STARTER},
        {
            "createScenario": ("application/yaml", text),
            "replaceScenario": ("application/yaml", text),
            "submitRun": ("application/json", {"scenario": scenario, "options": {"effort": 1}}),
            "exportPerson": ("application/json", {"name": "Aud (eksempel)"}),
            "compareRuns": ("application/json", {"runs": [run, run]}),
        },
    )  # fmt: skip


def main(
    examples: Annotated[int, typer.Option(min=1, help="Questions for each operation.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the questions.")] = 1,
    database_url: Annotated[str | None, typer.Option(help="An empty PostgreSQL; otherwise SQLite.")] = None,
) -> None:
    """Ask every documented route at random, and tell what was not answered as documented."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=database_url)
        database = open_database(settings.store_url)
        database.migrate()
        faults = 0
        for operation, count, fault in fuzz(settings, database, examples, seed):
            typer.echo(f"{operation:24} {count:6} {'ok' if fault is None else 'FAULT'}")
            if fault is not None:
                faults += 1
                typer.echo(fault.told)
        database.close()
    sys.exit(min(faults, 1))


if __name__ == "__main__":
    typer.run(main)
