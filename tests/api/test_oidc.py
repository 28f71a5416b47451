"""Tokens of OpenID Connect: only those of a named issuer, for this service, that say enough."""

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi.testclient import TestClient
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from pydantic import ValidationError

from api.access import oidc
from api.access.key_gate import KeyGate
from api.access.keys import ensure_tenant
from api.access.oidc import Tokens, fetched
from api.app import create_app
from api.settings import Settings
from api.store import Database

ISSUER = "https://sign-in.example"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
SECRET = "a secret that the issuer should never have published"
Make = Callable[..., str]


class FakeIssuer:
    """Stands in for the network: publishes keys, counts how often they are asked for."""

    def __init__(self, url: str = ISSUER) -> None:
        self.url, self.calls_itself, self.asked, self.down = url, url, 0, False
        self.keys: list[dict[str, Any]] = [
            RSAAlgorithm.to_jwk(RSA.public_key(), as_dict=True) | {"kid": "rsa", "use": "sig"},
            ECAlgorithm.to_jwk(EC.public_key(), as_dict=True) | {"kid": "ec"},
            OKPAlgorithm.to_jwk(ED.public_key(), as_dict=True) | {"kid": "ed"},
            RSAAlgorithm.to_jwk(OTHER.public_key(), as_dict=True) | {"kid": "enc", "use": "enc"},
            {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"},
            {"kty": "strange"},
        ]

    def __call__(self, url: str) -> Any:
        if self.down:
            raise ValueError("no route")
        if url.endswith("/.well-known/openid-configuration"):
            return {"issuer": self.calls_itself, "jwks_uri": f"{self.url}/keys"}
        self.asked += 1
        return {"keys": self.keys}


def token(key: Any = RSA, alg: str = "RS256", kid: str | None = "rsa", **claims: Any) -> str:
    said = {
        "iss": ISSUER, "aud": "turnus", "sub": "kari", "exp": time.time() + 60, "tenant": "bergen",
        "role": "planner",
    }  # fmt: skip
    said = {name: value for name, value in (said | claims).items() if value is not None}
    return jwt.encode(said, key, alg, headers={"kid": kid} if kid else None)


@pytest.fixture
def issuer() -> FakeIssuer:
    return FakeIssuer()


@pytest.fixture
def served(settings: Settings, database: Database, issuer: FakeIssuer) -> Callable[..., Callable[[str], Any]]:
    """Return a function that makes a service for issuers, and returns what asks it with a token."""

    def service(*issuers: str) -> Callable[[str], Any]:
        with database.writing() as session:
            ensure_tenant(session, "bergen")
        told = {"access": "keys", "oidc_issuers": issuers or (ISSUER,)}
        chosen = settings.model_copy(update=told)
        app = create_app(chosen, database, KeyGate(database, Tokens(chosen, issuer)))
        client = TestClient(app, raise_server_exceptions=False)
        return lambda text: client.get("/v1/scenarios", headers={"Authorization": f"Bearer {text}"})

    return service


@pytest.mark.parametrize(
    ("key", "alg", "kid"), [(RSA, "RS256", "rsa"), (EC, "ES256", "ec"), (ED, "EdDSA", "ed")]
)
def test_a_token_of_a_named_issuer_opens(served: Any, key: Any, alg: str, kid: str) -> None:
    assert served()(token(key, alg, kid)).status_code == 200


def forged() -> dict[str, str]:
    public = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    shared = jwt.api_jws.PyJWS()
    said = jwt.decode(token(role="admin"), options={"verify_signature": False})
    body = json.dumps(said).encode()
    return {
        "another issuer": token(iss="https://evil.example"),
        "no issuer": token(iss=None),
        "issuer with a slash": token(iss=ISSUER + "/"),
        "another audience": token(aud="payroll"),
        "no audience": token(aud=None),
        "expired": token(exp=time.time() - 3600),
        "never expires": token(exp=None),
        "not yet": token(nbf=time.time() + 3600),
        "nobody": token(sub=None),
        "unknown key id": token(kid="other"),
        "no key id": token(kid=None),
        "another key": token(OTHER),
        "a key for encryption": token(OTHER, kid="enc"),
        "another algorithm of the same key": token(RSA, "RS512"),
        "alg none": jwt.encode(said, "", "none", headers={"kid": "rsa"}),
        "HS256 with the public key": _hs256(body, public, "rsa"),
        "HS256 with a published secret": shared.encode(body, b"secret", "HS256", {"kid": "shared"}),
        "changed": token().replace(".ey", ".ez", 1),
        "not base64": "a.b.c",
        "empty": "..",
        "not JSON": "eyJ.eyJ.eyJ",
    }  # fmt: skip


def _hs256(body: bytes, secret: bytes, kid: str) -> str:
    """Sign with a public key as the shared secret, which PyJWT itself refuses to do."""
    import base64
    import hashlib
    import hmac

    def part(raw: bytes) -> bytes:
        return base64.urlsafe_b64encode(raw).rstrip(b"=")

    head = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": kid}).encode()) + b"." + part(body)
    return (head + b"." + part(hmac.new(secret, head, hashlib.sha256).digest())).decode()


@pytest.mark.filterwarnings("ignore:.*HMAC key")
def test_no_forged_or_foreign_token_opens(served: Any) -> None:
    ask = served()
    for name, text in forged().items():
        answer = ask(text)
        assert (name, answer.status_code) == (name, 401)
        assert "invalid_token" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    "claims",
    [
        {"tenant": None}, {"tenant": ""}, {"tenant": ["bergen"]}, {"tenant": "ber\x00gen"},
        {"tenant": "unknown"}, {"role": None}, {"role": "boss"}, {"role": ["planner", "admin"]},
        {"unit": ""}, {"unit": 7}, {"unit": "a\x00"},
    ],
)  # fmt: skip
def test_a_token_that_says_too_little_opens_nothing(served: Any, claims: dict[str, Any]) -> None:
    answer = served()(token(**claims))
    assert answer.status_code == 403
    assert answer.json()["code"] in ("claims-missing", "tenant-unknown")


