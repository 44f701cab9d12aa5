"""What the tests of the flows share: a server of their own, and questions to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
START_SECONDS = 180  # 10 on an idle machine; more where all cores run tests


class Server(NamedTuple):
    """A running server: its API's address, and what a process needs in its environment to use it."""

    api: str
    environment: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_up(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server with all that it started."""
    if process.poll() is None:
        if os.name == "nt":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
        else:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            if os.name != "nt":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait(20)


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """A server with its home in this folder."""
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "KEHOACH_"))}
    environment = {
        **known,
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "NO_PROXY": "127.0.0.1",
    }
    command = [sys.executable, "-m", "flows.server", "--host", "127.0.0.1", "--port", str(port)]
    log = home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=home,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=os.name != "nt",
        )
    try:
        limit = time.monotonic() + START_SECONDS
        while not _is_up(api):
            if process.poll() is not None or time.monotonic() > limit:
                pytest.fail(f"the Prefect server did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.25)
        yield Server(api, environment)
    finally:
        _end(process)


def run(server: Server, folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A Python program in the folder, with the server."""
    return subprocess.run(
        [sys.executable, *command], env={**server.environment, **more}, cwd=folder, capture_output=True, encoding="utf-8",
        timeout=300, check=False,
    )  # fmt: skip


def runs_of(server: Server, flow: str) -> list[tuple[Any, list[Any], list[Any]]]:
    """The last runs of a flow, the newest first, each with its task runs and its artifacts."""
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.filters import (
        ArtifactFilter,
        ArtifactFilterFlowRunId,
        FlowFilter,
        FlowFilterName,
        FlowRunFilter,
        FlowRunFilterId,
    )
    from prefect.client.schemas.sorting import FlowRunSort

    found = []
    with SyncPrefectClient(api=server.api) as client:
        ours = FlowFilter(name=FlowFilterName(any_=[flow]))
        for flow_run in client.read_flow_runs(flow_filter=ours, sort=FlowRunSort.START_TIME_DESC, limit=5):
            tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run.id])))
            of_it = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run.id]))
            artifacts = [one for one in client.read_artifacts(artifact_filter=of_it) if one.key]  # results have none
            found.append((flow_run, tasks, artifacts))
    return found
