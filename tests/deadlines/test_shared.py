"""Deadlines of the real plans beside the checkout, measured by the scorer that lies there."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from pipeline.extract import extract_file

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "score.py").is_file(), reason="the real plans do not lie beside the checkout"),
]


def test_deadlines_of_real_plans(tmp_path: Path) -> None:
    for gold in sorted((SHARED / "gold").glob("*.toml")):
        source = SHARED / tomllib.loads(gold.read_text(encoding="utf-8"))["source"]
        plan, _ = extract_file(source)
        (tmp_path / f"{gold.stem}.json").write_bytes(msgspec.json.encode(plan))
    command = [sys.executable, str(SHARED / "score.py"), "--pred", str(tmp_path), "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    row = json.loads(done.stdout[done.stdout.index("{\n") :])["deadlines"]
    assert row["strict_f1"] >= 0.95
    for name in ("responsible", "recipient"):
        assert row[f"{name}_ok"] >= 0.9 * row[f"{name}_n"], name


def test_every_task_of_real_plans_points_at_its_deadline() -> None:
    for source in sorted((SHARED / "plans").rglob("*.*")):
        plan, text = extract_file(source)
        known = {deadline.id for deadline in plan.deadlines}
        assert all(task.deadline in known for task in plan.tasks if task.deadline)
        assert all(text[slice(*task.span)].strip() for task in plan.tasks)
