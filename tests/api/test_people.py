"""One person's data: all of it handed over, and their name gone from everything that is kept."""

import json
import unicodedata
from typing import Any

import pytest
from sqlalchemy import select

from api.access import erasing
from api.settings import Settings
from api.store import Artifact, Database, Event, KeptAnswer, Revision, Run, new_id, now
from tests.api.keyed import Keyed
from tests.api.test_privacy import TEXT, everything
from tests.api.test_scenarios import YAML
from turnus import read_scenario

NAME = "Åse O'Hara & Dahl"
THEIRS = TEXT.replace("Kari Nordmann", f'"{NAME}"').replace(f'av "{NAME}"', f"av {NAME}")

FORMS = (NAME, "Åse", "O'Hara", "O&#39;Hara", "\\u00c5se")


@pytest.fixture
def keyed(settings: Settings, database: Database) -> Keyed:
    return Keyed.of(settings, database)


def page(name: str) -> str:
    """Return a name as the pages of a run write it."""
    return name.replace("&", "&amp;").replace("'", "&#39;")


def run_of(database: Database, scenario: str, text: str, name: str = NAME, **more: Any) -> str:
    """Keep a run whose files name the person in every way in which files do."""
    run = new_id("run")
    override = f"staff[{name}].size=60"
    result = {
        "summary": f"{name} jobber.", "scenario": {"sha256": read_scenario(text, [override]).sha256},
        "posts": [{"id": "p1", "person": name}, {"id": "p2", "person": "Ola Dahl"}],
        "assignments": [{"post": "p1", "code": "D"}, {"post": "p2", "code": "N"}],
    }  # fmt: skip
    files = {
        "result.json": ("application/json", json.dumps(result, ensure_ascii=False)),
        "ascii.json": ("application/json", json.dumps(result)),
        "rota.csv": ("text/csv; charset=utf-8", f"post;code\n{name};D\nOla Dahl;N\n"),
        "report.html": ("text/html; charset=utf-8", f"<b>{page(name)}</b><i>Ola Dahl</i>"),
    }
    with database.writing() as session:
        session.add(
            Run(
                id=run, tenant_id="bergen", unit="nord", scenario_id=scenario, revision=1, kind="solve",
                options={"set": [override]}, language="nb", created_by="x", title=f"Størst: {name}",
                summary=f"{name} jobber.", problem={"detail": name}, **({"state": "finished"} | more),
            )
        )  # fmt: skip
        session.flush()
        for file, (kind, content) in files.items():
            session.add(Artifact(run_id=run, name=file, media_type=kind, content=content.encode()))
        session.add(Artifact(run_id=run, name="rota.xlsx", media_type="application/x", content=b"PK\xff"))
        session.add(KeptAnswer(run_id=run, name="a", content=name.encode()))
        session.add(Event(run_id=run, kind="state", data={"log": [f"plasserer {name}"]}))
    return run


def result_of(database: Database, scenario: str, result: dict[str, Any], **more: Any) -> str:
    """Keep a run of nothing but a result."""
    run = new_id("run")
    with database.writing() as session:
        session.add(
            Run(
                id=run, tenant_id="bergen", unit="nord", scenario_id=scenario, kind="solve", options={},
                language="nb", created_by="x", state="finished", **({"revision": 1} | more),
            )
        )  # fmt: skip
        session.flush()
        content = json.dumps(result).encode()
        session.add(Artifact(run_id=run, name="result.json", media_type="application/json", content=content))
    return run


