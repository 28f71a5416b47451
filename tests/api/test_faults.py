"""What must not go wrong when workers are killed, leave, or hang: no run lost, none finished twice."""

import datetime as dt
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api.jobs.attempt import MOST_CRASHES, Attempt, Superseded, take
from api.jobs.child import Child, Processes
from api.jobs.dbos_queue import APPLICATION_VERSION, QUEUE, DbosQueue
from api.jobs.leases import silent
from api.jobs.submit import submitted
from api.jobs.supervise import seconds_of
from api.jobs.upkeep import Upkeep
from api.jobs.worker import Worker
from api.settings import Settings
from api.store import Artifact, Database, Event, Lease, Revision, Run, Scenario, new_id, now

PATIENCE_SECONDS = 90
WORKER = Path(__file__).with_name("quick_worker.py")
LEASE_SECONDS = 2.0


class Workers:
    """Workers in processes of their own."""

    def __init__(self, settings: Settings) -> None:
        self.environment = {
            **os.environ,
            "TURNUS_DATA_DIR": str(settings.data_dir),
            "TURNUS_LEASE_SECONDS": str(LEASE_SECONDS),
            "TMPDIR": str(settings.data_dir),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        if settings.database_url is not None:
            self.environment["TURNUS_DATABASE_URL"] = settings.database_url
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, str(WORKER)], env=self.environment)
        self.running.append(process)
        return process

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def workers(settings: Settings, queue: DbosQueue) -> Iterator[Workers]:
    del queue  # its tables are there before the first worker comes
    found = Workers(settings)
    yield found
    found.end()


@pytest.fixture
def queue(settings: Settings) -> Iterator[DbosQueue]:
    found = DbosQueue(settings.queue_url)
    yield found
    found.close()


@pytest.fixture
def scenario(database: Database) -> Scenario:
    found = Scenario(id=new_id("scn"), tenant_id="local", unit="", name="x", revision=1, created_by="test")
    with database.writing() as session:
        session.add(found)
        session.flush()
        session.add(
            Revision(
                scenario_id=found.id, number=1, sha256="0" * 64, media_type="application/yaml",
                content="name: x\n", created_by="test",
            )
        )  # fmt: skip
    return found


def put(database: Database, queue: DbosQueue | None, scenario: Scenario, steps: int, **more: Any) -> str:
    with database.writing() as session:
        run = submitted(session, scenario, 1, "solve", {"effort": steps, **more}, "en", "test")
    if queue is not None:
        queue.put(run.id, run.phase, run.attempt)
    return run.id


def run_of(database: Database, run_id: str) -> Run:
    with database.reading() as session:
        return session.get_one(Run, run_id)


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def is_over(database: Database, *runs: str) -> bool:
    return all(run_of(database, one).state in ("finished", "failed", "cancelled") for one in runs)


def endings(database: Database, run_id: str) -> list[str]:
    query = select(Event).where(Event.run_id == run_id, Event.kind == "state").order_by(Event.id)
    with database.reading() as session:
        states = [one.data["state"] for one in session.scalars(query)]
    return [state for state in states if state not in ("queued", "running")]


def kept(database: Database, run_id: str) -> int:
    with database.reading() as session:
        found = session.get(Artifact, (run_id, "best-so-far.csv"))
    return 0 if found is None else int(found.content)


