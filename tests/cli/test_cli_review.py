"""`kehoach review`, and what `kehoach dashboard` refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ROOT, Ended

from pipeline.store import open_store, review
from pipeline.store.database import writing

SAMPLE = ROOT / "data/samples/plans/vinh-long-96-kh-ubnd-2026.txt"


@pytest.fixture
def checked(kehoach: Callable[..., Ended], tmp_path: Path) -> str:
    """A database with a plan whose facts were all looked at: one target corrected, one deadline rejected."""
    db = str(tmp_path / "checked.db")
    assert kehoach("ingest", SAMPLE, "--db", db).code == 0
    with open_store(db) as store:
        plan, key = store.load("96/KH-UBND"), store.find("96/KH-UBND").key
        for fact in (*plan.references, *plan.deadlines, *plan.targets):
            with writing(store.engine) as connection:
                if fact == plan.targets[0]:
                    review.decide_fact(connection, key, fact.id, "correct", {"low": 1.5, "high": 1.5}, by="Lan")
                elif fact == plan.deadlines[0]:
                    review.decide_fact(connection, key, fact.id, "reject", by="Lan")
                else:
                    review.decide_fact(connection, key, fact.id, "accept", by="Lan")
        store.settle()
    return db


def test_decisions_are_listed(kehoach: Callable[..., Ended], checked: str) -> None:
    rows = json.loads(kehoach("review", "--db", checked, "--json").out)
    verdicts = [row["decided"]["verdict"] for row in rows]
    assert (verdicts.count("correct"), verdicts.count("reject")) == (1, 1)
    assert {row["by"] for row in rows} == {"Lan"}
    ended = kehoach("review", "--db", checked, "--plan", "96/KH-UBND")
    assert "96/KH-UBND" in ended.out and rows[0]["plan"] not in ended.out
    assert "→ 1.5" in ended.out.replace("\n", " ") and "đã loại" in ended.out
    assert kehoach("--lang", "en", "review", "--db", checked, "--csv").out.startswith("plan,fact,decided_kind")


def test_a_checked_plan_is_gold(kehoach: Callable[..., Ended], checked: str, tmp_path: Path) -> None:
    assert "1" in kehoach("review", "--db", checked, "--export-gold", tmp_path / "gold").out
    report = json.loads(kehoach("evaluate", tmp_path / "gold", "--json").out)
    groups = report["groups"]
    assert groups["references"]["strict"] == groups["references"]["gold"] == groups["references"]["found"]
    deadlines, targets = groups["deadlines"], groups["targets"]
    assert deadlines["found"] - deadlines["gold"] == 1  # the one that was rejected
    assert deadlines["strict"] == deadlines["gold"]
    assert targets["gold"] - targets["strict"] == 1  # the one that was corrected
    assert targets["detected"] == targets["gold"] == targets["found"]


def test_a_plan_that_was_not_checked_whole_is_no_gold(
    kehoach: Callable[..., Ended], checked: str, tmp_path: Path
) -> None:
    with open_store(checked) as store:
        key = store.find("96/KH-UBND").key
        with writing(store.engine) as connection:
            review.withdraw_fact(connection, key, store.load("96/KH-UBND").targets[0].id)
    kehoach("review", "--db", checked, "--export-gold", tmp_path / "gold")
    assert list((tmp_path / "gold").iterdir()) == []


REFUSED = [
    (["--host", "0.0.0.0"], "--user-header"),
    (["--user-header", "X-User", "--oidc", "https://id.example.vn"], "--oidc"),
    (["--oidc", "https://id.example.vn"], "KEHOACH_OIDC_CLIENT_ID"),
    (["--db", "nowhere.db"], "nowhere.db"),
]


@pytest.mark.parametrize(("options", "named"), REFUSED)
def test_the_dashboard_refuses(kehoach: Callable[..., Ended], options: list[str], named: str) -> None:
    ended = kehoach("dashboard", *options)
    assert ended.code == 1 and named in ended.err
