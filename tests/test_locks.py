"""The locks: whole, in step with `pyproject.toml` and each other, and naming no place that packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE, FULL, BENCH = "requirements-core.lock", "requirements.lock", "benchmarks/requirements.lock"
TEAM = "deploy/requirements.lock"
IN_THE_IMAGE = ("flows", "postgresql", "s3", "export", "dashboard", "charts")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)")


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {match[1]: match[2] for line in lines if (match := PINNED.match(line))}


def names(requirements: list[str]) -> set[str]:
    """The packages that requirements ask for, as locks write them."""
    found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {re.sub(r"[._-]+", "-", match[0]).lower() for match in found if match} - {"kehoach"}


@pytest.mark.parametrize("name", [CORE, FULL, BENCH, TEAM])
def test_a_lock_pins_everything_with_hashes(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    kinds = {"pin": PINNED, "hash": re.compile(r"^    --hash=sha256:[0-9a-f]{64}"), "comment": re.compile(r"^ *#")}
    assert all(any(kind.match(line) for kind in kinds.values()) for line in lines if line.strip())
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        assert not PINNED.match(line) or kinds["hash"].match(below)


@pytest.mark.parametrize("name", [CORE, FULL, BENCH, TEAM])
def test_a_lock_names_no_place(name: str) -> None:
    words = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|^-|file:|@ |[ =]/|\b[A-Z]:\\", words, re.MULTILINE)


def test_the_locks_have_what_the_project_asks_for() -> None:
    core = names(PROJECT["project"]["dependencies"]) | names(PROJECT["build-system"]["requires"])
    extras = {name: names(extra) for name, extra in PROJECT["project"]["optional-dependencies"].items()}
    bench = extras.pop("bench")
    assert not core - set(pins(CORE))
    assert not core.union(*extras.values()) - set(pins(FULL))
    assert not (core | bench) - set(pins(BENCH))
    assert not core.union(*(extras[name] for name in IN_THE_IMAGE)) - set(pins(TEAM))


def test_the_core_lock_is_part_of_the_full_one() -> None:
    assert pins(CORE).items() <= pins(FULL).items()


def test_the_lock_of_the_image_is_part_of_the_full_one_without_its_tools() -> None:
    assert pins(CORE).items() <= pins(TEAM).items() <= pins(FULL).items()
    assert not {"pytest", "mypy", "ruff", "playwright", "uv"} & set(pins(TEAM))


def test_the_lock_of_the_benchmark_moves_nothing_in_the_others() -> None:
    full, bench = pins(FULL), pins(BENCH)
    assert {name: bench[name] for name in bench.keys() & full.keys()}.items() <= full.items()
    assert pins(CORE).items() <= bench.items()


def test_the_core_is_small() -> None:
    assert len(pins(CORE)) < 30
    assert not {"pandas", "spacy", "prefect", "torch"} & set(pins(CORE))
    assert not {name for name in pins(FULL) if name.startswith(("torch", "nvidia", "tensorflow"))}