def jobs_at_work(settings: Settings) -> list[int]:
    """Return the processes of jobs, at work or ready, of this test's workers."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            of_this_test = f"TURNUS_DATA_DIR={settings.data_dir}".encode() in place.read_bytes().split(b"\0")
            if of_this_test and b"quick_job" in place.with_name("cmdline").read_bytes():
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


def test_a_killed_worker_loses_no_run_and_another_goes_on(
    database: Database, queue: DbosQueue, workers: Workers, scenario: Scenario
) -> None:
    first, _second = workers.start(), None
    run = put(database, queue, scenario, 150)
    wait_until(lambda: kept(database, run) > 10)
    before = kept(database, run)
    first.kill()
    first.wait()
    workers.start()
    wait_until(lambda: is_over(database, run))
    found = run_of(database, run)
    assert (found.state, found.attempt, found.summary) == ("finished", 2, "150")
    assert endings(database, run) == ["finished"]
    with database.reading() as session:
        values = [
            one.data["value"]
            for one in session.scalars(select(Event).where(Event.run_id == run).order_by(Event.id))
            if one.kind == "progress"
        ]
        assert list(session.scalars(select(Lease.executor))) != []
    assert values[-1] == 0.0
    again = [value for value in values if value > 150 - before]
    assert len(again) <= before, "the second attempt did not begin anew"


def test_a_leaving_worker_gives_its_run_back(
    settings: Settings, database: Database, queue: DbosQueue, workers: Workers, scenario: Scenario
) -> None:
    first = workers.start()
    run = put(database, queue, scenario, 150)
    wait_until(lambda: kept(database, run) > 5)
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE_SECONDS) == 0
    assert run_of(database, run).state == "queued"
    assert jobs_at_work(settings) == []
    with database.reading() as session:
        assert list(session.scalars(select(Lease))) == [], "it has said that it leaves"
    workers.start()
    wait_until(lambda: is_over(database, run))
    assert run_of(database, run).summary == "150"


def test_runs_that_wait_while_a_worker_leaves_are_not_lost(
    database: Database, queue: DbosQueue, workers: Workers, scenario: Scenario
) -> None:
    first = workers.start()
    runs = [put(database, queue, scenario, steps) for steps in (400, 3, 3)]
    wait_until(lambda: kept(database, runs[0]) > 2)
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE_SECONDS) == 0
    workers.start()
    wait_until(lambda: is_over(database, *runs[1:]) or run_of(database, runs[0]).state == "running")
    wait_until(lambda: is_over(database, *runs))
    assert [endings(database, one) for one in runs] == [["finished"]] * 3


@pytest.mark.parametrize("is_away", [False, True])
def test_what_comes_out_of_the_queue_while_a_worker_leaves_goes_back(
    settings: Settings,
    database: Database,
    queue: DbosQueue,
    scenario: Scenario,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_away: bool,
) -> None:
    """A database that is away then leaves the promise, so that the others take over when it is broken."""
    begun, go_on = threading.Event(), threading.Event()

    def too_late(*_asked: Any) -> None:
        begun.set()
        go_on.wait(PATIENCE_SECONDS)

    monkeypatch.setattr("api.jobs.worker.work", too_late)
    monkeypatch.setattr("api.jobs.worker._LEAVE_SECONDS", 0.1)
    worker = Worker(settings, database, queue)
    worker.start()
    run = put(database, queue, scenario, 1)
    assert begun.wait(PATIENCE_SECONDS)
    with monkeypatch.context() as patched:
        if is_away:
            patched.setattr(queue, "take_over", lambda _executor: 1 / 0)
        worker.stop()
    with database.reading() as session:
        promises = list(session.scalars(select(Lease.executor)))
    left = queue.take_over(worker.executor)
    go_on.set()
    assert (promises, left) == (([worker.executor], {run}) if is_away else ([], set()))


def test_a_name_that_was_used_for_nothing_is_given_another(
    settings: Settings,
    database: Database,
    queue: DbosQueue,
    scenario: Scenario,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A database that is away as a run is taken ends the work under that name; the run goes on waiting."""
    calls: list[str] = []

    def away_once(*asked: Any) -> None:
        calls.append(asked[3])
        if len(calls) == 1:
            raise OSError("the database is away")
        taken = take(database, asked[3], asked[4], asked[5])
        assert taken is not None
        told = {"status": "optimal", "summary": "in the end", "goals": [], "files": []}
        Attempt(database, taken).finish(told, Path("/nowhere"), 1.0)

    monkeypatch.setattr("api.jobs.worker.work", away_once)
    worker = Worker(settings.model_copy(update={"lease_seconds": 1.0}), database, queue)
    worker.start()
    try:
        run = put(database, queue, scenario, 1)
        wait_until(lambda: is_over(database, run))
    finally:
        worker.stop()
    assert run_of(database, run).summary == "in the end"
    assert calls == [run, run]


def test_a_run_of_a_dead_worker_that_nothing_waits_for_is_put_back(
    settings: Settings, database: Database, queue: DbosQueue, scenario: Scenario
) -> None:
    run = put(database, None, scenario, 1)
    assert take(database, run, "run", "gone:1:a") is not None
    with database.writing() as session:
        session.add(Lease(executor="gone:1:a", until=now() - dt.timedelta(seconds=1)))
    Upkeep(settings, database, queue, "here:1:b", set()).once()
    assert (run_of(database, run).state, run_of(database, run).executor) == ("queued", None)