def uploaded(keyed: Keyed, text: str = THEIRS, tenant: str = "bergen") -> str:
    answer = keyed.client(tenant).post("/v1/scenarios?unit=nord", content=text, headers=YAML)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def test_everything_about_a_person_is_handed_over(keyed: Keyed) -> None:
    scenario = uploaded(keyed)
    uploaded(keyed, TEXT)
    run = run_of(keyed.database, scenario, THEIRS)
    planner = keyed.client()
    found = planner.post("/v1/people/export", json={"name": NAME}).json()
    (one,) = found["scenarios"]
    assert one["scenario"] == scenario
    (revision,) = one["revisions"]
    assert revision["person"]["arrangement"] == {"weekend_exempt": True}
    assert {"pairs": [[NAME, "Ola Dahl"]]} not in revision["named_in"]
    assert [NAME, "Ola Dahl"] in revision["named_in"]
    (kept,) = one["runs"]
    assert kept["run"] == run
    assert {"post": "p1", "code": "D"} in kept["files"]["result.json"]
    assert {"post": "p2", "code": "N"} not in kept["files"]["result.json"]
    assert kept["files"]["rota.csv"] == [["post", "code"], f"{NAME};D"]
    assert kept["events"] == [{"log": [f"plasserer {NAME}"]}]
    assert planner.post("/v1/people/export", json={"name": "Nobody"}).status_code == 404
    assert keyed.client(role="union").post("/v1/people/export", json={"name": NAME}).status_code == 403
    assert keyed.client("oslo").post("/v1/people/export", json={"name": NAME}).status_code == 404
    log = keyed.client(role="admin").get("/v1/access-log", params={"subject": scenario}).json()["items"]
    assert log[0]["action"] == "person.export"


def test_an_erased_person_is_nowhere(keyed: Keyed) -> None:
    scenario, other = uploaded(keyed), uploaded(keyed, TEXT)
    run = run_of(keyed.database, scenario, THEIRS)
    planner = keyed.client()
    answer = planner.post("/v1/people/erase", json={"name": NAME})
    assert answer.status_code == 200, answer.text
    pseudonym = answer.json()["pseudonym"]
    assert answer.json()["scenarios"] == [scenario]
    kept = everything(keyed.database)
    assert [form for form in FORMS if form in kept] == []
    text = planner.get(f"/v1/scenarios/{scenario}/content").text
    assert text == THEIRS.replace(NAME, pseudonym)
    with keyed.database.reading() as session:
        assert session.get_one(Revision, (scenario, 1)).sha256 == read_scenario(text).sha256
        assert session.get_one(Revision, (other, 1)).content == TEXT
        files = session.scalars(select(Artifact)).all()
        assert all(form.encode() not in one.content for one in files for form in FORMS)
        assert {one.name for one in files} == {"result.json", "ascii.json", "rota.csv", "report.html"}
        assert session.scalars(select(KeptAnswer)).all() == []
    result = planner.get(f"/v1/runs/{run}/result").json()
    assert result["posts"][0]["person"] == pseudonym
    assert result["scenario"]["sha256"] == read_scenario(text, [f"staff[{pseudonym}].size=60"]).sha256
    assert planner.get(f"/v1/runs/{run}").json()["options"] == {"set": [f"staff[{pseudonym}].size=60"]}
    log = keyed.client(role="admin").get("/v1/access-log", params={"subject": scenario}).json()["items"]
    assert "person.erase" in [one["action"] for one in log]
    assert planner.post("/v1/people/erase", json={"name": NAME}).status_code == 404


def test_nothing_is_left_in_the_file_of_the_database(keyed: Keyed, settings: Settings) -> None:
    run_of(keyed.database, uploaded(keyed), THEIRS)
    keyed.client().post("/v1/people/erase", json={"name": NAME})
    if keyed.database.is_sqlite:
        with keyed.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        for path in settings.data_dir.glob("*.sqlite*"):
            assert "Åse".encode() not in path.read_bytes()


@pytest.mark.parametrize("revision", [1, 2])
def test_a_run_that_would_write_the_name_again_comes_first(keyed: Keyed, revision: int) -> None:
    scenario = uploaded(keyed)
    planner = keyed.client()
    put = planner.put(f"/v1/scenarios/{scenario}", content=TEXT, headers=YAML | {"If-Match": "*"})
    assert put.status_code == 200
    with keyed.database.writing() as session:
        session.add(
            Run(
                id=new_id("run"), tenant_id="bergen", unit="nord", scenario_id=scenario, revision=revision,
                kind="solve", options={}, language="nb", created_by="x", started_at=now(),
            )
        )  # fmt: skip
    answer = planner.post("/v1/people/erase", json={"name": NAME})
    assert answer.status_code == (409 if revision == 1 else 200)
    assert (NAME in planner.get(f"/v1/scenarios/{scenario}/revisions/1/content").text) == (revision == 1)


def test_a_key_for_one_unit_erases_in_that_unit(keyed: Keyed) -> None:
    scenario = uploaded(keyed)
    assert keyed.client(unit="sor").post("/v1/people/erase", json={"name": NAME}).status_code == 404
    assert keyed.client("oslo").post("/v1/people/erase", json={"name": NAME}).status_code == 404
    assert keyed.client(role="union").post("/v1/people/erase", json={"name": NAME}).status_code == 403
    assert NAME in keyed.client().get(f"/v1/scenarios/{scenario}/content").text


