"""Listeners: each hears every event of its run once, whenever it comes, and the rest goes on without it."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import update

from api.jobs import hub as hubs
from api.jobs.hub import Hub, Told
from api.settings import Settings
from api.store import Database, Event, Key, Run, Scenario, new_id, now, open_database
from tests.api.keyed import Keyed


@pytest.fixture
def run(database: Database) -> str:
    return _run(database)


def _run(database: Database) -> str:
    scenario = Scenario(id=new_id("scn"), tenant_id="local", unit="", name="x", revision=1, created_by="test")
    found = Run(
        id=new_id("run"), tenant_id="local", scenario_id=scenario.id, revision=1, kind="solve", options={},
        language="nb", state="running", goals=[], created_by="test",
    )  # fmt: skip
    with database.writing() as session:
        session.add(scenario)
        session.flush()
        session.add(found)
    return found.id


def tell(
    database: Database, run_id: str, value: int, *, last: bool = False, number: int | None = None
) -> None:
    data = {"state": "finished"} if last else {"value": value}
    with database.writing() as session:
        session.add(Event(id=number, run_id=run_id, kind="state" if last else "progress", data=data))


async def heard(hub: Hub, run_id: str, after: int = 0, *, until: int = 10_000) -> list[Told]:
    found = []
    async for one in hub.events(run_id, after):
        if one is not None:
            found.append(one)
        if len(found) >= until:
            break
    return found


def values(told: list[Told]) -> list[int | None]:
    return [one.data.get("value") for one in told]


def with_hub(database: Database, work: Callable[[Hub], Awaitable[None]]) -> None:
    async def go() -> None:
        hub = Hub(database, 0.02)
        try:
            await asyncio.wait_for(work(hub), 60)
        finally:
            await hub.close()
        assert hub.listening == 0

    asyncio.run(go())


def test_old_and_new_events_are_heard_once_each(database: Database, run: str) -> None:
    async def work(hub: Hub) -> None:
        tell(database, run, 1)
        tell(database, run, 2)
        listening = [asyncio.create_task(heard(hub, run)) for _listener in range(3)]
        await asyncio.sleep(0.2)
        for value in (3, 4):
            await asyncio.to_thread(tell, database, run, value)
        await asyncio.to_thread(tell, database, run, 5, last=True)
        for found in await asyncio.gather(*listening):
            assert values(found) == [1, 2, 3, 4, None]
            assert [one.id for one in found] == sorted(one.id for one in found)

    with_hub(database, work)


def test_a_listener_goes_on_where_it_stopped(database: Database, run: str) -> None:
    async def work(hub: Hub) -> None:
        for value in range(5):
            tell(database, run, value)
        tell(database, run, 9, last=True)
        first = await heard(hub, run, until=3)
        assert values(await heard(hub, run, first[-1].id)) == [3, 4, None]

    with_hub(database, work)


def test_an_event_that_becomes_visible_late_is_heard(database: Database, run: str) -> None:
    async def work(hub: Hub) -> None:
        tell(database, run, 1, number=10)
        listening = asyncio.create_task(heard(hub, run))
        await asyncio.sleep(0.2)
        await asyncio.to_thread(tell, database, run, 3, number=13)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(tell, database, run, 2, number=12)  # committed after the higher one
        await asyncio.sleep(0.2)
        await asyncio.to_thread(tell, database, run, 9, last=True, number=14)
        assert values(await listening) == [1, 3, 2, None]

    with_hub(database, work)


def test_nobody_hears_of_anothers_run(database: Database, run: str) -> None:
    other = _run(database)

    async def work(hub: Hub) -> None:
        listening = asyncio.create_task(heard(hub, run))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(tell, database, other, 7)
        await asyncio.to_thread(tell, database, run, 9, last=True)
        assert {one.run_id for one in await listening} == {run}

    with_hub(database, work)


def test_closing_ends_every_stream(database: Database, run: str) -> None:
    async def work(hub: Hub) -> None:
        listening = asyncio.create_task(heard(hub, run))
        await asyncio.sleep(0.1)
        await hub.close()
        assert await listening == []

    with_hub(database, work)


def test_a_stream_ends_when_its_key_is_revoked(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is not finished: nothing else ends the stream."""
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 0.05)
    keyed = Keyed.of(settings, database)
    run, answers = _run(database), list[int]()
    with keyed.client("local") as client:
        listening = threading.Thread(
            target=lambda: answers.append(client.get(f"/v1/runs/{run}/events").status_code), daemon=True
        )
        listening.start()
        while listening.is_alive() and not keyed.app.state.hub.listening:
            time.sleep(0.01)
        listening.join(0.5)
        assert listening.is_alive()
        with database.writing() as session:
            session.execute(update(Key).values(revoked_at=now()))
        listening.join(60)
        assert answers == [200]


def test_a_listener_that_comes_between_two_looks_misses_nothing(settings: Settings, run: str) -> None:
    """Events written between reading the old ones and the first look for new ones are not lost."""
    database = open_database(settings.store_url)

    class Slow(Hub):
        def _highest(self) -> int:
            tell(database, run, 2)
            tell(database, run, 3, last=True)
            return super()._highest()

    async def work() -> list[Told]:
        hub = Slow(database, 0.02)
        found = await asyncio.wait_for(heard(hub, run), 60)
        await hub.close()
        return found

    tell(database, run, 1)
    assert values(asyncio.run(work())) == [1, 2, None]
    database.close()


def test_a_connection_in_use_when_the_database_closes_is_closed_when_it_comes_back(
    settings: Settings,
) -> None:
    database = open_database(settings.store_url)
    driver_error = database.engine.dialect.loaded_dbapi.Error
    with database.reading() as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        database.close()
        driver.execute("SELECT 1")
    with pytest.raises(driver_error):
        driver.execute("SELECT 1")


def test_a_hub_closes_when_its_look_is_over(database: Database, run: str) -> None:
    looks: list[str] = []

    class Slow(Hub):
        def _new(self, after: int, runs: list[str]) -> list[Told]:
            looks.append("begun")
            time.sleep(0.2)
            looks.append("over")
            return super()._new(after, runs)

    async def go() -> None:
        hub = Slow(database, 0.01)
        listener = asyncio.create_task(heard(hub, run))
        while not looks:
            await asyncio.sleep(0.01)
        await hub.close()
        assert looks[-1] == "over"
        await listener

    asyncio.run(asyncio.wait_for(go(), 60))
