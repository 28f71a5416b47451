"""Rules, templates, kinds of jobs and schemas over HTTP."""

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from turnus.jobs import JOB_KINDS
from turnus.rules import RULES
from turnus.scenario import STARTERS, read_scenario, starter


def test_the_catalogue_is_in_the_language_of_the_request(client: TestClient) -> None:
    english = client.get("/v1/rules", headers={"Accept-Language": "en"}).json()
    norwegian = client.get("/v1/rules?lang=nb").json()
    assert [rule["id"] for rule in english["rules"]] == [rule.id for rule in RULES]
    names = [{rule["id"]: rule["name"] for rule in one["rules"]} for one in (english, norwegian)]
    assert (names[0]["weekly_rest"], names[1]["weekly_rest"]) == ("Weekly rest", "Ukentlig arbeidsfri")
    assert all(rule["source"]["reference"] for rule in english["rules"])


def test_rules_are_filtered(client: TestClient) -> None:
    def found(**query: str) -> list[dict]:
        rules: list[dict] = client.get("/v1/rules", params=query).json()["rules"]
        return rules

    assert {rule["group"] for rule in found(group="law")} == {"law"}
    assert {rule["strength"] for rule in found(strength="soft")} == {"soft"}
    assert "weekly_rest" in {rule["id"] for rule in found(text="10-8")}
    assert found(text="no such text") == []


def test_one_rule_has_the_values_of_the_profile_asked_for(client: TestClient) -> None:
    def rest(profile: str) -> int:
        rule = client.get("/v1/rules/daily_rest", params={"profile": profile}).json()
        return next(int(one["default"]) for one in rule["parameters"] if one["name"] == "rest")

    assert (rest("aml"), rest("ks-lokal")) == (11 * 60, 9 * 60)


def test_a_rule_or_profile_that_is_not_there_is_told_with_the_closest(client: TestClient) -> None:
    answer = client.get("/v1/rules/weekly_rests")
    assert (answer.status_code, answer.json()["hint"]) == (404, "Did you mean weekly_rest?")
    answer = client.get("/v1/rules", params={"profile": "ks"})
    assert (answer.status_code, answer.json()["code"]) == (422, "profile-unknown")
    assert "ks-lokal" in answer.json()["detail"]


def test_every_template_is_a_scenario_that_can_be_read(client: TestClient) -> None:
    listed = client.get("/v1/templates").json()
    assert [one["id"] for one in listed] == list(STARTERS)
    for one in listed:
        got = client.get(f"/v1/templates/{one['id']}")
        assert got.headers["content-type"].startswith("application/yaml")
        assert got.text == starter(one["id"])
        assert read_scenario(got.text).scenario.name == one["name"]
    assert client.get("/v1/templates/no-such-kind").json()["code"] == "not-found"


def test_templates_are_read_once_and_may_be_kept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/v1/templates")
    monkeypatch.setattr("api.resources.reference.read_scenario", None)
    again = client.get("/v1/templates")
    assert again.json() == first.json()
    for answer in (again, client.get(f"/v1/templates/{first.json()[0]['id']}")):
        assert "max-age" in answer.headers["Cache-Control"]


def test_kinds_of_jobs_come_from_the_registry(client: TestClient) -> None:
    listed = client.get("/v1/job-kinds").json()
    assert [one["id"] for one in listed] == list(JOB_KINDS)
    for one in listed:
        Draft202012Validator.check_schema(one["options"])
        assert one["title"]


@pytest.mark.parametrize("name", ["scenario", "result", "check"])
def test_schemas_are_json_schemas(client: TestClient, name: str) -> None:
    got = client.get(f"/v1/schema/{name}.json")
    Draft202012Validator.check_schema(got.json())
    assert "max-age" in got.headers["Cache-Control"]
