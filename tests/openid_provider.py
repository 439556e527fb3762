"""An OpenID provider that runs: discovery, keys, authorize, token, userinfo; and every way to be wrong.

It serves an institution (``issuer``: OpenID Connect Core 1.0, PKCE, nonce) and stands in for ClaveÚnica
(``clave_unica_url``: what FACTS 4.6 says of it). Whoever comes to authorize is let in at once.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from lms.lib import clock

CLIENT_ID, CLIENT_SECRET = "aula", "secreto-de-prueba"
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _number in range(2))
KEY_ID = "clave-1"

ANA = {
    "sub": "ana-1",
    "given_name": "Ana",
    "family_name": "Ñanco",
    "email": "ana@salud.example",
    "email_verified": True,
}
CLAVE_UNICA_ANA = {
    "sub": "2",
    "RolUnico": {"numero": 44444444, "DV": "4", "tipo": "RUN"},
    "name": {
        "nombres": ["María", "del Carmen", "de los Ángeles"],
        "apellidos": ["De las Rosas", "Rodríguez"],
    },
}


@dataclass
class Behaviour:
    """What the provider says, and what is wrong with it. The defaults are right.

    ``claims`` replaces claims of the ID token; a value of None leaves the claim out. ``signed``:
    ``right``, ``other_key``, ``none`` or ``public_key_as_secret``. ``answers``: ``(status, body)``
    instead of the right answer, by path. ``silent``: paths that never answer.
    """

    profile: dict[str, Any] = field(default_factory=lambda: dict(ANA))
    clave_unica: dict[str, Any] = field(default_factory=lambda: dict(CLAVE_UNICA_ANA))
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    signed: str = "right"
    error: str = ""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    method: str
    path: str
    data: dict[str, str]
    headers: dict[str, str]


class Provider(ThreadingHTTPServer):
    """``behaviour`` may be changed at any time; ``asked`` lists what came in."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.clave_unica_url = f"{self.issuer}/openid"
        self.behaviour = Behaviour()
        self.asked: list[Asked] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.is_closing = threading.Event()

    def asked_at(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def environment(self, **more: str) -> dict[str, str]:
        """What configures the platform for it."""
        return {
            "OIDC_SALUD_ISSUER": self.issuer,
            "OIDC_SALUD_CLIENT_ID": CLIENT_ID,
            "OIDC_SALUD_CLIENT_SECRET": CLIENT_SECRET,
            "OIDC_SALUD_LABEL": "Servicio de Salud",
            "OIDC_SALUD_DOMAINS": "salud.example",
            "CLAVE_UNICA_CLIENT_ID": CLIENT_ID,
            "CLAVE_UNICA_CLIENT_SECRET": CLIENT_SECRET,
            "CLAVE_UNICA_URL": self.clave_unica_url,
        } | more

    # --- What it says
    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.behaviour.discovery

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": self.behaviour.profile["sub"],
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
        } | self.behaviour.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": KEY_ID}
        if self.behaviour.signed == "none":
            return jwt.encode(claims, key="", algorithm="none", headers=headers)
        if self.behaviour.signed == "public_key_as_secret":
            return _sign_with_public_key(claims, headers)
        key = OTHER_KEY if self.behaviour.signed == "other_key" else KEY
        return jwt.encode(claims, key=key, algorithm="RS256", headers=headers)


def _sign_with_public_key(claims: dict[str, Any], headers: dict[str, str]) -> str:
    """HS256 with what everybody knows (RFC 8725, 2.1); the library refuses to make such a token."""
    public = KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def part(value: dict[str, Any]) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    signed = part({"alg": "HS256", "typ": "JWT", **headers}) + b"." + part(claims)
    mac = hmac.digest(public, signed, "sha256")
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._answer("GET", dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._answer("POST", dict(parse_qsl(body)))

    def _answer(self, method: str, data: dict[str, str]) -> None:
        provider, path = self.server, urlsplit(self.path).path
        provider.asked.append(Asked(method, path, data, dict(self.headers)))
        if path in provider.behaviour.silent:
            provider.is_closing.wait(20)
            return
        if path in provider.behaviour.answers:
            self._send(*provider.behaviour.answers[path])
            return
        paths = {
            ("GET", "/.well-known/openid-configuration"): self._discovery,
            ("GET", "/keys"): self._keys,
            ("GET", "/authorize"): self._authorize,
            ("POST", "/token"): self._token,
            ("GET", "/userinfo"): self._userinfo,
            ("GET", "/openid/authorize/"): self._authorize,
            ("POST", "/openid/token/"): self._clave_unica_token,
            ("POST", "/openid/userinfo/"): self._clave_unica_userinfo,
        }
        if (method, path) in paths:
            paths[(method, path)](data)
        else:
            self._send(405, b"")

    def _discovery(self, data: dict[str, str]) -> None:
        self._say(self.server.describe())

    def _keys(self, data: dict[str, str]) -> None:
        self._say(self.server.keys())

    def _authorize(self, data: dict[str, str]) -> None:
        answer = {"error": self.server.behaviour.error, "state": data["state"]}
        if not self.server.behaviour.error:
            code = f"code-{len(self.server.asked)}"
            self.server.codes[code] = data
            answer = {"code": code, "state": data["state"]}
        self.send_response(302)
        self.send_header("Location", f"{data['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def _token(self, data: dict[str, str]) -> None:
        asked = self._redeem(data)
        if asked is None:
            return
        digest = hashlib.sha256(data.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked.get("code_challenge"):
            self._say({"error": "invalid_grant"}, status=400)
            return
        token = self.server.id_token(asked)
        self._say({"access_token": "llave", "token_type": "Bearer", "id_token": token})

    def _clave_unica_token(self, data: dict[str, str]) -> None:
        asked = self._redeem(data)
        if asked is None:
            return
        if data.get("state") != asked["state"]:
            self._say({"error": "invalid_request"}, status=400)
            return
        self._say({"access_token": "llave", "token_type": "bearer", "expires_in": 3600, "id_token": "x.y.z"})

    def _redeem(self, data: dict[str, str]) -> dict[str, str] | None:
        """What was asked when the code was given; a code serves once, and only to whom it was given."""
        asked = self.server.codes.pop(data.get("code", ""), None)
        secret = (data.get("client_id"), data.get("client_secret"))
        is_right = data.get("grant_type") == "authorization_code" and secret == (CLIENT_ID, CLIENT_SECRET)
        if asked is None or not is_right or asked["redirect_uri"] != data.get("redirect_uri"):
            self._say({"error": "invalid_grant"}, status=400)
            return None
        return asked

    def _userinfo(self, data: dict[str, str]) -> None:
        self._profile(self.server.behaviour.profile | self.server.behaviour.userinfo)

    def _clave_unica_userinfo(self, data: dict[str, str]) -> None:
        self._profile(self.server.behaviour.clave_unica)

    def _profile(self, profile: dict[str, Any]) -> None:
        if self.headers.get("Authorization") != "Bearer llave":
            self._send(401, b"")
            return
        self._say(profile)

    def _say(self, answer: dict[str, Any], *, status: int = 200) -> None:
        self._send(status, json.dumps(answer).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def run_provider() -> Iterator[Provider]:
    """A provider on a free port of 127.0.0.1, until the end of the block."""
    with Provider() as provider:
        thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.is_closing.set()
            provider.shutdown()
            thread.join()
