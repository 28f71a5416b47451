"""A service that asks for keys, and clients that have them."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.access.keys import ensure_tenant, new_key
from api.app import create_app
from api.settings import Settings
from api.store import Database


@dataclass
class Keyed:
    """The service with `access=keys`; `client(…)` has a key made for it."""

    app: FastAPI
    database: Database

    @classmethod
    def of(cls, settings: Settings, database: Database) -> "Keyed":
        return cls(create_app(settings.model_copy(update={"access": "keys"}), database), database)

    def key(self, tenant: str = "bergen", **more: Any) -> str:
        with self.database.writing() as session:
            ensure_tenant(session, tenant)
            return new_key(session, **({"tenant": tenant, "name": "Kari", "role": "planner"} | more))[1]

    def client(self, tenant: str = "bergen", **more: Any) -> TestClient:
        return self.with_text(self.key(tenant, **more))

    def with_text(self, text: str | None) -> TestClient:
        headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {text}"} if text else {})
        return TestClient(self.app, raise_server_exceptions=False, headers=headers)
