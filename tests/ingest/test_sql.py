"""The main job as its users meet it: real plans in by the command, their facts out by plain SQL."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples" / "plans"
SHARED = ROOT.parent / "shared" / "plans"


def ingest(database: Path, *paths: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "ingest", *map(str, paths), "--db", str(database)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def test_facts_of_a_sample_by_plain_sql(tmp_path: Path) -> None:
    database = tmp_path / "kehoach.db"
    ingest(database, SAMPLES / "an-giang-215-kh-syt-2025.txt")
    assert rows(database, "SELECT code, issuer FROM plans") == [("215/KH-SYT", "Sở Y tế tỉnh An Giang")]
    spans = """SELECT p.text, d.text, d.span_start, d.span_end FROM deadlines d JOIN plan_texts p USING (plan_id)"""
    found = rows(database, spans)
    assert found
    for text, words, start, end in found:
        assert str(text)[int(str(start)) : int(str(end))].split() == str(words).split()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real plans at {SHARED}")
class TestRealPlans:
    def test_three_plans_of_health_departments(self, tmp_path: Path) -> None:
        database = tmp_path / "kehoach.db"
        ingest(database, *sorted(SHARED.glob("*kh-syt*")))
        assert rows(database, "SELECT name FROM provinces JOIN plans ON province_id = provinces.id ORDER BY name") == [
            ("Lai Châu",),
            ("Quảng Ngãi",),
            ("Đồng Nai",),
        ]
        due = "SELECT count(*) FROM deadlines WHERE end_date = '2022-03-31' AND recipient LIKE 'Sở Y tế%'"
        assert rows(database, due) == [(3,)]
        share = "SELECT comparator, low, high, unit FROM targets WHERE text LIKE '%từ 10-15% cá nhân%'"
        assert rows(database, share) == [("range", 10.0, 15.0, "%")]
        cited = "SELECT d.code, d.date FROM documents d WHERE d.code = '34-CT/TW'"
        assert rows(database, cited) == [("34-CT/TW", "2014-04-07")]

    def test_a_decision_that_two_plans_cite_stands_once(self, tmp_path: Path) -> None:
        database = tmp_path / "kehoach.db"
        ingest(database, SHARED)
        assert rows(database, "SELECT count(*) FROM plans") == [(len([p for p in SHARED.rglob("*.*") if p.is_file()]),)]
        once = """SELECT d.code, o.name, group_concat(DISTINCT p.code ORDER BY p.code)
            FROM documents d JOIN organisations o ON o.id = d.issuer_id
            JOIN citations c ON c.document_id = d.id JOIN plans p ON p.id = c.plan_id
            WHERE d.code = '2140/QĐ-UBND' GROUP BY d.id"""
        if sqlite3.sqlite_version_info < (3, 44):
            once = once.replace(" ORDER BY p.code", "")
        assert [(c, o, sorted(str(p).split(","))) for c, o, p in rows(database, once)] == [
            ("2140/QĐ-UBND", "UBND Thành phố Cần Thơ", ["159/KH-UBND", "160/KH-UBND"])
        ]
