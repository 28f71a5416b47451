"""Every documented route asked at random: no 5xx, and every answer as the OpenAPI document says.

`python -m benchmarks.service_fuzz` asks longer.
"""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.openapi import operations
from api.problems import Problem
from api.settings import Settings
from api.store import Database
from benchmarks.service_fuzz import Known, asked, fuzz

EXAMPLES = 5

#: Clients hold these names; one that is changed or goes missing breaks them.
OPERATIONS = """
auditRota cancelRun compareRuns createKey createScenario deleteRun deleteScenario diffRevisions erasePerson
exportPerson finishRunNow getCheckSchema getHealth getKey getMetrics getReadiness getResultSchema
getRevisionContent getRule getRun getRunFile getRunResult getRunRota getScenario getScenarioContent
getScenarioSchema getTemplate listJobKinds listKeys listRevisions listRules listRuns listScenarios
listTemplates readAccessLog replaceScenario revokeKey submitRun watchRun
"""


def test_every_documented_route_keeps_the_document(settings: Settings, database: Database) -> None:
    found = list(fuzz(settings, database, EXAMPLES))
    assert "\n".join(f"{one.operation}: {one.told}" for _name, _count, one in found if one) == ""
    assert {name for name, _count, _fault in found} == set(OPERATIONS.split())
    assert all(count for _name, count, _fault in found)


def test_operation_ids_are_stable_and_every_operation_says_what_it_does(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    found = list(operations(document))
    names = [operation["operationId"] for operation in found]
    assert sorted(names) == sorted(OPERATIONS.split())
    tags = {tag["name"] for tag in document["tags"]}
    for operation in found:
        assert operation["description"], operation["operationId"]
        assert set(operation["tags"]) <= tags, operation["operationId"]
        problems = {status: one for status, one in operation["responses"].items() if int(status) >= 400}
        assert {"400", "404", "422", "503"} <= problems.keys()
        for one in problems.values():
            assert list(one["content"]) == ["application/problem+json"]


def planted(kind: str) -> FastAPI:
    app = FastAPI()

    @app.get("/n", responses={404: {"content": {"application/problem+json": {}}}})
    def number(value: int = 0) -> dict[str, int]:
        if kind == "status":
            raise Problem(418, "teapot", "no")
        if kind == "server":
            raise Problem(500, "fault", "no")
        return {"value": value}

    return app


@pytest.mark.parametrize(
    ("kind", "told"), [("status", "Undocumented status code"), ("server", "Server error")]
)
def test_a_planted_fault_is_found(kind: str, told: str) -> None:
    ((_name, _count, fault),) = asked(planted(kind), Known({}, {}), 3)
    assert fault is not None
    assert told in fault.told
    ((_name, _count, fault),) = asked(planted("none"), Known({}, {}), 3)
    assert fault is None
