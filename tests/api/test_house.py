"""Without keys the service is for one user: nobody else's machine, and nobody else's page."""

import pytest
from fastapi.testclient import TestClient

from api.access.house import house_rules, refuse_open_house
from api.settings import Settings
from turnus import InputError, using_language


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "ward.example.org", ""])
def test_without_keys_it_listens_to_this_machine_only(host: str) -> None:
    with using_language("en"), pytest.raises(InputError, match="Serve with --access keys"):
        refuse_open_house(Settings(host=host))
    refuse_open_house(Settings(host=host, access="keys"))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine_is_allowed_and_it_says_for_whom(host: str) -> None:
    refuse_open_house(Settings(host=host))
    with using_language("en"):
        assert house_rules(Settings(host=host)).startswith("For one user on this machine")
        assert "keys" in house_rules(Settings(host=host, access="keys"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "evil.example"},
        {"Host": "evil.example:8000", "Origin": "http://evil.example:8000"},
    ],
)
def test_a_page_of_another_site_gets_nothing(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/v1/scenarios", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-page")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "127.0.0.1:8000"},
        {"Host": "[::1]:8000", "Origin": "http://[::1]:8000"},
        {"Host": "localhost", "Origin": "http://localhost"},
    ],
)
def test_the_service_s_own_pages_are_answered(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/v1/scenarios", headers=headers).status_code == 200
