"""A web server and a bucket on loopback, with what the tests put there."""

from __future__ import annotations

import base64
import hashlib
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest


class Site:
    """A web server: path -> content. `fails` counts down answers of 503, `asked` notes each request."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.kinds: dict[str, str] = {}
        self.guarded: dict[str, str] = {}
        self.fails = 0
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self, whole: bool) -> None:
                path = unquote(urlsplit(self.path).path)
                site.asked.append(f"{self.command} {path}")
                if site.fails:
                    site.fails -= 1
                    return self.send_error(503)
                login = self.headers.get("Authorization", "").removeprefix("Basic ")
                if path in site.guarded and base64.b64decode(login).decode() != site.guarded[path]:
                    return self.send_error(401)
                if path not in site.pages:
                    return self.send_error(404)
                data = site.pages[path]
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.send_header("ETag", f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"')
                self.send_header("Content-Type", site.kinds.get(path, "application/octet-stream"))
                self.end_headers()
                if whole:
                    self.wfile.write(data)
                return None

            def do_HEAD(self) -> None:
                self.answer(False)

            def do_GET(self) -> None:
                self.answer(True)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def fetched(self) -> list[str]:
        """The paths that were fetched, each time."""
        return [line.removeprefix("GET ") for line in self.asked if line.startswith("GET ")]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Bucket:
    """An empty bucket "plans" on a server of its own."""

    def __init__(self, endpoint: str) -> None:
        import fsspec

        self.files = fsspec.filesystem(
            "s3", key="test", secret="test", client_kwargs={"endpoint_url": endpoint}, skip_instance_cache=True
        )
        self.files.mkdir("plans")

    def put(self, name: str, data: bytes) -> None:
        self.files.pipe_file(f"plans/{name}", data)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    s3fs = pytest.importorskip("s3fs")
    moto = pytest.importorskip("moto.server")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    with urllib.request.urlopen(f"{endpoint}/moto-api/reset", data=b""):
        pass  # what it keeps outlives the server
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()  # they know the server of the test before
    yield Bucket(endpoint)
    server.stop()
