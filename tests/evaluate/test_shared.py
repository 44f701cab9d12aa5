"""The same figures as the scorer that lies beside the real plans, on the real gold: run as a process of its own on the
same predictions."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from models.plan import Plan
from pipeline.evaluate import Report, evaluate, locate
from pipeline.extract import extract_file

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "score.py").is_file(), reason="the real plans do not lie beside the checkout"),
]


def scorer(predictions: Path) -> dict[str, Any]:
    """The scorer's figures for a folder of plans as JSON."""
    command = [sys.executable, str(SHARED / "score.py"), "--pred", str(predictions), "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    figures: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{\n") :])
    return figures


def compare(report: Report, figures: dict[str, Any]) -> None:
    for group, score in report.groups.items():
        row = figures[group]
        counts = (score.gold, score.found, score.detected, score.strict)
        assert counts == (row["gold"], row["pred"], row["detect"], row["strict"]), group
        assert (score.detect_f1, score.strict_f1) == pytest.approx((row["detect_f1"], row["strict_f1"]))
        agreement = {name.removesuffix("_n") for name in row if name.endswith("_n")}
        for name in agreement:
            assert score.agreement[name] == (row.get(f"{name}_ok", 0), row[f"{name}_n"]), (group, name)
    row = figures["metadata"]
    assert (report.metadata_right, report.metadata_fields) == (row["strict"], row["gold"])


SOURCE = {
    "path": "", "sha256": "", "media_type": "", "pages": None, "reader": "", "ocr": False, "text_chars": 0,
    "text_sha256": "", "extractor_version": "",
}  # fmt: skip
VALUES = {
    "code": ["1/QĐ-SYT", None], "name": ["Luật Dược", None], "date": ["2020", None], "type": ["QĐ"],
    "issuer": ["Sở Y tế", "UBND tỉnh"], "relation": ["basis", "mentions"], "kind": ["deadline", "interval"],
    "start_date": ["2025-01-01", None], "end_date": ["2025-12-31", None], "rrule": ["FREQ=YEARLY", None],
    "responsible": ["Sở Y tế", None], "recipient": ["Sở Y tế", None], "bound": ["by", None],
    "comparator": ["=", ">="], "low": [5.0, None], "high": [5.0, None], "unit": ["%", "xã"],
    "indicator": ["tỷ lệ", None], "change": ["increase", None], "period_end": ["2030-12-31", None],
    "path": ["I", None], "roles": [["tasks"], ["other"]],
}  # fmt: skip


def distorted(gold: dict[str, Any], text: str, dice: random.Random) -> dict[str, Any]:
    """A plan that is the gold with errors of every kind: items lost, doubled and invented, spans moved, shortened and
    lengthened, fields changed."""
    metadata = {k: v for k, v in gold["metadata"].items() if k != "recipients" and isinstance(v, str)}
    metadata["recipients"] = ["-"] * (gold["metadata"].get("recipients", 0) - dice.choice((0, 0, 1)))
    metadata[dice.choice(["issuer", "title", "code"])] = "khác"
    plan: dict[str, Any] = {"source": SOURCE, "metadata": metadata}
    for group in ("references", "deadlines", "targets", "sections"):
        facts: list[dict[str, Any]] = []
        items = gold.get(group, [])
        for item, (start, end) in zip(items, locate(items, text, group), strict=True):
            for _ in range(dice.choice((0, 1, 1, 1, 1, 1, 2))):
                move = dice.choice((0, 0, 0, 3, -3, 20, 200))
                grow = dice.choice((0, 0, 0, 5, -5, 90, 300))
                span = [start + move, max(start + move + 1, end + move + grow)]
                given = {k: v for k, v in item.items() if k in VALUES and v not in ("", "*")}
                fact = {k: v[0] if isinstance(v, list) and k != "roles" else v for k, v in given.items()}
                if not dice.randrange(3):
                    field = dice.choice([f for f in VALUES if f in FIELDS[group]])
                    fact[field] = dice.choice(VALUES[field])
                fact |= {"text": item["quote"], "span": span}
                facts.append(complete(group, {k: v or None if k == "change" else v for k, v in fact.items()}))
        plan[group] = facts
    return plan


FIELDS = {
    "references": {"code", "name", "date", "type", "issuer", "relation"},
    "deadlines": {"kind", "start_date", "end_date", "rrule", "responsible", "recipient", "bound"},
    "targets": {"comparator", "low", "high", "unit", "indicator", "change", "period_end"},
    "sections": {"path", "roles"},
}


def complete(group: str, fact: dict[str, Any]) -> dict[str, Any]:
    """A fact with all that its kind must have."""
    if group == "sections":
        roles = fact["roles"] if isinstance(fact.get("roles"), list) else ["other"]
        return fact | {
            "id": "s", "parent": None, "path": fact.get("path"), "marker": None, "level": 1, "heading": fact["text"],
            "heading_span": fact["span"], "roles": roles,
        }  # fmt: skip
    if group == "deadlines":
        return {"kind": "deadline"} | fact
    if group == "targets":
        return {"comparator": "="} | fact
    return fact


def run(tmp_path: Path, make: Callable[[dict[str, Any], Path], tuple[Plan, str]]) -> None:
    plans: dict[Path, tuple[Plan, str]] = {}
    for path in sorted((SHARED / "gold").glob("*.toml")):
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        source = SHARED / gold["source"]
        plans[source] = make(gold, source)
        (tmp_path / f"{path.stem}.json").write_bytes(msgspec.json.encode(plans[source][0]))
    compare(evaluate(SHARED / "gold", SHARED, plans.__getitem__), scorer(tmp_path))


@pytest.mark.parametrize("seed", range(3))
def test_same_figures_on_distorted_gold(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)

    def make(gold: dict[str, Any], source: Path) -> tuple[Plan, str]:
        text = source.read_bytes().decode("utf-8")
        return msgspec.convert(distorted(gold, text, dice), Plan, strict=False), text

    run(tmp_path, make)


def test_same_figures_on_extracted_plans(tmp_path: Path) -> None:
    run(tmp_path, lambda _, source: extract_file(source))
