"""The service under load and under fire: reads, streams, the way into the queue, and workers that are killed.

`python -m benchmarks.service` starts `turnus serve` on a free port with a database of its own and adds a
line for each measurement to its file; `--database-url` measures with PostgreSQL. Targets, on two cores: 200
reads a second with p99 below 100 ms while one solve runs; from submitting to the worker's start below 0.5 s;
200 open streams of events below 0.5 MB each; a 60 s solve less than 2 % longer by the queue; and 50 runs on
two workers that are killed every few seconds, each finished once.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import httpx2
import typer

from benchmarks.registry import EXAMPLE, RESULTS, ROOT
from turnus.bench.machine import moment
from turnus.bench.records import Record, append, read

FILE = RESULTS / "service.jsonl"
READS_PER_SECOND = 200
READ_SECONDS = 20
STREAMS = 200
SUBMISSIONS = 10
SOLVE_SECONDS = 60
FIRST_SECONDS = 10
KILLED_RUNS = 50
KILL_SECONDS = (3.0, 7.0)  # a worker and a process need some of it to start
LONG = "scenarios/nursing-home-24/scenario.yaml"  # it is polished for as long as it may
_YAML = {"Content-Type": "application/yaml"}
_OVER = ("finished", "failed", "cancelled")


@contextmanager
def service(environment: dict[str, str], **options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address and the process of `turnus serve`."""
    words = [str(Path(sys.executable).parent / "turnus"), "serve", "--port", "0", "--lang", "en"]
    words += [word for name, value in options.items() for word in (f"--{name}", value)]
    process = subprocess.Popen(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        told = (re.search(r"http://[0-9.:]+", line) for line in process.stdout)
        yield next(found[0] for found in told if found), process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def submitted(client: httpx2.Client, scenario: str, **options: Any) -> str:
    """Return the id of a new run of a solve."""
    asked = {"scenario": scenario, "options": options}
    return str(client.post("/v1/runs", json=asked).raise_for_status().json()["id"])


def uploaded(client: httpx2.Client, path: str = EXAMPLE) -> str:
    """Return the id of a scenario."""
    content = (ROOT / path).read_text(encoding="utf-8")
    return str(client.post("/v1/scenarios", content=content, headers=_YAML).raise_for_status().json()["id"])


def waited(client: httpx2.Client, run: str, *states: str, pause: float = 0.02) -> dict[str, Any]:
    """Return a run once it is in one of some states."""
    while True:
        found: dict[str, Any] = client.get(f"/v1/runs/{run}").raise_for_status().json()
        if found["state"] in states:
            return found
        time.sleep(pause)


def reads(url: str) -> Record:
    """Read lists, runs and scenarios at a steady rate while a solve runs."""
    with httpx2.Client(base_url=url, timeout=30) as client:
        scenario = uploaded(client)
        run = submitted(client, scenario, time_seconds=300)
        waited(client, run, "running")
        found = asyncio.run(_steadily(url, scenario, run))
        client.post(f"/v1/runs/{run}/cancel")
        waited(client, run, *_OVER)
    took = sorted(found)
    return {
        "reads": len(took), "failed": READS_PER_SECOND * READ_SECONDS - len(took),
        "asked_per_second": READS_PER_SECOND,
        "p50_ms": round(1000 * statistics.median(took), 1),
        "p99_ms": round(1000 * took[int(0.99 * (len(took) - 1))], 1), "most_ms": round(1000 * took[-1], 1),
    }  # fmt: skip


async def _steadily(url: str, scenario: str, run: str) -> list[float]:
    """Return the seconds of each read, counted from when it was due, so that a stalled service shows."""
    places = ["/v1/runs", f"/v1/runs/{run}", "/v1/scenarios", f"/v1/scenarios/{scenario}"]
    limits = httpx2.Limits(max_connections=64)
    found: list[float] = []
    async with httpx2.AsyncClient(base_url=url, timeout=30, limits=limits) as client:

        async def read(place: str, due: float) -> None:
            try:
                (await client.get(place)).raise_for_status()
            except httpx2.HTTPError:
                return
            found.append(time.perf_counter() - due)

        started, waiting = time.perf_counter(), set()
        for number in range(READS_PER_SECOND * READ_SECONDS):
            due = started + number / READS_PER_SECOND
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(read(places[number % len(places)], due))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
        await asyncio.gather(*waiting)
    return found


def into_the_queue(url: str) -> Record:
    """Submit runs one after another, and take the time until a worker has each."""
    found = []
    with httpx2.Client(base_url=url, timeout=30) as client:
        scenario = uploaded(client)
        for _number in range(SUBMISSIONS):
            run = submitted(client, scenario, time_seconds=300)
            told = waited(client, run, "running")
            found.append(_seconds(told["created_at"], told["started_at"]))
            client.post(f"/v1/runs/{run}/cancel")
            waited(client, run, *_OVER)
    return {"submissions": len(found), "median_seconds": round(statistics.median(found), 3),
            "most_seconds": round(max(found), 3)}  # fmt: skip


def _seconds(before: str, after: str) -> float:
    import datetime as dt

    return (dt.datetime.fromisoformat(after) - dt.datetime.fromisoformat(before)).total_seconds()


def streams(url: str, process: subprocess.Popen[str]) -> Record:
    """Open streams of one run's events and take the memory that each costs the service."""
    with httpx2.Client(base_url=url, timeout=30) as client:
        run = submitted(client, uploaded(client), time_seconds=300)
        waited(client, run, "running")
        time.sleep(3)
        before = _memory_mb(process.pid)
        heard, after = asyncio.run(_listening(url, run, process.pid))
        client.post(f"/v1/runs/{run}/cancel")
        waited(client, run, *_OVER)
    return {"streams": STREAMS, "all_heard": heard, "mb_each": round((after - before) / STREAMS, 3)}


async def _listening(url: str, run: str, pid: int) -> tuple[bool, float]:
    """Return whether every listener heard something new, and the service's memory while all listened."""
    limits = httpx2.Limits(max_connections=STREAMS)
    async with httpx2.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        heard = [0] * STREAMS
        enough = asyncio.Event()

        async def listen(number: int) -> None:
            async with client.stream("GET", f"/v1/runs/{run}/events") as answer:
                async for line in answer.aiter_lines():
                    heard[number] += line.startswith("event: progress")
                    if enough.is_set():
                        return

        tasks = [asyncio.create_task(listen(number)) for number in range(STREAMS)]
        await asyncio.sleep(20)
        memory = _memory_mb(pid)
        enough.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return min(heard) > 0, memory


def _memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def overhead(url: str) -> Record:
    """Take what a solve takes longer in the service than its own seconds: queue, process and storing.

    One solve goes before it, as the very first finds a service that is still loading.
    """
    with httpx2.Client(base_url=url, timeout=30) as client:
        waited(client, submitted(client, uploaded(client), time_seconds=FIRST_SECONDS), *_OVER)
        run = submitted(client, uploaded(client, LONG), time_seconds=SOLVE_SECONDS)
        told = waited(client, run, *_OVER, pause=0.2)
        own = client.get(f"/v1/runs/{run}/result").json()["run"]["seconds"]
    whole = _seconds(told["created_at"], told["finished_at"])
    # What is added is the same however long the solve is, and a ward may be proven before its time is over.
    return {"solve_seconds": round(own, 2), "whole_seconds": round(whole, 2),
            "more_percent": round(100 * (whole - own) / SOLVE_SECONDS, 2)}  # fmt: skip


def under_fire(url: str, environment: dict[str, str]) -> Record:
    """Let two workers work on many runs, kill one of them every few seconds, and count how the runs end."""
    chance = random.Random(1)
    command = [str(Path(sys.executable).parent / "turnus"), "worker"]

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)

    started, kills = time.monotonic(), 0
    with httpx2.Client(base_url=url, timeout=30) as client:
        scenario = uploaded(client)
        runs = [submitted(client, scenario, time_seconds=2) for _number in range(KILLED_RUNS)]
        alive = [start(), start()]
        open_runs = set(runs)
        while open_runs:
            time.sleep(chance.uniform(*KILL_SECONDS))
            victim = alive.pop(chance.randrange(2))
            victim.kill()
            victim.wait()
            kills += 1
            alive.append(start())
            open_runs = {
                one for one in open_runs if client.get(f"/v1/runs/{one}").json()["state"] not in _OVER
            }
        ends = [_endings(client, one) for one in runs]
        attempts = [client.get(f"/v1/runs/{one}").json()["attempt"] for one in runs]
    for process in alive:
        process.terminate()
        process.wait()
    return {
        "runs": len(runs), "kills": kills, "finished_once": sum(one == ["finished"] for one in ends),
        "attempts": sum(attempts), "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip


def _endings(client: httpx2.Client, run: str) -> list[str]:
    """Return every end that a run's listeners were told."""
    import json

    text = client.get(f"/v1/runs/{run}/events").text
    told = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    return [one["state"] for one in told if one.get("state") in _OVER]


def measured(name: str, url: str, process: subprocess.Popen[str], environment: dict[str, str]) -> Record:
    """Return one measurement of a service that has just started."""
    if name == "under fire":
        return under_fire(url, environment)
    if name == "streams":
        return streams(url, process)
    return {"reads": reads, "into the queue": into_the_queue, "overhead": overhead}[name](url)


MEASUREMENTS = ("reads", "into the queue", "streams", "overhead", "under fire")


TARGETS = {
    "reads": f"p99 < 100 ms at {READS_PER_SECOND} reads/s while one solve runs",
    "into the queue": "submit → started < 0.5 s",
    "streams": f"< 0.5 MB each of {STREAMS} open streams",
    "overhead": f"< 2 % of a {SOLVE_SECONDS} s solve",
    "under fire": f"{KILLED_RUNS} runs, two workers, kill -9 every few seconds: each finishes once",
}


def load(file: Path = FILE) -> dict[str, Record]:
    """Return the latest record of each measurement."""
    return {record["run"]: record for record in read(file)}


def rows(found: Mapping[str, Record]) -> list[tuple[str, ...]]:
    """Return the table of the service: target, what was measured, where and how busy the machine was."""
    head = ("measurement", "target", "measured", "met", "load", "machine, date")
    lines = [
        (
            run, TARGETS[run.split(", ")[0]], _told(run, one), "met" if _is_met(run, one) else "**not met**",
            f"{one['load']:g}", f"{one['host']}, {one['date']}",
        )
        for run, one in found.items()
    ]  # fmt: skip
    return [head, *lines] if lines else [head, ("–", "–", "not measured", "–", "–", "–")]


def _told(run: str, one: Record) -> str:
    return {
        "reads": lambda: (
            f"p50 {one['p50_ms']:g} ms, p99 {one['p99_ms']:g} ms over {one['reads']} reads, "
            f"{one['failed']} failed"
        ),
        "into the queue": lambda: f"median {one['median_seconds']:g} s, most {one['most_seconds']:g} s",
        "streams": lambda: f"{one['mb_each']:g} MB each; every listener heard: {one['all_heard']}",
        "overhead": lambda: (
            f"{one['more_percent']:g} % of it ({one['whole_seconds'] - one['solve_seconds']:.2f} s)"
        ),
        "under fire": lambda: (
            f"{one['finished_once']} of {one['runs']} finished once; {one['kills']} kills, "
            f"{one['attempts']} attempts, {one['seconds']:g} s"
        ),
    }[run.split(", ")[0]]()


def _is_met(run: str, one: Record) -> bool:
    return {
        "reads": lambda: one["p99_ms"] < 100 and not one["failed"],
        "into the queue": lambda: one["most_seconds"] < 0.5,
        "streams": lambda: one["mb_each"] < 0.5 and one["all_heard"],
        "overhead": lambda: one["more_percent"] < 2,
        "under fire": lambda: one["finished_once"] == one["runs"],
    }[run.split(", ")[0]]()


def main(
    out: Annotated[Path, typer.Option(help="File to add to.")] = FILE,
    only: Annotated[list[str] | None, typer.Option(help="Only these measurements.")] = None,
    database_url: Annotated[str | None, typer.Option(help="PostgreSQL instead of SQLite.")] = None,
) -> None:
    """Measure each once, on a service of its own."""
    for name in MEASUREMENTS:
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "TURNUS_DATA_DIR": folder, "TURNUS_LEASE_SECONDS": "3"}
            if database_url:
                environment["TURNUS_DATABASE_URL"] = database_url
            at = moment()
            with service(environment, workers="0" if name == "under fire" else "1") as (url, process):
                record = measured(name, url, process, environment)
        database = "PostgreSQL" if database_url else "SQLite"
        append(out, {"run": f"{name}, {database}", **record, **at})
        typer.echo(f"{name}, {database}: {record}")


if __name__ == "__main__":
    typer.run(main)
