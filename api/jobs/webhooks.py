"""Webhooks: a signed word to whoever asked for it when a run has ended."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import time
from typing import Any

import httpx2
from sqlalchemy import select

from api.jobs.targets import Target, check_target
from api.problems import Problem
from api.settings import Settings
from api.store import UNFINISHED, Database, Delivery, Run, new_id, now

SIGNATURE_HEADER = "X-Turnus-Signature"
_FIRST_PAUSE_SECONDS = 2.0
_PAUSE_GROWS = 3.0
_TIMEOUT_SECONDS = 10.0
_log = logging.getLogger("turnus.webhooks")


def deliver(database: Database, settings: Settings, run_id: str) -> float | None:
    """Try to tell a run's webhook; returns the seconds to wait before the next try, None when it is over."""
    with database.reading() as session:
        run = session.get(Run, run_id)
        if run is None or run.webhook_url is None or run.state in UNFINISHED:
            return None
        known = session.scalars(select(Delivery).where(Delivery.run_id == run_id)).first()
        if known is not None and known.delivered_at is not None:
            return None
        identity = known.id if known is not None else new_id("dlv")
        before = known.attempts if known is not None else 0
    error = _sent(settings, run, identity, run.webhook_url)
    with database.writing() as session:
        if session.get(Run, run_id) is None:
            return None
        session.merge(
            Delivery(
                id=identity, run_id=run_id, attempts=before + 1, last_error=error,
                delivered_at=None if error else now(),
            )
        )  # fmt: skip
    _log.info("webhook", extra={"run_id": run_id, "attempt": before + 1, "error": error})
    if error is None or before + 1 >= settings.webhook_attempts:
        return None
    return _FIRST_PAUSE_SECONDS * _PAUSE_GROWS**before


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return what shows that a body is ours and when it was sent: `t=…,v1=…`, HMAC-SHA256 over `t.body`."""
    told = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={told}"


def _sent(settings: Settings, run: Run, identity: str, url: str) -> str | None:
    """Send it once; returns what went wrong, None when it was received."""
    try:
        target = check_target(url, settings)  # again: the name may lead elsewhere now
        answer = _post(target, *_message(settings, run, identity))
    except Problem as problem:
        return problem.detail[:500]
    except (httpx2.HTTPError, OSError) as error:
        return type(error).__name__
    return None if 200 <= answer.status_code < 300 else f"HTTP {answer.status_code}"


def _message(settings: Settings, run: Run, identity: str) -> tuple[bytes, dict[str, str]]:
    document: dict[str, Any] = {
        "id": identity, "run": run.id, "scenario": run.scenario_id, "kind": run.kind, "state": run.state,
        "status": run.status, "summary": run.summary, "url": f"/v1/runs/{run.id}",
    }  # fmt: skip
    body = json.dumps(document, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "turnus", "X-Turnus-Delivery": identity}
    if settings.webhook_secret is not None:
        secret = settings.webhook_secret.get_secret_value()
        headers[SIGNATURE_HEADER] = signature(secret, int(time.time()), body)
    return body, headers


def _post(target: Target, body: bytes, headers: dict[str, str]) -> httpx2.Response:
    """Post to the address that was checked, whatever the name leads to by now; redirects are not followed."""
    url = httpx2.URL(target.url)
    shown = f"[{target.addresses[0]}]" if ":" in target.addresses[0] else target.addresses[0]
    with httpx2.Client(timeout=_TIMEOUT_SECONDS, trust_env=False) as client:
        return client.post(
            url.copy_with(host=shown, port=target.port),
            content=body,
            headers={**headers, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": target.host},
        )
