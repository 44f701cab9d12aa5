"""`deploy/`: the compose files by the official schema and by what they promise, the image by its Dockerfile. No container
engine is needed; what a container runs is run by `tests/flows`."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("check_jsonschema")
pytest.importorskip("prefect")

from compose_checks import ROOT, VARIABLE, problems

DEPLOY = ROOT / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = sorted(DEPLOY.glob("compose*.yaml"))
NOT_IN_THE_IMAGE = {"chromium"}  # of what .ci/run installs: it takes pictures in tests

pytestmark = pytest.mark.slow  # asks programs for their help


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_wrong(file: Path, tmp_path: Path) -> None:
    assert problems(file.read_text(encoding="utf-8"), tmp_path) == []


# What is changed in compose.yaml, and what the same check says then.
BROKEN = [
    ("    image: postgres:15.14-bookworm", "    imagen: postgres:15.14-bookworm", "schema"),
    ("condition: service_healthy", "condition: healthy", "schema"),
    ("services:\n", "service:\n", "schema"),
    ("postgres:15.14-bookworm", "postgres:latest", "postgres: the version of postgres:latest is not pinned"),
    ("[python, -m, flows.team]", "[python, -m, flows.teams]", "deployments: no module flows.teams"),
    ("[dask, scheduler,", "[dask, schedule,", "dask-scheduler: no command dask schedule"),
    ("--with-healthcheck", "--with-health", "runner: prefect worker start has no --with-health"),
    ("--user-header=", "--user-heading=", "dashboard: pipeline.cli dashboard has no --user-heading"),
    ("--worker-port=8788", "--worker-port=8789", "dask-worker: nothing listens on 8788"),
    ("import sys, flows.home as h", "import sys, flows.house as h", "prefect: no module flows.house"),
    ("- cache:/var", "- cash:/var", "volumes: cash is not declared"),
    ("source: databases", "source: database", "configs: database is not declared"),
    ("condition: service_completed_successfully", "condition: service_healthy", "runner: waits for deployments to be healthy, which it never says"),
    ("    restart: on-failure\n", "", "runner: waits for deployments to end, which it never does"),
    ("PGPASSWORD: ${KEHOACH_DB_PASSWORD:?set it in .env}", "PGPASSWORD: abc", "runner: PGPASSWORD is written down"),
    ('["127.0.0.1:8765:8765"]', '["8765:8765"]', "dashboard: port 8765:8765 is open to everybody"),
    ("${KEHOACH_BIND:-127.0.0.1}:4200", "${KEHOACH_BIND:-0.0.0.0}:4200", "prefect: port 0.0.0.0:4200:4200 is open to everybody"),
    ("KEHOACH_PUBLISH: /published", "KEHOACH_PUBLISHING: /published", "runner: nothing reads KEHOACH_PUBLISHING"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), BROKEN, ids=[said.strip() or new for _, new, said in BROKEN])
def test_a_broken_file_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in COMPOSE
    found = problems(COMPOSE.replace(old, new), tmp_path)
    assert any(problem.startswith(said) for problem in found), found


def test_the_example_of_the_environment_names_what_is_read_and_its_defaults() -> None:
    lines = (DEPLOY / ".env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    needed: dict[str, set[str]] = {}
    for file in FILES:
        for found in VARIABLE.finditer(file.read_text(encoding="utf-8")):
            needed.setdefault(found["name"], set()).add(found["rest"] if found["kind"] == "-" else "")
    assert set(given) == set(needed)
    for name, defaults in needed.items():
        assert given[name] in defaults, name
        assert defaults <= {given[name], ""}, name  # one default, wherever it is read


def copied() -> list[str]:
    lines = [shlex.split(line) for line in DOCKERFILE.splitlines() if line.startswith("COPY ") and "--from" not in line]
    return [source for _, *sources, _ in lines for source in sources]


def test_the_image_is_made_of_what_is_there() -> None:
    assert [source for source in copied() if not (ROOT / source).exists()] == []
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert sorted(f"!{source}" for source in copied()) == sorted(line for line in let_in if line.startswith("!"))
    packages = {name.removesuffix("*") for name in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert packages <= set(copied())
    assert "--require-hashes --requirement /source/deploy/requirements.lock" in DOCKERFILE


def test_the_image_has_the_programs_that_the_check_installs() -> None:
    [installed] = re.findall(r"apt-get install .*?--no-install-recommends\s+(.*?)\s+&&", DOCKERFILE)
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    wanted = {name for found in re.findall(r"missing\+=\(([^)]*)\)", check) for name in found.split()}
    [server] = re.findall(r"image: postgres:(\d+)\.", COMPOSE)
    assert set(installed.split()) == wanted - NOT_IN_THE_IMAGE | {f"postgresql-client-{server}"}


def test_nobody_is_root_and_nothing_secret_is_in_the_image() -> None:
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert re.findall(r"^USER (.*)", last, re.MULTILINE) == ["kehoach"]
    assert last.index("\nUSER ") > last.rindex("\nRUN ")
    assert not re.search(r"^ARG|PASSWORD|SECRET|ACCESS_KEY|\.env\b", DOCKERFILE, re.MULTILINE)


def test_versions_agree() -> None:
    bases = set(re.findall(r"^FROM python:(\d+\.\d+)\.\d+-slim-bookworm", DOCKERFILE, re.MULTILINE))
    assert bases == {PROJECT["project"]["requires-python"].removeprefix(">=")}
    assert f"kehoach:${{KEHOACH_VERSION:-{PROJECT['project']['version']}}}" in COMPOSE
    [server] = re.findall(r"image: postgres:(\d+)\.", COMPOSE)
    for page in ("team.md", "team.vi.md"):
        words = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert re.search(rf"\| PostgreSQL {server} ", words), page
