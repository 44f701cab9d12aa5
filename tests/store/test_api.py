"""The answers as data frames, on both databases."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

pd = pytest.importorskip("pandas", reason="pandas comes with the extra nlp")

from pipeline import api  # noqa: E402
from pipeline.errors import DatabaseError, KehoachError  # noqa: E402
from pipeline.ingest import ingest  # noqa: E402
from pipeline.store import open_store  # noqa: E402

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "plans"
READ = ("hung-yen-212-kh-syt-2026.txt", "lang-son-4127-kh-syt-2025.txt", "thai-binh-167-kh-syt-2025.docx")


@pytest.fixture
def db(url: str) -> Iterator[api.Database]:
    ingest([str(SAMPLES / name) for name in READ], url, workers=1)
    with api.open(url) as opened:
        yield opened


def test_plans(db: api.Database) -> None:
    frame = db.plans()
    assert list(zip(frame["plan_province"], frame["plan_code"], frame["period_end"].dt.year, strict=True)) == [
        ("Hưng Yên", "212/KH-SYT", 2026),
        ("Lạng Sơn", "4127/KH-SYT", 2026),
        ("Thái Bình", "167/KH-SYT", 2025),
    ]
    assert frame["targets"].tolist() == [10, 10, 10]
    assert frame["files"].map(len).tolist() == [1, 1, 1]


def test_catalogue(db: api.Database) -> None:
    frame = db.catalogue().set_index("code")
    tobacco = frame.loc["568/QĐ-TTg"]
    assert (tobacco["mentions"], len(tobacco["plans"]), tobacco["issuer"]) == (2, 2, "Thủ tướng Chính phủ")
    assert set(tobacco["plans"]) <= set(db.plans()["plan_key"])
    assert [word[:10] for word in tobacco["warnings"]] == ["568/QĐ-TTg"]


def test_deadlines(db: api.Database) -> None:
    frame = db.deadlines(since="2026-06-01", until="2026-06-20", province="hung yen", as_of="2026-06-10")
    due = [
        (f"{row.due:%d/%m}", row.status, row.text, row.recipient)
        for row in frame.itertuples()
        if row.recipient is not None
    ]
    assert due == [
        ("15/06", "due", "trước ngày 15/6/2026", "Sở Y tế (qua Phòng Kế hoạch - Tài chính)"),
        ("18/06", "recurring", "trước ngày 18 hằng tháng", "Sở Y tế (qua Phòng Kế hoạch - Tài chính)"),
    ]
    assert len(db.deadlines(unit="phong nghiep vu y")) == 1


def test_targets_with_the_words_that_their_spans_point_at(db: api.Database) -> None:
    frame = db.targets(indicator="DD01").set_index("plan_province")
    assert frame["high"].to_dict() == {"Hưng Yên": 17.0, "Thái Bình": 17.5}
    assert frame["baseline_value"].to_dict() == {"Hưng Yên": 17.2, "Thái Bình": 17.9}
    assert frame["province_now"].to_dict() == {"Hưng Yên": "Hưng Yên", "Thái Bình": "Hưng Yên"}
    texts = db.query("SELECT key, text FROM plan_texts JOIN plans ON plans.id = plan_id").set_index("key")["text"]
    for row in frame.itertuples():
        assert texts[row.plan_key][row.span_start : row.span_end].split() == row.text.split()


def test_compare(db: api.Database) -> None:
    frame = db.compare("NC03", year=2026)
    assert frame.attrs["name"] == "Tỷ lệ sử dụng thuốc lá ở nam từ 15 tuổi"
    assert (frame.attrs["unit"], frame.attrs["direction"], frame.attrs["year"]) == ("%", "lower", 2026)
    ranked = frame[frame["reason"].isna()]
    assert list(zip(ranked["rank"], ranked["province"], ranked["value"], strict=True)) == [
        (1, "Lạng Sơn", 38.5),
        (1, "Lạng Sơn", 38.5),
        (3, "Hưng Yên", 39.5),
    ]
    assert frame.attrs["other_years"] == {2030: 1}
    assert db.compare("không có chỉ tiêu nào như thế").empty


def test_a_query_gives_days_numbers_and_truth_alike_on_both_databases(db: api.Database) -> None:
    frame = db.query(
        """
        SELECT d.day, d.end_date, d.approximate, d.page, p.pages, p.issue_date
        FROM v_deadlines AS d JOIN v_plan_summary AS p ON p.plan = d.plan
        WHERE p.province = :province AND d.day >= :since ORDER BY d.day
        """,
        province="Lạng Sơn",
        since="2026-11-01",
    )
    assert frame["day"].tolist() == [pd.Timestamp(day) for day in ("2026-11-30", "2026-12-31", "2027-01-10")]
    assert str(frame["day"].dtype) == str(frame["end_date"].dtype) == "datetime64[ns]"
    assert frame["approximate"].tolist() == [False] * 3
    assert frame["approximate"].dtype == bool
    assert frame["issue_date"].tolist() == ["2025-12-15"] * 3
    counted = db.query("SELECT MAX(n) AS n FROM (SELECT 3 AS n UNION SELECT NULL) AS numbers")
    assert counted["n"].tolist() == [3]


def test_days_from_a_document_to_the_plan(db: api.Database) -> None:
    frame = db.query("SELECT code, lag_days FROM v_citations WHERE document_code = '98/2023/NĐ-CP' AND lag_days > 0")
    lag = dict(frame.itertuples(index=False, name=None))
    assert lag == {
        "212/KH-SYT": 366 + 365 + 23,  # from 31/12/2023 over 2024 and 2025 to 23/01/2026
        "4127/KH-SYT": 366 + 349,  # 15/12/2025 is the 349th day of its year
    }


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM plans", "UPDATE plans SET title = 'x'", "DROP VIEW v_targets", "CREATE TABLE mine (id INTEGER)"],
)
def test_nothing_can_be_changed(db: api.Database, statement: str) -> None:
    with pytest.raises(DatabaseError):
        db.query(statement)
    assert db.query("SELECT COUNT(*) AS n FROM v_targets WHERE title <> 'x'")["n"].tolist() == [30]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        pytest.param("SELECT wrong FROM plans", "wrong", id="no such column"),
        pytest.param("SELEC 1", "SELEC", id="no SQL"),
        pytest.param("SELECT code FROM plans WHERE code = :which", "'which'", id="a place without a value"),
    ],
)
def test_a_query_that_is_none_names_the_reason(db: api.Database, sql: str, reason: str) -> None:
    with pytest.raises(DatabaseError, match=reason) as error:
        db.query(sql)
    assert error.value.code == "query_failed"


def test_an_empty_database_gives_empty_frames_with_all_columns(url: str, db: api.Database) -> None:
    full = (db.plans(), db.catalogue(), db.deadlines(), db.targets(), db.compare("BH01"))
    db.close()
    with open_store(url) as store:
        for plan in full[0]["plan_key"]:
            store.remove(plan)
    with api.open(url) as emptied:
        empty = (emptied.plans(), emptied.catalogue(), emptied.deadlines(), emptied.targets(), emptied.compare("BH01"))
    for before, after in zip(full, empty, strict=True):
        assert len(before) > 0
        assert after.empty
        assert before.dtypes.to_dict() == after.dtypes.to_dict()


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("compare", {"by": "foo"}, "by: 'foo' is none of 'province', 'region'"),
    ("compare", {"as_of": "2025"}, "as_of: '2025' is none of 'old', 'new', None"),
    ("deadlines", {"since": "31/12/2025"}, "since: '31/12/2025' is no day in ISO 8601"),
    ("deadlines", {"until": "soon"}, "until: 'soon' is no day in ISO 8601"),
    (
        "deadlines",
        {"since": "2026-02-01", "until": "2026-01-31"},
        "ngày bắt đầu 01/02/2026 sau ngày kết thúc 31/01/2026",
    ),
    ("deadlines", {"province": "Nowhere"}, "không có tỉnh, thành phố nào tên “Nowhere”"),
    ("targets", {"province": "Lang Sonn"}, "không có tỉnh, thành phố nào tên “Lang Sonn” (Lạng Sơn?"),
]


@pytest.mark.parametrize(("method", "arguments", "says"), WRONG)
def test_a_wrong_argument_is_named(db: api.Database, method: str, arguments: dict[str, str], says: str) -> None:
    with pytest.raises((ValueError, KehoachError), match=re.escape(says)):
        getattr(db, method)(**arguments)


def test_a_missing_or_older_database_is_neither_made_nor_migrated(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    with pytest.raises(DatabaseError) as missing:
        api.open(path)
    assert missing.value.code == "database_missing"
    assert not path.exists()

    open_store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE kehoach_version SET version_num = '0003'")
    before = path.read_bytes()
    with pytest.raises(DatabaseError) as older:
        api.open(path)
    assert older.value.code == "database_older"
    assert "kehoach db upgrade" in older.value.message("en")
    assert path.read_bytes() == before


def test_an_empty_postgresql_is_no_database_yet(url: str) -> None:
    if "://" not in url:
        Path(url).touch()
    with pytest.raises(DatabaseError) as error:
        api.open(url)
    assert error.value.code == "database_missing"