def test_a_sweep_that_was_cancelled_meanwhile_is_not_divided(database: Database, scenario: Scenario) -> None:
    run = put(database, None, scenario, 5)
    taken = take(database, run, "run", "a:1:x")
    assert taken is not None
    with database.writing() as session:
        session.get_one(Run, run).wanted = "cancel"
    Attempt(database, taken).divide([{"title": "a part", "options": {}}], 1.0)
    assert run_of(database, run).state == "cancelled"
    with database.reading() as session:
        assert list(session.scalars(select(Run).where(Run.parent_id == run))) == []


def test_seconds_for_each_search_are_the_same_however_often_a_sweep_is_taken_up(
    settings: Settings, database: Database, scenario: Scenario
) -> None:
    """The whole's questions are those that its parts have answered only when their limits are the same."""
    for kind, second in (("solve", 20.0), ("frontier", 60.0)):
        run = put(database, None, scenario, 5)
        with database.writing() as session:
            row = session.get_one(Run, run)
            row.kind, row.options, row.spent_seconds = kind, {"time_seconds": 60}, 40.0
        taken = take(database, run, "run", "a:1:x")
        assert taken is not None
        assert seconds_of(taken, settings) == second


def test_runs_survive_workers_that_are_killed_again_and_again(
    database: Database, queue: DbosQueue, workers: Workers, scenario: Scenario
) -> None:
    chance = random.Random(1)
    runs = [put(database, queue, scenario, 40) for _number in range(6)]
    alive = [workers.start(), workers.start()]
    for _kill in range(3):
        wait_until(
            lambda: any(run_of(database, one).state == "running" for one in runs) or is_over(database, *runs)
        )
        time.sleep(chance.uniform(0.2, 1.0))
        victim = alive.pop(chance.randrange(2))
        victim.kill()
        victim.wait()
        alive.append(workers.start())
    wait_until(lambda: is_over(database, *runs))
    assert [endings(database, one) for one in runs] == [["finished"]] * 6
    assert {run_of(database, one).summary for one in runs} == {"40"}


def test_the_row_is_enough_when_the_queue_was_not_reached(
    database: Database, workers: Workers, scenario: Scenario
) -> None:
    run = put(database, None, scenario, 2)
    workers.start()
    wait_until(lambda: is_over(database, run))
    assert run_of(database, run).state == "finished"


def test_a_process_that_always_breaks_down_is_given_up(
    database: Database, queue: DbosQueue, workers: Workers, scenario: Scenario
) -> None:
    run = put(database, queue, scenario, 666)
    workers.start()
    wait_until(lambda: is_over(database, run))
    found = run_of(database, run)
    assert (found.state, found.attempt) == ("failed", MOST_CRASHES)
    assert found.problem is not None
    assert found.problem["code"] == "crashed"


def test_a_worker_that_was_given_up_writes_nothing(database: Database, scenario: Scenario) -> None:
    run = put(database, None, scenario, 5)
    old = take(database, run, "run", "a:1:x")
    new = take(database, run, "run", "b:2:y")
    assert old is not None
    assert new is not None
    late = Attempt(database, old)
    told = {"status": "optimal", "summary": "late", "goals": [], "files": []}
    for writing in (
        lambda: late.note(1.0),
        lambda: late.keep(b"late"),
        lambda: late.finish(told, Path("/nowhere"), 1.0),
        lambda: late.fail({}, 1.0),
        lambda: late.give_back(1.0),
        lambda: late.divide([], 1.0),
        lambda: late.keep_answers({"a": b"b"}),
        lambda: late.cancel(1.0),
    ):
        with pytest.raises(Superseded):
            writing()
    Attempt(database, new).finish(told | {"summary": "new"}, Path("/nowhere"), 1.0)
    assert run_of(database, run).summary == "new"
    assert take(database, run, "run", "c:3:z") is None, "what is finished is not taken again"


def test_time_used_is_not_given_twice(database: Database, scenario: Scenario) -> None:
    run = put(database, None, scenario, 5)
    first = take(database, run, "run", "a:1:x")
    assert first is not None
    Attempt(database, first).note(41.5)
    second = take(database, run, "run", "a:1:x")
    assert second is not None
    assert second.spent_seconds == 41.5


