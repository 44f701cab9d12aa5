"""What is wrong with a compose file: by the official schema, and by what no schema can know."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import check_jsonschema
import yaml
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")
PROGRAMS = {"kehoach": "pipeline.cli", "prefect": "prefect", "dask": "dask"}
OURS = "kehoach:"
ELSEWHERE = {"8080"}  # the port of a Prefect worker's health check, its default
_SECRET = re.compile(r"PASSWORD|SECRET|ACCESS_KEY")
_CONDITIONS = {"service_healthy", "service_completed_successfully"}


def filled(words: str) -> str:
    """The file as compose reads it where .env holds only what has no default."""
    return VARIABLE.sub(lambda found: found["rest"] if found["kind"] == "-" else "given", words)


def problems(words: str, folder: Path) -> list[str]:
    """Everything that is wrong with it; `folder` is for a file of our own."""
    file = folder / "compose.yaml"
    file.write_text(filled(words), encoding="utf-8")
    checked = CliRunner().invoke(check_jsonschema.main, ["--builtin-schema", "vendor.compose-spec", str(file)])
    if checked.exit_code:
        return [f"schema: {checked.output}"]
    plain: dict[str, Any] = yaml.safe_load(filled(words))
    raw: dict[str, Any] = yaml.safe_load(words)
    found = [*_declared(plain)]
    for name, service in plain["services"].items():
        found += [
            f"{name}: {what}" for what in (*_service(service, plain["services"]), *_secrets(raw["services"][name]))
        ]
    return found


def _declared(file: dict[str, Any]) -> Iterator[str]:
    """What is used has to be declared, what is declared has to be used."""
    services = file["services"].values()
    mounts = [mount for service in services for mount in service.get("volumes", ())]
    used = {
        "volumes": {m.partition(":")[0] if isinstance(m, str) else m["source"] for m in mounts if _is_named(m)},
        "configs": {each["source"] for service in services for each in service.get("configs", ())},
        "secrets": {each for service in services for each in service.get("secrets", ())},
        "networks": {each for service in services for each in service.get("networks", ())},
    }
    for kind, names in used.items():
        declared = set(file.get(kind, ()))
        yield from (f"{kind}: {name} is not declared" for name in sorted(names - declared))
        yield from (f"{kind}: {name} is not used" for name in sorted(declared - names))


def _is_named(mount: Any) -> bool:
    return mount["type"] == "volume" if isinstance(mount, dict) else not mount.startswith((".", "/"))


def _service(service: dict[str, Any], others: dict[str, Any]) -> Iterator[str]:
    if "image" not in service:  # a part that is laid over another file
        yield from _command(service.get("command", []))
        return
    if not re.search(r":v?\d+\.\d+", service["image"]):
        yield f"the version of {service['image']} is not pinned"
    if "restart" not in service:
        yield "no restart policy"
    if "healthcheck" not in service and service["restart"] != "on-failure":
        yield "no health check"
    yield from (f"port {port} is open to everybody" for port in service.get("ports", ()) if port[:10] != "127.0.0.1:")
    for name, how in service.get("depends_on", {}).items():
        if name not in others or how["condition"] not in _CONDITIONS:
            yield f"depends on {name}, {how['condition']}"
        elif how["condition"] == "service_healthy" and "healthcheck" not in others[name]:
            yield f"waits for {name} to be healthy, which it never says"
        elif how["condition"] != "service_healthy" and others[name]["restart"] == "unless-stopped":
            yield f"waits for {name} to end, which it never does"
    if service["image"].startswith(OURS):
        yield from _command(service["command"])
        yield from (f"nothing reads {name}" for name in service.get("environment", ()) if not is_read(name))
    yield from _health(service)


def _secrets(service: dict[str, Any]) -> Iterator[str]:
    for name, value in service.get("environment", {}).items():
        if _SECRET.search(name) and not VARIABLE.fullmatch(str(value)):
            yield f"{name} is written down"


def _health(service: dict[str, Any]) -> Iterator[str]:
    _, *words = service.get("healthcheck", {}).get("test", [None])
    if words[:2] == ["python", "-c"]:
        yield from _modules(words[2])
    if words[:1] in (["python"], ["bash"]):
        known = {port for word in service["command"] for port in re.findall(r"\b\d{4}\b", word)} | ELSEWHERE
        asked = set(re.findall(r"127\.0\.0\.1[:/](\d+)", words[2]))
        yield from (f"nothing listens on {port}" for port in sorted(asked - known))


def _modules(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (f"no module {each.name}" for each in node.names if not _has(each.name))


def _has(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _command(words: list[str]) -> Iterator[str]:
    """What of a command there is not."""
    if not words:
        return
    program, *rest = words
    if (program, *rest[:1]) == ("python", "-m"):
        if not _has(rest[1]):
            yield f"no module {rest[1]}"
        elif len(rest) > 2:
            yield from _options((rest[1],), rest[2:])
    elif program in PROGRAMS:
        names = [word for word in rest if re.fullmatch(r"[a-z]+", word)]
        depth = 2 if program == "prefect" else 1
        yield from _options((PROGRAMS[program], *names[:depth]), rest)
    else:
        yield f"no program {program}"


def _options(command: tuple[str, ...], words: list[str]) -> Iterator[str]:
    code, said = _help(command)
    if code:
        yield f"no command {' '.join(command)}"
        return
    known = set(re.findall(r"--[a-z][a-z-]*", said))
    asked = [word.partition("=")[0] for word in words if word.startswith("--")]
    yield from (f"{' '.join(command)} has no {option}" for option in asked if option not in known)


@cache
def _help(command: tuple[str, ...]) -> tuple[int, str]:
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    asked = [sys.executable, "-m", *command, "--help"]
    done = subprocess.run(asked, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)
    return done.returncode, done.stdout


@cache
def _source() -> str:
    folders = ("pipeline", "flows", "dashboard")
    return "\n".join(file.read_text(encoding="utf-8") for name in folders for file in (ROOT / name).rglob("*.py"))


def is_read(name: str) -> bool:
    """Whether our packages read an environment variable; those of others are taken for read."""
    return not name.startswith("KEHOACH_") or f'"{name}"' in _source()
