"""Everything a service can be told, in one class: environment variables `TURNUS_…`, or the command line."""

from __future__ import annotations

import re
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

#: What a municipality can be called in keys, tokens and settings.
TENANT_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
Words = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """How the service runs; the table in the README is made from this class."""

    model_config = SettingsConfigDict(env_prefix="TURNUS_", frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address to listen on; others than loopback need keys.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    data_dir: Path = Field(Path("turnus-data"), description="Folder for the databases when SQLite is used.")
    database_url: str | None = Field(
        None,
        description="PostgreSQL for many workers: postgresql://user:password@host/name. Otherwise SQLite.",
    )
    access: Literal["local", "keys"] = Field(
        "local", description="`local`: one user, no keys, loopback only. `keys`: API keys and OpenID Connect."
    )
    workers: int = Field(1, ge=0, le=64, description="Jobs that this process runs side by side; 0 for none.")
    solver_threads: int = Field(2, ge=1, le=64, description="Threads of each solve.")
    max_body_bytes: int = Field(2_000_000, ge=1_000, description="Largest body of a request, in bytes.")
    max_people: int = Field(500, ge=1, description="Most people in a scenario.")
    max_weeks: int = Field(53, ge=1, description="Most weeks in a scenario.")
    max_pending_runs: int = Field(100, ge=1, description="Most unfinished runs for each tenant.")
    max_run_seconds: float = Field(3_600, gt=0, description="Most seconds that a run may ask for.")
    default_run_seconds: float = Field(60, gt=0, description="Seconds of a run that does not say.")
    sync_seconds: float = Field(30, gt=0, description="Most seconds for an audit or a comparison.")
    lease_seconds: float = Field(10, ge=1, description="After this silence a worker's jobs go to others.")
    poll_seconds: float = Field(0.25, gt=0, description="How often queue and events are looked at.")
    retention_days: int | None = Field(None, ge=1, description="Finished runs older than this are deleted.")
    webhook_secret: SecretStr | None = Field(None, description="Secret that signs webhooks (HMAC-SHA256).")
    webhook_private_targets: bool = Field(
        False, description="Whether webhooks may go to loopback and private addresses."
    )
    webhook_attempts: int = Field(6, ge=1, le=20, description="Tries for each webhook, with growing pauses.")
    oidc_issuers: Words = Field(
        (),
        description="OpenID Connect issuers whose tokens are accepted, by comma; `tenant=https://…` binds "
        "one to its municipality.",
    )
    oidc_audience: str = Field("turnus", description="Audience that such a token must be for.")
    oidc_tenant_claim: str = Field("tenant", description="Claim that names the municipality.")
    oidc_unit_claim: str = Field("unit", description="Claim that names the unit; all of them without it.")
    oidc_role_claim: str = Field("role", description="Claim that holds planner, union or admin.")
    metrics_public: bool = Field(False, description="Whether /metrics answers everybody.")
    metrics_key: SecretStr | None = Field(
        None, description="Secret with which the operator reads /metrics where there are keys, as a bearer."
    )
    language: Literal["nb", "nn", "en"] = Field("nb", description="Language where a request names none.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")

    @field_validator("oidc_issuers", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        if isinstance(given, str):
            return tuple(word.strip() for word in given.split(",") if word.strip())
        return given

    @field_validator("oidc_issuers")
    @classmethod
    def _safe(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        issuers = [issuer_parts(one)[1] for one in given]
        for one in given:
            tenant, issuer = issuer_parts(one)
            if issuers.count(issuer) > 1:
                raise ValueError(f"expected each issuer once, found {issuer!r} again")
            if tenant is not None and not re.fullmatch(TENANT_PATTERN, tenant):
                raise ValueError(f"expected a municipality such as bergen, found {tenant!r}")
            address = urlsplit(issuer)
            if address.scheme != "https" and not (address.scheme == "http" and is_loopback(address.hostname)):
                raise ValueError(f"expected https://…, found {one!r}")
        return given

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, given: str | None) -> str | None:
        try:
            known = given is None or make_url(given).get_backend_name() in ("postgresql", "sqlite")
        except ArgumentError:
            known = False
        if not known:
            raise ValueError("expected postgresql://… or sqlite:///…")
        return given

    @cached_property
    def store_url(self) -> str:
        """Return where rows are kept, as SQLAlchemy writes it."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir.resolve() / 'turnus.sqlite'}"
        url = make_url(self.database_url)
        driver = "postgresql+psycopg" if url.get_backend_name() == "postgresql" else "sqlite"
        return url.set(drivername=driver).render_as_string(hide_password=False)

    @cached_property
    def queue_url(self) -> str:
        """Return where jobs are kept: a file beside the rows, or the same PostgreSQL, own schema."""
        url = make_url(self.store_url)
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql").render_as_string(hide_password=False)
        path = Path(url.database or "turnus.sqlite")
        return f"sqlite:///{path.with_name(path.stem + '-jobs.sqlite')}"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service."""
        return is_loopback(self.host)


def issuer_parts(given: str) -> tuple[str | None, str]:
    """Return the municipality that an issuer is bound to, if it is, and the issuer: `tenant=https://…`."""
    tenant, _sign, issuer = given.partition("=")
    return (None, given) if "://" in tenant or not issuer else (tenant, issuer)


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine and reached from nowhere else."""
    if host is None or host == "localhost":
        return host is not None
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def settings_table() -> str:
    """Return every setting as a Markdown table: variable, what it is for, and its value unless told."""
    rows = ["| Variable | Meaning | Unless told |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        told = "–" if default in (None, ()) else f"`{default}`"
        rows.append(f"| `TURNUS_{name.upper()}` | {field.description} | {told} |")
    return "\n".join(rows)