def test_a_part_of_another_name_is_left_alone(keyed: Keyed) -> None:
    text = TEXT.replace("Kari Nordmann", "Ola")
    scenario = uploaded(keyed, text)
    run = run_of(keyed.database, scenario, text, "Ola")
    other = result_of(keyed.database, scenario, {"person": "Ola Dahl"})
    planner = keyed.client()
    told = planner.post("/v1/people/export", json={"name": "Ola"}).json()["scenarios"]
    assert [one["run"] for one in told[0]["runs"]] == [run]
    planner.post("/v1/people/erase", json={"name": "Ola"})
    staff = read_scenario(planner.get(f"/v1/scenarios/{scenario}/content").text).scenario.staff
    assert staff[1].name == "Ola Dahl"
    assert staff[0].name != "Ola"
    result = planner.get(f"/v1/runs/{run}/result").json()
    assert [one["person"] for one in result["posts"]] == [staff[0].name, "Ola Dahl"]
    assert planner.get(f"/v1/runs/{other}/result").json() == {"person": "Ola Dahl"}


def test_a_word_that_is_nobody_s_name_is_left_alone(keyed: Keyed) -> None:
    scenario = uploaded(keyed)
    planner = keyed.client()
    for word in ("Dag", "turnus", "staff", "Dahl"):
        assert planner.post("/v1/people/erase", json={"name": word}).status_code == 404
    assert planner.get(f"/v1/scenarios/{scenario}/content").text == THEIRS


