"""The benchmark of the database on few plans: both loads leave the same rows, plans that are varied are different ones,
and every question has an answer."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from benchmarks.database import __main__ as program
from benchmarks.database import asking, facts, loading, report
from pipeline.store import open_store
from pipeline.store.writing import identity_of

PLANS = 6


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("facts")


def test_facts_are_extracted_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(facts.extracted(PLANS, cache))
    monkeypatch.setattr(facts, "_extract", None)
    assert list(facts.extracted(PLANS, cache)) == first
    assert len({reading.plan.source.sha256 for reading in first}) == PLANS
    assert sum(facts.indicator_shares(first).values()) == pytest.approx(1)


def test_varied_plans_are_plans_of_their_own(cache: Path) -> None:
    base = list(facts.extracted(PLANS, cache))
    made = [reading.plan for reading in facts.varied(base, 20 * PLANS)]
    assert len({plan.source.sha256 for plan in made}) == len({plan.source.path for plan in made}) == len(made)
    known = [identity for plan in made if (identity := identity_of(plan))]
    assert len(set(known)) == len(known) > 0
    provinces = {plan.metadata.province for plan in made if plan.metadata.province}
    years = {(plan.metadata.issue_date or "")[:4] for plan in made}
    assert len(provinces) > 3 * PLANS and len(years) >= len(facts.YEARS)
    for plan, reading in zip(made, base * 20, strict=True):
        assert [len(f) for f in (plan.targets, plan.tasks)] == [
            len(f) for f in (reading.plan.targets, reading.plan.tasks)
        ]
        for deadline in plan.deadlines:
            assert (deadline.start_date or "") <= (deadline.end_date or "9")


def test_the_peer_loads_the_same_rows(cache: Path, tmp_path: Path) -> None:
    others = [str(tmp_path / name) for name in ("same.db", "bare.db")]
    with open_store(tmp_path / "ours.db") as store:
        ours = loading.load(store, facts.varied(facts.extracted(PLANS, cache), 3 * PLANS))
        peers = list(loading.peers(ours, store, others[0], others[1]))
        counts = loading.row_counts(store.engine)
    assert [peer.name for peer in peers] == [loading.SAME_SCHEMA, loading.BARE]
    assert ours.plans == 3 * PLANS and ours.rows == sum(counts.values())
    for other in others:
        engine = loading.connect(other)
        assert loading.row_counts(engine) == counts
        engine.dispose()


def test_a_small_run(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "_postgresql", nullcontext)
    monkeypatch.setattr(asking, "ROUNDS", 1)
    told = tmp_path / "told.json"
    sizes = ["--plans", str(PLANS), "--many", str(2 * PLANS)]
    code = program.main([*sizes, "--cache", str(cache), "--folder", str(tmp_path), "--json", str(told)])
    assert code == 1  # PostgreSQL was not measured
    result = json.loads(told.read_text(encoding="utf-8"))
    assert result["missing"] == ["PostgreSQL"] and result["many"]["plans"] == 2 * PLANS
    asked = {(each["view"], each["by"]): each["rows"] for each in result["many"]["asked"]}
    # So few plans say of no document what became of it.
    assert all(rows > 0 for (view, by), rows in asked.items() if view != "v_still_cited" and by != "status")
    assert {view for view, _ in asked} == {*asking.FILTERS, "compare"}
    out = capsys.readouterr().out
    assert "not measured" in out and "KiB a plan" in out and "Indicators of the targets" in out


@pytest.mark.parametrize(
    ("ratio", "p95", "reached"),
    [
        (0.3, 149.0, [True, True, True, False]),
        (0.29, 150.0, [False, False, True, False]),
        (1.2, 151.0, [True, False, True, False]),
    ],
)
def test_goals(ratio: float, p95: float, reached: list[bool]) -> None:
    peers = [{"name": loading.SAME_SCHEMA, "ratio": ratio}, {"name": loading.BARE, "ratio": 0.01}]
    asked = [{"view": "v", "p95": p, "times": 3} for p in (1.0, p95, 2.0)] + [{"view": "w", "p95": 3.0, "times": 1}]
    asked.append({"view": "nothing", "p95": 0.0, "times": 0})
    result: dict[str, Any] = {"loads": [{"database": "x", "peers": peers}], "missing": [], "many": {"asked": asked}}
    assert [goal.reached for goal in report.goals(result)] == reached


def test_a_run_without_many_plans_is_told() -> None:
    peers = [loading.Peer(loading.SAME_SCHEMA, 1.0, 1.0, 0.5, 0.4)._asdict()]
    load = {**loading.Load(2.0, 1.9, 0.1, 100, 10)._asdict(), "database": "sqlite", "bytes": 20_480, "peers": peers}
    machine = {"python": "3", "system": "S", "machine": "M", "cores": 1}
    result: dict[str, Any] = {"machine": machine, "loads": [load], "missing": []}
    result["goals"] = [goal._asdict() for goal in report.goals(result)]
    out = io.StringIO()
    report.show(result, Console(file=out, width=200))
    assert "0.50" in out.getvalue() and "2.0 KiB a plan" in out.getvalue() and "reached" in out.getvalue()
