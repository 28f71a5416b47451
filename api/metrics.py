"""What Prometheus scrapes: requests by route and status, and how many runs and events there are."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.store import Database, Event, Run

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one application."""

    def __init__(self, database: Database) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "turnus_requests", "Requests by route and status.", ("method", "route", "status"),
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "turnus_request_seconds", "Seconds until a request was answered.", ("method", "route"),
            registry=self.registry,
        )  # fmt: skip
        self.registry.register(_Rows(database))
        ProcessCollector(registry=self.registry)


class _Rows(Collector):
    """Counts rows when it is asked."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def describe(self) -> Iterator[Metric]:
        """Say nothing beforehand: the database is asked when somebody scrapes."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Yield how many runs are in each state, and how many events there are."""
        with self.database.reading() as session:
            states = session.execute(select(Run.state, func.count()).group_by(Run.state)).all()
            events = session.scalar(select(func.count()).select_from(Event)) or 0
        runs = GaugeMetricFamily("turnus_runs", "Runs by state.", labels=("state",))
        for state, count in states:
            runs.add_metric([state], count)
        yield runs
        yield GaugeMetricFamily("turnus_events", "Events of all runs.", value=events)


class Measured:
    """Count each request and how long it took, by the template of its route: ids are no labels."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.monotonic(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route = getattr(scope.get("route"), "path", "none")
            self.metrics.requests.labels(method, route, status).inc()
            self.metrics.seconds.labels(method, route).observe(time.monotonic() - started)
