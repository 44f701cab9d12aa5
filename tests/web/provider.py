"""An identity provider on loopback that signs everybody in as one person: enough of OpenID Connect for a whole sign-in."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey


@contextmanager
def provider(client: str, email: str) -> Iterator[str]:
    """The provider's address."""
    key = RSAKey.generate_key(2048, auto_kid=True)
    nonces: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            if asked.path.endswith("/openid-configuration"):
                self._json(
                    {
                        "issuer": address,
                        "authorization_endpoint": f"{address}/authorize",
                        "token_endpoint": f"{address}/token",
                        "jwks_uri": f"{address}/keys",
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )
            elif asked.path == "/keys":
                self._json({"keys": [key.as_dict(private=False)]})
            else:
                assert query["code_challenge_method"] == "S256"
                nonces["code"] = query["nonce"]
                self.send_response(302)
                self.send_header(
                    "location", f"{query['redirect_uri']}?{urlencode({'code': 'code', 'state': query['state']})}"
                )
                self.end_headers()

        def do_POST(self) -> None:
            given = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            assert given["code"] == ["code"] and "code_verifier" in given
            now = int(time.time())
            claims = {
                "iss": address,
                "aud": client,
                "sub": "7",
                "email": email,
                "nonce": nonces["code"],
                "iat": now,
                "exp": now + 60,
            }
            token = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
            self._json({"access_token": "x", "token_type": "Bearer", "id_token": token})

        def _json(self, value: Any) -> None:
            body = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