def test_a_dead_worker_is_taken_over_once_and_into_our_queue(
    database: Database, queue: DbosQueue, workers: Workers, scenario: Scenario
) -> None:
    """What a dead worker held waits for ever otherwise: the queue's library recovers only the same name."""
    first = workers.start()
    run = put(database, queue, scenario, 500)
    wait_until(lambda: kept(database, run) > 2)
    executor = run_of(database, run).executor
    assert executor is not None
    first.kill()
    first.wait()
    assert queue.take_over(executor) == {run}
    assert queue.take_over(executor) == set(), "it is nobody's any more"
    waiting = queue._client.list_workflows(status="ENQUEUED")  # noqa: SLF001
    assert [(one.queue_name, one.app_version) for one in waiting] == [(QUEUE, APPLICATION_VERSION)]


def test_no_process_outlives_its_worker(
    settings: Settings, database: Database, queue: DbosQueue, workers: Workers, scenario: Scenario
) -> None:
    first = workers.start()
    run = put(database, queue, scenario, 5000)
    wait_until(lambda: kept(database, run) > 2)
    assert len(jobs_at_work(settings)) == 2, "the run's, and one ready for the next"
    first.kill()
    first.wait()
    wait_until(lambda: jobs_at_work(settings) == [])


def test_the_next_process_is_ready_and_one_that_died_is_replaced() -> None:
    processes = Processes()
    processes.prepare()
    ready = processes.spare
    assert ready is not None
    taken = processes.take()
    assert taken is ready
    following = processes.spare
    assert following is not None
    assert following is not ready
    assert following.is_alive
    following.end()
    replaced = processes.take()
    assert replaced is not following
    assert replaced.is_alive
    last = processes.spare
    assert last is not None
    processes.close()
    assert not last.is_alive
    processes.prepare()
    assert processes.spare is None, "nothing is left behind after the end"
    for one in (taken, replaced):
        one.end()


def test_a_run_has_its_process_when_none_can_be_started_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = Processes()
    processes.prepare()
    ready = processes.spare

    def none_left() -> Child:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr("api.jobs.child.Child", none_left)
    taken = processes.take()
    assert taken is ready
    assert processes.spare is None
    taken.end()


def test_a_process_that_no_run_takes_ends_with_its_worker() -> None:
    ready = Child()
    assert ready.process.stdin is not None
    ready.process.stdin.close()
    assert ready.process.wait(PATIENCE_SECONDS) == 0
    ready.end()


def test_last_words_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    words = "import sys; sys.stdin.readline(); print('no memory', file=sys.stderr); sys.exit(7)"
    monkeypatch.setattr("api.jobs.child.COMMAND", [sys.executable, "-c", words])
    child = Child()
    child.begin(tmp_path)
    while not child.ended:
        child.wait_for_line(0.1)
    assert child.process.wait(PATIENCE_SECONDS) == 7
    assert child.end() == 7
    assert child.last_words == "no memory\n"


def test_a_real_job_ends_when_nobody_listens(tmp_path: Path) -> None:
    from tests.api.units import long_unit

    (tmp_path / "scenario.yaml").write_text(json.dumps(long_unit()))
    asked = {"kind": "solve", "phase": "run", "options": {}, "seconds": 600, "threads": 1, "language": "en"}
    (tmp_path / "job.json").write_text(json.dumps(asked))
    command = [sys.executable, "-m", "turnus.jobs"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(f"{tmp_path}\n".encode())
        process.stdin.flush()
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line).get("phase") == "rota":
                break
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE_SECONDS) == 3


def test_a_lease_past_its_promise_is_silent(database: Database) -> None:
    late, soon = now() - dt.timedelta(seconds=1), now() + dt.timedelta(seconds=60)
    mine, gone = f"{socket.gethostname()}:{os.getpid()}:a", f"{socket.gethostname()}:{2**22 + 1}:a"
    with database.writing() as session:
        for executor, until in (("other:1:a", late), ("other:2:a", soon), (mine, soon), (gone, soon)):
            session.add(Lease(executor=executor, until=until))
        session.flush()
        assert {one.executor for one in silent(session)} == {"other:1:a", gone}