def test_a_token_says_role_and_unit(settings: Settings, issuer: FakeIssuer) -> None:
    tokens = Tokens(settings.model_copy(update={"oidc_issuers": (ISSUER,)}), issuer)
    caller = tokens.caller(token(role=["union", "something else"], unit="nord", sub="a\x00b"))
    assert (caller.tenant, caller.unit, caller.role, caller.who) == ("bergen", "nord", "union", "oidc:a?b")
    assert not caller.may("write")
    named = settings.model_copy(update={"oidc_issuers": (ISSUER,), "oidc_tenant_claim": "kommune"})
    assert Tokens(named, issuer).caller(token(kommune="oslo", tenant=None)).tenant == "oslo"


def test_an_issuer_bound_to_a_municipality_speaks_for_no_other(served: Any) -> None:
    ask = served(f"bergen={ISSUER}")
    assert ask(token()).status_code == 200
    assert ask(token(tenant=None)).status_code == 200
    assert ask(token(tenant="local")).status_code == 403


def test_made_up_key_ids_do_not_make_the_issuer_be_asked_again_and_again(
    served: Any, issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = served()
    for number in range(5):
        assert ask(token(kid=f"made up {number}")).status_code == 401
    assert issuer.asked == 1
    monkeypatch.setattr(oidc, "_PAUSE_SECONDS", 0)
    issuer.keys = [RSAAlgorithm.to_jwk(OTHER.public_key(), as_dict=True) | {"kid": "new"}]
    assert ask(token(OTHER, kid="new")).status_code == 200
    assert ask(token()).status_code == 401


def test_an_issuer_that_is_down_is_told_and_its_kept_keys_stay_good(
    served: Any, issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer.down = True
    ask = served()
    for _time in range(2):
        answer = ask(token())
        assert (answer.status_code, answer.json()["code"]) == (503, "issuer-unreachable")
    issuer.down = False
    monkeypatch.setattr(oidc, "_PAUSE_SECONDS", 0)
    assert ask(token()).status_code == 200
    issuer.down = True
    monkeypatch.setattr(oidc, "_KEYS_KEPT_SECONDS", 0)
    assert ask(token()).status_code == 200


def test_a_key_that_the_issuer_has_withdrawn_is_not_good_for_long(
    served: Any, issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = served()
    assert ask(token()).status_code == 200
    issuer.keys = [RSAAlgorithm.to_jwk(OTHER.public_key(), as_dict=True) | {"kid": "new"}]
    assert ask(token()).status_code == 200
    monkeypatch.setattr(oidc, "_PAUSE_SECONDS", -1)
    assert ask(token()).status_code == 200
    monkeypatch.setattr(oidc, "_KEYS_KEPT_SECONDS", -1)
    assert ask(token()).status_code == 401


@pytest.mark.parametrize("name", ["https://evil.example", ISSUER + "/", ""])
def test_an_issuer_that_calls_itself_otherwise_signs_nothing(
    served: Any, issuer: FakeIssuer, name: str
) -> None:
    issuer.calls_itself = name
    answer = served()(token())
    assert (answer.status_code, answer.json()["code"]) == (503, "issuer-unreachable")


@pytest.mark.parametrize(
    ("claim", "seconds", "status"),
    [
        ("exp", -29, 200),
        ("exp", -31, 401),
        ("nbf", 29, 200),
        ("nbf", 31, 401),
        ("iat", 29, 200),
        ("iat", 31, 401),
    ],
)
def test_clocks_may_differ_by_half_a_minute(
    served: Any, monkeypatch: pytest.MonkeyPatch, claim: str, seconds: int, status: int
) -> None:
    at = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)

    class Stopped(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Stopped":
            return cls.fromtimestamp(at.timestamp(), tz)

    monkeypatch.setattr("jwt.api_jwt.datetime", Stopped)
    claims: dict[str, Any] = {"exp": at.timestamp() + 600, claim: at.timestamp() + seconds}
    assert served()(token(**claims)).status_code == status


@pytest.fixture
def web() -> Iterator[tuple[str, dict[str, tuple[int, bytes]]]]:
    """A small server of this machine and what it answers."""
    pages: dict[str, tuple[int, bytes]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = pages[self.path]
            self.send_response(status)
            self.send_header("Location", "/keys")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_told: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    thread.join()
    server.server_close()


def test_keys_are_fetched_over_the_network(settings: Settings, web: Any) -> None:
    url, pages = web
    about = {"issuer": url, "jwks_uri": f"{url}/keys"}
    pages["/.well-known/openid-configuration"] = (200, json.dumps(about).encode())
    pages["/keys"] = (200, json.dumps({"keys": FakeIssuer(url).keys}).encode())
    tokens = Tokens(settings.model_copy(update={"oidc_issuers": (url,)}))
    assert tokens.caller(token(iss=url)).tenant == "bergen"


def test_what_is_fetched_is_neither_elsewhere_nor_large(web: Any) -> None:
    url, pages = web
    pages |= {"/keys": (200, b"{}"), "/moved": (302, b""), "/large": (200, b"[" + b" " * 300_000 + b"]")}
    assert fetched(f"{url}/keys") == {}
    with pytest.raises(httpx2.HTTPError):
        fetched(f"{url}/moved")
    with pytest.raises(ValueError, match="too large"):
        fetched(f"{url}/large")
    with pytest.raises(ValueError, match="not https"):
        fetched("http://sign-in.example/keys")
    with pytest.raises(ValueError, match="not https"):
        fetched("file:///etc/passwd")


def test_an_issuer_without_encryption_is_refused_in_the_settings() -> None:
    with pytest.raises(ValidationError, match="expected https"):
        Settings(oidc_issuers="http://sign-in.example")
    assert Settings(oidc_issuers="bergen=https://a.example/x?y=z, http://127.0.0.1:1").oidc_issuers
