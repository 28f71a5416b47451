"""Scenarios over HTTP: revisions that never change, and nobody's work overwritten."""

import pytest
from fastapi.testclient import TestClient

from turnus.scenario import starter

YAML = {"Content-Type": "application/yaml"}
TEXT = starter("shared-housing")


def created(client: TestClient, text: str = TEXT) -> tuple[str, str]:
    answer = client.post("/v1/scenarios?unit=nord", content=text, headers=YAML)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"/v1/scenarios/{answer.json()['id']}"
    return answer.json()["id"], answer.headers["ETag"]


def test_a_scenario_comes_back_as_it_was_sent(client: TestClient) -> None:
    made, etag = created(client)
    read = client.get(f"/v1/scenarios/{made}")
    assert read.json()["unit"] == "nord"
    assert read.headers["ETag"] == etag
    content = client.get(f"/v1/scenarios/{made}/content")
    assert content.text == TEXT
    assert content.headers["content-type"].startswith("application/yaml")


@pytest.mark.parametrize(("unit", "status"), [("", 201), ("2. etasje", 201), (" nord", 422), ("a\tb\n", 422)])
def test_a_unit_is_called_as_keys_and_tokens_call_it(client: TestClient, unit: str, status: int) -> None:
    answer = client.post("/v1/scenarios", params={"unit": unit}, content=TEXT, headers=YAML)
    assert answer.status_code == status, answer.text


def test_the_second_who_saves_is_told_and_overwrites_nothing(client: TestClient) -> None:
    made, etag = created(client)
    longer = TEXT.replace("weeks: 6", "weeks: 12")
    assert longer != TEXT
    first = client.put(f"/v1/scenarios/{made}", content=longer, headers={**YAML, "If-Match": etag})
    assert (first.status_code, first.json()["revision"]) == (200, 2)
    second = client.put(f"/v1/scenarios/{made}", content=TEXT, headers={**YAML, "If-Match": etag})
    assert (second.status_code, second.json()["code"]) == (412, "changed-meanwhile")
    without = client.put(f"/v1/scenarios/{made}", content=TEXT, headers=YAML)
    assert (without.status_code, without.json()["code"]) == (428, "if-match-missing")
    assert client.get(f"/v1/scenarios/{made}/content").text == longer
    assert client.get(f"/v1/scenarios/{made}/revisions/1/content").text == TEXT


def test_two_revisions_are_told_apart(client: TestClient) -> None:
    made, etag = created(client)
    client.put(
        f"/v1/scenarios/{made}",
        content=TEXT.replace("weeks: 6", "weeks: 12"),
        headers={**YAML, "If-Match": etag},
    )
    found = client.get(f"/v1/scenarios/{made}/diff", params={"before": 1, "after": 2}).json()
    assert "-  weeks: 6\n+  weeks: 12" in found["diff"]
    assert not found["same_content"]
    assert [one["number"] for one in client.get(f"/v1/scenarios/{made}/revisions").json()] == [2, 1]
    assert client.get(f"/v1/scenarios/{made}/revisions/3/content").status_code == 404


def test_lists_come_in_pages_newest_first(client: TestClient) -> None:
    made = [created(client)[0] for _number in range(5)]
    first = client.get("/v1/scenarios", params={"limit": 3}).json()
    rest = client.get("/v1/scenarios", params={"limit": 3, "after": first["next"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
    assert client.get("/v1/scenarios", params={"name": "no such name"}).json()["items"] == []


def test_a_mistake_has_its_place_and_nothing_is_kept(client: TestClient) -> None:
    answer = client.post("/v1/scenarios", content=TEXT.replace("weeks: 6", "weeks: six"), headers=YAML)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "scenario-invalid")
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["where"][0]["path"] == "horizon.weeks"
    assert problem["where"][0]["line"] > 1
    assert client.get("/v1/scenarios").json()["items"] == []


def test_a_deleted_scenario_is_gone(client: TestClient) -> None:
    made, _etag = created(client)
    assert client.delete(f"/v1/scenarios/{made}").status_code == 204
    assert client.get(f"/v1/scenarios/{made}").status_code == 404
    assert client.delete(f"/v1/scenarios/{made}").json()["code"] == "not-found"


def test_names_are_found_whatever_their_letters(client: TestClient) -> None:
    name = TEXT.split("\nname: ")[1].split("\n")[0]
    made, _etag = created(client, TEXT.replace(f"\nname: {name}", "\nname: Østre Ås bofellesskap"))
    for word in ("Østre Ås", "østre", "ÅS"):
        found = client.get("/v1/scenarios", params={"name": word}).json()["items"]
        assert [one["id"] for one in found] == [made]


def test_revisions_come_newest_first_and_no_more_than_asked(client: TestClient) -> None:
    made, etag = created(client)
    for weeks in (12, 18):
        text = TEXT.replace("weeks: 6", f"weeks: {weeks}")
        etag = client.put(f"/v1/scenarios/{made}", content=text, headers={**YAML, "If-Match": etag}).headers[
            "ETag"
        ]
    place = f"/v1/scenarios/{made}/revisions"
    assert [one["number"] for one in client.get(place, params={"limit": 2}).json()] == [3, 2]
    assert [one["number"] for one in client.get(place, params={"below": 2}).json()] == [1]


def test_texts_that_are_too_long_are_not_set_against_each_other(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, etag = created(client)
    client.put(
        f"/v1/scenarios/{made}",
        content=TEXT.replace("weeks: 6", "weeks: 12"),
        headers={**YAML, "If-Match": etag},
    )
    monkeypatch.setattr("api.resources.revisions.MOST_LINES", 10)
    answer = client.get(f"/v1/scenarios/{made}/diff", params={"before": 1, "after": 2})
    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-lines")


def test_of_very_many_mistakes_the_first_are_told(client: TestClient) -> None:
    wrong = TEXT + "".join(f"k{number}: 0\n" for number in range(3000))
    problem = client.post("/v1/scenarios", content=wrong, headers=YAML).json()
    assert problem["code"] == "scenario-invalid"
    assert len(problem["where"]) == 50
