"""What one machine needs: a Prefect server on loopback with its own home, and the deployments served.

Both are processes of their own, with groups of their own: Ctrl-C in a terminal reaches this process alone, which has
them end in their order. Runs that are under way are cancelled and leave whole plans. What the two write stands in files
beside their home, so that the terminal has only lines for people.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from types import FrameType
from typing import NamedTuple

import msgspec

from flows import home
from pipeline.errors import KehoachError

START_SECONDS = 180.0  # for the server; 10 on an idle machine
STOP_SECONDS = 60.0  # for runs under way to be cancelled
_LOOK_SECONDS = 0.3


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is served: the sources to watch and how often (minutes), and where to publish, at which hour every day."""

    sources: tuple[str, ...] = ()
    every: int = 15
    publish: str | None = None
    hour: int = 5


class Place(NamedTuple):
    """Where the service lives and listens."""

    folder: Path
    port: int = home.PORT

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def pages(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def serve(plan: Plan, place: Place, on_ready: Callable[[], None]) -> None:
    """Runs until it is told to stop (Ctrl-C, SIGTERM). Calls `on_ready` when everything is there.

    Raises KehoachError: serve_running, serve_port, and serve_ended where a process ends that should not.
    """
    _check_free(place)
    place.folder.mkdir(parents=True, exist_ok=True)
    environment = home.environment(place.folder, place.api)
    with _told_to_stop() as stop:
        server = _Process("server", place.folder, _server_command(place), environment)
        deployments: _Process | None = None
        try:
            if not server.waited_for(lambda: home.is_up(place.api), stop):
                return
            home.note(place.folder, home.Serving(place.api, os.getpid()))
            deployments = _Process(
                "deployments", place.folder, [sys.executable, "-m", "flows.deployments"], environment
            )
            deployments.send(msgspec.json.encode(plan))
            if not deployments.waited_for(deployments.has_spoken, stop):
                return
            on_ready()
            while not stop.wait(_LOOK_SECONDS):
                server.check()
                deployments.check()
        finally:
            if deployments:
                deployments.end()
            server.end()
            home.forget(place.folder)


def _check_free(place: Place) -> None:
    before = home.noted(place.folder)
    if before and home.is_up(before.api):
        raise KehoachError("serve_running", address=before.api.removesuffix("/api"))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", place.port))
        except OSError:
            raise KehoachError("serve_port", port=str(place.port)) from None


def _server_command(place: Place) -> list[str]:
    where = ["--host", "127.0.0.1", "--port", str(place.port)]
    return [sys.executable, "-m", "flows.server", *where]


@contextmanager
def _told_to_stop() -> Iterator[Event]:
    """An event that Ctrl-C and SIGTERM set."""
    stop = Event()

    def set_it(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, set_it) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Process:
    """A process of the service, in a group of its own; what it says goes into a file."""

    def __init__(self, name: str, folder: Path, command: list[str], environment: dict[str, str]) -> None:
        self.log = folder / f"{name}.log"
        windows = os.name == "nt"
        with self.log.open("ab") as output:
            self.process: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if name == "deployments" else output,
                stderr=output,
                start_new_session=not windows,
                creationflags=0x200 if windows else 0,  # CREATE_NEW_PROCESS_GROUP
            )

    def send(self, words: bytes) -> None:
        """Tells it something, on one line. Its input stays open: when it ends, so does this process."""
        assert self.process.stdin is not None
        self.process.stdin.write(words + b"\n")
        self.process.stdin.flush()

    def has_spoken(self) -> bool:
        """Whether it has said something."""
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        return bool(self.process.stdout.read())

    def waited_for(self, ready: Callable[[], bool], stop: Event) -> bool:
        """Waits until it is ready; False where it is not wanted any more."""
        limit = time.monotonic() + START_SECONDS
        while not ready():
            self.check()
            if time.monotonic() > limit:
                raise KehoachError("serve_ended", log=str(self.log))
            if stop.wait(_LOOK_SECONDS):
                return False
        return True

    def check(self) -> None:
        """Raises KehoachError where it has ended."""
        if self.process.poll() is not None:
            raise KehoachError("serve_ended", log=str(self.log))

    def end(self) -> None:
        """Ends it with all that it started, gently first."""
        try:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        finally:
            if os.name != "nt":
                with suppress(ProcessLookupError, PermissionError):  # nothing of it is left
                    os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe:
                    pipe.close()
