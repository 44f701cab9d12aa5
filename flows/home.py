"""Where the Prefect of one machine lives, and where it listens. Imports nothing of Prefect's."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import platformdirs

HOME = "KEHOACH_HOME"
PORT = 4200
_STATE = "serve.json"


class Serving(NamedTuple):
    """A service that runs, or ran: the address of its API and the process that serves it."""

    api: str
    pid: int


def home() -> Path:
    """The folder of the service: `KEHOACH_HOME`, else below the user's data."""
    given = os.environ.get(HOME)
    return Path(given).absolute() if given else Path(platformdirs.user_data_dir("kehoach", appauthor=False), "prefect")


def environment(folder: Path, api: str) -> dict[str, str]:
    """What every process of the service has in its environment."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    root = Path(__file__).resolve().parent.parent
    quiet = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PYTHONUNBUFFERED": "1"}
    here = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, (str(root), known.get("PYTHONPATH"))))}
    return {**known, **quiet, **here, **paths, "PREFECT_HOME": str(folder), "PREFECT_API_URL": api}


def is_up(api: str) -> bool:
    """Whether a server answers there."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def note(folder: Path, serving: Serving) -> None:
    """Keep where the service listens."""
    (folder / _STATE).write_text(json.dumps(serving._asdict()), encoding="utf-8")


def forget(folder: Path) -> None:
    """Drop what `note` kept."""
    (folder / _STATE).unlink(missing_ok=True)


def noted(folder: Path) -> Serving | None:
    """Where the service listens, if it was noted."""
    try:
        return Serving(**json.loads((folder / _STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