YAML_TEXT = TEXT.replace(", laget av Kari Nordmann", "").replace("Kari Nordmann", "{}")
WAYS = {
    "letters by number": '"K\\xE5re \\u00C5s"',
    "letters by number, other case": '"K\\xe5re \\u00c5s"',
    "blank by number": '"Kåre\\x20Ås"',
    "folded": "Kåre\n      Ås",
    "folded in quotes": '"Kå\\\n      re Ås"',
    "letters and accents apart": unicodedata.normalize("NFD", "Kåre Ås"),
    "half apart": "Kåre A\u030as",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
def test_a_name_is_found_and_erased_however_it_is_written(keyed: Keyed, way: str, asked: Any) -> None:
    scenario = uploaded(keyed, YAML_TEXT.replace("{}", WAYS[way]))
    planner = keyed.client()
    staff = read_scenario(planner.get(f"/v1/scenarios/{scenario}/content").text).scenario.staff
    result = {"person": staff[0].name, "rota": "Kåre Ås"}
    run = result_of(keyed.database, scenario, result)
    name = {"name": unicodedata.normalize(asked, "Kåre Ås")}
    (told,) = planner.post("/v1/people/export", json=name).json()["scenarios"]
    assert told["revisions"][0]["person"]["arrangement"] == {"weekend_exempt": True}
    assert [one["run"] for one in told["runs"]] == [run]
    answer = planner.post("/v1/people/erase", json=name)
    assert answer.status_code == 200, answer.text
    pseudonym = answer.json()["pseudonym"]
    staff = read_scenario(planner.get(f"/v1/scenarios/{scenario}/content").text).scenario.staff
    assert [person.name for person in staff] == [pseudonym, "Ola Dahl"]
    assert planner.get(f"/v1/runs/{run}/result").json() == {"person": pseudonym, "rota": pseudonym}
    assert planner.post("/v1/people/export", json=name).status_code == 404


@pytest.mark.parametrize("escape", ["\\u00E5", "\\u00e5"])
def test_json_may_write_letters_as_numbers(keyed: Keyed, escape: str) -> None:
    data = read_scenario(YAML_TEXT.replace("{}", "Kåre Aas")).root.plain()
    text = json.dumps(data).replace("\\u00e5", escape)
    planner = keyed.client()
    made = planner.post("/v1/scenarios?unit=nord", content=text, headers={"Content-Type": "application/json"})
    pseudonym = planner.post("/v1/people/erase", json={"name": "Kåre Aas"}).json()["pseudonym"]
    found = planner.get(f"/v1/scenarios/{made.json()['id']}/content").json()
    assert found["staff"][0]["name"] == pseudonym


def test_an_override_that_writes_letters_as_numbers_is_erased(keyed: Keyed) -> None:
    scenario = uploaded(keyed)
    override = 'staff.1.name="\\xC5se O\'Hara & Dahl"'
    with keyed.database.writing() as session:
        run = Run(
            id=new_id("run"), tenant_id="bergen", unit="nord", scenario_id=scenario, revision=1, kind="solve",
            options={"set": [override]}, language="nb", created_by="x", state="finished",
        )  # fmt: skip
        session.add(run)
    planner = keyed.client()
    pseudonym = planner.post("/v1/people/erase", json={"name": NAME}).json()["pseudonym"]
    options = planner.get(f"/v1/runs/{run.id}").json()["options"]
    assert options == {"set": [f'staff.1.name="{pseudonym}"']}


def test_what_no_version_reads_any_more_is_erased_too(keyed: Keyed) -> None:
    scenario = uploaded(keyed)
    old = f'turnus: 0\nansatte: ["{NAME}", "\\xC5se O\'Hara & Dahl"]\n# {NAME}\n'
    with keyed.database.writing() as session:
        session.get_one(Revision, (scenario, 1)).content = old
    planner = keyed.client()
    (told,) = planner.post("/v1/people/export", json={"name": NAME}).json()["scenarios"]
    assert told["revisions"][0]["named_in"] == old.splitlines()[1:]
    pseudonym = planner.post("/v1/people/erase", json={"name": NAME}).json()["pseudonym"]
    text = planner.get(f"/v1/scenarios/{scenario}/content").text
    assert text == f'turnus: 0\nansatte: ["{pseudonym}", "{pseudonym}"]\n# {pseudonym}\n'


def test_a_run_that_names_somebody_whom_its_revision_does_not_name_is_erased(keyed: Keyed) -> None:
    scenario = uploaded(keyed)
    planner = keyed.client()
    put = planner.put(f"/v1/scenarios/{scenario}", content=TEXT, headers=YAML | {"If-Match": "*"})
    assert put.status_code == 200
    run = result_of(keyed.database, scenario, {"person": NAME}, revision=2)
    pseudonym = planner.post("/v1/people/erase", json={"name": NAME}).json()["pseudonym"]
    assert planner.get(f"/v1/runs/{run}/result").json() == {"person": pseudonym}


def test_a_part_of_a_name_in_what_a_scenario_says_of_itself_goes_from_its_runs_too(keyed: Keyed) -> None:
    text = TEXT.replace("laget av Kari Nordmann", "Karis og Nordmann sin").replace(
        "Kari Nordmann", "Åse Nordmann"
    )
    scenario = uploaded(keyed, text)
    run = result_of(keyed.database, scenario, {"name": "Lia, Karis og Nordmann sin"})
    planner = keyed.client()
    pseudonym = planner.post("/v1/people/erase", json={"name": "Åse Nordmann"}).json()["pseudonym"]
    name = f"Lia, Karis og {pseudonym} sin"
    assert planner.get(f"/v1/scenarios/{scenario}").json()["name"] == name
    assert planner.get(f"/v1/runs/{run}/result").json() == {"name": name}


def test_others_write_while_an_erasure_is_worked_out(keyed: Keyed, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes meanwhile is erased, too."""
    scenario = uploaded(keyed)
    planner, plan = keyed.client(), erasing.planned
    meanwhile: list[int] = []

    def slow(*told: Any) -> Any:
        found = plan(*told)
        if not meanwhile:
            headers = YAML | {"If-Match": "*"}
            again = planner.put(f"/v1/scenarios/{scenario}", content=THEIRS + "# mer\n", headers=headers)
            meanwhile.append(again.status_code)
        return found

    monkeypatch.setattr(erasing, "planned", slow)
    assert planner.post("/v1/people/erase", json={"name": NAME}).status_code == 200
    assert meanwhile == [200]
    assert [form for form in FORMS if form in everything(keyed.database)] == []


def test_an_erasure_that_others_go_on_disturbing_says_so(
    keyed: Keyed, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded(keyed)
    monkeypatch.setattr(erasing, "is_still_so", lambda *_told: False)
    answer = keyed.client().post("/v1/people/erase", json={"name": NAME})
    assert (answer.status_code, answer.json()["code"]) == (409, "changed-meanwhile")
